"""Cross-checks the knowledge: every name leads somewhere, everything is used, and every rule says what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pathway.check import former, naming, support, terms, using
from pathway.check.reading import Readable, readable
from pathway.check.support import cited_assumptions, used_statements
from pathway.faults import Fault
from pathway.knowledge import Knowledge

__all__ = [
    "CHECKS", "NEEDED", "Readable", "cited_assumptions", "faults_in", "readable", "used_statements",
]  # fmt: skip

Check = Callable[[Knowledge], Iterable[Fault]]
CHECKS: tuple[Check, ...] = (*naming.CHECKS, *using.CHECKS, *support.CHECKS, *terms.CHECKS, *former.CHECKS)
NEEDED: tuple[Check, ...] = (*naming.NEEDED, *using.NEEDED)
"""Without which rules can't be read at all. The others ask for what is wanted today: that everything is used, and supported."""


def faults_in(knowledge: Knowledge, checks: tuple[Check, ...] = CHECKS) -> list[Fault]:
    """Every fault of the knowledge as a whole, in reading order."""
    if too_large := list(naming.oversized(knowledge)):
        return too_large  # nothing else can be asked of it in any time
    faults = [fault for check in checks for fault in check(knowledge)]
    return sorted(set(faults))
