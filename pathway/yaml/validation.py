"""Turns a document into models. The one place that turns validation errors into sentences for the author of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from pathway.errors import Fault, Unusable, suggestion
from pathway.phrases import safe_excerpt
from pathway.yaml.document import Document

SENTENCES = {
    "missing": "{key} is missing; add it here",
    "string_type": "{key} must be text; put it in quotes",
    "string_too_short": "{key} must not be empty",
    "too_short": "{key} must not be empty",
    "tuple_type": "{key} is a list, each entry after a dash",
    "model_type": "{key} must be a map of keys and values",
    "dict_type": "{key} must be a map of keys and values",
    "bool_type": "{key} is yes or no, not {value}",
    "bool_parsing": "{key} is yes or no, not {value}",
    "int_type": "{key} must be a whole number",
    "greater_than_equal": "{key} is too small",
    "shape": "{key} {message}, not {value}",
}
"""For each kind of error, as pydantic names it."""


@cache
def adapter(model: Any) -> TypeAdapter[Any]:
    """Return what validates as `model`; to make one takes longer than to use it."""
    return TypeAdapter(model)


def validate_as(document: Document, model: Any) -> Any:
    """Return the document's value as `model`. Raises Unusable with a fault for each error."""
    try:
        return adapter(model).validate_python(document.value, context=document.file)
    except ValidationError as error:
        raise Unusable(_fault(document, detail, model) for detail in _details(error)) from None


def matching(pattern: str, description: str) -> Callable[[str], str]:
    """Return a validator for text that matches `pattern`; `description` says what else to write ("must be ...")."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise PydanticCustomError("shape", "{description}", {"description": description})
        return text

    return check


def _details(error: ValidationError) -> Iterator[ErrorDetails]:
    for detail in error.errors(include_url=False):
        if detail["type"] != "too_short" or not detail["input"]:  # pydantic calls a list of invalid entries too short
            yield detail


def _fault(document: Document, detail: ErrorDetails, model: Any) -> Fault:
    path = (*detail["loc"], *detail.get("ctx", {}).get("place", ()))
    return document.fault(path, _sentence(detail, model))


def _sentence(detail: ErrorDetails, model: Any) -> str:
    key, value = _key_name(detail["loc"]), detail["input"]
    match detail["type"]:
        case "extra_forbidden":
            valid = _keys_at(model, detail["loc"][:-1])
            return f"there is no key {key} here; {suggestion(key, valid, 'the other entries of the file')}"
        case "literal_error":
            words = re.findall("'([^']*)'", detail["ctx"]["expected"])
            return f"{key} can't be {safe_excerpt(value)}; {suggestion(value, words)}"
        case "string_pattern_mismatch":
            joint = "_" if "(_" in detail["ctx"]["pattern"] else "-"
            return f"{safe_excerpt(value)} is not an id; write lower-case words joined by {joint}"
        case "too_long":
            return f"{key} has {detail['ctx']['actual_length']:,} entries, and may have {detail['ctx']['max_length']:,}"
        case "string_too_long":
            return f"{key} is longer than {detail['ctx']['max_length']:,} characters"
        case "string_type" if value is None:
            return f"{key} must not be empty"
        case error_type if error_type in SENTENCES:
            return SENTENCES[error_type].format(key=key, value=safe_excerpt(value), message=detail["msg"])
        case _:
            return f"{key}: {detail['msg']}".replace("Input should", "should")


def _key_name(path: tuple[str | int, ...]) -> str:
    """Return what a sentence calls the value at `path`."""
    key = path[-1] if path else "the file"
    return f"entry {key + 1}" if isinstance(key, int) else safe_excerpt(key)


def _keys_at(model: Any, path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that a file of this model may have at `path`."""
    for part in path:
        inner = get_args(model)
        fields = getattr(model, "model_fields", {})
        matches = [field for name, field in fields.items() if part in (name, field.alias)]
        model = matches[0].annotation if matches else inner[0] if inner else model
    fields = getattr(model, "model_fields", {})
    return [field.alias or name for name, field in fields.items() if name not in ("file", "line")]
