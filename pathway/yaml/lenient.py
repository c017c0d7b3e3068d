"""Validates a document of an earlier edition as today's models: removed keys are dropped, newer keys are filled in."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pathway.yaml.document import Document
from pathway.yaml.validation import adapter, validate_as

NOT_WRITTEN = "not written yet"
ROUNDS = 3
"""A missing key is first filled with text, then, where a list is wanted, with an empty list; then it is valid."""


def validate_leniently(document: Document, model: Any) -> Any:
    """Return the document's value as `model`. Raises Unusable with what can't be filled in."""
    repaired = replace(document, value=deepcopy(document.value))
    for _ in range(ROUNDS):
        try:
            return adapter(model).validate_python(repaired.value, context=document.file)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                _repair(repaired.value, detail)
    return validate_as(repaired, model)


def _repair(value: Any, detail: ErrorDetails) -> None:
    """Repair one error in the value, where another edition explains it."""
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
