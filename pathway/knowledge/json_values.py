"""Turns the knowledge into plain values that JSON can hold, and back, without validating it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Is, Not
from pathway.knowledge.base import Knowledge
from pathway.model import FrozenModel

CLASS, PRIVATE = "~class", "~private"
"""Keys beside an object's fields. No field has such a name, and no id has a tilde."""
DAY = "day"
"""The class of a date; its one field is written as in a file."""
CONDITIONS: Mapping[str, type] = {cls.__name__: cls for cls in (Is, AtLeast, Not, AllOf, AnyOf)}
ENTRIES = ("pathway.knowledge.", "pathway.source.")
"""The packages whose models the knowledge is made of. Nothing else is ever made from a stored value."""


def to_json_values(value: Any) -> Any:
    """Return the value as maps, lists and scalars. Raises TypeError for what `from_json_values` could not restore exactly."""
    match value:
        case FrozenModel():
            private = getattr(value, "__pydantic_private__", None)
            own = {name: to_json_values(getattr(value, name)) for name in type(value).model_fields}
            return {CLASS: _name(type(value)), **own, **({PRIVATE: to_json_values(private)} if private else {})}
        case Is() | AtLeast() | Not() | AllOf() | AnyOf():
            return {
                CLASS: type(value).__name__,
                **{field.name: to_json_values(getattr(value, field.name)) for field in fields(value)},
            }
        case dict():
            return {_text(key): to_json_values(inner) for key, inner in value.items()}
        case tuple():
            return [to_json_values(inner) for inner in value]
        case date() if type(value) is date:
            return {CLASS: DAY, "on": value.isoformat()}
        case str() | int() | None if type(value) in (str, int, bool, type(None)):
            return value
        case _:
            raise TypeError(f"a {type(value).__name__} can't be stored")


def from_json_values(value: Any) -> Any:
    """Return the value that `to_json_values` stored. Raises KeyError, TypeError or ValueError for anything else."""
    return _revived(value, {_name(cls): cls for cls in _models(FrozenModel)})


def _revived(value: Any, models: Mapping[str, type[FrozenModel]]) -> Any:
    if isinstance(value, list):
        return tuple([_revived(inner, models) for inner in value])
    if not isinstance(value, dict):
        return value
    own = {name: _revived(inner, models) if isinstance(inner, list | dict) else inner for name, inner in value.items()}
    name = own.pop(CLASS, None)
    if name is None:
        return own
    if name == DAY:
        return date.fromisoformat(own["on"])
    if name in CONDITIONS:
        return CONDITIONS[name](**own)
    return _model(models[name], own)


def _model(cls: type[FrozenModel], own: dict[str, Any]) -> FrozenModel:
    """Return the model with these fields, set as copying sets them; `model_construct` takes five times as long."""
    private = own.pop(PRIVATE, None)
    model = cls.__new__(cls)
    model.__setstate__({
        "__dict__": own, "__pydantic_fields_set__": set(own), "__pydantic_extra__": None, "__pydantic_private__": private,
    })  # fmt: skip
    return model


def _models(cls: type[FrozenModel]) -> Iterator[type[FrozenModel]]:
    for child in cls.__subclasses__():
        if child.__module__.startswith(ENTRIES) and child is not Knowledge:
            yield child
        yield from _models(child)


def _name(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def _text(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("a key that is not text can't be stored")
    return key
