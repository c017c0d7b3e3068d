"""Reference evaluator: the truth of a condition in Kleene's three-valued logic, written to be obviously right.

True, False, or None for unknown. `pathway.rules` decides; its answers are compared with these on every call.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Facts, FactValue, Is, Leaf, Not, Truth


def truth(condition: Condition, facts: Facts) -> Truth:
    """Return whether the condition holds, given the known facts.

    The patterns name no fields: with fields, matching takes most of the time.
    """
    match condition:
        case Is():
            return _is(facts.get(condition.variable), condition.values)
        case AllOf():
            return _conjunction(condition.parts, facts)
        case Not():
            return negation(truth(condition.condition, facts))
        case AnyOf():
            return _disjunction(condition.parts, facts)
        case AtLeast():
            bound = condition.bound
            return _at_least(facts.get(condition.variable), facts.get(bound) if isinstance(bound, str) else bound)
        case _:
            assert_never(condition)


def negation(value: Truth) -> Truth:
    """Not: unknown stays unknown."""
    return None if value is None else not value


def _conjunction(parts: tuple[Condition, ...], facts: Facts) -> Truth:
    """And: false if any is false, else unknown if any is unknown."""
    result: Truth = True
    for part in parts:
        value = truth(part, facts)
        if value is False:
            return False
        if value is None:
            result = None
    return result


def _disjunction(parts: tuple[Condition, ...], facts: Facts) -> Truth:
    """Or: true if any is true, else unknown if any is unknown."""
    result: Truth = False
    for part in parts:
        value = truth(part, facts)
        if value is True:
            return True
        if value is None:
            result = None
    return result


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
    return _judged(condition, facts)[1]


def _judged(condition: Condition, facts: Facts) -> tuple[Truth, frozenset[Leaf]]:
    """Return the truth of a condition, and the leaves that determine it."""
    match condition:
        case Is() | AtLeast():
            return truth(condition, facts), frozenset([condition])
        case Not():
            value, leaves = _judged(condition.condition, facts)
            return negation(value), leaves
        case AllOf():
            return _judged_parts(condition.parts, facts, dominant=False)
        case AnyOf():
            return _judged_parts(condition.parts, facts, dominant=True)
        case _:
            assert_never(condition)


def _judged_parts(parts: tuple[Condition, ...], facts: Facts, dominant: bool) -> tuple[Truth, frozenset[Leaf]]:
    """Return the truth and the deciding leaves of an "and" (false dominates) or of an "or" (true dominates)."""
    judged = [_judged(part, facts) for part in parts]
    if settling := [leaves for value, leaves in judged if value is dominant]:
        return dominant, frozenset[Leaf]().union(*settling)
    is_open = any(value is None for value, _ in judged)
    return None if is_open else not dominant, frozenset[Leaf]().union(*[leaves for _, leaves in judged])


def open_leaves(condition: Condition, facts: Facts) -> frozenset[Leaf]:
    """Return the unknown leaves that can still settle an unknown condition; none where it is known."""
    return frozenset(_open_leaves(condition, facts) if truth(condition, facts) is None else ())


def _open_leaves(condition: Condition, facts: Facts) -> Iterator[Leaf]:
    """Yield the open leaves of a condition that is unknown. A negation is unknown where its part is."""
    match condition:
        case Is() | AtLeast():
            yield condition
        case Not():
            yield from _open_leaves(condition.condition, facts)
        case AllOf() | AnyOf():
            for part in condition.parts:
                if truth(part, facts) is None:
                    yield from _open_leaves(part, facts)
        case _:
            assert_never(condition)
