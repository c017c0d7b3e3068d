"""The laws as one of the inspections of `pathway check`."""

from __future__ import annotations

from pathlib import Path

from pathway.changes import load_changes
from pathway.faults import Unusable
from pathway.inspection import Outcome
from pathway.knowledge import Knowledge
from pathway.proof.law_check import load_laws
from pathway.proof.prove import TIME_LIMIT, prove


def the_laws(knowledge: Knowledge, folder: Path | None = None, time_limit: float | None = None) -> Outcome:
    """Every law, proved over every scenario; and how answers may change, name by name."""
    try:
        laws, changes = load_laws(knowledge, folder), load_changes(knowledge, folder)
    except Unusable as error:
        return Outcome("laws", "the laws", 0, error.faults)
    report = prove(knowledge, laws, TIME_LIMIT if time_limit is None else time_limit)
    return Outcome("laws", f"{len(laws)} laws", len(laws) + len(changes), report.faults, report)
