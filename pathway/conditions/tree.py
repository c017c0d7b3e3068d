"""The condition tree: five frozen node types. Every function over it is one `match` that ends in `assert_never`.

A *variable* is a finding's answer, a definition, the guidance followed (`guidance`), an assumption's value, or a value
derived at an earlier level (`route`, `step`, ...).
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
    """Every part holds; true where there are no parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; false where there are no parts."""

    parts: tuple[Condition, ...]


Truth = bool | None
"""True, False, or None for unknown."""
FactValue = str | int | frozenset[str]
"""An answer; for a derived variable, the set of values still possible."""
Facts = Mapping[str, FactValue]
"""The known value of each variable. A variable that is missing is unknown."""

Leaf = Is | AtLeast
Condition = Is | AtLeast | Not | AllOf | AnyOf

ALWAYS = AllOf(())


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield every leaf in order, repeated leaves included."""
    match condition:
        case Is() | AtLeast():
            yield condition
        case Not(inner):
            yield from leaves(inner)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case _:
            assert_never(condition)


def variables(condition: Condition) -> frozenset[str]:
    """Return every variable that the condition reads, including variables used as bounds."""
    names = set[str]()
    for leaf in leaves(condition):
        names.add(leaf.variable)
        if isinstance(leaf, AtLeast) and isinstance(leaf.bound, str):
            names.add(leaf.bound)
    return frozenset(names)


def unsatisfiable(parts: tuple[Condition, ...], answers: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether the parts leave some finding no possible answer, so that they never hold together, whatever is unknown.

    Checks single answers only: it may miss a contradiction, and never reports one that is not there.
    """
    possible: dict[str, set[str]] = {}
    for part in parts:
        match part:
            case Is(variable, values) if variable in answers:
                possible.setdefault(variable, set(answers[variable])).intersection_update(values)
            case Not(Is(variable, values)) if variable in answers:
                possible.setdefault(variable, set(answers[variable])).difference_update(values)
            case _:
                pass
    return not all(possible.values())


def expand_definitions(condition: Condition, definitions: Mapping[str, Condition]) -> Condition:
    """Return the condition with each definition replaced by its condition; `definitions` are already expanded."""
    match condition:
        case Is(variable, values) if variable in definitions:
            return definitions[variable] if values == ("present",) else Not(definitions[variable])
        case Is() | AtLeast():
            return condition
        case Not(inner):
            return Not(expand_definitions(inner, definitions))
        case AllOf(parts):
            return AllOf(tuple(expand_definitions(part, definitions) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(expand_definitions(part, definitions) for part in parts))
        case _:
            assert_never(condition)
