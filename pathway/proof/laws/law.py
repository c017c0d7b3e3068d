"""The safety laws of `data/laws.yaml`: a small closed grammar over the same conditions that the engine runs.

if / then      in every complete scenario, for each of `options`: where `if` holds, `then` holds
compare        of two scenarios that differ in one answer, where `if` holds of both: the second never has a lower step, or a less
               urgent route
knowing more   of a scenario and any that answers more of the same
rules          of the rules themselves
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from pathway.conditions.tree import ALWAYS, Condition
from pathway.conditions.yaml_syntax import condition_from
from pathway.errors import Fault, Unusable, nearest
from pathway.knowledge.models import Entry, FindingId, Frozen, Id, When, Words
from pathway.yaml.document import Document
from pathway.yaml.validation import validated

MoreKnown = Literal["keeps_what_is_decided", "never_lowers_urgency", "leaves_out_nothing", "never_shows_a_stronger_step"]
OfRules = Literal["can_hold", "needed", "agree"]


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


Several = Annotated[tuple[str, ...], PlainValidator(_several)]


class Compare(Frozen):
    """Two scenarios that differ in the answer to `finding`: `from` one of these `to` one of those, or a number that grows."""

    finding: FindingId
    before: Several = Field(default=(), alias="from")
    after: Several = Field(default=(), alias="to")
    grows: bool = False
    never_lowers: Literal["step", "route"] = Field(alias="never lowers")


class Law(Entry):
    """One law: a sentence that a clinician would sign, and why."""

    id: Id
    says: Words
    because: Words
    options: tuple[Id, ...] | Literal["all"] = ()
    where: When = Field(default=ALWAYS, alias="if")
    then: Annotated[Condition | None, PlainValidator(condition_from)] = None
    compare: Compare | None = None
    knowing_more: MoreKnown | None = Field(default=None, alias="knowing more")
    rules: OfRules | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Law:
        kinds = [kind for kind in (self.then, self.compare, self.knowing_more, self.rules) if kind is not None]
        if len(kinds) != 1:
            raise PydanticCustomError("law", "a law has one of: then, compare, knowing more, rules", {"place": ()})
        if self.then is None and self.options:
            raise PydanticCustomError("law", "only a law with then has options", {"place": ()})
        if self.then is None and self.compare is None and self.where != ALWAYS:
            raise PydanticCustomError("law", "only a law with then or compare has an if", {"place": ()})
        return self


def entries(document: Document, kind: type[Entry]) -> Any:
    """The document's entries as `kind`, or Unusable; of a key that nobody knows, the nearest of this kind's own."""
    if faults := list(_unknown_keys(document, kind)):
        raise Unusable(faults)
    return validated(document, tuple[kind, ...])  # type: ignore[valid-type]  # a type made when it runs


def _unknown_keys(document: Document, kind: type[Entry]) -> list[Fault]:
    valid = [field.alias or name for name, field in kind.model_fields.items() if name not in ("file", "line")]
    found = document.value if isinstance(document.value, list) else []
    return [
        document.fault((number, key), f"there is no key {key} here; {nearest(key, valid)}")
        for number, entry in enumerate(found)
        if isinstance(entry, dict)
        for key in entry
        if key not in valid
    ]
