"""Assumptions: the values in force, varied only within what is allowed, and which of them a decision rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from pathway.conditions.kleene import truth
from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Facts, Is, Not, Truth
from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Assumption
from pathway.phrases import one_of, safe_excerpt

Values = dict[str, int | str]


def defaults(knowledge: Knowledge) -> Values:
    """The value of each assumption that has one."""
    return {name: assumption.value for name, assumption in knowledge.assumptions.items() if assumption.value is not None}


def varied_words(values: Mapping[str, int | str], knowledge: Knowledge) -> str:
    """The values that are not the usual ones, in words; empty where all are."""
    usual = defaults(knowledge)
    varied = (name for name in usual if values.get(name, usual[name]) != usual[name])
    return "; ".join(f"{name.replace('-', ' ')} {values[name]}, usually {usual[name]}" for name in varied)


def values_from(given: Mapping[str, Any] | None, knowledge: Knowledge) -> Values:
    """The defaults, with `given` in their place. Raises Unusable for a name or a value that is not allowed."""
    if faults := list(_faults(given or {}, knowledge)):
        raise Unusable(faults)
    return defaults(knowledge) | dict(given or {})


def _faults(given: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Fault]:
    valid = defaults(knowledge)
    for name, value in given.items():
        if name not in valid:
            yield Fault(
                "assumption", None, f"there is no assumption {safe_excerpt(name)} with a value; {suggestion(name, valid)}"
            )
        elif type(value) not in (int, str) or not knowledge.assumptions[name].allows(value):
            quoted = isinstance(value, str) and value.strip().isdecimal() and knowledge.assumptions[name].allows(int(value))
            write = "write it without quotes" if quoted else f"write {allowed_words(knowledge.assumptions[name])}"
            yield Fault("assumption", None, f"{name} can't be {safe_excerpt(value)}; {write}")


def allowed_words(assumption: Assumption) -> str:
    """What an assumption may be, in words."""
    match assumption.allowed:
        case (int() as lowest, int() as highest):
            return f"a whole number of {assumption.unit} from {lowest} to {highest}"
        case words:
            return one_of(str(word) for word in words)


def rests_on(condition: Condition, facts: Facts, names: frozenset[str]) -> frozenset[str]:
    """Assumptions on which the condition's truth rests: vary any other, and it stays as it is.

    Where one part alone settles it, the part that rests on the fewest is taken.
    """
    match condition:
        case Is(of, _):
            return names & {of}
        case AtLeast(of, bound):
            return names & {of, bound} if of in facts else frozenset()
        case Not(what):
            return rests_on(what, facts, names)
        case AllOf(of):
            return _rests_on(of, facts, names, truth(condition, facts), deciding=False)
        case AnyOf(of):
            return _rests_on(of, facts, names, truth(condition, facts), deciding=True)
        case _:
            assert_never(condition)


def _rests_on(parts: tuple[Condition, ...], facts: Facts, names: frozenset[str], value: Truth, deciding: bool) -> frozenset[str]:
    if value is deciding:
        return min((rests_on(part, facts, names) for part in parts if truth(part, facts) is deciding), key=len)
    return frozenset[str]().union(*(rests_on(part, facts, names) for part in parts))
