"""What a pathway is made of: its readings, its routes and steps, and what a step may ask before there are verdicts.

All of it is data, in `data/pathway.yaml`. What a verdict means, and which of several wins, is the same for every pathway.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import AfterValidator, Field

from pathway.knowledge.models import Entry, FindingId, Id, Options, Words
from pathway.knowledge.vocabulary import Icon, RulingOut, Verdict
from pathway.model import FrozenModel
from pathway.yaml.validation import matching

Letter = Annotated[str, AfterValidator(matching("[a-z]", "must be one small letter, from a to z"))]


class Reading(Entry):
    """A way to read the sources: which of them decides where they differ. The first is followed unless another is chosen."""

    id: FindingId
    title: Words
    name: Words
    """In a sentence: `the maker's page`."""
    short: Words
    """The same in a word or two."""
    source: Id
    letter: Letter
    """Stands for the reading in links, so it never changes."""
    says: Words | None = None
    """What choosing it changes."""


class Route(Entry):
    """Where a person belongs: with someone who decides now, or on the ladder."""

    id: FindingId
    title: Words
    says: Words
    answer: Words = Field(alias="is")
    """Follows "the route is"."""
    icon: Icon
    enters_ladder: bool = Field(default=False, alias="enters the ladder")


class Step(Entry):
    """A step of the ladder."""

    id: FindingId
    title: Words
    says: Words
    answer: Words = Field(alias="is")
    """Follows "the step is"."""
    icon: Icon
    recovered: bool = False
    """Whether someone at this step has recovered; it is shown beside the ladder."""
    none_fits: Words | None = Field(default=None, alias="none fits")
    """The headline where all options of this step are ruled out."""


class Gate(Entry):
    """What a step may ask of options before they have verdicts: whether one of them is still possible."""

    id: FindingId
    name: Words
    answers: dict[str, Words]
    """The words for `yes` and `no`; they follow "is"."""
    options: Options = Field(min_length=1)
    closed_by: tuple[RulingOut, ...] = Field(default=get_args(RulingOut), min_length=1, alias="closed by")
    """The verdicts that rule an option out."""


class AtlasAxes(Entry):
    """The two findings that the atlas shows first."""

    across: FindingId
    down: FindingId


class BetweenVisits(FrozenModel):
    """What happens from one visit to the next."""

    group: Id | None = None
    """The group of questions about earlier treatment."""
    care: Words | None = None
    """The care that can go on until the next visit, in a few words."""


class CaseWords(FrozenModel):
    """What a case is called where the explorer speaks of it: a person, a bicycle or a lamp."""

    title: Words = "The case"
    describe: Words = "Describe a case"
    """The title of the card with the first questions."""
    counted: Words = "cases that occur"
    """What combinations of answers are not, in the plural."""
    real: Words = "real cases"
    """What made-up rows say nothing about."""
    one: Words = "case"
    """What a row of a sheet is."""
    several: Words = "cases"


class Example(Entry):
    """What the examples in the help of the commands name."""

    scenario: Id
    option: Id
    verdict: Verdict
    """One that the option can have beside `applies`."""
    answer: dict[FindingId, str | int] = Field(min_length=1, max_length=1)
    assumption: dict[Id, str | int] = Field(default_factory=dict, max_length=1)


class Outline(Entry):
    """What a pathway is made of."""

    id: Id
    """Stands in links, so it never changes."""
    name: Words
    """What it is about, inside a sentence."""
    title: Words
    """What the explorer is called."""
    audience: Words
    """Its audience, as a sentence."""
    unnamed_links: bool = Field(default=False, alias="unnamed links")
    """Whether a link that names no pathway is of this one."""
    scope: FindingId | None = None
    """The finding whose answers the scopes of sources name."""
    readings: tuple[Reading, ...] = Field(min_length=1)
    routes: tuple[Route, ...] = Field(min_length=1)
    """The most urgent first; the last one enters the ladder."""
    steps: tuple[Step, ...] = Field(min_length=1)
    """The lowest first."""
    gates: tuple[Gate, ...] = ()
    between_visits: BetweenVisits = Field(default=BetweenVisits(), alias="between visits")
    case: CaseWords = CaseWords()
    reviewer: Words = "expert"
    """Whose review changes the notice; the review sheet asks for it, and `clinician` in `reviews.yaml` records the answer."""
    atlas: AtlasAxes
    example: Example
