"""Finds every fault of a scenario that a person wrote: its line, what to write, and the closest valid word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.assumptions import values_from
from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import trends_by_course
from pathway.knowledge.models import Finding
from pathway.phrases import in_plain_characters, one_of, safe_excerpt
from pathway.scenarios.everything_else import EVERYTHING_ELSE, everything_else_faults
from pathway.scenarios.expectations import EXPECTS, expectation_faults
from pathway.scenarios.visits import MOST_VISITS, MOST_WEEKS
from pathway.yaml.document import Document
from pathway.yaml.parser import KeyPath

LONGEST_TITLE, LONGEST_ABOUT = 300, 3_000
"""Characters of a scenario's title, and of what it is about."""
UNKNOWN = "unknown"
VISIT = ("after", "course", "answers")
NO_ANSWERS = "answers is missing; write answers: and below it a line FINDING: ANSWER for each, or answers: {}"


def scenario_faults(document: Document, knowledge: Knowledge, keys: Sequence[str]) -> Iterator[Fault]:
    """Yield every fault of the scenario in a document; `keys` are the keys that a scenario may have."""
    value = document.value
    if not isinstance(value, Mapping):
        yield document.fault((), f"a scenario is a map with title and answers, not {_describe(value)}")
        return
    yield from _unknown_keys(document, (), value, keys, knowledge)
    for key, most in (("title", LONGEST_TITLE), ("about", LONGEST_ABOUT)):
        if key in value and not (isinstance(value[key], str) and len(value[key]) <= most):
            yield document.fault((key,), f"{key} is text of at most {most} characters")
    yield from _setting_faults(document, value, knowledge)
    if EVERYTHING_ELSE in value:
        yield from everything_else_faults(document, value)
    if EXPECTS in value:
        yield from expectation_faults(document, value[EXPECTS], knowledge)
    if "visits" in value:
        yield from _visits(document, value, knowledge)
    elif "answers" not in value:
        yield document.fault((), NO_ANSWERS)
    else:
        yield from _answers(document, ("answers",), value["answers"], knowledge)


def _unknown_keys(
    document: Document, path: KeyPath, value: Mapping[Any, Any], keys: Sequence[str], knowledge: Knowledge
) -> Iterator[Fault]:
    for key in value:
        if key not in keys:
            valid = ["answers: (findings belong under it)"] if key in knowledge.findings else keys
            yield document.fault((*path, key), f"there is no key {safe_excerpt(key)}; {suggestion(key, valid)}")


def _setting_faults(document: Document, value: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Fault]:
    """Yield the faults of the guidance and the assumptions that a scenario sets."""
    reading, assumptions = value.get("guidance", knowledge.readings[0]), value.get("assumptions", {})
    if reading not in knowledge.readings:
        yield document.fault(("guidance",), f"there is no reading {_word(reading)}; {suggestion(reading, knowledge.readings)}")
    if not isinstance(assumptions, Mapping):
        yield document.fault(("assumptions",), f"assumptions is a map of assumption: value, not {_describe(assumptions)}")
        return
    for name, setting in assumptions.items():
        try:
            values_from({name: setting}, knowledge)
        except Unusable as error:
            yield from (document.fault(("assumptions", name), fault.says) for fault in error.faults)


def _visits(document: Document, value: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Fault]:
    if "answers" in value:
        yield document.fault(("answers",), "answers and visits are both there; move these answers to the first of the visits")
    visits = value["visits"]
    if not isinstance(visits, list | tuple) or not visits:
        yield document.fault(("visits",), "visits is a list of at least one visit, each after a dash and with its answers")
        return
    if len(visits) > MOST_VISITS:
        yield document.fault(("visits", MOST_VISITS), f"a scenario has at most {MOST_VISITS} visits, and this has {len(visits)}")
    for number, visit in enumerate(visits[:MOST_VISITS]):
        yield from _visit(document, ("visits", number), visit, knowledge)


def _visit(document: Document, path: KeyPath, visit: Any, knowledge: Knowledge) -> Iterator[Fault]:
    if not isinstance(visit, Mapping):
        yield document.fault(path, f"a visit is a map with after, course and answers, not {_describe(visit)}")
        return
    yield from _unknown_keys(document, path, visit, VISIT, knowledge)
    yield from (
        _first_visit_faults(document, path, visit) if path[-1] == 0 else _later_visit_faults(document, path, visit, knowledge)
    )
    if "answers" in visit:
        yield from _answers(document, (*path, "answers"), visit["answers"], knowledge)


def _first_visit_faults(document: Document, path: KeyPath, visit: Mapping[str, Any]) -> Iterator[Fault]:
    for key in ("after", "course"):
        if key in visit:
            yield document.fault((*path, key), f"the first visit has none before it; leave {key} out")


def _later_visit_faults(document: Document, path: KeyPath, visit: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Fault]:
    """Yield the faults of the weeks and the course since the visit before."""
    if "after" not in visit:
        yield document.fault(path, "after is missing; it is the whole number of weeks since the visit before, as in after: 6")
    elif says := _number_problem("after", MOST_WEEKS, "weeks since the visit before", visit["after"], ""):
        yield document.fault((*path, "after"), says)
    course, valid = visit.get("course", UNKNOWN), [*trends_by_course(knowledge.changes), UNKNOWN]
    if course not in valid:
        yield document.fault(
            (*path, "course"),
            f"the course since the visit before can't be {_word(course)}; {suggestion(course, valid)}",
        )


def _answers(document: Document, path: KeyPath, answers: Any, knowledge: Knowledge) -> Iterator[Fault]:
    if not isinstance(answers, Mapping):
        yield document.fault(path, f"answers is a map of finding: answer, not {_describe(answers)}")
        return
    for name, answer in answers.items():
        yield from _answer_faults(document, path, name, answer, knowledge)


def _answer_faults(document: Document, path: KeyPath, name: Any, answer: Any, knowledge: Knowledge) -> Iterator[Fault]:
    finding = knowledge.findings.get(name) if isinstance(name, str) else None
    if finding is None:
        hint = suggestion(name, knowledge.findings, kind="finding")
        yield document.fault((*path, name), f"there is no finding {safe_excerpt(name)}; {hint}")
    elif answer != UNKNOWN and (says := answer_problem(finding, answer)):
        yield document.fault((*path, name), says)


def answer_problem(finding: Finding, answer: Any) -> str | None:
    """Return what is wrong with an answer, and what to write; None where nothing is."""
    if finding.whole:
        return _number_problem(finding.id, finding.whole.most, finding.whole.unit, answer)
    valid = [*finding.answers, UNKNOWN]
    if isinstance(answer, str):
        return (
            None
            if answer in finding.answers
            else f"{safe_excerpt(answer)} is not an answer for {finding.id}; {suggestion(answer, valid)}"
        )
    return f"{finding.id} is answered with a word, not {_describe(answer)}; write {one_of(valid)}"


def _number_problem(name: str, most: int, unit: str, answer: Any, either: str = ", or unknown") -> str | None:
    if isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer <= most:
        return None
    if isinstance(answer, str) and (digits := _digits_in(answer, most)):
        return f"{name} can't be {safe_excerpt(answer)}{' in quotes' if answer.isascii() else ''}; write {digits}"
    excerpt = (
        safe_excerpt(answer) if isinstance(answer, int | float | str) and not isinstance(answer, bool) else _describe(answer)
    )
    return f"{name} can't be {excerpt}; write a whole number of {unit} from 0 to {most}{either}"


def _digits_in(answer: str, most: int) -> str:
    """Return the number that a text holds; empty if it holds none up to `most`. Full-width digits are text, quoted or not."""
    digits = in_plain_characters(answer).strip()
    return digits if digits.isdecimal() and digits.isascii() and len(digits) <= len(str(most)) and int(digits) <= most else ""


def _word(value: Any) -> str:
    return safe_excerpt(value) if isinstance(value, str) else _describe(value)


def _describe(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case Mapping():
            return "a map"
        case list() | tuple():
            return "a list"
        case str():
            return f"the text {safe_excerpt(value)}"
        case _:
            return safe_excerpt(value)
