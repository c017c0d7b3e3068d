"""Reads one cell of a sheet: an answer, nothing, or what is wrong with it. Spreadsheets change what is typed into them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from pathway.knowledge.models import Finding
from pathway.phrases import finding_label, in_plain_characters, one_of, safe_excerpt
from pathway.scenarios.problems import UNKNOWN, answer_problem

WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
WITH_ZEROS = re.compile(r"([+-]?[0-9]{1,15})[.,]0+")
THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
DATE = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[ T].*)?")
ERROR = re.compile(r"#[A-Z0-9/]+[!?]?")
INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"


@dataclass(frozen=True)
class Cell:
    """What a cell says. Where there is neither, the answer is not known."""

    answer: str | int | None = None
    fault: str | None = None


def read_cell(value: Any, finding: Finding) -> Cell:
    """Return the answer in a cell, or what is wrong with it and what to write."""
    match value:
        case None:
            return Cell()
        case float() if value != value:  # NaN, which data frames use for "nothing"
            return Cell()
        case bool():
            return Cell(fault=answer_problem(finding, value))
        case date() | datetime() | time() | timedelta():
            return Cell(fault=_date_problem(finding, str(value)))
        case float() if value.is_integer():
            return _judged(int(value), finding)
        case str():
            return _text(value, finding)
        case _:
            return _judged(value, finding)


def _judged(answer: Any, finding: Finding) -> Cell:
    says = answer_problem(finding, answer)
    return Cell(fault=says) if says else Cell(answer)


def _text(value: str, finding: Finding) -> Cell:
    text = in_plain_characters(value).strip().strip(INVISIBLE).removeprefix("'").strip()
    if text == "" or text.casefold() == UNKNOWN:
        return Cell()
    if text.startswith("="):
        return Cell(fault=f"{finding.id} holds a formula; paste its value instead")
    if ERROR.fullmatch(text):
        return Cell(
            fault=f"{finding.id} holds {safe_excerpt(text)}, an error of the spreadsheet; write an answer, or leave it empty"
        )
    if text.casefold() in ("true", "false"):
        return Cell(fault=answer_problem(finding, text.casefold() == "true"))
    if DATE.fullmatch(text):
        return Cell(fault=_date_problem(finding, text))
    return _number(text, finding) if finding.whole else _word(text, finding)


def _word(text: str, finding: Finding) -> Cell:
    plain = text.casefold()
    words = {finding_label(answer).casefold(): answer for answer in finding.answers}
    words |= {says.casefold(): answer for answer, says in finding.answers.items()}
    if answer := words.get(finding_label(plain.replace("-", "_"))) or words.get(plain):
        return Cell(answer)
    return _judged(text, finding)


def _number(text: str, finding: Finding) -> Cell:
    if WHOLE.fullmatch(text):
        return _judged(int(text), finding)
    if THOUSANDS.fullmatch(text):
        says = "a fraction to some and thousands to others; write it in digits only"
        return Cell(fault=f"{finding.id} can't be {safe_excerpt(text)}, {says}")
    if zeros := WITH_ZEROS.fullmatch(text):
        return _judged(int(zeros[1]), finding)
    return _judged(text, finding)


def _date_problem(finding: Finding, text: str) -> str:
    whole = finding.whole
    allowed = f"a whole number of {whole.unit} from 0 to {whole.most}" if whole else one_of([*finding.answers, UNKNOWN])
    problem = f"{finding.id} holds a date or a time, {safe_excerpt(text)}"
    return f"{problem}; spreadsheets make dates of what looks like one; write {allowed}"
