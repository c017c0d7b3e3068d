"""What was tried so far, marked at the visit that is looked at: tried, helped, not helped, declined, or not known."""

from __future__ import annotations

from explorer.html import Html, el
from explorer.icons import icon
from explorer.view import View, heading
from pathway.entries import Finding

GROUP = "care-so-far"


def marks(view: View) -> Html:
    """A row of buttons for each treatment that can be marked; the weeks spent on it are asked among the questions."""
    group = next(group for group in view.knowledge.groups if group.id == GROUP)
    rows = [_row(view, finding) for finding in view.findings_of(group) if finding.answers]
    return el("div", heading(3, f"{group.title}, at visit {view.state.at + 1}"), *rows, class_="mark-rows", id="marks")


def _row(view: View, finding: Finding) -> Html:
    name = el("p", view.short(finding.id), class_="mark-name")
    buttons = [_button(view, finding, answer) for answer in (None, *finding.answers)]
    return el("div", name, el("div", *buttons, class_="answers"), class_="mark")


def _button(view: View, finding: Finding, answer: str | None) -> Html:
    """One answer. What is chosen has a tick as well as a colour; what is not known has a shape of its own."""
    chosen = view.answers.get(finding.id) == answer
    picture = icon("unknown") if answer is None else icon("true") if chosen else None
    words = "Not known" if answer is None else view.answer_words(finding.id, answer)
    kind = "answer" + (" unknown" if answer is None else "") + (" chosen" if chosen else "")
    told = el("span", f"{view.short(finding.id)}: ", class_="sr")
    return el(
        "button", picture, told, words, type="button", id=f"mark-{finding.id}-{answer or 'unknown'}", class_=kind,
        data_do="answer", data_finding=finding.id, data_value=answer or "", aria_pressed="true" if chosen else "false",
    )  # fmt: skip
