"""Reference evaluator: the truth of a condition in Kleene's three-valued logic, written to be obviously right.

True, False, or None for unknown. `pathway.rules` decides; its answers are compared with these on every call.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Facts, FactValue, Is, Leaf, Not, Truth


def truth(condition: Condition, facts: Facts) -> Truth:
    """Return whether the condition holds, given the known facts."""
    match condition:
        case Is(variable, values):
            return _is(facts.get(variable), values)
        case AtLeast(variable, bound):
            return _at_least(facts.get(variable), facts.get(bound) if isinstance(bound, str) else bound)
        case Not(inner):
            return negation(truth(inner, facts))
        case AllOf(parts):
            return conjunction(truth(part, facts) for part in parts)
        case AnyOf(parts):
            return disjunction(truth(part, facts) for part in parts)
        case _:
            assert_never(condition)


def negation(value: Truth) -> Truth:
    """Not: unknown stays unknown."""
    return None if value is None else not value


def conjunction(values: Iterator[Truth]) -> Truth:
    """And: false if any is false, else unknown if any is unknown."""
    unknown = False
    for value in values:
        if value is False:
            return False
        unknown = unknown or value is None
    return None if unknown else True


def disjunction(values: Iterator[Truth]) -> Truth:
    """Or: true if any is true, else unknown if any is unknown."""
    return negation(conjunction(negation(value) for value in values))


def _is(known: FactValue | None, values: tuple[str, ...]) -> Truth:
    if known is None:
        return None
    if not isinstance(known, frozenset):
        return known in values
    if known.issubset(values):
        return True
    return False if known.isdisjoint(values) else None


def _at_least(known: FactValue | None, bound: FactValue | None) -> Truth:
    return known >= bound if isinstance(known, int) and isinstance(bound, int) else None


def deciding_leaves(condition: Condition, facts: Facts) -> frozenset[Leaf]:
    """Return the leaves that determine the result: fixing their values fixes the condition's.

    Where the result is unknown, every part that could still matter.
    """
    match condition:
        case Is() | AtLeast():
            return frozenset([condition])
        case Not(inner):
            return deciding_leaves(inner, facts)
        case AllOf(parts):
            return _leaves_of_parts(parts, facts, truth(condition, facts), dominant=False)
        case AnyOf(parts):
            return _leaves_of_parts(parts, facts, truth(condition, facts), dominant=True)
        case _:
            assert_never(condition)


def _leaves_of_parts(parts: tuple[Condition, ...], facts: Facts, value: Truth, dominant: bool) -> frozenset[Leaf]:
    kept = [part for part in parts if value is not dominant or truth(part, facts) is dominant]
    return frozenset[Leaf]().union(*(deciding_leaves(part, facts) for part in kept))


def open_leaves(condition: Condition, facts: Facts) -> frozenset[Leaf]:
    """Return the unknown leaves that can still settle an unknown condition; none where it is known."""
    if truth(condition, facts) is not None:
        return frozenset()
    match condition:
        case Is() | AtLeast():
            return frozenset([condition])
        case Not(inner):
            return open_leaves(inner, facts)
        case AllOf(parts) | AnyOf(parts):
            return frozenset[Leaf]().union(*(open_leaves(part, facts) for part in parts))
        case _:
            assert_never(condition)
