"""Checks the knowledge as a whole: names resolve, everything is used, and every rule says what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pathway.errors import Fault
from pathway.knowledge.base import Knowledge
from pathway.knowledge.lint import (
    first_card,
    glossary,
    outline,
    provenance,
    references,
    renamed,
    reviews,
    sentence,
    themes,
    usage,
)
from pathway.knowledge.lint.provenance import cited_assumptions, used_statements
from pathway.knowledge.lint.readable import Readable, readable

__all__ = [
    "CHECKS", "NEEDED", "Readable", "cited_assumptions", "faults_in", "readable", "used_statements",
]  # fmt: skip

Check = Callable[[Knowledge], Iterable[Fault]]
CHECKS: tuple[Check, ...] = (
    *references.CHECKS, *outline.CHECKS, *usage.CHECKS, *provenance.CHECKS, *glossary.CHECKS, *renamed.CHECKS, *sentence.CHECKS,
    *first_card.CHECKS, *themes.CHECKS, *reviews.CHECKS,
)  # fmt: skip
NEEDED: tuple[Check, ...] = (*references.NEEDED, *outline.NEEDED, *usage.NEEDED)
"""The checks without which rules can't be evaluated. The others ask for good order: everything used, everything sourced."""


def faults_in(knowledge: Knowledge, checks: tuple[Check, ...] = CHECKS) -> list[Fault]:
    """Return every fault of the knowledge as a whole, in file order."""
    if too_large := list(references.oversized(knowledge)):
        return too_large  # the other checks would not finish
    faults = [fault for check in checks for fault in check(knowledge)]
    return sorted(set(faults))
