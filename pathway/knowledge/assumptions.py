"""Assumptions: their values, varied only within the allowed range, and which of them a decision rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from pathway.conditions.kleene import negation, truth
from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Facts, Is, Not, Truth
from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Assumption
from pathway.phrases import one_of, safe_excerpt

Values = dict[str, int | str]
_NONE = frozenset[str]()


def defaults(knowledge: Knowledge) -> Values:
    """Return the default value of each assumption that has a value."""
    return dict(knowledge.default_values)


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
    return _judged(condition, facts, names)[1]


def _judged(condition: Condition, facts: Facts, names: frozenset[str]) -> tuple[Truth, frozenset[str]]:
    """Return the truth of a condition, and the assumptions on which it rests."""
    match condition:
        case Is():
            return truth(condition, facts), names & {condition.variable}
        case AtLeast():
            read = names & {condition.variable, condition.bound} if condition.variable in facts else _NONE
            return truth(condition, facts), read
        case Not():
            value, read = _judged(condition.condition, facts, names)
            return negation(value), read
        case AllOf():
            return _judged_parts(condition.parts, facts, names, dominant=False)
        case AnyOf():
            return _judged_parts(condition.parts, facts, names, dominant=True)
        case _:
            assert_never(condition)


def _judged_parts(
    parts: tuple[Condition, ...], facts: Facts, names: frozenset[str], dominant: bool
) -> tuple[Truth, frozenset[str]]:
    judged = [_judged(part, facts, names) for part in parts]
    if settling := [read for value, read in judged if value is dominant]:
        return dominant, min(settling, key=len)
    is_open = any(value is None for value, _ in judged)
    return None if is_open else not dominant, _NONE.union(*[read for _, read in judged])
