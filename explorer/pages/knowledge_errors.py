"""The page shown if the knowledge can't be used: the number of faults, and the place of each."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from pathway import Fault
from pathway.errors import in_folder, summary_lines
from pathway.knowledge.loader import bundled_folder, data_folder

KNOWLEDGE_UNUSABLE = "The knowledge can’t be used"


def knowledge_errors(faults: Iterable[Fault]) -> tuple[str, ...]:
    """The lines of the page. Files are called by the name of their folder alone: the page may be seen by others."""
    folder = data_folder()
    command = "pathway check" if folder == bundled_folder() else shlex.join(["pathway", "check", folder.name])
    lines = summary_lines(tuple(in_folder(fault, folder.name) for fault in faults))
    return (f"The knowledge in {folder.name}/ has errors. `{command}` lists them all.", *lines)
