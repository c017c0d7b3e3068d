"""A document as models, and what is wrong with it in words for whoever wrote it."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from pathway.errors import Fault, Unusable, suggestion
from pathway.phrases import safe_excerpt
from pathway.yaml.document import Document


def validate_as(document: Document, kind: Any) -> Any:
    """A document's value as `kind`, or Unusable with a fault for each thing that is wrong with it."""
    try:
        return TypeAdapter(kind).validate_python(document.value, context=document.file)
    except ValidationError as error:
        raise Unusable(_fault(document, detail, kind) for detail in error.errors(include_url=False)) from None


def _fault(document: Document, detail: ErrorDetails, kind: Any) -> Fault:
    place = (*detail["loc"], *detail.get("ctx", {}).get("place", ()))
    return document.fault(place, _says(detail, str(detail["loc"][-1]) if detail["loc"] else "the file", kind))


def _says(detail: ErrorDetails, key: str, kind: Any) -> str:
    match detail["type"]:
        case "missing":
            return f"needs {key}, which is not there"
        case "extra_forbidden":
            valid = _keys_at(kind, detail["loc"][:-1])
            return f"there is no key {key} here; {suggestion(key, valid, 'the other entries of the file')}"
        case "literal_error":
            words = re.findall("'([^']*)'", detail["ctx"]["expected"])
            return f"{key} can't be {safe_excerpt(detail['input'])}; {suggestion(detail['input'], words)}"
        case "string_pattern_mismatch":
            joint = "_" if "_" in detail["ctx"]["pattern"] else "-"
            return f"{safe_excerpt(detail['input'])} is no id; write lower-case words joined by {joint}"
        case "tuple_type":
            return f"{key} is a list, each entry after a dash"
        case _:
            return f"{key}: {detail['msg']}".replace("Input should", "should")


def _keys_at(kind: Any, place: tuple[str | int, ...]) -> list[str]:
    """The keys that belong at a place of a file of this kind."""
    for part in place:
        inner = get_args(kind)
        fields = getattr(kind, "model_fields", {})
        found = [field for name, field in fields.items() if part in (name, field.alias)]
        kind = found[0].annotation if found else inner[0] if inner else kind
    fields = getattr(kind, "model_fields", {})
    return [field.alias or name for name, field in fields.items() if name not in ("file", "line")]
