"""What was tried so far, marked at the visit that is looked at: tried, helped, not helped, declined, or not known."""

from __future__ import annotations

from functools import lru_cache

import pathway
from explorer.instrument.view import NOT_KNOWN, View
from explorer.markup.html import Html, el, heading, join
from explorer.markup.icons import icon
from explorer.markup.words import capitalise
from explorer.session.page_parts import slot
from pathway.knowledge.models import Finding

GROUP = "care-so-far"


def care_buttons(view: View) -> dict[str, Html]:
    """A row of buttons for each treatment that can be marked; the weeks spent on it are asked among the questions."""
    group = next(group for group in view.knowledge.groups if group.id == GROUP)
    rows = {
        f"mark-{one.id}": _row(one.id, view.finding_label(one.id), _answer_of(view, one))
        for one in view.findings_of(group)
        if one.answers
    }
    head = heading(3, f"{group.title}, at visit {view.state.at + 1}")
    return {"marks": el("div", head, *(slot(name, class_="mark") for name in rows), class_="mark-rows", id="marks"), **rows}


def _answer_of(view: View, finding: Finding) -> str | None:
    given = view.answers.get(finding.id)
    return None if given is None else str(given)


@lru_cache(maxsize=128)
def _row(name: str, short: str, given: str | None) -> Html:
    answers = pathway.load().findings[name].answers
    buttons = [_button(name, short, None, NOT_KNOWN, given is None)]
    buttons += [_button(name, short, answer, capitalise(words), answer == given) for answer, words in answers.items()]
    return join([el("p", short, class_="mark-name"), el("div", *buttons, class_="answers")])


def _button(name: str, short: str, answer: str | None, words: str, chosen: bool) -> Html:
    """One answer. What is chosen has a tick as well as a colour; what is not known has a shape of its own."""
    picture = icon("unknown") if answer is None else icon("true") if chosen else None
    kind = "answer" + (" unknown" if answer is None else "") + (" chosen" if chosen else "")
    return el(
        "button", picture, el("span", f"{short}: ", class_="sr"), words, type="button", id=f"mark-{name}-{answer or 'unknown'}",
        class_=kind, data_do="answer", data_finding=name, data_value=answer or "", aria_pressed="true" if chosen else "false",
    )  # fmt: skip
