"""The question list: safety groups first, each with its own "no to all of these", then the others."""

from __future__ import annotations

from explorer.markup.html import Html, disclosure, el, heading
from explorer.markup.icons import icon
from explorer.markup.parts import slot
from explorer.pages.explore.carried_answers import ask_again_button, carried_from
from explorer.pages.explore.question import question
from explorer.pages.explore.view import View
from pathway.knowledge.models import Finding, Group

ALL_CLEAR = "no to all"


def question_panel(view: View) -> Html:
    """The slots of the question groups, safety questions first."""
    flags = [slot(f"group-{group.id}") for group in view.groups if group.is_safety_group]
    others = [slot(f"group-{group.id}") for group in view.groups if not group.is_safety_group]
    first = heading(2, "Safety questions", class_="part")
    why = el("p", "An unanswered question never counts as “no”.", class_="small")
    box = el("input", type="checkbox", id="all-questions", data_keep=True)
    every = el("p", el("label", box, "Show questions that make no difference yet"), class_="every")
    body = el(
        "div", first, why, slot("again"), *flags, heading(2, view.knowledge.outline.case.title, class_="part"), every, *others
    )
    return disclosure(el("b", "All questions"), body, name="questions", class_="questions", wide=True)


def question_groups(view: View) -> dict[str, Html]:
    """The question groups by part name; before them, at a later visit, the button that confirms earlier answers."""
    groups = {
        f"group-{group.id}": _safety_group(view, group) if group.is_safety_group else _group(view, group)
        for group in view.knowledge.groups
    }
    return {"again": ask_again_button(view, "panel"), **groups}


def _safety_group(view: View, group: Group) -> Html:
    """A group of safety questions; folded once all are answered and no sign is present."""
    findings = view.findings_of(group)
    clear = _group_status(view, findings) == ALL_CLEAR
    head = heading(
        3, icon("true") if clear else None, group.title, " ", el("span", _group_status(view, findings), class_="count")
    )
    none = _none_of_these(view, group, findings) if group.none_of_these else None
    fold = "closed" if clear else "open"
    body = el("div", *(_question(view, finding) for finding in findings), none)
    return el("details", el("summary", head), body, id=f"g-{group.id}", class_="group flags", data_fold=fold, open=not clear)


def _group(view: View, group: Group) -> Html:
    findings = view.findings_of(group)
    known = sum(finding.id in view.answers for finding in findings)
    head = heading(3, group.title, " ", el("span", f"{known}/{len(findings)}", class_="count"))
    idle = "" if any(_matters(view, finding) for finding in findings) else " idle"
    questions = (_question(view, finding) for finding in findings)
    return el("section", head, *questions, id=f"g-{group.id}", class_=f"group{idle}", aria_label=group.title)


def _group_status(view: View, findings: tuple[Finding, ...]) -> str:
    if any(view.is_adverse(finding) for finding in findings):
        return "present"
    signs = [finding for finding in findings if finding.answers]
    known = sum(finding.id in view.answers for finding in signs)
    return ALL_CLEAR if known == len(signs) else f"{known}/{len(signs)} answered"


def _matters(view: View, finding: Finding) -> bool:
    """Whether a question is shown as relevant. It stays so once it was shown, since to hide it would move the others."""
    return finding.id in view.relevant_findings or finding.id in view.previously_relevant


def _none_of_these(view: View, group: Group, findings: tuple[Finding, ...]) -> Html:
    """The checkbox that answers a whole group with no; disabled while a sign is present."""
    signs = [finding for finding in findings if finding.answers]
    blocked = any(view.is_adverse(finding) for finding in signs)
    ticked = all(view.answers.get(finding.id) == finding.benign_answer for finding in signs)
    box = el(
        "input",
        type="checkbox",
        id=f"none-{group.id}",
        data_do="none-of-these",
        data_group=group.id,
        checked=ticked,
        disabled=blocked,
    )
    return el("label", box, el("span", group.none_of_these), class_="none" + (" off" if blocked else ""))


def _question(view: View, finding: Finding) -> Html:
    """One question with its answer, what it can change, and the visit its answer is from."""
    answer, can_change = view.answers.get(finding.id), view.can_change(finding.id)
    return question(
        finding.id, answer, can_change, view.is_safety_question(finding), _matters(view, finding), carried_from(view, finding.id)
    )
