"""Cross-checks the knowledge: every name leads somewhere, everything is used, and every rule says what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pathway.errors import Fault
from pathway.knowledge.base import Knowledge
from pathway.knowledge.lint import glossary, provenance, references, renamed, usage
from pathway.knowledge.lint.provenance import cited_assumptions, used_statements
from pathway.knowledge.lint.readable import Readable, readable

__all__ = [
    "CHECKS", "NEEDED", "Readable", "cited_assumptions", "faults_in", "readable", "used_statements",
]  # fmt: skip

Check = Callable[[Knowledge], Iterable[Fault]]
CHECKS: tuple[Check, ...] = (*references.CHECKS, *usage.CHECKS, *provenance.CHECKS, *glossary.CHECKS, *renamed.CHECKS)
NEEDED: tuple[Check, ...] = (*references.NEEDED, *usage.NEEDED)
"""Without which rules can't be read at all. The others ask for what is wanted today: that everything is used, and supported."""


def faults_in(knowledge: Knowledge, checks: tuple[Check, ...] = CHECKS) -> list[Fault]:
    """Every fault of the knowledge as a whole, in reading order."""
    if too_large := list(references.oversized(knowledge)):
        return too_large  # nothing else can be asked of it in any time
    faults = [fault for check in checks for fault in check(knowledge)]
    return sorted(set(faults))
