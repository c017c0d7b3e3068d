"""Patterns in batches, each small enough for one ruleset: the engine's limits, computed rather than hoped for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pathway.engine.patterns import Pattern, read, size, tests

MOST_TOGETHER = 480
"""Parts in one ruleset. The engine hangs at 512 different tests at one place."""
MOST_PATTERNS = 240
"""Patterns, and properties, in one ruleset. The engine takes 252 properties, and 256 patterns that end on one test."""
MOST_STACKED = 60
"""Tests that wait while one fact is matched. The engine fails (error 303) at the 65th."""


class Network:
    """The tests as the engine lays them out: patterns that begin with the same tests share them."""

    def __init__(self) -> None:
        self._next: dict[tuple[str, str, Any], Network] = {}
        self._joins: list[Network] = []
        """Where the alternatives of an "or" meet again."""

    def add(self, pattern: Pattern) -> Network:
        """Lays a pattern out behind this one, and returns its end."""
        if "$and" in pattern:
            end = self
            for part in pattern["$and"]:
                end = end.add(part)
            return end
        if "$or" in pattern:
            meeting = Network()
            for end in {id(end): end for end in map(self.add, pattern["$or"])}.values():
                end._joins.append(meeting)
            return meeting
        (test,) = tests(pattern)
        return self._next.setdefault(test, Network())

    def stacked(self) -> int:
        """The most tests that can wait at once: the engine matches depth first, all that match at one place pushed together.

        Of tests that one property passes or fails, all of "$neq" may match, and one of the others.
        """
        kinds = Counter((word, name) for word, name, _ in self._next)
        neither = sum(number for (word, _), number in kinds.items() if word == "$neq")
        here = len(self._joins) + neither + len({name for word, name in kinds if word != "$neq"})
        behind = [network.stacked() for network in (*self._next.values(), *self._joins)]
        return max(here, here - 1 + max(behind, default=0))


def batches(patterns: Mapping[str, Pattern]) -> Iterator[dict[str, Pattern]]:
    """The patterns, those that read the same side by side, as many together as the engine surely bears."""
    batch = _Batch()
    for name, pattern in sorted(patterns.items(), key=lambda pair: sorted(read(pair[1]))):
        if not batch.takes(name, pattern):
            yield batch.patterns
            batch = _Batch()
            batch.takes(name, pattern)
    yield batch.patterns


@dataclass
class _Batch:
    """Patterns that may stand in one ruleset."""

    patterns: dict[str, Pattern] = field(default_factory=dict)
    network: Network = field(default_factory=Network)
    properties: set[str] = field(default_factory=set)
    size: int = 0

    def takes(self, name: str, pattern: Pattern) -> bool:
        """Takes the pattern, unless that is more than the engine surely bears; a first one always fits."""
        self.network.add(pattern)
        self.properties |= read(pattern)
        self.size += size(pattern)
        few = max(len(self.patterns) + 1, len(self.properties)) <= MOST_PATTERNS and self.size <= MOST_TOGETHER
        fits = few and self.network.stacked() <= MOST_STACKED
        if fits:
            self.patterns[name] = pattern
        return fits
