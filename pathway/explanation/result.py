"""The result of explaining a scenario, as frozen models. `model_dump(mode="json")` gives the documented JSON."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, PrivateAttr, computed_field

from pathway.conditions.tree import Truth
from pathway.knowledge.vocabulary import UNDETERMINED, Basis, Checked, Verdict
from pathway.model import FrozenModel

if TYPE_CHECKING:  # a real import would be circular
    from pathway.deciding.decide import Decision
    from pathway.explanation.trace import Tracer

Undetermined = Literal["undetermined"]


class Open(FrozenModel):
    """An undetermined value: the values that are still possible, and the open findings that decide between them."""

    possible: tuple[str, ...]
    """First the value that holds if every open answer is benign."""
    deciding: tuple[str, ...]


class Citation(FrozenModel):
    """A place in a source, and how well it was checked. A statement of the page has its id in `statement`, and no address."""

    source: str
    locator: str
    checked: Checked
    source_id: str
    publisher: str
    title: str
    edition: str
    address: str | None
    statement: str | None = None


class Reason(FrozenModel):
    """A rule that holds, with its basis. `overridden_by` names the exception that overrides it.

    `differs` describes a difference between sources. `unsourced` is the part for which no named source was found.
    """

    rule: str
    says: str
    basis: Basis
    because: str
    citations: tuple[Citation, ...]
    assumption: str | None = None
    differs: str | None = None
    unsourced: str | None = None
    overridden_by: str | None = None


class Caution(FrozenModel):
    """A caution; `open` names the unanswered findings on which it depends."""

    text: str
    basis: Basis
    citations: tuple[Citation, ...]
    assumption: str | None = None
    differs: str | None = None
    unsourced: str | None = None
    open: tuple[str, ...] = ()


class Note(FrozenModel):
    """What an outside guideline says about an option; `number` is None where it says nothing."""

    publisher: str = Field(default="", exclude=True)
    """Whose guideline it is; the result's JSON has the edition instead."""
    text: str
    edition: str
    number: str | None
    checked: Checked


class OptionResult(FrozenModel):
    """One option: its verdict, what is open, and every reason that holds, those that decide first."""

    verdict: Verdict
    open: Open | None
    cautions: tuple[Caution, ...]
    notes: tuple[Note, ...]
    reasons: tuple[Reason, ...]
    contrasts: tuple[str, ...]
    """Under the first reading: how another reading differs."""


class RedFlagResult(FrozenModel):
    """A present red flag: its meaning, its urgency, what to do, and where sources differ."""

    finding: str
    route: str
    because: str
    basis: Basis
    citations: tuple[Citation, ...]
    rule: str
    do: str
    differs: str | None
    assumption: str | None
    unsourced: str | None = None


class ConditionTrace(FrozenModel):
    """A condition in words, whether it holds (None: unknown), and the answer that decides that."""

    text: str
    holds: Truth
    answer: str


class RuleTrace(FrozenModel):
    """A rule that was considered, with its conditions."""

    rule: str
    says: str
    holds: Truth
    conditions: tuple[ConditionTrace, ...]


class Trace(FrozenModel):
    """Every rule that was considered, in precedence order."""

    route: tuple[RuleTrace, ...]
    step: tuple[RuleTrace, ...]
    options: dict[str, tuple[RuleTrace, ...]]


class KnowledgeEdition(FrozenModel):
    """The knowledge base that gave the result."""

    edition: str
    hash: str


class Carried(FrozenModel):
    """An answer from an earlier visit: that visit's number (from 1), and whether the weeks since were added to it."""

    finding: str
    answer: str | int
    visit: int
    how: Literal["carried", "counted"]


class VisitResult(FrozenModel):
    """The number of this visit, and the answers that come from earlier visits."""

    number: int
    of: int
    weeks: int
    """Weeks since the first visit."""
    carried: tuple[Carried, ...]
    ask_again: tuple[Carried, ...]
    """The last answers to questions that have to be asked again, or that depend on such a question."""


class Result(FrozenModel):
    """The result for a scenario: the route, the step, every option's verdict, and the reasons."""

    title: str
    route: str
    step: str | None
    provisional: bool
    guidance: str
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
    visit: VisitResult | None = None
    """None where there is only one visit."""
    sentence: str = ""
    """Who, since when, where the person stands, and how sure that is."""
    _traced: tuple[Tracer, Decision] = PrivateAttr()

    def with_trace_of(self, tracer: Tracer, decision: Decision) -> Self:
        """Return this result; its trace will be that of the decision."""
        self._traced = (tracer, decision)
        return self

    @computed_field  # type: ignore[prop-decorator]  # pydantic documents this order, which mypy does not support
    @cached_property
    def trace(self) -> Trace:
        """Every rule that was considered. Written when it is first read: most results are read without it."""
        tracer, decision = self._traced
        return tracer.trace(decision)

    @property
    def uncovered(self) -> tuple[str, ...]:
        """The options that no recommendation speaks of: nothing that is still open could decide them."""
        return tuple(name for name, option in self.options.items() if option.verdict == UNDETERMINED and option.open is None)
