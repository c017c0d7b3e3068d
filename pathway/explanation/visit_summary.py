"""Sentences about a visit of a walk: its place in time, the answers carried forward, and the questions to ask again."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.explanation.english import finding_words, short_name_inside
from pathway.explanation.result import Carried, Result
from pathway.knowledge.base import Knowledge
from pathway.phrases import pluralise


def visit_summary(result: Result, knowledge: Knowledge) -> Iterator[str]:
    """The sentences about the visit of this result; none where there is only one visit."""
    visit = result.visit
    if visit is None:
        return
    since = f", {pluralise(visit.weeks, 'week')} after the first" if visit.number > 1 else ""
    yield f"Visit {visit.number} of {visit.of}{since}."
    yield from _ask_again(result, knowledge)
    yield from carried_lines(result, knowledge)


def carried_lines(result: Result, knowledge: Knowledge) -> Iterator[str]:
    """The sentences about answers from earlier visits, visit by visit; none at the first visit."""
    visit = result.visit
    if visit is None:
        return
    for number in sorted({answer.visit for answer in visit.carried}):
        answers = [answer for answer in visit.carried if answer.visit == number]
        if unchanged := [short_name_inside(answer.finding, knowledge) for answer in answers if answer.how == "carried"]:
            yield f"Answered at visit {number}: {', '.join(unchanged)}."
        counted = [
            f"{short_name_inside(answer.finding, knowledge)} (now {_answer(answer, knowledge)})"
            for answer in answers
            if answer.how == "counted"
        ]
        if counted:
            yield f"Answered at visit {number}, with the weeks since then added: {', '.join(counted)}."


def _ask_again(result: Result, knowledge: Knowledge) -> Iterator[str]:
    """The questions to ask again: those with an adverse answer before are named, the others are counted."""
    ask_again = result.visit.ask_again if result.visit else ()
    answers = [answer for answer in ask_again if knowledge.changes[answer.finding].time == "asked again"]
    adverse = [answer for answer in answers if answer.answer != knowledge.findings[answer.finding].benign_answer]
    words = [
        f"{short_name_inside(answer.finding, knowledge)} (at visit {answer.visit}: {_answer(answer, knowledge)})"
        for answer in adverse
    ]
    rest = len(answers) - len(adverse)
    words += [f"{f'{rest} more' if adverse else pluralise(rest, 'question')}, negative before"] if rest else []
    if words:
        yield f"Ask again: {'; '.join(words)}."


def _answer(carried: Carried, knowledge: Knowledge) -> str:
    return finding_words(carried.finding, carried.answer, knowledge)
