"""Parses conditions from YAML, by a closed grammar.

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

NODE_TYPES = ("is", "at least", "not", "all", "any")


def condition_from(value: Any) -> Condition:
    """Return the condition that a YAML value holds. Raises a pydantic error whose `place` is the path to the fault."""
    return value if isinstance(value, Is | AtLeast | Not | AllOf | AnyOf) else _condition(value, ())


def _condition(value: Any, path: tuple[str | int, ...]) -> Condition:
    node_type, inner = _single_item(value, path, f"a condition is a map with one of: {', '.join(NODE_TYPES)}")
    path = (*path, node_type)
    match node_type:
        case "is":
            return _is(inner, path)
        case "at least":
            return _at_least(inner, path)
        case "not":
            return Not(_condition(inner, path))
        case "all":
            return AllOf(_parts(inner, path))
        case "any":
            return AnyOf(_parts(inner, path))
        case _:
            _fault(path, f"there is no condition kind {node_type}; {suggestion(node_type, NODE_TYPES)}")


def _is(value: Any, path: tuple[str | int, ...]) -> Is:
    variable, answers = _single_item(value, path, "write one finding and its answer, as in is: {FINDING: ANSWER}")
    words = answers if isinstance(answers, list) else [answers]
    if not words or not all(isinstance(word, str) for word in words):
        _fault(path, "an answer is a word, or a list of words")
    return Is(variable, tuple(words))


def _at_least(value: Any, path: tuple[str | int, ...]) -> AtLeast:
    variable, bound = _single_item(value, path, "write one number and its bound, as in at least: {NUMBER: 6}")
    if isinstance(bound, bool) or not isinstance(bound, int | str):
        _fault(path, "a bound is a whole number, or the name of an assumption or of another number")
    return AtLeast(variable, bound)


def _parts(value: Any, path: tuple[str | int, ...]) -> tuple[Condition, ...]:
    if not isinstance(value, list):
        _fault(path, "write a list of conditions, each after a dash")
    return tuple(_condition(part, (*path, number)) for number, part in enumerate(value))


def _single_item(value: Any, path: tuple[str | int, ...], says: str) -> tuple[str, Any]:
    if not isinstance(value, dict) or len(value) != 1:
        _fault(path, says)
    return next(iter(value.items()))


def _fault(path: tuple[str | int, ...], says: str) -> Never:
    raise PydanticCustomError("condition", "{says}", {"says": says, "place": path})
