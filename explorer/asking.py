"""What to ask next, as one call to action, answered on the spot."""

from __future__ import annotations

from explorer.answers import not_known, number_box
from explorer.carried import asked_again, since
from explorer.evidence import question_link
from explorer.html import Child, Html, el, folded, heading, items
from explorer.icons import icon
from explorer.questions import adverse
from explorer.status import OFF
from explorer.terms import glossed
from explorer.view import View
from explorer.words import counted, few, sentence
from pathway.entries import Finding, Group


def ask(view: View) -> Html:
    """What to ask next, answered on the spot."""
    left = [finding for finding in view.result.ask_next if finding not in view.skipped]
    if not view.result.ask_next:
        done = el("p", icon("true"), "Nothing is left to ask that could change the route, the step or a verdict.", class_="done")
        return el("section", done, _asked_again(view), id="ask", class_="ask is-done", aria_label="What to ask next")
    if not left:
        again = el("button", "Ask the skipped ones again", type="button", data_do="unskip", class_="primary")
        return el("section", el("p", "Every open question was passed over.", class_="done"), again, id="ask", class_="ask")
    finding = view.knowledge.findings[left[0]]
    group = next(group for group in view.knowledge.groups if group.id == finding.group)
    return _asking(view, finding, group, left)


def _asked_again(view: View) -> Child:
    """That what no longer changes the answer still matters: safety questions that nobody answered."""
    asked = [one for group in view.flag_groups for one in view.findings_of(group) if one.answers]
    if view.result.route not in OFF or all(one.id in view.answers for one in asked):
        return None
    return el("p", "The other safety questions are still open. They are asked again at each visit.", class_="still-open")


def _asking(view: View, finding: Finding, group: Group, left: list[str]) -> Html:
    eyebrow = el(
        "p",
        icon("next"),
        "Ask next",
        el("span", f"{counted(len(view.result.ask_next), 'question')} open", class_="count"),
        class_="eyebrow",
    )
    findings = [one for one in view.findings_of(group) if one.answers]
    whole = group.flags and not any(adverse(view, one) or one.id in view.skipped for one in findings)
    body = _whole_group(view, group, findings, finding) if whole and len(findings) > 1 else _single(view, finding)
    rest = (
        folded(
            f"Then {counted(len(view.result.ask_next) - 1, 'more', 'more')}",
            items((question_link(view, name) for name in view.result.ask_next if name != finding.id), class_="deciding"),
            name="ask-rest",
        )
        if len(view.result.ask_next) > 1
        else None
    )
    again = asked_again(view, "ask") if group.flags else None
    return el("section", eyebrow, again, *body, rest, id="ask", class_="ask", aria_label="What to ask next")


def _whole_group(view: View, group: Group, findings: list[Finding], finding: Finding) -> list[Child]:
    asked = items((one.question for one in findings), class_="group-questions")
    none = el(
        "button",
        icon("true"),
        group.none_of_these,
        type="button",
        data_do="none",
        data_group=group.id,
        data_value="on",
        class_="primary",
        id=f"ask-none-{group.id}",
    )
    either = el("p", "Or one by one:", class_="small")
    return [heading(2, group.title, id="ask-title", tabindex="-1"), asked, none, either, *_single(view, finding, level=3)]


def _single(view: View, finding: Finding, level: int = 2) -> list[Child]:
    title = heading(level, glossed(finding.question), id="ask-title" if level == 2 else "ask-one", tabindex="-1")
    hint = el("p", glossed(finding.hint), class_="hint") if finding.hint else None
    then = el("p", words, class_="since") if (words := since(view, finding.id)) else None
    decides = view.decides.get(finding.id, ())
    reason_asked = el("p", f"Decides: {few(decides, 6)}", class_="why") if decides else None
    buttons = _entry(finding) if finding.whole else [_button(finding, answer, words) for answer, words in finding.answers.items()]
    skip = not_known(finding, "Not known, ask the next", data_do="skip")
    return [title, hint, then, el("div", *buttons, skip, class_="answers"), reason_asked]


def _button(finding: Finding, answer: str, words: str) -> Html:
    return el(
        "button",
        sentence(words),
        type="button",
        data_do="answer",
        data_finding=finding.id,
        data_value=answer,
        class_="answer",
        id=f"ask-{finding.id}-{answer}",
    )


def _entry(finding: Finding) -> list[Html]:
    unit = finding.whole.unit if finding.whole else ""
    box = number_box(finding, id=f"ask-{finding.id}", aria_label=f"{finding.question} ({unit})")
    go = el(
        "button",
        "Answer",
        type="button",
        data_do="entry",
        data_from=f"ask-{finding.id}",
        data_finding=finding.id,
        class_="answer",
    )
    return [box, el("span", unit, class_="unit"), go]
