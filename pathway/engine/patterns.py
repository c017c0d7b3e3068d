"""Conditions as patterns of durable-rules: known true or known false, with negation pushed down to the leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod
from typing import Any, assert_never

from pathway.conditions.tree import All, AtLeast, Condition, Is, Leaf, Not, leaves
from pathway.conditions.tree import Any as AnyOf

MOST_ALTERNATIVES = 15_000
"""A rule that falls into more is refused, rather than multiplied out."""
MOST_PARTS = 30
"""Parts (tests, and two for each "and" and "or") in one pattern. The engine refuses 16 times "and" or "or" (error 113);
counting tests too keeps what waits while one pattern is matched under MOST_STACKED."""
UNKNOWN, OTHER, FIRST = 0, 1, 2
"""Sent for an answer: not known, one that no rule of the engine names, or the first that one names."""
NEVER, ALWAYS = {"id": "-"}, {"id": "f"}
"""Patterns that hold of no fact, and of every one."""


Pattern = dict[str, Any]


class TooLarge(ValueError):
    """A rule (named by the message) that tests too much at once for the engine: name a part of it as a definition."""


def fitting(pattern: Pattern) -> list[Pattern]:
    """Patterns that together match what `pattern` does, each small enough for the engine. Raises TooLarge."""
    if size(pattern) <= MOST_PARTS:
        return [pattern]
    if alternatives(pattern) > MOST_ALTERNATIVES:
        raise TooLarge
    if "$or" in pattern:
        return [part for alternative in pattern["$or"] for part in fitting(alternative)]
    parts = pattern.get("$and", ())
    chosen = next((part for part in parts if "$or" in part), None)
    if chosen is None:
        raise TooLarge
    rest = [part for part in parts if part is not chosen]
    return [part for alternative in chosen["$or"] for part in fitting(_join("$and", [alternative, *rest]))]


def alternatives(pattern: Pattern) -> int:
    """Into how many patterns without an "or" it could fall apart."""
    if "$or" in pattern:
        return sum(map(alternatives, pattern["$or"]))
    return prod(map(alternatives, pattern.get("$and", ())))


def size(pattern: Pattern) -> int:
    """Its parts: tests, and two for each "and" and "or"."""
    for word in ("$and", "$or"):
        if word in pattern:
            return 2 + sum(size(part) for part in pattern[word])
    return 1


def pushed_down(condition: Condition, wanted: bool, properties: Properties) -> Pattern:
    """What matches the facts by which the condition is known true or known false, with negation only at the leaves."""
    match condition:
        case Is() | AtLeast():
            return properties.test(condition, wanted)
        case Not(what):
            return pushed_down(what, not wanted, properties)
        case All(of):
            return _join("$and" if wanted else "$or", [pushed_down(part, wanted, properties) for part in of])
        case AnyOf(of):
            return _join("$or" if wanted else "$and", [pushed_down(part, wanted, properties) for part in of])
        case _:
            assert_never(condition)


def _join(word: str, patterns: list[Pattern]) -> Pattern:
    neutral, settling = (ALWAYS, NEVER) if word == "$and" else (NEVER, ALWAYS)
    flat: list[Pattern] = []
    for part in (part for pattern in patterns for part in pattern.get(word, [pattern])):
        if part == settling:
            return settling
        if part != neutral and part not in flat:
            flat.append(part)
    if word == "$and":
        flat.sort(key=_rank)
    return flat[0] if len(flat) == 1 else {word: flat} if flat else neutral


def _rank(part: Pattern) -> tuple[bool, bool, list[str]]:
    """Tests that few facts pass first, in one order, so that patterns share their beginnings; an "or" last, as it multiplies."""
    return ("$or" in part, "$neq" in part, sorted(read(part)))


def tests(pattern: Pattern) -> Iterator[tuple[str, str, Any]]:
    """Every test of a pattern: the operator, the property that it reads and the value that it asks for."""
    for word, value in pattern.items():
        if word in ("$and", "$or"):
            for part in value:
                yield from tests(part)
        elif isinstance(value, dict):
            yield from ((word, name, asked) for name, asked in value.items())
        else:
            yield "=", word, value


def read(pattern: Pattern) -> frozenset[str]:
    """The properties that a pattern reads."""
    return frozenset(name for _, name, _ in tests(pattern))


class Properties:
    """Short names for what the fact carries: one for each variable, and one for each leaf on a number or on what is derived."""

    def __init__(self, conditions: Iterable[Condition], derived: frozenset[str]) -> None:
        self.names: dict[str | Leaf, str] = {}
        self.answers: dict[str, dict[Any, int]] = {}
        for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
            plain = isinstance(leaf, Is) and leaf.of not in derived
            self.names.setdefault(leaf.of if plain else leaf, f"{len(self.names):x}")
            if isinstance(leaf, Is) and plain:
                numbers = self.answers.setdefault(leaf.of, {None: UNKNOWN})
                for answer in leaf.among:
                    numbers.setdefault(answer, FIRST - 1 + len(numbers))
        refuse_alike(["sid", "id", "$s", *self.names.values()])

    def test(self, leaf: Leaf, wanted: bool) -> Pattern:
        """What the fact must show for the leaf to be known true or known false: whichever way asks the fewest tests."""
        if leaf in self.names:
            return {"$gt" if wanted else "$lt": {self.names[leaf]: 0}}
        assert isinstance(leaf, Is), "numbers have a property of their own"
        name, numbers = self.names[leaf.of], self.answers[leaf.of]
        named = [numbers[answer] for answer in leaf.among]
        if wanted:
            return _join("$or", [{name: number} for number in named])
        others = [number for number in (*numbers.values(), OTHER) if number not in (UNKNOWN, *named)]
        if len(others) <= len(named) + 1:
            return _join("$or", [{name: number} for number in others])
        return _join("$and", [{"$neq": {name: number}} for number in (*named, UNKNOWN)])  # $neq matches unknown too


def refuse_alike(names: Iterable[str]) -> None:
    """Raises where two names have one hash: durable-rules can't tell them apart."""
    seen: dict[int, str] = {}
    for name in names:
        if seen.setdefault(name_hash(name), name) != name:
            raise ValueError(f"durable-rules can't tell the property {name} from {seen[name_hash(name)]}")


def name_hash(name: str) -> int:
    """The 32-bit FNV-1a hash by which alone durable-rules tells one property's name from another's."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value
