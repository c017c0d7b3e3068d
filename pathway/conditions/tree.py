"""The condition tree: five kinds, frozen. Every reader of it is one `match` that ends in `assert_never`.

A condition speaks of *variables*: a finding's answer, a definition, the reading (`guidance`), an assumption's value,
or what an earlier level derived (`route`, `step`, ...).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True, slots=True)
class Is:
    """The variable's answer is one of `values`."""

    variable: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The number is at least `bound`: a whole number, or the name of an assumption or of another number."""

    variable: str
    bound: int | str


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one holds; of none, true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds; of none, false."""

    parts: tuple[Condition, ...]


Truth = bool | None
"""True, False, or None for unknown."""
FactValue = str | int | frozenset[str]
"""An answer; or, of something derived, the values that are still possible."""
Facts = Mapping[str, FactValue]
"""What is known. A variable that is not in it is unknown."""

Leaf = Is | AtLeast
Condition = Is | AtLeast | Not | AllOf | AnyOf

ALWAYS = AllOf(())


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf, in reading order, as often as it stands there."""
    match condition:
        case Is() | AtLeast():
            yield condition
        case Not(what):
            yield from leaves(what)
        case AllOf(of) | AnyOf(of):
            for part in of:
                yield from leaves(part)
        case _:
            assert_never(condition)


def variables(condition: Condition) -> frozenset[str]:
    """Every variable the condition reads, bounds included."""
    bounds = (leaf.bound for leaf in leaves(condition) if isinstance(leaf, AtLeast))
    return frozenset(leaf.variable for leaf in leaves(condition)) | {bound for bound in bounds if isinstance(bound, str)}


def unsatisfiable(parts: tuple[Condition, ...], answers: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the parts leave a finding no answer at all, so that all of them never hold, whatever is unknown."""
    left: dict[str, set[str]] = {}
    for part in parts:
        match part:
            case Is(of, among) if of in answers:
                left.setdefault(of, set(answers[of])).intersection_update(among)
            case Not(Is(of, among)) if of in answers:
                left.setdefault(of, set(answers[of])).difference_update(among)
            case _:
                pass
    return not all(left.values())


def expand_definitions(condition: Condition, definitions: Mapping[str, Condition]) -> Condition:
    """The condition with each definition written out; `definitions` are themselves written out already."""
    match condition:
        case Is(of, among) if of in definitions:
            return definitions[of] if among == ("present",) else Not(definitions[of])
        case Is() | AtLeast():
            return condition
        case Not(what):
            return Not(expand_definitions(what, definitions))
        case AllOf(of):
            return AllOf(tuple(expand_definitions(part, definitions) for part in of))
        case AnyOf(of):
            return AnyOf(tuple(expand_definitions(part, definitions) for part in of))
        case _:
            assert_never(condition)
