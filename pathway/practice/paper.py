"""Practice on paper, as HTML to print: a learner's report, and a handout with the answers or without."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pathway.explanation.english import short_name, short_name_inside
from pathway.knowledge.base import Knowledge
from pathway.practice.case_set import CaseSet
from pathway.practice.commitment import Commitment
from pathway.practice.feedback_words import (
    CELL_WORDS,
    MISSED,
    Block,
    FeedbackWriter,
    feedback_blocks,
    guidance_words,
    merged,
    place_title,
)
from pathway.practice.older_set import edition_note
from pathway.practice.practice import Practice
from pathway.practice.report import Report, judged_visits, tally
from pathway.practice.stage import Stage


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("pathway.practice"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def rendered(name: str, case_set: CaseSet, title: str, knowledge: Knowledge, **values: Any) -> str:
    """Return a template, filled; every text in it is escaped."""
    frame = knowledge.frame
    writer = {"notice": frame.notice, "safety_net": frame.safety_net, "edition": frame.edition, "knowledge": knowledge.hash}
    notes = tuple(edition_note(case_set.cases, case_set.knowledge, knowledge))
    return _templates().get_template(name).render(case_set=case_set, title=title, notes=notes, **writer, **values)


def rests_on(knowledge: Knowledge) -> str:
    """Return the notice on everything that is handed out: it is not advice, and which rules answered it."""
    return f"{knowledge.frame.in_short} Edition {knowledge.frame.edition} ({knowledge.hash})."


def report_sum(report: Report, practice: Practice) -> list[tuple[str, str]]:
    """Return the sum of a report as rows: words and a number."""
    total = tally(report, practice)
    rows = [(words, str(total.cells[cell])) for cell, words in CELL_WORDS.items()]
    rows += [
        (MISSED, str(total.missed_flags)),
        ("Visits with a missed flag, a less urgent route or a contraindicated option", f"{total.unsafe} of {total.visits}"),
    ]
    return [*rows, ("Points for the questions", f"{total.points} of {total.most}")]


def report_html(report: Report, practice: Practice) -> str:
    """Return a report to print: the sum, then each visit with its questions and feedback."""
    knowledge = practice.pathway.knowledge
    visits = [
        {
            **_introduction(visit.stage, report.case_set),
            "asked": ", ".join(short_name_inside(name, knowledge) for name in visit.played.asked),
            "blocks": feedback_blocks(visit.stage, visit.commitment, visit.played.asked),
        }
        for visit in judged_visits(report, practice)
    ]
    title = f"Report on {report.case_set.title}"
    return rendered("report.html", report.case_set, title, knowledge, sum=report_sum(report, practice), visits=visits)


def handout_html(case_set: CaseSet, practice: Practice, answers: bool = False) -> str:
    """Return a handout to print: each visit with its choices; with `answers`, the right ones and why."""
    visits = [_handout(stage, case_set) for case in case_set.cases for stage in practice.stages(case)]
    return rendered("handout.html", case_set, case_set.title, practice.pathway.knowledge, visits=visits, answers=answers)


def _introduction(stage: Stage, case_set: CaseSet) -> dict[str, Any]:
    return {
        "heading": visit_heading(stage, case_set),
        "presentation": " ".join(stage.presentation),
        "guidance": guidance_words(stage),
    }


def visit_heading(stage: Stage, case_set: CaseSet) -> str:
    """Return what a visit is called: `Case 3 of 10: A 45-year-old, 8 weeks, visit 1 of 2`."""
    names = [case.id for case in case_set.cases]
    visit = f", visit {stage.number} of {stage.case.visits}" if stage.case.visits > 1 else ""
    title = stage.case.scenario.title or stage.case.id
    return f"Case {names.index(stage.case.id) + 1} of {len(names)}: {title}{visit}"


def _handout(stage: Stage, case_set: CaseSet) -> dict[str, Any]:
    knowledge = stage.pathway.knowledge
    return {
        **_introduction(stage, case_set),
        "revealed": revealed_rows(stage),
        "places": [place_title(route, step, knowledge) for route, step in knowledge.places],
        "reasons": [stage.reason_text(rule) for rule in stage.reasons],
        "options": [knowledge.options[name].name for name in stage.case.options],
        "option_reasons": [stage.reason_text(rule) for rule in stage.option_reasons],
        "answers": model_answer(stage),
    }


def revealed_rows(stage: Stage) -> list[tuple[str, str]]:
    """Return what the questions reveal, with its answers."""
    return stage.answer_rows(list(revealed(stage)), lambda name: short_name(name, stage.pathway.knowledge))


def revealed(stage: Stage) -> Iterator[str]:
    """Yield what the questions reveal: every finding whose answer is not the usual one to a safety question."""
    knowledge = stage.pathway.knowledge
    for name in stage.askable:
        if name not in knowledge.safety_findings or stage.answers.get(name) != knowledge.findings[name].benign_answer:
            yield name


def model_answer(stage: Stage) -> tuple[Block, ...]:
    """Return the right answer to everything that is asked at a visit, each with what decides it; then what the case teaches."""
    writer = _answer_writer(stage)
    return (*answer_blocks(stage), *writer.other_readings(), writer.lessons(), *writer.made_before())


def answer_blocks(stage: Stage) -> tuple[Block, ...]:
    """Return the right answers: the route and step, then the options, the key option first; equal ones in one block."""
    writer = _answer_writer(stage)
    return merged(writer.answer_block(judgement) for judgement in writer.feedback.judgements)


def _answer_writer(stage: Stage) -> FeedbackWriter:
    """Return a writer for a visit that nobody has decided: its commitment is a placeholder, and no word of it is printed."""
    return FeedbackWriter(stage, Commitment(route=stage.pathway.knowledge.ladder_route, step=None, reason=""), ())
