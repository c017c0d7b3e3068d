"""Numbers drawn from a seed: the same seed gives the same numbers on every Python and every machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Draw:
    """A source of numbers. Each draw is named by its purpose, so that an added draw changes no other."""

    seed: str

    def number(self, name: str, below: int) -> int:
        """Return a number from 0 to `below` - 1."""
        digest = sha256(f"{self.seed} {name}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % below

    def pick(self, name: str, choices: Sequence[T]) -> T:
        """Return one of the choices."""
        return choices[self.number(name, len(choices))]

    def shuffled(self, name: str, items: Sequence[T]) -> list[T]:
        """Return the items in a drawn order."""
        order = sorted(range(len(items)), key=lambda at: (self.number(f"{name} {at}", 1 << 60), at))
        return [items[at] for at in order]

    def part(self, name: str) -> Draw:
        """Return a separate source of numbers for one part of a draw."""
        return Draw(f"{self.seed} {name}")
