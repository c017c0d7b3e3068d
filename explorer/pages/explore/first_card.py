"""The first card: what someone who comes with a case can tell at once, asked together."""

from __future__ import annotations

import json

from explorer.markup.html import Child, Html, el, heading
from explorer.markup.icons import icon
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.question import finding_box, not_known
from explorer.pages.explore.view import NOT_KNOWN, View
from pathway.knowledge.models import CardAnswer, CardQuestion, Finding
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.phrases import sentence_case


def is_open(view: View) -> bool:
    """Whether the card is still to be filled in: a new scenario, at its first visit, with an answer that can matter."""
    own = view.scenario is None and not view.state.title and len(view.state.visits) == 1
    if not own or view.result.step is None or not _safety_is_open(view):
        return False  # its questions are then asked one by one
    return any(question.needed and _is_waiting(view, question) for question in view.knowledge.first_card)


def _safety_is_open(view: View) -> bool:
    """Whether a safety question is still to be asked."""
    return any(view.is_safety_question(view.knowledge.findings[name]) for name in view.result.ask_next)


def is_starting(view: View) -> bool:
    """Whether the card is open and no safety question is answered yet: the page then still begins with the start."""
    begun = any(view.is_safety_question(view.knowledge.findings[name]) for name in view.answers)
    return view.result.route == UNDETERMINED and not begun and is_open(view)


def first_card(view: View) -> Html:
    """The questions of the card, one under the other; each is answered on its own."""
    rows = [_row(view, question) for question in view.knowledge.first_card if _makes_sense(view, question)]
    head = heading(2, view.knowledge.outline.case.describe, id="first-title", tabindex="-1")
    return el("div", head, *rows, class_="first-card", id="first", tabindex="-1", role="group", aria_labelledby="first-title")


def card_findings(view: View) -> frozenset[str]:
    """The findings that the card asks; empty while it is not open."""
    return (
        frozenset(name for question in view.knowledge.first_card for name in question.findings) if is_open(view) else frozenset()
    )


def _makes_sense(view: View, question: CardQuestion) -> bool:
    """Whether the question makes sense: the one that it depends on, if any, has a fitting answer."""
    parent = view.knowledge.changes[question.findings[0]].parent
    return parent is None or view.answers.get(parent.finding) in parent.together


def _is_waiting(view: View, question: CardQuestion) -> bool:
    """Whether the question is shown, unanswered and not skipped, and can still change the result."""
    unanswered = [name for name in question.findings if name not in view.answers]
    matters = any(name in view.result.ask_next for name in unanswered)
    return matters and _makes_sense(view, question) and not view.skipped.intersection(unanswered)


def _row(view: View, question: CardQuestion) -> Html:
    finding = view.knowledge.findings[question.findings[0]]
    legend = el("legend", question.question, id=f"first-{question.id}")
    hint = el("p", with_glossary(question.hint), class_="hint") if question.hint else None
    answers = el("div", *_answers(view, question, finding), _skip(view, question, finding), class_="answers")
    return el("fieldset", legend, hint, answers, class_="question")


def _answers(view: View, question: CardQuestion, finding: Finding) -> list[Child]:
    if question.answers:
        return [_joint_answer(view, question, number, answer) for number, answer in enumerate(question.answers)]
    if finding.whole:
        return _number(view, question, finding)
    return [_answer(view, finding, answer, words) for answer, words in finding.answers.items()]


def _joint_answer(view: View, question: CardQuestion, number: int, answer: CardAnswer) -> Html:
    """An answer that sets several findings at once."""
    chosen = answer.sets.items() <= view.answers.items()
    name = f"first-{question.id}-{number}"
    return _button(answer.says, chosen, name, data_do="apply-changes", data_changes=json.dumps(answer.sets))


def _answer(view: View, finding: Finding, answer: str, words: str) -> Html:
    chosen, name = view.answers.get(finding.id) == answer, f"first-{finding.id}-{answer}"
    return _button(sentence_case(words), chosen, name, data_do="answer", data_finding=finding.id, data_value=answer)


def _button(words: str, chosen: bool, name: str, **attributes: str) -> Html:
    """An answer. A tick marks the chosen one, so that it does not depend on colour."""
    css_class, pressed = "answer" + (" chosen" if chosen else ""), "true" if chosen else "false"
    return el(
        "button", icon("true") if chosen else None, words, type="button", class_=css_class, id=name, aria_pressed=pressed,
        **attributes,
    )  # fmt: skip


def _number(view: View, question: CardQuestion, finding: Finding) -> list[Child]:
    assert finding.whole, "asked only of a number"
    name, unit = f"first-{finding.id}", el("span", finding.whole.unit, class_="unit", id=f"first-unit-{finding.id}")
    labels = f"first-{question.id} first-unit-{finding.id}"
    box, wrong = finding_box(finding, name, value=view.answers.get(finding.id), data_do="number", aria_labelledby=labels)
    return [box, unit, wrong]


def _skip(view: View, question: CardQuestion, finding: Finding) -> Child:
    """The button for "not known", while the question has no answer."""
    if all(name in view.answers for name in question.findings):
        return None
    skipped = not view.skipped.isdisjoint(question.findings)
    label, pressed = f"{NOT_KNOWN}: {question.question}", "true" if skipped else "false"
    return not_known(finding, NOT_KNOWN, skipped, data_do="skip", aria_label=label, aria_pressed=pressed)
