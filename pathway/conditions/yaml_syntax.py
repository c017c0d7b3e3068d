"""The closed grammar of conditions, as it stands in YAML.

is: {finding: answer}            or  is: {finding: [answer, answer]}
at least: {finding: number}      or the name of an assumption, or of another number
not: condition
all: [condition, ...]
any: [condition, ...]
"""

from __future__ import annotations

from typing import Any, Never

from pydantic_core import PydanticCustomError

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Is, Not
from pathway.errors import suggestion

KINDS = ("is", "at least", "not", "all", "any")


def condition_from(value: Any) -> Condition:
    """The condition that stands in YAML. Raises a pydantic error whose `place` leads to the fault."""
    return value if isinstance(value, Is | AtLeast | Not | AllOf | AnyOf) else _condition(value, ())


def _condition(value: Any, place: tuple[str | int, ...]) -> Condition:
    kind, inner = _only(value, place, f"a condition is a map with one of: {', '.join(KINDS)}")
    place = (*place, kind)
    match kind:
        case "is":
            return _is(inner, place)
        case "at least":
            return _at_least(inner, place)
        case "not":
            return Not(_condition(inner, place))
        case "all":
            return AllOf(_parts(inner, place))
        case "any":
            return AnyOf(_parts(inner, place))
        case _:
            _fault(place, f"there is no condition kind {kind}; {suggestion(kind, KINDS)}")


def _is(value: Any, place: tuple[str | int, ...]) -> Is:
    of, among = _only(value, place, "write one finding and its answer, as in is: {region: low_back}")
    words = among if isinstance(among, list) else [among]
    if not words or not all(isinstance(word, str) for word in words):
        _fault(place, "an answer is a word, or a list of words")
    return Is(of, tuple(words))


def _at_least(value: Any, place: tuple[str | int, ...]) -> AtLeast:
    of, bound = _only(value, place, "write one number and its bound, as in at least: {symptom_weeks: 6}")
    if isinstance(bound, bool) or not isinstance(bound, int | str):
        _fault(place, "a bound is a whole number, or the name of an assumption or of another number")
    return AtLeast(of, bound)


def _parts(value: Any, place: tuple[str | int, ...]) -> tuple[Condition, ...]:
    if not isinstance(value, list):
        _fault(place, "write a list of conditions, each after a dash")
    return tuple(_condition(part, (*place, number)) for number, part in enumerate(value))


def _only(value: Any, place: tuple[str | int, ...], says: str) -> tuple[str, Any]:
    if not isinstance(value, dict) or len(value) != 1:
        _fault(place, says)
    return next(iter(value.items()))


def _fault(place: tuple[str | int, ...], says: str) -> Never:
    raise PydanticCustomError("condition", "{says}", {"says": says, "place": place})
