"""Makes a JSON Schema from a model: as a file is written, with the docstrings of the models as its descriptions."""

from __future__ import annotations

import ast
import inspect
import itertools
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from pathway.conditions.yaml_syntax import condition_from
from pathway.knowledge.models import Entry

CONDITION = "condition"
"""The name of the schema of a condition."""
REFERENCE = "reference to a file"
"""Stands for $ref while pydantic works, because it looks up each $ref among its own definitions."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
READ_FROM_THE_FILE = frozenset(Entry.model_fields)
"""The fields of an entry that the reader fills in."""


def schema_of(model: Any) -> JsonSchemaValue:
    """Return the schema of a file that is read as this model; conditions refer to the schema of that name beside it."""
    schema = TypeAdapter(model).json_schema(schema_generator=_AsWritten)
    return {"$schema": DIALECT, **_without_titles(schema)}


class _AsWritten(GenerateJsonSchema):
    """Leaves out defaults, null, and what the reader fills in; a condition is a reference to the schema beside it."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {"enum": [True, False, "yes", "no"]}  # in YAML 1.2 the last two are words

    def function_plain_schema(self, schema: core_schema.PlainValidatorFunctionSchema) -> JsonSchemaValue:
        is_condition = schema["function"]["function"] is condition_from
        return {REFERENCE: f"{CONDITION}.json"} if is_condition else super().function_plain_schema(schema)

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        model: type[BaseModel] = schema["cls"]
        result = super().model_schema(schema)
        written, described = result.get("properties", {}), _described_fields(model)
        if issubclass(model, Entry):
            for name in READ_FROM_THE_FILE:
                written.pop(name, None)
            result["required"] = [name for name in result.get("required", ()) if name not in READ_FROM_THE_FILE]
        for name, field in model.model_fields.items():
            key = field.alias or name
            if name in described and key in written:
                written[key] = {**written[key], "description": described[name]}
        return result


@cache  # many schemas refer to one model
def _described_fields(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the text below each field of a model, the fields of its bases included."""
    described: dict[str, str] = {}
    for cls in reversed([base for base in model.__mro__ if base.__module__.startswith("pathway.")]):
        for field, text in itertools.pairwise(_classes(cls.__module__)[cls.__name__].body):
            match field, text:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                    described[name] = inspect.cleandoc(words)
    return described


@cache
def _classes(module: str) -> Mapping[str, ast.ClassDef]:
    """Return the classes of a module as they are written. It is parsed once, not once for each of them."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _without_titles(schema: Any) -> Any:
    """Return a schema without pydantic's titles, which repeat the keys, and with the references to other files."""
    if isinstance(schema, list):
        return [_without_titles(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if not (key == "title" and isinstance(value, str))}
    return {"$ref" if key == REFERENCE else key: _without_titles(value) for key, value in kept.items()}
