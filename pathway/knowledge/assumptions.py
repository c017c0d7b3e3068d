"""Assumptions: their values, varied only within the allowed range, and which of them a decision rests on."""

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
    """Return the default value of each assumption that has a value."""
    return {name: assumption.value for name, assumption in knowledge.assumptions.items() if assumption.value is not None}


def varied_words(values: Mapping[str, int | str], knowledge: Knowledge) -> str:
    """Describe the values that differ from the defaults; empty where none does."""
    usual = defaults(knowledge)
    varied = (name for name in usual if values.get(name, usual[name]) != usual[name])
    return "; ".join(f"{name.replace('-', ' ')} {values[name]}, usually {usual[name]}" for name in varied)


def values_from(overrides: Mapping[str, Any] | None, knowledge: Knowledge) -> Values:
    """Return the defaults updated with `overrides`. Raises Unusable for a name or a value that is not allowed."""
    if faults := list(_faults(overrides or {}, knowledge)):
        raise Unusable(faults)
    return defaults(knowledge) | dict(overrides or {})


def _faults(overrides: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Fault]:
    valid = defaults(knowledge)
    for name, value in overrides.items():
        if name not in valid:
            yield Fault(
                "assumption", None, f"there is no assumption {safe_excerpt(name)} with a value; {suggestion(name, valid)}"
            )
        elif type(value) not in (int, str) or not knowledge.assumptions[name].allows(value):
            quoted = isinstance(value, str) and value.strip().isdecimal() and knowledge.assumptions[name].allows(int(value))
            write = "write it without quotes" if quoted else f"write {allowed_words(knowledge.assumptions[name])}"
            yield Fault("assumption", None, f"{name} can't be {safe_excerpt(value)}; {write}")


def allowed_words(assumption: Assumption) -> str:
    """Describe the values that an assumption may have."""
    match assumption.allowed:
        case (int() as lowest, int() as highest):
            return f"a whole number of {assumption.unit} from {lowest} to {highest}"
        case words:
            return one_of(str(word) for word in words)


def rests_on(condition: Condition, facts: Facts, names: frozenset[str]) -> frozenset[str]:
    """Return the assumptions on which the condition's truth rests: varying any other one can't change it.

    Where several parts each settle it alone, the part that rests on the fewest assumptions counts.
    """
    match condition:
        case Is():
            return names & {condition.variable}
        case AtLeast():
            return names & {condition.variable, condition.bound} if condition.variable in facts else frozenset()
        case Not():
            return rests_on(condition.condition, facts, names)
        case AllOf():
            return _rests_on_parts(condition.parts, facts, names, truth(condition, facts), dominant=False)
        case AnyOf():
            return _rests_on_parts(condition.parts, facts, names, truth(condition, facts), dominant=True)
        case _:
            assert_never(condition)


def _rests_on_parts(
    parts: tuple[Condition, ...], facts: Facts, names: frozenset[str], value: Truth, dominant: bool
) -> frozenset[str]:
    if value is dominant:
        return min((rests_on(part, facts, names) for part in parts if truth(part, facts) is dominant), key=len)
    return frozenset[str]().union(*(rests_on(part, facts, names) for part in parts))
