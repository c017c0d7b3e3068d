"""What is slow to make and asked for again and again: made once for each knowledge base, however many threads ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Once(Generic[T]):
    """Makes a thing for its owner, and keeps the last `most` of them. Owners are told apart by identity: few can be hashed."""

    most: int
    _kept: OrderedDict[Hashable, tuple[object, T]] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def of(self, owner: object, make: Callable[[], T], *also: Hashable) -> T:
        """The owner's thing, made now if it is not there; of one owner there may be several, told apart by `also`."""
        key = (id(owner), *also)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (owner, make())  # with its owner, whose identity stays its own while it is kept here
            self._kept.move_to_end(key)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
            return self._kept[key][1]
