"""A scenario: a made-up person's answers. What a person wrote is checked answer by answer, every fault at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from pathway.document import Document, read
from pathway.entries import Finding
from pathway.faults import Fault, Unusable, nearest, one_of, shown
from pathway.knowledge import Knowledge
from pathway.parsing import Place

LARGEST = 100_000
"""Bytes of a scenario file; a real one has under two thousand."""
LONGEST = 300
"""Characters of a title; of what it is about, ten times as many."""
UNKNOWN = "unknown"

Answers = Mapping[str, str | int]


class Scenario(BaseModel):
    """A title, what it is about, and the answers given; a finding that is left out or `unknown` is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: str = ""
    about: str = ""
    answers: dict[str, str | int] = {}


def scenario_from(given: Scenario | Mapping[str, Any] | Path | str, knowledge: Knowledge) -> Scenario:
    """The scenario in a file, a dict or a Scenario, checked against the findings. Raises Unusable with every fault."""
    if isinstance(given, str | Path):
        return scenario_in(read(Path(given), largest=LARGEST), knowledge)
    value = given.model_dump() if isinstance(given, Scenario) else given
    return scenario_in(Document("scenario", value, {}), knowledge)


def scenario_in(document: Document, knowledge: Knowledge) -> Scenario:
    """The scenario that a document holds. Raises Unusable with every fault, in reading order."""
    faults = list(_faults(document, knowledge))
    if faults:
        raise Unusable(faults)
    known = {name: answer for name, answer in document.value["answers"].items() if answer != UNKNOWN}
    words = {key: document.value[key] for key in ("title", "about") if key in document.value}
    return Scenario(answers=known, **words)


def _faults(document: Document, knowledge: Knowledge) -> Iterator[Fault]:
    value = document.value
    if not isinstance(value, Mapping):
        yield _fault(document, (), f"a scenario is a map with title and answers, not {_kind(value)}")
        return
    for key in value:
        if key not in Scenario.model_fields:
            yield _fault(document, (key,), f"there is no key {shown(key)}; {nearest(key, _known_words(key, knowledge))}")
    for key, most in (("title", LONGEST), ("about", 10 * LONGEST)):
        if key in value and not (isinstance(value[key], str) and len(value[key]) <= most):
            yield _fault(document, (key,), f"{key} is text of at most {most} characters")
    if "answers" not in value:
        yield _fault(document, (), "answers is missing; it is a map of finding: answer, and may be {}")
        return
    answers = value["answers"]
    if not isinstance(answers, Mapping):
        yield _fault(document, ("answers",), f"answers is a map of finding: answer, not {_kind(answers)}")
        return
    for name, answer in answers.items():
        yield from _answer_faults(document, name, answer, knowledge)


def _known_words(key: object, knowledge: Knowledge) -> list[str]:
    return ["answers: (findings belong under it)"] if key in knowledge.findings else list(Scenario.model_fields)


def _answer_faults(document: Document, name: Any, answer: Any, knowledge: Knowledge) -> Iterator[Fault]:
    finding = knowledge.findings.get(name) if isinstance(name, str) else None
    if finding is None:
        yield _fault(document, ("answers", name), f"there is no finding {shown(name)}; {nearest(name, knowledge.findings)}")
    elif answer != UNKNOWN and (says := _wrong(finding, answer)):
        yield _fault(document, ("answers", name), says)


def _wrong(finding: Finding, answer: Any) -> str | None:
    if finding.whole:
        return _wrong_number(finding.id, finding.whole.most, finding.whole.unit, answer)
    valid = [*finding.answers, UNKNOWN]
    if isinstance(answer, str):
        return None if answer in finding.answers else f"{shown(answer)} is no answer for {finding.id}; {nearest(answer, valid)}"
    return f"{finding.id} is answered with a word, not {_kind(answer)}; write {one_of(valid)}"


def _wrong_number(name: str, most: int, unit: str, answer: Any) -> str | None:
    if isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer <= most:
        return None
    quoted = _as_number(answer) if isinstance(answer, str) else ""
    seen = shown(answer) if isinstance(answer, int | float | str) and not isinstance(answer, bool) else _kind(answer)
    return f"{name} is a whole number of {unit} from 0 to {most}, or unknown, not {seen}{quoted}"


def _as_number(answer: str) -> str:
    """What to write for a number that was given as text. Full-width digits are text without any quotes."""
    digits = unicodedata.normalize("NFKC", answer).strip()
    if not (digits.isdecimal() and digits.isascii()):
        return ""
    return "; write it without quotes" if answer.isascii() else f"; write {digits}"


def _fault(document: Document, place: Place, says: str) -> Fault:
    return document.fault(place, says) if document.lines else Fault(document.file, None, says)


def _kind(value: Any) -> str:
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
            return f"the text {shown(value)}"
        case _:
            return shown(value)
