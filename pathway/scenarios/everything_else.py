"""The short form `everything_else: asked and not adverse`: every answer that a file leaves out is the reassuring one.

Without it an answer that is left out is not known. With it a file still says which answers are not known: `finding: unknown`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pathway.errors import Fault
from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import Change
from pathway.phrases import safe_excerpt
from pathway.yaml.document import Document

EVERYTHING_ELSE = "everything_else"
ASKED_AND_NOT_ADVERSE = "asked and not adverse"


def everything_else_faults(document: Document, value: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault where `everything_else` has another value than the one that is allowed."""
    if value[EVERYTHING_ELSE] != ASKED_AND_NOT_ADVERSE:
        says = f"everything_else can't be {safe_excerpt(value[EVERYTHING_ELSE])}; write {ASKED_AND_NOT_ADVERSE}, or leave it out"
        yield document.fault((EVERYTHING_ELSE,), says)


def with_everything_else(scenario: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """Return the values of a scenario without the short form: the answers of its first visit are filled in where it stands."""
    value = dict(scenario)
    if value.pop(EVERYTHING_ELSE, None) is None:
        return value
    if "visits" not in value:
        return value | {"answers": _filled_in(value["answers"], knowledge)}
    first, *later = value["visits"]
    return value | {"visits": [dict(first) | {"answers": _filled_in(first.get("answers", {}), knowledge)}, *later]}


def _filled_in(answers: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """Return the answers, and the benign one for each other finding that makes sense with them."""
    every = {finding.id: finding.benign_answer for finding in knowledge.findings.values()} | dict(answers)
    return {name: answer for name, answer in every.items() if name in answers or _makes_sense(knowledge.changes.get(name), every)}


def _makes_sense(change: Change | None, answers: Mapping[str, Any]) -> bool:
    """Return whether a finding can be asked about: False where the one it depends on has an answer without it, or none."""
    return change is None or change.parent is None or answers[change.parent.finding] in change.parent.together
