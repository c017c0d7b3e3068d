"""The safety questions of the visit that is shown: which are open, links that answer them; and the safety net."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.markup.html import Html, el, items, join
from explorer.pages.explore.carried_answers import NOTHING_NEW, earlier_signs, to_ask_again
from explorer.pages.explore.view import View
from explorer.present.links import anchor, answer_link, changed_link
from explorer.present.references import Reference, citation_references
from explorer.present.slide import Block, Slide, paragraph, slides, text_lines, together
from pathway.explanation.pathway import the_pathway
from pathway.knowledge.models import Finding, Group
from pathway.phrases import pluralise

CHOICE_LINES = 1.75
"""The height of a row of links, in lines."""
CHOICE_EDGE = 5
"""Characters that the edges of a link and the gap beside it take."""


def open_questions(view: View) -> list[str]:
    """The safety questions without an answer at this visit."""
    return [name for name in view.knowledge.safety_questions if name not in view.answers]


def signs(view: View) -> list[str]:
    """The safety findings that are there, with their answers."""
    present = (name for name in view.knowledge.safety_questions if view.is_adverse(view.knowledge.findings[name]))
    return [f"{view.finding_label(name)}: {view.answer_words(name, view.answers[name]).lower()}" for name in present]


def safety_line(view: View) -> Html:
    """What the safety questions found at this visit, and whether some are open: the one sentence says how many."""
    present = signs(view)
    signs_line = [el("b", f"{'; '.join(present)}. ")] if present else []
    if open_questions(view):
        return join([*signs_line, "Not all are answered."])
    return join([*signs_line, "All others are answered with no." if present else "All are answered with no."])


def question_slides(view: View) -> list[Slide]:
    """The safety questions at the visit that is shown: links that say no to those that are open, and links for each sign."""
    number, waiting = view.state.current_visit, open_questions(view)
    title = "Ask first: the safety questions" if waiting else "If a sign appears"
    blocks = [*_again(view), *(block for group in view.flag_groups for block in _group(view, group))]
    return slides(title, blocks, f"Visit {number + 1}", anchor(number) if waiting else "red-flag", "ask")


def _again(view: View) -> Iterator[Block]:
    number, names = view.state.current_visit, to_ask_again(view)
    if before := earlier_signs(view):
        yield paragraph(el("b", "Ask again: "), before, class_="warning")
    if names:
        link = changed_link(view, view.state.answered_as_before(), anchor(number), NOTHING_NEW, class_="choice main")
        yield Block(el("p", link, f" Answers {pluralise(len(names), 'question')} as before."), CHOICE_LINES + 0.6)
    yield paragraph("Choose a sign to see what it changes. It counts as present at this visit.")


def _group(view: View, group: Group) -> Iterator[Block]:
    """Each question of a group with what counts and a link for each sign; then the link that says no to all of them."""
    findings = [finding for finding in view.findings_of(group) if finding.answers]
    head = [Block(el("h3", group.title), 1.5)]
    for finding in findings:
        yield together(*head, _question(view, finding), class_="group")
        head = []
    if none := list(_none_of_these(view, group, findings)):
        yield choices(none)


def _question(view: View, finding: Finding) -> Block:
    """A question with what counts, and a link for each sign, in one paragraph."""
    links = (join([" ", link]) for _, link in _sign_links(view, finding))
    text = paragraph(finding.question, el("span", f" {finding.hint or ''} ", class_="hint"), *links)
    return Block(text.html, text.lines + 0.5)


def choices(links: list[tuple[str, Html]]) -> Block:
    """Links in rows, each given with its text."""
    row = el("p", *(join([link, " "]) for _, link in links), class_="choices")
    width = sum(len(words) + CHOICE_EDGE for words, _ in links)
    return Block(row, (text_lines(Html("x" * width)) - 0.45) * CHOICE_LINES)


def _none_of_these(view: View, group: Group, findings: list[Finding]) -> Iterator[tuple[str, Html]]:
    waiting = {finding.id: finding.benign_answer for finding in findings if finding.id not in view.answers}
    if waiting and group.none_of_these and not any(map(view.is_adverse, findings)):
        state, place = view.state.answered(waiting), anchor(view.state.current_visit)
        hidden = el("span", f"{group.title}: ", class_="sr")
        yield group.none_of_these, changed_link(view, state, place, hidden, group.none_of_these, class_="choice none")


def _sign_links(view: View, finding: Finding) -> Iterator[tuple[str, Html]]:
    """A link for each answer that is a sign; one that is there already is in bold."""
    adverse = [answer for answer in finding.answers if answer != finding.benign_answer]
    for answer in adverse:
        words = view.finding_label(finding.id)
        words += f": {finding.answers[answer]}" if len(adverse) > 1 else ""
        is_present = view.answers.get(finding.id) == answer
        place = anchor(view.state.current_visit, "answer")
        yield (
            words,
            el("b", words, ": present", class_="there") if is_present else answer_link(view, {finding.id: answer}, place, words),
        )


def safety_net_slides(view: View) -> list[Slide]:
    """The safety net: when to seek help at once, whatever the result."""
    frame, texts = view.knowledge.frame, the_pathway().rule_texts
    lines = sum(text_lines(Html(words)) for words in view.result.safety_net)
    without = [Reference(f"no named source for {frame.safety_net_unsourced}")] if frame.safety_net_unsourced else []
    rests_on = (*citation_references(view, texts.citations(frame.safety_net_cites)), *without)
    return slides("Safety net", [Block(items(view.result.safety_net), lines, rests_on)], "Whatever the result", "safety-net")
