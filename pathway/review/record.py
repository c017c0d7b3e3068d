"""Turns a filled-in sheet into an entry of `reviews.yaml`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pathway.errors import Fault, Unusable, collect_into, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.lint import faults_in
from pathway.knowledge.lint.reviews import OF_THE_RECORD
from pathway.knowledge.models import Review
from pathway.knowledge.reviews import former_points, points
from pathway.review.form import POINTS, QUALIFIED, REVIEWER, form
from pathway.review.spreadsheet import FilledPoint, FilledSheet
from pathway.whole_file import write_whole
from pathway.yaml.document import parse
from pathway.yaml.validation import validate_as

YES_OR_NO = ("yes", "no")
NOTHING = "nothing is filled in; write yes or no beside what was reviewed"
FILE = "reviews.yaml"


def entry_text(filled: FilledSheet, knowledge: Knowledge, name: str) -> str:
    """Return a filled-in sheet as the text of an entry. Raises Unusable with every fault, each with `name` and its row."""
    faults = [*_form_faults(filled, knowledge, name), *_point_faults(filled, knowledge, name)]
    if faults:
        raise Unusable(faults)
    text = "".join(_lines(filled))
    with collect_into(faults):
        (review,) = validate_as(parse(text, FILE), tuple[Review, ...])
        faults += faults_in(knowledge.model_copy(update={"reviews": (review,)}), OF_THE_RECORD)
    if faults:  # its lines are not those of the spreadsheet
        raise Unusable(Fault(f"{name}, {REVIEWER}", None, fault.says) for fault in faults)
    return text


def _form_faults(filled: FilledSheet, knowledge: Knowledge, name: str) -> Iterator[Fault]:
    for field in form(knowledge):
        row, text = filled.form[field.key]
        if field.needed and not text:
            yield Fault(f"{name}, {REVIEWER}", row, f"{field.label} is empty; fill it in")
    row, text = filled.form[QUALIFIED]
    if text and text.lower() not in YES_OR_NO:
        says = f"write yes or no, whether the reviewer is one ({knowledge.outline.reviewer}); {text!r} is neither"
        yield Fault(f"{name}, {REVIEWER}", row, says)


def _point_faults(filled: FilledSheet, knowledge: Knowledge, name: str) -> Iterator[Fault]:
    known = [*points(knowledge), *former_points(knowledge)]
    for point in filled.points:
        for says in _faults_of(point, known):
            yield Fault(f"{name}, {POINTS}", point.row, says)
    if not filled.points:
        yield Fault(f"{name}, {POINTS}", None, NOTHING)


def _faults_of(point: FilledPoint, known: list[str]) -> Iterator[str]:
    if point.id not in known and not point.id.startswith("caution/"):
        yield f"there is no point {point.id}; {suggestion(point.id, known, 'an unchanged sheet')}"
    if point.agrees not in YES_OR_NO:
        yield f"{point.id}: write yes or no, and the comment beside it" + (f", not {point.agrees}" if point.agrees else "")
    elif point.agrees == "no" and not point.comment:
        yield f"{point.id} is not agreed with; say why in the comment"


def _lines(filled: FilledSheet) -> Iterator[str]:
    values = {key: text.lower() if key == QUALIFIED else text for key, (_, text) in filled.form.items() if text}
    for number, (key, text) in enumerate(values.items()):
        yield f"{'  ' if number else '- '}{key}: {_quoted(text)}\n"
    yield "  points:\n"
    for point in filled.points:
        comment = {"comment": point.comment} if point.comment else {}
        pairs = {"id": point.id, "hash": point.hash, "agrees": point.agrees, **comment}
        yield f"    - {{{', '.join(f'{key}: {_quoted(text)}' for key, text in pairs.items())}}}\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML string


def append(text: str, folder: Path) -> Path:
    """Add an entry at the end of the record in a folder; return its path. Raises OSError."""
    path = folder / FILE
    before = path.read_text(encoding="utf-8") if path.exists() else "[]\n"
    kept = [line for line in before.splitlines() if line.strip() != "[]"]
    write_whole(path, ("\n".join([*kept, text.rstrip("\n")]) + "\n").encode())
    return path


def counts(text: str) -> dict[str, Any]:
    """Return how many points an entry agrees with, and how many not."""
    (entry,) = parse(text, FILE).value
    judgements = [point["agrees"] for point in entry["points"]]
    return {
        "of": entry["of"], "points": len(judgements), "agreed": judgements.count("yes"), "refused": judgements.count("no"),
    }  # fmt: skip
