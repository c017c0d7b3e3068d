"""The card with the next question, which is answered right there."""

from __future__ import annotations

from explorer.markup.html import Child, Html, disclosure, el, heading, items
from explorer.markup.icons import icon
from explorer.pages.explore.carried_answers import ask_again_button, carried_from
from explorer.pages.explore.evidence import question_link
from explorer.pages.explore.first_card import card_findings, first_card, is_open
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.question import finding_box, not_known
from explorer.pages.explore.view import View
from pathway.knowledge.models import Finding, Group
from pathway.phrases import sentence_case

SECTION_NAME = "Next question"
NO_TO_THE_LAST = "No to this. It was asked or examined"
"""On the button where one question of a group is left: the group's own words are about several."""


def next_question(view: View) -> Html:
    """The card with the next question, below the first card while that is open; or a sentence that no question is left."""
    first = first_card(view) if is_open(view) else None
    unskipped = [finding for finding in view.result.ask_next if finding not in view.skipped | card_findings(view)]
    if not view.result.ask_next:
        return el("section", _finished(view), id="ask", class_="ask is-done", aria_label=SECTION_NAME)
    if not unskipped:
        again = el("button", "Ask the skipped questions again", type="button", data_do="unskip", class_="primary")
        over = el("p", "All open questions were skipped.", class_="done", id="ask-title", tabindex="-1")
        return el("section", first, over, again, id="ask", class_="ask", aria_label=SECTION_NAME)
    finding = view.knowledge.findings[unskipped[0]]
    group = next(group for group in view.knowledge.groups if group.id == finding.group)
    return _question_card(view, finding, group, first)


def _finished(view: View) -> Html:
    """The card when no question can change the result. In an emergency, safety questions without an answer still matter."""
    if view.is_off_ladder and any(name not in view.answers for name in view.knowledge.safety_questions):
        route = view.title(view.result.route)
        words = [f"{route}: no other answer changes this. Still ask the other safety questions, now and at each visit."]
    else:
        words = [icon("true"), "All questions that matter are answered."]
    return el("p", *words, class_="done", id="ask-title", tabindex="-1")


def _question_card(view: View, finding: Finding, group: Group, first: Child) -> Html:
    eyebrow = el("p", icon("next"), "Ask next", class_="eyebrow")
    findings = [item for item in view.findings_of(group) if item.answers]
    whole = group.is_safety_group and not any(view.is_adverse(item) or item.id in view.skipped for item in findings)
    unanswered = [item for item in findings if item.id not in view.answers]
    no = NO_TO_THE_LAST if len(unanswered) == 1 < len(findings) else str(group.none_of_these)
    body = _whole_group(view, group, unanswered, finding, no) if whole else _single_question(view, finding)
    rest = (
        disclosure(
            "Other open questions",
            items((question_link(view, name) for name in view.result.ask_next if name != finding.id), class_="deciding"),
            name="ask-rest",
        )
        if len(view.result.ask_next) > 1
        else None
    )
    again = ask_again_button(view, "ask") if group.is_safety_group else None
    return el("section", first, eyebrow, again, *body, rest, id="ask", class_="ask", aria_label=SECTION_NAME)


def _with_hint(finding: Finding) -> Child:
    """A question and what counts, since one button may answer it together with others."""
    return [finding.question, el("span", f" {finding.hint}", class_="small") if finding.hint else None]


def _whole_group(view: View, group: Group, findings: list[Finding], finding: Finding, no: str) -> list[Child]:
    """The unanswered questions of a safety group: one button says `no` to all of them, or each is answered by itself."""
    question_list = items((_with_hint(item) for item in findings), class_="group-questions")
    none_button = el(
        "button", icon("true"), no, type="button", data_do="none-of-these", data_group=group.id, data_value="on",
        class_="primary", id=f"ask-none-{group.id}",
    )  # fmt: skip
    title = heading(2, group.title, id="ask-title", tabindex="-1")
    either = el("p", "Or answer one by one:" if len(findings) > 1 else "Or choose an answer:", class_="small")
    return [title, question_list, none_button, either, *_single_question(view, finding, level=3)]


def _single_question(view: View, finding: Finding, level: int = 2) -> list[Child]:
    title = heading(level, with_glossary(finding.question), id="ask-title" if level == 2 else "ask-one", tabindex="-1")
    hint = el("p", with_glossary(finding.hint), class_="hint") if finding.hint else None
    then = el("p", words, class_="since") if (words := carried_from(view, finding.id)) else None
    can_change = view.can_change(finding.id, 6)
    effect = el("p", f"Can change: {can_change}", class_="why") if can_change else None
    skip = not_known(finding, "Skip this question", data_do="skip")
    buttons = (_answer_button(finding, answer, words) for answer, words in finding.answers.items())
    answers = _number_entry(finding, skip) if finding.whole else el("div", *buttons, skip, class_="answers")
    return [title, hint, then, answers, effect]


def _answer_button(finding: Finding, answer: str, words: str) -> Html:
    return el(
        "button",
        sentence_case(words),
        type="button",
        data_do="answer",
        data_finding=finding.id,
        data_value=answer,
        class_="answer",
        id=f"ask-{finding.id}-{answer}",
    )


def _number_entry(finding: Finding, skip: Html) -> Html:
    unit = finding.whole.unit if finding.whole else ""
    box, wrong = finding_box(finding, f"ask-{finding.id}", name="value", aria_label=f"{finding.question} ({unit})")
    parts = [box, el("span", unit, class_="unit"), el("button", "Answer", type="submit", class_="answer"), skip, wrong]
    return el("form", *parts, class_="answers", data_do="number", data_finding=finding.id, novalidate=True)
