"""A document of an earlier edition as today's models: keys that went are left out, words that came since are filled in."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from pathway.yaml.document import Document
from pathway.yaml.validation import validate_as

NOT_WRITTEN = "not written yet"
ROUNDS = 3
"""A key is missed, is found to be a list, and is one."""


def validate_leniently(document: Document, kind: Any) -> Any:
    """The document's value as `kind`; or Unusable with what can't be filled in."""
    for _ in range(ROUNDS):
        try:
            return TypeAdapter(kind).validate_python(document.value, context=document.file)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                _mend(document.value, detail)
    return validate_as(document, kind)


def _mend(value: Any, detail: ErrorDetails) -> None:
    """Mends one fault in the value, where it is one that another edition explains."""
    *inner, key = detail["loc"] or ("",)
    for part in inner:
        value = value[part]
    match detail["type"]:
        case "extra_forbidden":
            del value[key]
        case "missing":
            value[key] = NOT_WRITTEN
        case "tuple_type" if value[key] == NOT_WRITTEN:
            value[key] = []
        case _:
            pass
