"""A bounded cache for objects that are slow to build: one build for each owner, however many threads ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Cache(Generic[T]):
    """Holds the `max_size` most recently used values. The key is the owner's identity, because few owners can be hashed.

    Not `functools.lru_cache`: it lets several threads build the same value at once.
    """

    max_size: int
    _entries: OrderedDict[Hashable, tuple[object, T]] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def get_or_make(self, owner: object, make: Callable[[], T], *parts: Hashable) -> T:
        """Return the value cached for (owner, *parts), creating it with make() on a miss."""
        key = (id(owner), *parts)
        with self._lock:
            if key not in self._entries:
                self._entries[key] = (owner, make())  # holding the owner keeps its id from being reused
            self._entries.move_to_end(key)
            while len(self._entries) > self.max_size:
                self._entries.popitem(last=False)
            return self._entries[key][1]
