"""The readers that are compared with the engine: each maps facts to the truth of every rule of a level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import assert_never

from pathway.conditions.kleene import truth
from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Facts, Is, Not, Truth

Reader = Callable[[Facts], Mapping[str, Truth]]
Closure = Callable[[Facts], Truth]


def reference(conditions: Mapping[str, Condition]) -> Reader:
    """Return the reference evaluator: it evaluates one rule after the other."""
    return lambda facts: {rule: truth(condition, facts) for rule, condition in conditions.items()}


def closures(conditions: Mapping[str, Condition]) -> Reader:
    """Return a reader with the same semantics, built once from Python closures."""
    made = {rule: closure(condition) for rule, condition in conditions.items()}
    return lambda facts: {rule: read(facts) for rule, read in made.items()}


def closure(condition: Condition) -> Closure:
    """Return a condition as a function of the facts."""
    match condition:
        case Is(variable, values):
            return _is(variable, frozenset(values))
        case AtLeast(variable, bound):
            return _at_least(variable, bound)
        case Not(part):
            return _negated(closure(part))
        case AllOf(parts):
            return _combined(False, map(closure, parts))
        case AnyOf(parts):
            return _combined(True, map(closure, parts))
        case _:
            assert_never(condition)


def _is(variable: str, values: frozenset[str]) -> Closure:
    def read(facts: Facts) -> Truth:
        known = facts.get(variable)
        if known is None or not isinstance(known, frozenset):
            return None if known is None else known in values
        return True if known <= values else None if known & values else False

    return read


def _at_least(variable: str, bound: int | str) -> Closure:
    def read(facts: Facts) -> Truth:
        known, least = facts.get(variable), facts.get(bound) if isinstance(bound, str) else bound
        return known >= least if isinstance(known, int) and isinstance(least, int) else None

    return read


def _negated(part: Closure) -> Closure:
    def read(facts: Facts) -> Truth:
        value = part(facts)
        return None if value is None else not value

    return read


def _combined(dominant: bool, parts: Iterable[Closure]) -> Closure:
    """Return a conjunction (dominant value: false) or a disjunction (dominant value: true)."""
    closures_of_parts = tuple(parts)

    def read(facts: Facts) -> Truth:
        result: Truth = not dominant
        for part in closures_of_parts:
            value = part(facts)
            if value is dominant:
                return dominant
            result = None if value is None else result
        return result

    return read
