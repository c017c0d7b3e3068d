"""One question and its answers; "not known" is always one of them."""

from __future__ import annotations

import pathway
from explorer.markup.html import Html, Value, el
from explorer.markup.icons import icon
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.number_box import number_box
from explorer.pages.explore.view import NOT_ASKED, NOT_KNOWN
from explorer.per_pathway import per_pathway
from pathway.knowledge.models import Finding
from pathway.phrases import sentence_case

UNTIL_THEN = "Until then this answer is not known."


@per_pathway(maxsize=4096)  # most questions are as they were before the last answer
def question(name: str, answer: str | int | None, can_change: str, is_safety: bool, matters: bool, since: str | None) -> Html:
    """A question as a fieldset: its current answer, what it can change, whether it matters yet, and the visit it is from.

    Takes plain values, not a view, so that it can be cached.
    """
    finding = pathway.load().findings[name]
    legend = el("legend", with_glossary(finding.question), id=f"l-{name}")
    hint = el("p", with_glossary(finding.hint), class_="hint", id=f"h-{name}") if finding.hint else None
    unanswered = NOT_ASKED if is_safety else NOT_KNOWN
    answers = _number_answer(finding, answer) if finding.whole else _word_answers(finding, answer, unanswered)
    carried = el("p", since, class_="since") if since else None
    why = el("p", f"Can change: {can_change}", class_="why") if can_change else None
    present = is_safety and bool(finding.answers) and answer not in (None, finding.benign_answer)
    css_class = "question" + ("" if matters else " idle") + (" is-present" if present else "")
    described = f"h-{name}" if finding.hint else None
    return el("fieldset", legend, hint, answers, carried, why, id=f"q-{name}", class_=css_class, aria_describedby=described)


def _word_answers(finding: Finding, current: str | int | None, unanswered: str) -> Html:
    radios = [_radio(finding, None, unanswered, current is None)]
    radios += [_radio(finding, answer, sentence_case(words), current == answer) for answer, words in finding.answers.items()]
    return el("div", *radios, class_="answers")


def _radio(finding: Finding, answer: str | None, words: str, chosen: bool) -> Html:
    name = f"a-{finding.id}"
    box = el(
        "input",
        type="radio",
        name=name,
        id=f"{name}-{answer or 'unknown'}",
        value=answer or "",
        data_do="answer",
        data_finding=finding.id,
        checked=chosen,
    )
    mark = icon("unknown") if answer is None else None
    return el("label", box, mark, el("span", words), class_="answer unknown" if answer is None else "answer")


def _number_answer(finding: Finding, number: str | int | None) -> Html:
    name = finding.id
    box, wrong = finding_box(
        finding, f"a-{name}", value=number, placeholder="not known", data_do="number", aria_labelledby=f"l-{name} u-{name}"
    )
    unit = el("span", finding.whole.unit if finding.whole else None, id=f"u-{name}", class_="unit")
    clear = not_known(
        finding, NOT_KNOWN, number is None, data_do="answer", data_value="",
        aria_pressed="true" if number is None else "false", aria_label=f"Not known: {finding.question}",
    )  # fmt: skip
    return el("div", box, unit, clear, wrong, class_="answers")


def finding_box(finding: Finding, box_id: str, **attributes: Value) -> tuple[Html, Html]:
    """The box for a question's number, and the element for its error message."""
    assert finding.whole, "asked only of a number"
    whole = finding.whole
    return number_box(box_id, whole.unit, 0, whole.most, UNTIL_THEN, data_finding=finding.id, **attributes)


def not_known(finding: Finding, words: str, chosen: bool = False, **attributes: Value) -> Html:
    """The button for "not known", drawn unlike any answer."""
    css_class = "answer unknown" + (" chosen" if chosen else "")
    return el("button", icon("unknown"), words, type="button", data_finding=finding.id, class_=css_class, **attributes)
