"""What a visit has from those before it, in words: carried, counted on, and to be asked again."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.explanation.english import answer_words
from pathway.explanation.result import Carried, Result
from pathway.knowledge.base import Knowledge


def visit_lines(result: Result, knowledge: Knowledge) -> Iterator[str]:
    """A line for each thing to say of the visit that a result is about; none at the first."""
    visit = result.visit
    if visit is None:
        return
    since = f", {_weeks(visit.weeks)} after the first" if visit.number > 1 else ""
    yield f"Visit {visit.number} of {visit.of}{since}."
    yield from _ask_again(result, knowledge)
    yield from carried_lines(result, knowledge)


def carried_lines(result: Result, knowledge: Knowledge) -> Iterator[str]:
    """From which visit the answers are that were not given at this one; none at the first."""
    visit = result.visit
    if visit is None:
        return
    for number in sorted({one.visit for one in visit.carried}):
        here = [one for one in visit.carried if one.visit == number]
        if same := [spaced(one.finding) for one in here if one.how == "carried"]:
            yield f"As at visit {number}: {', '.join(same)}."
        if counted := [f"{spaced(one.finding)} (now {said(one, knowledge)})" for one in here if one.how == "counted"]:
            yield f"Counted on from visit {number}: {', '.join(counted)}."


def _ask_again(result: Result, knowledge: Knowledge) -> Iterator[str]:
    """What was found before is named; the rest is counted."""
    asked = result.visit.ask_again if result.visit else ()
    again = [one for one in asked if knowledge.changes[one.finding].time == "asked again"]
    found = [one for one in again if one.answer != knowledge.findings[one.finding].if_not_adverse]
    words = [f"{spaced(one.finding)} (at visit {one.visit}: {said(one, knowledge)})" for one in found]
    rest = len(again) - len(found)
    words += [f"{rest} {'more' if found else 'questions'} without a finding before"] if rest else []
    if words:
        yield f"Ask again: {'; '.join(words)}."


def spaced(finding: str) -> str:
    """A finding in a word or two."""
    return finding.replace("_", " ")


def said(one: Carried, knowledge: Knowledge) -> str:
    """The answer in words, a number with its unit."""
    whole = knowledge.findings[one.finding].whole
    if whole is None:
        return answer_words(one.finding, str(one.answer), knowledge)
    return f"{one.answer} {whole.unit.removesuffix('s') if one.answer == 1 else whole.unit}"


def _weeks(weeks: int) -> str:
    return "1 week" if weeks == 1 else f"{weeks} weeks"
