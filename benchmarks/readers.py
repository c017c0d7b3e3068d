"""The ways to read the rules that are compared: each takes what is known and returns the truth of every rule of a level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import assert_never

from pathway.conditions.kleene import truth
from pathway.conditions.tree import All, Any, AtLeast, Condition, Facts, Is, Not, Truth

Reader = Callable[[Facts], Mapping[str, Truth]]
Closure = Callable[[Facts], Truth]


def reference(conditions: Mapping[str, Condition]) -> Reader:
    """The obvious reader, one rule after the other."""
    return lambda facts: {rule: truth(condition, facts) for rule, condition in conditions.items()}


def closures(conditions: Mapping[str, Condition]) -> Reader:
    """The same semantics as Python closures, made once."""
    made = {rule: closure(condition) for rule, condition in conditions.items()}
    return lambda facts: {rule: read(facts) for rule, read in made.items()}


def closure(condition: Condition) -> Closure:
    """A condition as a function of what is known."""
    match condition:
        case Is(of, among):
            return _is(of, frozenset(among))
        case AtLeast(of, bound):
            return _at_least(of, bound)
        case Not(what):
            return _negated(closure(what))
        case All(of):
            return _settled_by(False, map(closure, of))
        case Any(of):
            return _settled_by(True, map(closure, of))
        case _:
            assert_never(condition)


def _is(of: str, among: frozenset[str]) -> Closure:
    def read(facts: Facts) -> Truth:
        known = facts.get(of)
        if known is None or not isinstance(known, frozenset):
            return None if known is None else known in among
        return True if known <= among else None if known & among else False

    return read


def _at_least(of: str, bound: int | str) -> Closure:
    def read(facts: Facts) -> Truth:
        known, least = facts.get(of), facts.get(bound) if isinstance(bound, str) else bound
        return known >= least if isinstance(known, int) and isinstance(least, int) else None

    return read


def _negated(what: Closure) -> Closure:
    def read(facts: Facts) -> Truth:
        value = what(facts)
        return None if value is None else not value

    return read


def _settled_by(deciding: bool, of: Iterable[Closure]) -> Closure:
    parts = tuple(of)

    def read(facts: Facts) -> Truth:
        found: Truth = not deciding
        for part in parts:
            value = part(facts)
            if value is deciding:
                return deciding
            found = None if value is None else found
        return found

    return read
