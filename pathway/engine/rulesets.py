"""Distributes patterns over rulesets that stay within durable-rules' limits, by counting instead of trying."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pathway.engine.patterns import Pattern, part_count, property_names, tests

MAX_PARTS_PER_RULESET = 480
"""The engine hangs at 512 different tests at one place."""
MAX_PATTERNS_PER_RULESET = 240
"""Patterns, and properties too. The engine takes 252 properties, and 256 patterns that end on one test."""
MAX_PENDING_TESTS = 60
"""Tests that are pending while one fact is matched. The engine fails (error 303) at the 65th."""


class Network:
    """The tests as the engine's discrimination network has them: patterns that begin with the same tests share nodes."""

    def __init__(self) -> None:
        self._next: dict[tuple[str, str, Any], Network] = {}
        self._joins: list[Network] = []
        """Nodes where the alternatives of an "or" meet again."""
        self._most_pending: int | None = None
        """Counted already; None since something was added behind this node."""

    def add(self, pattern: Pattern) -> Network:
        """Adds a pattern behind this node, and returns its last node."""
        self._most_pending = None
        if "$and" in pattern:
            end = self
            for part in pattern["$and"]:
                end = end.add(part)
            return end
        if "$or" in pattern:
            join = Network()
            for end in {id(end): end for end in map(self.add, pattern["$or"])}.values():
                end._joins.append(join)
                end._most_pending = None
            return join
        (test,) = tests(pattern)
        return self._next.setdefault(test, Network())

    def max_pending_tests(self) -> int:
        """The most tests that can be pending at once. The engine matches depth first and pushes all matches of a node together.

        Of the tests on one property every "$neq" may match, and one of the others.
        """
        if self._most_pending is None:
            self._most_pending = self._count_pending_tests()
        return self._most_pending

    def _count_pending_tests(self) -> int:
        counts = Counter((operator, name) for operator, name, _ in self._next)
        not_equal = sum(number for (operator, _), number in counts.items() if operator == "$neq")
        here = len(self._joins) + not_equal + len({name for operator, name in counts if operator != "$neq"})
        behind = [network.max_pending_tests() for network in (*self._next.values(), *self._joins)]
        return max(here, here - 1 + max(behind, default=0))


def split_into_rulesets(patterns: Mapping[str, Pattern]) -> Iterator[dict[str, Pattern]]:
    """The patterns in groups that each fit into one ruleset. Patterns on the same properties stay close together."""
    group = _PatternGroup()
    for name, pattern in sorted(patterns.items(), key=lambda pair: sorted(property_names(pair[1]))):
        if not group.try_add(name, pattern):
            yield group.patterns
            group = _PatternGroup()
            group.try_add(name, pattern)
    yield group.patterns


@dataclass
class _PatternGroup:
    """The patterns of one ruleset."""

    patterns: dict[str, Pattern] = field(default_factory=dict)
    network: Network = field(default_factory=Network)
    properties: set[str] = field(default_factory=set)
    parts: int = 0

    def try_add(self, name: str, pattern: Pattern) -> bool:
        """Adds the pattern if the group stays within every limit, and returns whether it did. The first pattern always fits.

        After a False the group is full: its counts include the refused pattern.
        """
        self.network.add(pattern)
        self.properties |= property_names(pattern)
        self.parts += part_count(pattern)
        most = max(len(self.patterns) + 1, len(self.properties))
        small = most <= MAX_PATTERNS_PER_RULESET and self.parts <= MAX_PARTS_PER_RULESET
        fits = small and self.network.max_pending_tests() <= MAX_PENDING_TESTS
        if fits:
            self.patterns[name] = pattern
        return fits
