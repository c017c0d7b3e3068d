"""Turns conditions into durable-rules patterns: one for "known true" and one for "known false", negated only at the leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from math import prod
from typing import Any, assert_never

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Is, Leaf, Not, leaves

MAX_GROUPS = 500
"""A pattern that would be split into more groups is refused."""
MAX_PARTS_PER_PATTERN = 30
"""Parts (tests, and two for each "and" and "or") in one pattern. The engine refuses 16 times "and" or "or" (error 113);
counting tests as well keeps the tests that are pending during a match under MAX_PENDING_TESTS."""
UNKNOWN, UNLISTED, FIRST = 0, 1, 2
"""Codes of an answer in the fact: unknown, an answer that no rule of the engine names, and the first that a rule names."""
MATCH_NONE, MATCH_ALL = {"id": "-"}, {"id": "f"}
"""Patterns that match no fact, and every fact."""


Pattern = dict[str, Any]


class TooLarge(ValueError):
    """A rule (named by the message) is too large for the engine. Moving a part of it into a definition helps."""


def split_to_fit(pattern: Pattern) -> list[list[Pattern]]:
    """Groups of patterns that are small enough for the engine: `pattern` matches where all patterns of a group match.

    Raises TooLarge.
    """
    if part_count(pattern) <= MAX_PARTS_PER_PATTERN:
        return [[pattern]]
    if "$or" in pattern:
        return [group for part in _chunks("$or", pattern) for group in split_to_fit(part)]
    choices = [split_to_fit(part) for part in _chunks("$and", pattern)]
    if prod(map(len, choices)) > MAX_GROUPS:
        raise TooLarge
    return [[part for group in choice for part in group] for choice in product(*choices)]


def _chunks(operator: str, pattern: Pattern) -> Iterator[Pattern]:
    """The parts of an "and" or "or", joined again as far as they fit together; a part that is too large stays alone."""
    chunk: list[Pattern] = []
    for part in pattern[operator]:
        if chunk and part_count(_join(operator, [*chunk, part])) > MAX_PARTS_PER_PATTERN:
            yield _join(operator, chunk)
            chunk = []
        chunk.append(part)
    yield _join(operator, chunk)


def part_count(pattern: Pattern) -> int:
    """The number of its parts: one for each test, and two for each "and" and "or"."""
    for operator in ("$and", "$or"):
        if operator in pattern:
            return 2 + sum(part_count(part) for part in pattern[operator])
    return 1


def negation_normal_form(condition: Condition, polarity: bool, encoder: FactEncoder) -> Pattern:
    """The pattern of the facts for which the condition is known true (or known false), with negation only at the leaves."""
    match condition:
        case Is() | AtLeast():
            return encoder.test(condition, polarity)
        case Not(negated):
            return negation_normal_form(negated, not polarity, encoder)
        case AllOf(parts):
            return _join("$and" if polarity else "$or", [negation_normal_form(part, polarity, encoder) for part in parts])
        case AnyOf(parts):
            return _join("$or" if polarity else "$and", [negation_normal_form(part, polarity, encoder) for part in parts])
        case _:
            assert_never(condition)


def _join(operator: str, patterns: list[Pattern]) -> Pattern:
    """The patterns joined by `$and` or `$or`: flat, without duplicates and neutral parts, short where one part dominates."""
    neutral, dominant = (MATCH_ALL, MATCH_NONE) if operator == "$and" else (MATCH_NONE, MATCH_ALL)
    flat: list[Pattern] = []
    for part in (part for pattern in patterns for part in pattern.get(operator, [pattern])):
        if part == dominant:
            return dominant
        if part != neutral and part not in flat:
            flat.append(part)
    if operator == "$and":
        flat.sort(key=_sort_key)
    return flat[0] if len(flat) == 1 else {operator: flat} if flat else neutral


def _sort_key(part: Pattern) -> tuple[bool, bool, list[str]]:
    """Selective tests first, in one fixed order, so that patterns share their beginnings; an "or" last, because it multiplies."""
    return ("$or" in part, "$neq" in part, sorted(property_names(part)))


def tests(pattern: Pattern) -> Iterator[tuple[str, str, Any]]:
    """Every test of a pattern: its operator, its property and the value it compares with."""
    for word, value in pattern.items():
        if word in ("$and", "$or"):
            for part in value:
                yield from tests(part)
        elif isinstance(value, dict):
            yield from ((word, name, operand) for name, operand in value.items())
        else:
            yield "=", word, value


def property_names(pattern: Pattern) -> frozenset[str]:
    """The properties that a pattern tests."""
    return frozenset(name for _, name, _ in tests(pattern))


class FactEncoder:
    """Assigns the fact's properties: one for each plain variable, and one for each leaf on a number or a derived variable."""

    def __init__(self, conditions: Iterable[Condition], derived: frozenset[str]) -> None:
        self.names: dict[str | Leaf, str] = {}
        """Short property names, by variable or by leaf."""
        self.codes: dict[str, dict[Any, int]] = {}
        """For each plain variable the code of each answer."""
        for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
            is_plain = isinstance(leaf, Is) and leaf.variable not in derived
            self.names.setdefault(leaf.variable if is_plain else leaf, f"{len(self.names):x}")
            if isinstance(leaf, Is) and is_plain:
                codes = self.codes.setdefault(leaf.variable, {None: UNKNOWN})
                for answer in leaf.values:
                    codes.setdefault(answer, FIRST - 1 + len(codes))
        refuse_hash_collisions(["sid", "id", "$s", *self.names.values()])

    def test(self, leaf: Leaf, polarity: bool) -> Pattern:
        """The pattern for a leaf that is known true (or known false), written with as few tests as possible."""
        if leaf in self.names:
            return {"$gt" if polarity else "$lt": {self.names[leaf]: 0}}
        assert isinstance(leaf, Is), "a leaf on a number has its own property"
        name, codes = self.names[leaf.variable], self.codes[leaf.variable]
        named = [codes[answer] for answer in leaf.values]
        if polarity:
            return _join("$or", [{name: code} for code in named])
        rest = [code for code in (*codes.values(), UNLISTED) if code not in (UNKNOWN, *named)]
        if len(rest) <= len(named) + 1:
            return _join("$or", [{name: code} for code in rest])
        return _join("$and", [{"$neq": {name: code}} for code in (*named, UNKNOWN)])  # $neq matches unknown too


def refuse_hash_collisions(names: Iterable[str]) -> None:
    """Raises ValueError where two names have one hash: durable-rules would treat them as the same property."""
    names_by_hash: dict[int, str] = {}
    for name in names:
        if names_by_hash.setdefault(name_hash(name), name) != name:
            raise ValueError(f"durable-rules can't tell the property {name} from {names_by_hash[name_hash(name)]}")


def name_hash(name: str) -> int:
    """The 32-bit FNV-1a hash of a property name. durable-rules compares names by it alone."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value
