"""The models of `data/laws.yaml`, the safety laws: a small grammar over the same conditions that the engine runs.

if / then      In every complete scenario, and for each of `options`: where `if` holds, `then` holds. With `flags`: where one of
               them is present as well.
compare        For two complete scenarios that differ in one answer, where `if` holds in both: the second never has a lower step,
               or a less urgent route.
knowing more   For a scenario, and any other with the same answers and more.
rules          For the rules themselves.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from pathway.conditions.tree import ALWAYS, Condition
from pathway.conditions.yaml_syntax import condition_from
from pathway.knowledge.models import Entry, FindingId, Id, Options, When, Words
from pathway.model import FrozenModel

MoreKnown = Literal["keeps_what_is_decided", "never_lowers_urgency", "leaves_out_nothing", "never_shows_a_stronger_step"]
OfRules = Literal["can_hold", "needed", "agree"]


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


Several = Annotated[tuple[str, ...], PlainValidator(_as_tuple, str | list[str])]
Flags = Annotated[tuple[FindingId, ...], BeforeValidator(_as_tuple, FindingId | list[FindingId])]


class Compare(FrozenModel):
    """Two scenarios that differ in the answer to `finding`: it changes from `before` to `after`, or is a number that grows."""

    finding: FindingId
    before: Several = Field(default=(), alias="from")
    after: Several = Field(default=(), alias="to")
    grows: bool = False
    never_lowers: Literal["step", "route"] = Field(alias="never lowers")


class Law(Entry):
    """One law: a sentence that an expert in the field would sign, the reason for it, and what it requires."""

    id: Id
    says: Words
    because: Words
    options: Literal["all"] | Options = ()
    flags: Literal["all"] | Flags = ()
    """Red flags: the law holds where any of them is present, and `if` holds."""
    where: When = Field(default=ALWAYS, alias="if")
    then: Annotated[Condition | None, PlainValidator(condition_from)] = None
    compare: Compare | None = None
    knowing_more: MoreKnown | None = Field(default=None, alias="knowing more")
    rules: OfRules | None = None

    @model_validator(mode="after")
    def _has_single_requirement(self) -> Law:
        requirements = [part for part in (self.then, self.compare, self.knowing_more, self.rules) if part is not None]
        if len(requirements) != 1:
            raise PydanticCustomError("law", "a law has one of: then, compare, knowing more, rules", {"place": ()})
        if self.then is None and (self.options or self.flags):
            raise PydanticCustomError("law", "only a law with then has options or flags", {"place": ()})
        if self.then is None and self.compare is None and self.where != ALWAYS:
            raise PydanticCustomError("law", "only a law with then or compare has an if", {"place": ()})
        return self
