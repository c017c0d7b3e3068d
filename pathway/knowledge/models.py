"""What stands in `data/`, entry by entry, as frozen models: each knows its file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from pathway.conditions.tree import ALWAYS, Condition
from pathway.conditions.yaml_syntax import condition_from
from pathway.errors import Fault, suggestion
from pathway.knowledge.vocabulary import Basis, Checked, Route, Step, Verdict
from pathway.model import FrozenModel
from pathway.yaml.parser import LocatedDict


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or not text.isprintable() or " " in text:
        raise PydanticCustomError("web_address", "should be a web address that begins with https:// or http://")
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
FindingId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
When = Annotated[Condition, PlainValidator(condition_from)]
Address = Annotated[str, AfterValidator(_web_address)]


class Entry(FrozenModel):
    """One entry of a file in `data/`, and where it stands."""

    file: str
    line: int

    @model_validator(mode="before")
    @classmethod
    def _placed(cls, value: Any, info: ValidationInfo) -> Any:
        return {**value, "file": info.context, "line": value.line} if isinstance(value, LocatedDict) else value

    def fault(self, says: str) -> Fault:
        """A fault at this entry."""
        return Fault(self.file, self.line, says)


class CitationRef(FrozenModel):
    """What supports an entry: a statement of the page, or a place in an outside source and how surely it is known."""

    statement: Id | None = None
    source: Id | None = None
    at: Words | None = None
    checked: Checked | None = None


class Citing(Entry):
    """An entry that cites what it rests on, and says where that falls short."""

    cites: tuple[CitationRef, ...] = ()
    differs: Words | None = None
    """Who says what, where the sources differ."""
    unsourced: Words | None = None
    """For which part no named source was found, as words that follow "for"."""


class Sourced(Citing):
    """An entry with a basis: the page, a named outside source, none that was found, or an assumption."""

    basis: Basis
    assumption: Id | None = None


class Group(Entry):
    """Findings that are asked together; `flags` for those asked before all else, which need `none_of_these`."""

    id: Id
    title: Words
    is_safety_group: bool = Field(default=False, alias="flags")
    first_when: When | None = Field(default=None, alias="first when")
    """Where this holds, the group comes before the others that are asked before all else."""
    none_of_these: Words | None = None


class IntegerAnswer(FrozenModel):
    """A whole number from 0 to `most`, in `unit`."""

    unit: Words
    most: int = Field(ge=0)


class Finding(Entry):
    """What may be asked of a scenario. `answers` are in words that follow "is"; `benign_answer` raises nothing."""

    id: FindingId
    group: Id
    name: Words
    question: Words
    hint: Words | None = None
    answers: dict[FindingId, Words] = Field(default_factory=dict)
    whole: IntegerAnswer | None = None
    benign_answer: str | int = Field(alias="if_not_adverse")


class Definition(Entry):
    """A named condition, which other conditions read as `present` or `absent`; both may be put as a clause."""

    id: FindingId
    name: Words
    present: Words | None = None
    absent: Words | None = None
    when: When


class Assumption(Citing):
    """Our own reading: seen in every result that rests on it and, where it has a value, varied within `allowed`."""

    id: Id
    name: Words | None = None
    """Of one that is on or off: what it switches, in a word or two."""
    says: Words
    because: Words
    value: int | str | None = None
    unit: Words | None = None
    allowed: tuple[int | str, ...] = ()
    """Of numbers, the lowest and the highest; of words, each."""

    def allows(self, value: int | str) -> bool:
        """Whether a value is one of the words allowed, or within the lowest and highest number."""
        match self.allowed:
            case (int() as lowest, int() as highest):
                return isinstance(value, int) and lowest <= value <= highest
            case words:
                return value in words


class Derived(Entry):
    """Words for what is chosen or worked out rather than asked; `answers` follow "is"."""

    id: FindingId
    name: Words
    answers: dict[str, Words]
    possible_while: tuple[Id, ...] = Field(default=(), alias="possible while")
    """Of a gate: it is `yes` while one of these options is not ruled out, and `no` once all are."""


class Copy(FrozenModel):
    """Where another body reproduces a source."""

    by: Words
    address: Address | None = None


class Source(Entry):
    """Where a citation leads. How surely a source is known differs from point to point: each citation says it of its own."""

    id: Id
    publisher: Words
    title: Words
    edition: Words
    address: Address | None = None
    seen_as: Checked | None = None
    """How its text was seen, at best."""
    copy_seen: Annotated[Copy | None, Field(alias="copy")] = None
    """The copy in which it was seen, where that was not the publisher's own."""
    scope: Words | None = None
    note: Words | None = None


class Rule(Sourced):
    """A rule that leads to a value when its condition holds."""

    id: Id
    when: When = ALWAYS
    because: Words


class RedFlag(Rule):
    """Takes a person off the ladder. `downgraded_by` lowers it only once that is known to hold."""

    when: When
    finding: FindingId
    says: Route
    do: Words
    downgraded_by: Annotated[Condition | None, PlainValidator(condition_from), Field(alias="unless known")] = None


class StepRule(Rule):
    """Leads to a step, unless an earlier one holds."""

    when: When
    says: Step


class Recommendation(Rule):
    """Says a verdict of its options. `overrides` names rules that don't speak where this one holds."""

    options: tuple[Id, ...]
    says: Verdict
    overrides: tuple[Id, ...] = ()
    nice_contrast: Words | None = Field(default=None, alias="contrast")
    """Of a rule that only NICE's reading follows: how the page and NICE differ, shown in the page's reading."""
    show_first: bool = Field(default=False, alias="leads")
    """Stands first among the reasons, whatever wins."""


class Caution(Sourced):
    """Care to take with its options while its condition may hold; `if_open` says so while that is not known."""

    options: tuple[Id, ...]
    text: Words
    if_open: Words | None = Field(default=None, alias="if open")
    when: When = ALWAYS


class Position(Entry):
    """What an outside guideline says of an option; `number` is None where it is silent."""

    text: Words
    source: Id
    number: str | None = None
    checked: Checked


class Option(Entry):
    """A treatment on the page, or the referral."""

    id: Id
    group: Id
    name: Words
    says: Words
    step: Step | Literal["any"]
    statements: tuple[Id, ...] = ()
    positions: tuple[Position, ...] = Field(min_length=1)


class OptionGroup(Entry):
    """Options as the page groups them."""

    id: Id
    title: Words


class Contradiction(Entry):
    """Answers that can't go together, or that are possible and yet unlikely."""

    id: Id
    when: When
    text: Words


Kind = Literal["finding", "answer", "assumption", "option", "rule"]


class FormerId(Entry):
    """An id of an earlier edition, and what it is called now (`present`); or why nothing stands for it any longer (`gone`)."""

    kind: Kind
    finding: FindingId | None = None
    """Of an answer: the finding that it answers, as that is called now."""
    former: Words
    present: Words | None = None
    gone: Words | None = None


class Term(Entry):
    """A word that a student may not know: the forms in which it is written, the name first, and what it means here."""

    id: Id
    words: tuple[Words, ...] = Field(min_length=1)
    meaning: Words
    cites: tuple[CitationRef, ...] = ()
    """Where the meaning says more than a dictionary does."""


class Label(Entry):
    """The words for a verdict, a route, a step, a basis or a degree of sureness."""

    id: FindingId
    title: Words
    says: Words
    none_fits: Words | None = None
    """Of a step: the headline where each of its options is ruled out."""


class Frame(Entry):
    """What stands around every result."""

    edition: Words
    notice: Words
    in_short: Words
    """The notice for where it stays in sight."""
    safety_net: tuple[Words, ...] = Field(min_length=1)
    safety_net_cites: tuple[CitationRef, ...] = Field(min_length=1)
    safety_net_unsourced: Words | None = None
    """For which of them no named source was found, as words that follow "for"."""
    sources_seen: Words
    """The day on which the sources were last looked at, shown beside their addresses."""
    page_limits: tuple[Words, ...]
    """What the page leaves open or overstates."""
    limits_cites: tuple[CitationRef, ...] = ()
    out_of_scope: Words
    """Said with an outside guideline's position where the region is not its own."""
    referral: Id
    """The option that names the service to which a red flag leads."""


LISTED = {
    "statement": "data/source/page.yaml",
    "source": "data/sources.yaml",
    "recommendation": "`pathway rules`",
    "assumption": "`pathway rules`",
    "rule": "`pathway rules`",
}
"""Where the words of a kind stand, when they are too many to name."""


def unknown_names(entry: Entry, kind: str, names: Iterable[str], valid: Iterable[str]) -> Iterator[Fault]:
    """A fault for each name that is none of the valid ones."""
    words = list(valid)
    for name in names:
        if name not in words:
            yield entry.fault(f"there is no {kind} {name}; {suggestion(name, words, LISTED.get(kind, 'GLOSSARY.md'))}")
