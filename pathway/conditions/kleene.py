"""The reference evaluator: the truth of a condition, slowly and obviously, in Kleene's three values.

True, False, or None for unknown. It decides nothing: `pathway.rules` does, and is compared with this on every call.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Facts, FactValue, Is, Leaf, Not, Truth


def truth(condition: Condition, facts: Facts) -> Truth:
    """Whether the condition holds, by what is known."""
    match condition:
        case Is(of, among):
            return _is(facts.get(of), among)
        case AtLeast(of, bound):
            return _at_least(facts.get(of), facts.get(bound) if isinstance(bound, str) else bound)
        case Not(what):
            return negation(truth(what, facts))
        case AllOf(of):
            return conjunction(truth(part, facts) for part in of)
        case AnyOf(of):
            return disjunction(truth(part, facts) for part in of)
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


def _is(known: FactValue | None, among: tuple[str, ...]) -> Truth:
    if known is None:
        return None
    if not isinstance(known, frozenset):
        return known in among
    if known.issubset(among):
        return True
    return False if known.isdisjoint(among) else None


def _at_least(known: FactValue | None, bound: FactValue | None) -> Truth:
    return known >= bound if isinstance(known, int) and isinstance(bound, int) else None


def deciding_leaves(condition: Condition, facts: Facts) -> frozenset[Leaf]:
    """Leaves whose truth settles the condition's: keep theirs, and no other leaf can change it.

    Of what is unknown, every part that is not known to be beside the point.
    """
    match condition:
        case Is() | AtLeast():
            return frozenset([condition])
        case Not(what):
            return deciding_leaves(what, facts)
        case AllOf(of):
            return _support(of, facts, truth(condition, facts), deciding=False)
        case AnyOf(of):
            return _support(of, facts, truth(condition, facts), deciding=True)
        case _:
            assert_never(condition)


def _support(parts: tuple[Condition, ...], facts: Facts, value: Truth, deciding: bool) -> frozenset[Leaf]:
    kept = [part for part in parts if value is not deciding or truth(part, facts) is deciding]
    return frozenset[Leaf]().union(*(deciding_leaves(part, facts) for part in kept))


def open_leaves(condition: Condition, facts: Facts) -> frozenset[Leaf]:
    """Of a condition that is unknown, the unknown leaves that can still settle it; of any other, none."""
    if truth(condition, facts) is not None:
        return frozenset()
    match condition:
        case Is() | AtLeast():
            return frozenset([condition])
        case Not(what):
            return open_leaves(what, facts)
        case AllOf(of) | AnyOf(of):
            return frozenset[Leaf]().union(*(open_leaves(part, facts) for part in of))
        case _:
            assert_never(condition)
