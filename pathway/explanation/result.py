"""A result: where a scenario stands, and why, as frozen models. `model_dump(mode="json")` is the contract's JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from pathway.conditions.tree import Truth
from pathway.knowledge.vocabulary import Basis, Checked, Guidance, Route, Step, Verdict

Undetermined = Literal["undetermined"]


class Model(BaseModel):
    """Values that never change."""

    model_config = ConfigDict(frozen=True)


class Open(Model):
    """What an unanswered question leaves open: the values still possible, and the findings that decide."""

    possible: tuple[str, ...]
    """First the one that holds if no open answer is adverse."""
    deciding: tuple[str, ...]


class Citation(Model):
    """Where it is said, and how surely that is known. `statement` is a statement of the page, which has no address here."""

    source: str
    locator: str
    checked: Checked
    source_id: str
    publisher: str
    title: str
    edition: str
    address: str | None
    statement: str | None = None


class Reason(Model):
    """A rule that holds, and what it rests on. `overridden_by` names the exception that takes it out.

    `differs` says who says what where sources differ, and `unsourced` for which part no named source was found.
    """

    rule: str
    says: Verdict | Route | Step
    basis: Basis
    because: str
    citations: tuple[Citation, ...]
    assumption: str | None = None
    differs: str | None = None
    unsourced: str | None = None
    overridden_by: str | None = None


class Caution(Model):
    """Care to take; `open` names the unanswered findings on which it depends."""

    text: str
    basis: Basis
    citations: tuple[Citation, ...]
    assumption: str | None = None
    differs: str | None = None
    unsourced: str | None = None
    open: tuple[str, ...] = ()


class Note(Model):
    """What NG59 says of an option; `number` is None where it is silent."""

    text: str
    edition: str
    number: str | None
    checked: Checked


class OptionResult(Model):
    """One option: its verdict, what is open, and every reason that holds, the deciding ones first."""

    verdict: Verdict
    open: Open | None
    cautions: tuple[Caution, ...]
    notes: tuple[Note, ...]
    reasons: tuple[Reason, ...]
    contrasts: tuple[str, ...]
    """Where the page says yes and NICE does not, in the page's reading."""


class RedFlagResult(Model):
    """A present red flag: what it may mean, how urgent, what to do, and where sources differ."""

    finding: str
    route: Route
    because: str
    basis: Basis
    citations: tuple[Citation, ...]
    rule: str
    do: str
    differs: str | None
    assumption: str | None
    unsourced: str | None = None


class ConditionTrace(Model):
    """A condition in words, whether it holds (None: unknown), and the answer that made it so."""

    text: str
    holds: Truth
    answer: str


class RuleTrace(Model):
    """A rule that was considered."""

    rule: str
    says: str
    holds: Truth
    conditions: tuple[ConditionTrace, ...]


class Trace(Model):
    """Every rule considered, in the order in which they win."""

    route: tuple[RuleTrace, ...]
    step: tuple[RuleTrace, ...]
    options: dict[str, tuple[RuleTrace, ...]]


class KnowledgeEdition(Model):
    """Which knowledge gave the answer."""

    edition: str
    hash: str


class Carried(Model):
    """An answer that was not given at this visit: the visit (from 1) at which it was, and whether time was counted on since."""

    finding: str
    answer: str | int
    visit: int
    how: Literal["carried", "counted"]


class VisitResult(Model):
    """Which visit of a walk this is, and what it has from those before it."""

    number: int
    of: int
    weeks: int
    """Since the first visit."""
    carried: tuple[Carried, ...]
    ask_again: tuple[Carried, ...]
    """What is not known until it, or the answer it depends on, is asked again: as it was when it was last asked."""


class Result(Model):
    """Where a scenario stands: the route, the step, every option's verdict, and why."""

    title: str
    route: Route | Undetermined
    step: Step | Undetermined | None
    provisional: bool
    guidance: Guidance
    route_open: Open | None
    step_open: Open | None
    step_reasons: tuple[Reason, ...]
    options: dict[str, OptionResult]
    red_flags: tuple[RedFlagResult, ...]
    safety_net: tuple[str, ...]
    assumptions: tuple[str, ...]
    ask_next: tuple[str, ...]
    warnings: tuple[str, ...]
    notice: str
    knowledge: KnowledgeEdition
    trace: Trace
    visit: VisitResult | None = None
    """Of a walk of several visits."""
