"""The review sheet as data: each point in plain English with its condition, its reason and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pathway.conditions.tree import ALWAYS, Condition, expand_definitions
from pathway.explanation.english import condition_lines
from pathway.explanation.rule_texts import RuleTexts
from pathway.explanation.wording import Wording
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import (
    Assumption,
    Caution,
    CitationRef,
    Citing,
    Entry,
    Frame,
    Option,
    Recommendation,
    RedFlag,
    Rule,
    Sourced,
    StepRule,
)
from pathway.knowledge.reviews import Judgement, fingerprint, judgements, points_of
from pathway.knowledge.vocabulary import OFF_LADDER, ROUTE, STEP
from pathway.review.results import ResultChange, ScenarioResults, answered_differently, scenario_results


@dataclass(frozen=True)
class Row:
    """A point of the knowledge in words: what it is, what it says, when it holds, why, and what supports it."""

    id: str
    kind: str
    says: str
    when: tuple[str, ...]
    because: str
    sources: tuple[str, ...]
    version: str
    """Its fingerprint: a later check compares it to see whether the point changed."""
    judgement: Judgement
    subjects: tuple[str, ...] = ()
    """What of a result it can change: options by their ids, `route` or `step`."""
    changes: tuple[str, ...] = ()
    """How it changed since the last review, in words."""

    @property
    def is_new(self) -> bool:
        """Whether something about it is new since the last review."""
        return bool(self.changes)


@dataclass(frozen=True)
class Sheet:
    """The points of a part of the knowledge. Those that changed since the last review come first."""

    knowledge: Knowledge
    of: str
    """The part under review: `all`, or an id."""
    rows: tuple[Row, ...]
    results: tuple[ScenarioResults, ...]
    """The verdict table: the results of each bundled scenario."""
    since: str = ""
    """The edition with which it was compared; empty without one."""
    differences: tuple[str, ...] = ()
    """What changed since then, counted over every possible scenario."""


def sheet_of(part: str, knowledge: Knowledge) -> Sheet:
    """Return the sheet of a part that can be reviewed."""
    selected = points_of(part, knowledge) or {}
    writer, judged = _RowWriter(knowledge), judgements(knowledge)
    rows = [writer.row(name, entry, judged[name]) for name, entry in selected.items()]
    rows = [_marked_as_changed(row, knowledge) if row.judgement.state == "changed" else row for row in rows]
    return Sheet(knowledge, part, _new_first(rows), tuple(scenario_results(knowledge, knowledge)))


def _marked_as_changed(row: Row, knowledge: Knowledge) -> Row:
    words = knowledge.frame.review
    return replace(row, changes=(words.states["changed"] if words else "changed",))


def compared(sheet: Sheet, old: Knowledge, name: str, counted: Iterable[str]) -> Sheet:
    """Return the sheet with the changes since the edition `old`, called `name`: new points, and different answers."""
    new = sheet.knowledge
    before = {point: fingerprint(entry, old) for point, entry in (points_of("all", old) or {}).items()}
    answered = answered_differently(old, new)
    rows = [replace(row, changes=tuple(_changes(row, before, answered, new))) for row in sheet.rows]
    return replace(sheet, rows=_new_first(rows), since=name, differences=tuple(counted))


def _changes(row: Row, before: dict[str, str], answered: Iterable[ResultChange], knowledge: Knowledge) -> Iterator[str]:
    if before.get(row.id) == row.version:
        return
    yield "Changed" if row.id in before else "New"
    examples: dict[tuple[str, str, str, str], list[str]] = {}
    for change in answered:
        if change.of in row.subjects:
            examples.setdefault((change.guidance, change.of, change.old, change.new), []).append(change.title)
    if not examples:
        yield "No example is answered differently"
    for (guidance, subject, old, new), titles in examples.items():
        change_words = _answer_change(subject, old, new, knowledge)
        yield f"Guidance: {knowledge.reading(guidance).title}. {change_words} for: {'; '.join(titles)}"


def _answer_change(subject: str, old: str, new: str, knowledge: Knowledge) -> str:
    if OFF_LADDER in (old, new):  # no step: there is no word for that
        return f"another {subject}"
    name = knowledge.options[subject].name if subject in knowledge.options else subject.capitalize()
    words = Wording(knowledge)
    return f"{name} was {words.inside(old)}, now {words.inside(new)}"


def _new_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: not row.is_new))


@dataclass(frozen=True)
class _RowWriter:
    knowledge: Knowledge

    @cached_property
    def words(self) -> Wording:
        return Wording(self.knowledge)

    @cached_property
    def texts(self) -> RuleTexts:
        return RuleTexts(self.knowledge)

    def row(self, name: str, entry: Entry, judgement: Judgement) -> Row:
        """The row of a point."""
        return Row(
            id=name,
            kind=_kind(entry),
            says=self.says(entry),
            when=tuple(self.when(entry)),
            because=" ".join(getattr(entry, "because", "").split()),
            sources=tuple(self.sources(entry)),
            version=fingerprint(entry, self.knowledge),
            judgement=judgement,
            subjects=_subjects(entry),
        )

    def says(self, entry: Entry) -> str:
        """What the point says, in one or two sentences."""
        match entry:
            case RedFlag():
                return f"{self.words.title(entry.says)}. {entry.do}"
            case StepRule():
                return self.words.title(entry.says)
            case Recommendation():
                named = ", ".join(self.knowledge.options[name].name for name in entry.options)
                return f"{self.words.title(entry.says)}: {named}"
            case Caution():
                named = ", ".join(self.knowledge.options[name].name for name in entry.options)
                return f"{named}: {entry.text}" + (f" While it is not known: {entry.if_open}" if entry.if_open else "")
            case Assumption():
                return f"{self.words.assumption(entry, defaults(self.knowledge))}. {entry.says}"
            case Option():
                return f"{entry.name}. {entry.says}"
            case Frame():
                return " ".join(entry.safety_net)
            case _:
                return ""

    def when(self, entry: Entry) -> Iterator[str]:
        """The condition in plain English with definitions spelt out, and what lowers or overrides it."""
        match entry:
            case Rule() | Caution():
                yield from self.lines(entry.when)
        match entry:
            case RedFlag(downgraded_by=downgrade) if downgrade is not None:
                yield "Less urgent once it is known that:"
                yield from self.lines(downgrade)
            case Rule() if exceptions := self.texts.overridden.get(entry.id):
                yield f"It does not count where one of these holds: {', '.join(exceptions)}"

    def lines(self, condition: Condition) -> list[str]:
        """The condition in plain English; "Always" without one."""
        if condition == ALWAYS:
            return ["Always"]
        expanded = expand_definitions(condition, self.knowledge.expanded_definitions)
        return condition_lines(expanded, self.knowledge, defaults(self.knowledge))

    def sources(self, entry: Entry) -> Iterator[str]:
        """The basis of the point, how surely each source is known to say it, and the doubts."""
        match entry:
            case Sourced():
                yield self.words.with_meaning(entry.basis)
            case Frame():
                yield from self.cited(entry.safety_net_cites)
            case Option():
                for position in entry.positions:
                    number = f" {position.number}" if position.number else ""
                    yield f"{position.source}{number}: {position.text} ({self.words.title(position.checked)})"
        if isinstance(entry, Sourced) and entry.assumption:
            yield f"Assumption: {entry.assumption}"
        if isinstance(entry, Citing):
            yield from self.cited(entry.cites)
            yield from self.words.doubts(entry)

    def cited(self, cites: Iterable[CitationRef]) -> Iterator[str]:
        """Each citation with its source, edition, place and how surely it is known."""
        for cited in self.texts.citations(cites):
            paraphrase = f": {self.paraphrased[cited.statement]}" if cited.statement else ""
            yield f"{cited.source} ({cited.edition}), {cited.locator} ({self.words.title(cited.checked)}){paraphrase}"

    @cached_property
    def paraphrased(self) -> dict[str, str]:
        """What each statement of the page says, in our words."""
        return {statement.id: statement.says for statement in self.knowledge.ledger.statements}


KINDS: tuple[tuple[type[Entry], str], ...] = (
    (RedFlag, "Red flag"), (StepRule, "Step of the ladder"), (Recommendation, "Rule"), (Caution, "Caution"),
    (Assumption, "Assumption"), (Option, "Option"), (Frame, "Safety net"),
)  # fmt: skip


def _kind(entry: Entry) -> str:
    return next(words for kind, words in KINDS if isinstance(entry, kind))


def _subjects(entry: Entry) -> tuple[str, ...]:
    """What of a result the point can change: its options, the route or the step."""
    match entry:
        case RedFlag():
            return (ROUTE,)
        case StepRule():
            return (STEP,)
        case Option():
            return (entry.id,)
        case _:
            return getattr(entry, "options", ())
