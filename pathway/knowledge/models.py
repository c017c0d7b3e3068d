"""The entries of `data/` as frozen models: each has its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Protocol
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
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
from pathway.knowledge.vocabulary import Basis, Checked, Verdict
from pathway.model import FrozenModel
from pathway.yaml.parser import LocatedDict
from pathway.yaml.validation import matching


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or not text.isprintable() or " " in text:
        raise PydanticCustomError("web_address", "should be a web address that begins with https:// or http://")
    return text


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if DAY.fullmatch(value) else "")
    except (TypeError, ValueError):
        raise PydanticCustomError("shape", "must be a day, written as 2026-12-31") from None


DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Day = Annotated[date, BeforeValidator(_day)]
Hash = Annotated[str, AfterValidator(matching("[0-9a-f]{12}", "must be 12 digits and letters from a to f"))]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
FindingId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
When = Annotated[Condition, PlainValidator(condition_from)]
Options = Annotated[tuple[Id, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value, Id | list[Id])]
"""Options or sets of options; one of them needs no list."""
Address = Annotated[str, AfterValidator(_web_address)]


class Entry(FrozenModel):
    """One entry of a file in `data/`, with its file and line."""

    file: str
    line: int

    @model_validator(mode="before")
    @classmethod
    def _placed(cls, value: Any, info: ValidationInfo) -> Any:
        return {**value, "file": info.context, "line": value.line} if isinstance(value, LocatedDict) else value

    def fault(self, says: str) -> Fault:
        """Return a fault at this entry."""
        return Fault(self.file, self.line, says)


class CitationRef(FrozenModel):
    """A citation: a statement of the page, a place in an outside source and how it was checked, or an entry of evidence."""

    statement: Id | None = None
    evidence: Id | None = None
    """Stands for the citations of that evidence; they replace it on loading."""
    source: Id | None = None
    at: Words | None = None
    checked: Checked | None = None


class Citing(Entry):
    """An entry with citations, and with what they leave unsupported."""

    cites: tuple[CitationRef, ...] = ()
    differs: Words | None = None
    """Who says what where the sources differ."""
    unsourced: Words | None = None
    """The part for which no named source was found, as words that follow "for"."""


class Evidence(Entry):
    """Citations that several entries share; with the findings of the source, if several texts repeat them."""

    id: Id
    cites: tuple[CitationRef, ...] = Field(min_length=1)
    says: Words | None = None
    """For a text that names this evidence in braces."""


class Sourced(Citing):
    """An entry with a basis: the page, a named outside source, no source, or an assumption."""

    basis: Basis
    assumption: Id | None = None


class Group(Entry):
    """Findings that are asked together. A safety group is asked before all others and needs `none_of_these`."""

    id: Id
    title: Words
    is_safety_group: bool = Field(default=False, alias="flags")
    first_when: When | None = Field(default=None, alias="first when")
    """Where this holds, the group comes before the other safety groups."""
    none_of_these: Words | None = None


class IntegerAnswer(FrozenModel):
    """A whole number from 0 to `most`, in `unit`."""

    unit: Words
    most: int = Field(ge=0)


ABSENT_OR_PRESENT = {"absent": "absent", "present": "present"}


class Finding(Entry):
    """A question about a scenario. `answers` are words that follow "is"; `benign_answer` raises no concern.

    Where neither `answers` nor `whole` is written, the answers are absent and present, and absent raises no concern.
    """

    id: FindingId
    group: Id
    name: Words
    short: Words | None = None
    """The label in lists and tables, in two or three words. Without it, the words of the id are the label."""
    question: Words
    hint: Words | None = None
    whole: IntegerAnswer | None = None
    answers: dict[FindingId, Words] = Field(default_factory=lambda fields: {} if fields.get("whole") else dict(ABSENT_OR_PRESENT))
    benign_answer: str | int = Field(default="absent", alias="if_not_adverse")


class Definition(Entry):
    """A named condition, which other conditions read as `present` or `absent`; each of these may have a clause of its own."""

    id: FindingId
    name: Words
    present: Words | None = None
    absent: Words | None = None
    when: When


class Assumption(Citing):
    """A decision of our own, shown in every result that rests on it; a value can be varied within `allowed`."""

    id: Id
    name: Words | None = None
    """For a yes-or-no assumption: what it switches, in a word or two."""
    short: Words | None = None
    """The label on pages, in a few words. Without it, the words of the id are the label."""
    says: Words
    because: Words
    value: int | str | None = None
    unit: Words | None = None
    allowed: tuple[int | str, ...] = ()
    """For a number, the lowest and the highest value; for words, every value."""

    def allows(self, value: int | str) -> bool:
        """Return whether the value is one of the allowed words, or within the allowed numbers."""
        match self.allowed:
            case (int() as lowest, int() as highest):
                return isinstance(value, int) and lowest <= value <= highest
            case words:
                return value in words


class Derived(Entry):
    """Words for a variable that is chosen or derived, not asked; `answers` follow "is"."""

    id: FindingId
    name: Words
    answers: dict[str, Words]


class Copy(FrozenModel):
    """A copy of a source that another body publishes."""

    by: Words
    address: Address | None = None


class Source(Entry):
    """A source that citations refer to. How it was checked differs from point to point, so each citation says it."""

    id: Id
    publisher: Words
    title: Words
    edition: Words
    address: Address | None = None
    seen_as: Checked | None = None
    """How its text was checked, at best."""
    copy_seen: Annotated[Copy | None, Field(alias="copy")] = None
    """The copy that was read, where it was not the publisher's own."""
    scope: Words | None = None
    note: Words | None = None


class Rule(Sourced):
    """A rule that gives a value when its condition holds."""

    id: Id
    when: When = ALWAYS
    because: Words


class RedFlag(Rule):
    """A rule that takes a person off the ladder. It becomes less urgent once `downgraded_by` is known to hold."""

    when: When
    finding: FindingId
    says: FindingId
    """The route."""
    do: Words
    downgraded_by: Annotated[Condition | None, PlainValidator(condition_from), Field(alias="unless known")] = None


class StepRule(Rule):
    """A rule that gives a step, unless an earlier step rule holds."""

    when: When
    says: FindingId
    """The step."""
    reason: Words | None = None
    """Follows "the reason for the step is"."""


class Recommendation(Rule):
    """A rule that gives its options a verdict. `overrides` names rules that don't count where this one holds."""

    options: Options = Field(min_length=1)
    says: Verdict
    overrides: tuple[Id, ...] = ()
    contrast: Words | None = None
    """For a rule that counts only with another reading than the first: how the two differ, shown with the first."""
    show_first: bool = Field(default=False, alias="leads")
    """Shown first among the reasons, whatever verdict wins."""


class Caution(Sourced):
    """A caution about its options where its condition may hold; `if_open` is its text while that is not known."""

    options: Options = Field(min_length=1)
    text: Words
    if_open: Words | None = Field(default=None, alias="if open")
    when: When = ALWAYS


class Position(Entry):
    """What an outside guideline says about an option; `number` is None where it says nothing."""

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
    step: FindingId
    """The step that it belongs to, or `any`."""
    statements: tuple[Id, ...] = ()
    positions: tuple[Position, ...] = ()
    """Needed where there are several readings."""


class OptionSet(Entry):
    """A name for several options, which rules, cautions, laws and gates may write in place of a list."""

    id: Id
    options: tuple[Id, ...] = ()
    all_but: tuple[Id, ...] = Field(default=(), alias="all but")
    """Instead of `options`: the ones that are not in the set; every other option is, also one that is added later."""


class OptionGroup(Entry):
    """A group of options, as on the page."""

    id: Id
    title: Words


class Contradiction(Entry):
    """Answers that can't go together, or that rarely do."""

    id: Id
    when: When
    text: Words


Kind = Literal["finding", "answer", "assumption", "option", "rule"]


class FormerId(Entry):
    """An id of an earlier edition, with its present id (`present`) or why it was removed (`gone`)."""

    kind: Kind
    finding: FindingId | None = None
    """For an answer: the present id of its finding."""
    former: Words
    present: Words | None = None
    gone: Words | None = None


class Term(Entry):
    """A glossary entry: the forms in which the term is written (its name first), and its meaning here."""

    id: Id
    words: tuple[Words, ...] = Field(min_length=1)
    meaning: Words
    cites: tuple[CitationRef, ...] = ()
    """Needed where the meaning says more than a dictionary does."""


class Label(Entry):
    """The words for a verdict, a basis or a level of evidence; also for a route, a step or a reading."""

    id: FindingId
    title: Words
    says: Words
    none_fits: Words | None = None
    """For a step: the headline where all its options are ruled out."""


class Theme(Entry):
    """Bundled scenarios that belong together, by name; the first one stands for the theme."""

    id: Id
    title: Words
    scenarios: tuple[Id, ...] = Field(min_length=1)


class CardAnswer(Entry):
    """An answer of the first card that sets several findings at once; `says` must say all that it sets."""

    says: Words
    sets: dict[FindingId, str | int] = Field(min_length=1)


class CardQuestion(Entry):
    """A question of the first card: it asks one finding, or has answers that set several."""

    id: Id
    question: Words
    hint: Words | None = None
    asks: FindingId | None = None
    answers: tuple[CardAnswer, ...] = ()
    needed: bool = False
    """The card stays until this is answered or skipped."""

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings that this question sets, in the order in which it names them."""
        return tuple(dict.fromkeys(name for answer in self.answers for name in answer.sets)) or (str(self.asks),)


PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Phrase(Entry):
    """A piece of the one sentence; a name in braces stands for a value. `one` and `none` are for the numbers 1 and 0."""

    id: FindingId
    says: Words
    one: Words | None = None
    none: Words | None = None

    @property
    def names(self) -> frozenset[str]:
        """The names in braces."""
        return frozenset(PLACEHOLDER.findall(self.says))

    def filled(self, values: Mapping[str, str | int]) -> str:
        """Return the phrase with a value for each name; where a value is 1 or 0, the form for that."""
        for number, form in ((1, self.one), (0, self.none)):
            if form is not None and number in values.values():
                return form
        return PLACEHOLDER.sub(lambda name: str(values[name[1]]), self.says)


class ReviewedPoint(FrozenModel):
    """What a reviewer said of one point: of what they read (`hash`), whether they agree, and their comment."""

    id: Words
    hash: Hash
    agrees: Literal["yes", "no"]
    comment: Words | None = None


class Review(Entry):
    """A review by one person on one day. `edition` and `hash` are those of the knowledge that they read."""

    of: Words
    """The part that was reviewed: `all`, an option, a guidance, or a file of `data/`."""
    role: Words
    clinician: Literal["yes", "no"]
    """Whether the review counts: only such a review changes the notice. `reviewer` in `pathway.yaml` says whose counts."""
    name: Words | None = None
    """Only where the reviewer wants it."""
    on: Day
    next_due: Day = Field(alias="next due")
    edition: Words
    hash: Hash
    points: tuple[ReviewedPoint, ...] = Field(min_length=1)


PointState = Literal["agreed", "refused", "changed", "not_reviewed"]


class ReviewSentences(FrozenModel):
    """What a notice says of the reviews: of none, of some points, of every point. Numbers and a day stand in braces."""

    none: Words
    some: Words
    every: Words


class ReviewWords(FrozenModel):
    """The words about reviews. They are filled from `reviews.yaml`; none of them is written elsewhere."""

    full: ReviewSentences
    short: ReviewSentences
    changed: Words
    """Follows the full sentence where a point changed after its review."""
    refused: Words
    """Follows the full sentence where a reviewer did not agree."""
    states: dict[PointState, Words]


class Frame(Entry):
    """The texts around every result. `{review}` in the notices stands for what the reviews say, and is filled on loading."""

    edition: Words
    notice: Words
    in_short: Words
    """The short notice that stays in sight."""
    review: ReviewWords | None = None
    """None in editions from before the reviews."""
    safety_net: tuple[Words, ...] = Field(min_length=1)
    safety_net_cites: tuple[CitationRef, ...] = Field(min_length=1)
    safety_net_unsourced: Words | None = None
    """The advice for which no named source was found, as words that follow "for"."""
    sources_seen: Words
    """The day on which the sources' texts were last looked up, shown beside their addresses."""
    page_limits: tuple[Words, ...]
    """What the page leaves out or overstates."""
    limits_cites: tuple[CitationRef, ...] = ()
    out_of_scope: Words
    """Shown with a guideline's position where the guideline does not cover the region."""
    referral: Id
    """The option that names the service a red flag refers to."""


LISTED = {
    "statement": "data/source/page.yaml",
    "source": "data/sources.yaml",
    "evidence": "data/evidence.yaml",
    "recommendation": "`pathway rules`",
    "assumption": "`pathway rules`",
    "rule": "`pathway rules`",
    "scenario": "`pathway scenarios`",
}
"""Where to find the valid names of a kind, when they are too many to list."""


def unknown_names(entry: Entry, kind: str, names: Iterable[str], valid: Iterable[str]) -> Iterator[Fault]:
    """Yield a fault for each name that is not valid."""
    words = list(valid)
    for name in names:
        if name not in words:
            yield entry.fault(f"there is no {kind} {name}; {suggestion(name, words, LISTED.get(kind, 'GLOSSARY.md'), kind)}")


class WithId(Protocol):
    """An entry with an id."""

    @property
    def id(self) -> str:
        """The id."""

    def fault(self, says: str) -> Fault:
        """Return a fault at this entry."""


def duplicate_ids(entries: Iterable[WithId]) -> Iterator[Fault]:
    """Yield a fault for each entry whose id an earlier one has."""
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            yield entry.fault(f"the id {entry.id} is used twice; an id names one entry")
        seen.add(entry.id)
