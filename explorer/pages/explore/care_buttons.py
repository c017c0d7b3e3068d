"""Buttons that record earlier treatment at the current visit: tried, helped, not helped, declined, or not known."""

from __future__ import annotations

import pathway
from explorer.markup.html import Html, el, heading, join
from explorer.markup.icons import icon
from explorer.markup.parts import slot
from explorer.pages.explore.view import NOT_KNOWN, View
from explorer.per_pathway import per_pathway
from pathway.knowledge.models import Finding
from pathway.phrases import sentence_case


def care_buttons(view: View) -> dict[str, Html]:
    """A row of answer buttons for each treatment, by part name. The weeks of a treatment are asked in the question list."""
    named = view.knowledge.outline.between_visits.group
    group = next((group for group in view.knowledge.groups if group.id == named), None)
    if group is None:
        return {"marks": Html("")}
    rows = {
        f"mark-{finding.id}": _row(finding.id, view.finding_label(finding.id), _answer_of(view, finding))
        for finding in view.findings_of(group)
        if finding.answers
    }
    head = heading(3, f"{group.title}, at visit {view.state.current_visit + 1}")
    return {"marks": el("div", head, *(slot(name, class_="mark") for name in rows), class_="mark-rows", id="marks"), **rows}


def _answer_of(view: View, finding: Finding) -> str | None:
    answer = view.answers.get(finding.id)
    return None if answer is None else str(answer)


@per_pathway(maxsize=128)
def _row(name: str, short: str, current: str | None) -> Html:
    answers = pathway.load().findings[name].answers
    buttons = [_button(name, short, None, NOT_KNOWN, current is None)]
    buttons += [_button(name, short, answer, sentence_case(words), answer == current) for answer, words in answers.items()]
    return join([el("p", short, class_="mark-name"), el("div", *buttons, class_="answers")])


def _button(name: str, short: str, answer: str | None, words: str, chosen: bool) -> Html:
    """One answer. A tick marks the chosen one and a shape "not known", so that neither depends on colour."""
    picture = icon("unknown") if answer is None else icon("true") if chosen else None
    shape = "answer" + (" unknown" if answer is None else "") + (" chosen" if chosen else "")
    return el(
        "button", picture, el("span", f"{short}: ", class_="sr"), words, type="button", id=f"mark-{name}-{answer or 'unknown'}",
        class_=shape, data_do="answer", data_finding=name, data_value=answer or "", aria_pressed="true" if chosen else "false",
    )  # fmt: skip
