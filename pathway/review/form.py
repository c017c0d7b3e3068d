"""What a sheet asks of the reviewer, and the columns of its points: the words that writing and reading it share."""

from __future__ import annotations

from typing import NamedTuple

from pathway.knowledge.base import Knowledge
from pathway.knowledge.reviews import ALL
from pathway.phrases import sentence_case

REVIEWER, POINTS, VERDICTS = "Reviewer", "Points", "Verdicts"
"""The sheets of the workbook."""


class Field(NamedTuple):
    """A line of the form: its key in `reviews.yaml`, its label, and whether the reviewer fills it in."""

    key: str
    label: str
    filled_in: bool = True
    needed: bool = True


QUALIFIED = "clinician"
"""The key that says whether the reviewer is qualified: only such a review changes the notice. The pathway names them."""


def form(knowledge: Knowledge) -> tuple[Field, ...]:
    """Return the lines of the form."""
    return (
        Field("of", "Part", filled_in=False),
        Field("edition", "Edition", filled_in=False),
        Field("hash", "Knowledge version", filled_in=False),
        Field("role", "Your role"),
        Field(QUALIFIED, f"{sentence_case(knowledge.outline.reviewer)} (yes or no)"),
        Field("name", "Your name (only if you want it shown)", needed=False),
        Field("on", "Day of the review (as 2026-12-31)"),
        Field("next due", "Next review due (as 2027-12-31)"),
    )


COLUMNS = {
    "id": "Point",
    "kind": "Kind",
    "says": "What it says",
    "when": "When",
    "because": "Because",
    "sources": "Sources, and how surely",
    "last": "Last review",
    "changes": "What changed",
    "agrees": "Agree (yes or no)",
    "comment": "Comment",
    "hash": "Version",
}
"""The heading of each column of the points."""


def part_name(part: str, knowledge: Knowledge) -> str:
    """Return what a part is called on the sheet."""
    if part == ALL:
        return "the whole knowledge"
    if part in knowledge.readings:
        return f"guidance, {knowledge.reading(part).name}"
    return knowledge.options[part].name if part in knowledge.options else part
