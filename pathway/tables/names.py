"""The names of the columns of a result."""

from __future__ import annotations

from pathway.knowledge.base import Knowledge

INTERNAL = "pathway:"
"""The names of columns that are only used in between begin with this."""
CONTRADICTIONS = f"{INTERNAL}contradictions"
"""The column with the contradictions between the answers of a row, in words."""
FAULTS = "faults"
"""The column that says what is wrong with a row."""
POSSIBLE_SUFFIX, RULE_SUFFIX = "_possible", "_rule"
"""How the columns end that hold the values still possible, and the id of the deciding rule."""


def result_names(knowledge: Knowledge) -> list[str]:
    """Return the names of the columns of a result, in order."""
    subjects = ("route", "step", *knowledge.options)
    names = [f"{subject}{end}" for subject in subjects for end in ("", POSSIBLE_SUFFIX, RULE_SUFFIX)]
    return [*names[:3], *knowledge.gates, *names[3:]]
