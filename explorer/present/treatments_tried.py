"""Treatments tried since the last visit: links for the answers that can follow the earlier ones."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.markup.html import Html, el
from explorer.pages.explore.view import NOT_KNOWN, View
from explorer.present.links import anchor, answer_link
from explorer.present.safety import choices
from explorer.present.slide import Block, Slide, paragraph, slides, together
from pathway.knowledge.models import Finding


def tried_slides(view: View) -> list[Slide]:
    """Each finding that can only move forward, such as a treatment, with the answers that can come next."""
    number = view.state.current_visit
    rows = [row for finding in view.knowledge.findings.values() if (row := _row(view, finding))]
    lead = paragraph("Choose what has changed. The rest stays as it was.")
    return slides("What was tried since?", [lead, *rows] if rows else [], f"Visit {number + 1}", anchor(number, "tried"), "ask")


def _row(view: View, finding: Finding) -> Block | None:
    links = list(_links(view, finding))
    if not links:
        return None
    current = view.answers.get(finding.id)
    now = NOT_KNOWN if current is None else view.answer_words(finding.id, current)
    title = el("h3", f"{view.finding_label(finding.id)}, now: {now.lower()}")
    return together(Block(title, 1.5), choices(links), class_="group")


def _links(view: View, finding: Finding) -> Iterator[tuple[str, Html]]:
    """Yield the words of each answer that can come next, and its link; nothing for a finding that does not move forward."""
    change, current = view.knowledge.changes[finding.id], view.answers.get(finding.id)
    if change.how != "forward":
        return
    for answer in finding.answers if current is None else change.after.get(str(current), ()):
        words = view.answer_words(finding.id, answer)
        hidden = el("span", f"{view.finding_label(finding.id)}: ", class_="sr")
        yield words, answer_link(view, {finding.id: answer}, anchor(view.state.current_visit, "tried"), hidden, words)
