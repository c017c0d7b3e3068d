"""What a learner did with a set: every question and choice. It is downloaded or kept as a file, and opened to go on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from pathway.errors import Fault, Unusable
from pathway.knowledge.base import Knowledge
from pathway.model import FrozenModel
from pathway.phrases import safe_excerpt
from pathway.practice.case_set import CaseSet, opened_set
from pathway.practice.commitment import Commitment
from pathway.practice.feedback_words import feedback_blocks
from pathway.practice.practice import Practice
from pathway.practice.scoring import CELLS, Cell, Feedback
from pathway.practice.stage import Stage
from pathway.yaml.document import Document
from pathway.yaml.validation import validate_as

KIND = "pathway-practice-report"
NO_REPORT = "is not a report on practice; open a report that this program saved; a set is opened as a set"
EDITED = "{}: the rules have no {}; the report was edited"
LEFT_OUT = "{}: the rules no longer have what is left out here: {}."
NO_PLACE = "no case belongs to {} with {}; the report was edited"


class VisitPlayed(FrozenModel):
    """The findings asked about at a visit, in order, and the commitment; None while there is none."""

    asked: tuple[str, ...] = ()
    commitment: Commitment | None = None


class Report(FrozenModel):
    """A set, and for each case that was begun its visits."""

    case_set: CaseSet
    played: dict[str, tuple[VisitPlayed, ...]] = Field(default_factory=dict)

    def visit(self, case: str, number: int) -> VisitPlayed:
        """Return what was done at a visit (from 1)."""
        visits = self.played.get(case, ())
        return visits[number - 1] if number <= len(visits) else VisitPlayed()

    def with_visit(self, case: str, number: int, visit: VisitPlayed) -> Report:
        """Return the report with this visit; the visits before it stay."""
        before = [self.visit(case, earlier) for earlier in range(1, number)]
        after = self.played.get(case, ())[number:]
        return self.model_copy(update={"played": {**self.played, case: (*before, visit, *after)}})


def is_finished(report: Report) -> bool:
    """Return whether every visit of every case has a commitment."""
    cases = report.case_set.cases
    return all(report.visit(case.id, number).commitment for case in cases for number in range(1, case.visits + 1))


class _ReportFile(FrozenModel):
    kind: Literal["pathway-practice-report"]
    set: dict[str, Any]
    played: dict[str, tuple[VisitPlayed, ...]] = Field(default_factory=dict)
    feedback: Any = None
    """Words for people; they are worked out again when the report is opened."""


@dataclass(frozen=True)
class JudgedVisit:
    """A visit with a commitment: the stage, what was done, and the feedback."""

    stage: Stage
    played: VisitPlayed
    commitment: Commitment

    @property
    def feedback(self) -> Feedback:
        """The feedback on the commitment."""
        return self.stage.judged(self.commitment, self.played.asked)


def judged_visits(report: Report, practice: Practice) -> Iterator[JudgedVisit]:
    """Yield each visit with a commitment, in the order of the set."""
    for case in report.case_set.cases:
        for stage in practice.stages(case):
            played = report.visit(case.id, stage.number)
            if played.commitment:
                yield JudgedVisit(stage, played, played.commitment)


class Tally(FrozenModel):
    """The sum of a report: how many places and key options fall into each cell, and what was unsafe."""

    visits: int
    cells: dict[Cell, int]
    missed_flags: int
    unsafe: int
    points: int
    most: int


def tally(report: Report, practice: Practice) -> Tally:
    """Return the sum of a report."""
    visits = list(judged_visits(report, practice))
    cells = [judgement.cell for visit in visits for judgement in visit.feedback.judgements if judgement.cell]
    scores = [visit.stage.questioned(visit.played.asked) for visit in visits]
    return Tally(
        visits=len(visits),
        cells={cell: cells.count(cell) for cell in CELLS},
        missed_flags=sum(len(visit.feedback.missed_flags) for visit in visits),
        unsafe=sum(1 for visit in visits if visit.feedback.unsafe),
        points=sum(score.points for score in scores),
        most=sum(score.most for score in scores),
    )


def as_json(report: Report, practice: Practice) -> str:
    """Return a report as the text of its file: the set, everything that was done, and its feedback in words."""
    feedback = [
        {
            "case": visit.stage.case.id,
            "visit": visit.stage.number,
            "told": [block.model_dump() for block in feedback_blocks(visit.stage, visit.commitment, visit.played.asked)],
        }
        for visit in judged_visits(report, practice)
    ]
    played = report.model_dump(mode="json")["played"]
    content = {"kind": KIND, "set": report.case_set.as_data(), "played": played, "feedback": feedback}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def is_report(document: Document) -> bool:
    """Return whether a file says that it is a report."""
    return isinstance(document.value, dict) and document.value.get("kind") == KIND


def opened_report(document: Document, practice: Practice) -> tuple[Report, tuple[str, ...]]:
    """Return the report in a document, with notes about its set. Raises Unusable with the reason.

    Only what was done is read; it is judged again, so an edited judgement changes nothing.
    """
    name = document.file
    if not is_report(document):
        raise Unusable([Fault(name, None, NO_REPORT)])
    file: _ReportFile = validate_as(document, _ReportFile)
    lines = {path[1:]: line for path, line in document.lines.items() if path[:1] == ("set",)}
    opened = opened_set(Document(name, document.value["set"], lines), practice.pathway)
    report = Report(case_set=opened.case_set, played=file.played)
    if faults := list(_faults(report, name, practice.pathway.knowledge)):
        raise Unusable(faults)
    left_out = {case: words for case, visits in report.played.items() if (words := _unknown_ids(visits, practice))}
    if left_out and opened.case_set.knowledge in ("", practice.pathway.knowledge.hash):
        raise Unusable(Fault(name, None, EDITED.format(case, word)) for case, words in left_out.items() for word in words)
    played = {case: _without(visits, left_out.get(case, frozenset())) for case, visits in report.played.items()}
    notes = (LEFT_OUT.format(case, "; ".join(sorted(words))) for case, words in left_out.items())
    return report.model_copy(update={"played": played}), (*opened.notes, *notes)


def _faults(report: Report, name: str, knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each visit that is not in the set, and for each place where no case belongs."""
    visits = {case.id: case.visits for case in report.case_set.cases}
    for case, played in report.played.items():
        if len(played) > visits.get(case, 0):
            yield Fault(name, None, f"the report has a visit of {safe_excerpt(case)} that its set does not have")
        for choice in (visit.commitment for visit in played if visit.commitment):
            if (choice.route, choice.step) not in knowledge.places:
                yield Fault(name, None, f"{safe_excerpt(case)}: {NO_PLACE.format(choice.route, choice.step or 'no step')}")


def _unknown_ids(visits: tuple[VisitPlayed, ...], practice: Practice) -> frozenset[str]:
    """Return the questions, options and reasons that the rules don't have."""
    knowledge = practice.pathway.knowledge
    words = set[str]()
    for visit in visits:
        words |= set(visit.asked) - knowledge.findings.keys()
        if visit.commitment:
            words |= set(visit.commitment.applies) - knowledge.options.keys()
            words |= {visit.commitment.reason, visit.commitment.option_reason} - practice.pathway.rule_texts.reasons.keys() - {""}
    return frozenset(words)


def _without(visits: tuple[VisitPlayed, ...], words: frozenset[str]) -> tuple[VisitPlayed, ...]:
    """Return the visits without what the rules no longer have; the decisions stay."""
    return tuple(_visit_without(visit, words) for visit in visits) if words else visits


def _visit_without(visit: VisitPlayed, words: frozenset[str]) -> VisitPlayed:
    asked, commitment = tuple(name for name in visit.asked if name not in words), visit.commitment
    if commitment is None:
        return VisitPlayed(asked=asked)
    removed = {part: "" for part in ("reason", "option_reason") if getattr(commitment, part) in words}
    applies = tuple(name for name in commitment.applies if name not in words)
    return VisitPlayed(asked=asked, commitment=commitment.model_copy(update={"applies": applies, **removed}))
