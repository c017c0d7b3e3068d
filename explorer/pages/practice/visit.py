"""One visit of a case on the page: its story, the questions, the commitment, and then the feedback."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import streamlit as st

from explorer.links.browser_address import BEGUN_PARAM
from explorer.markup.html import Html, el, join
from explorer.markup.words import literal
from explorer.pages.explore.view import View
from explorer.pages.practice.arrival import place, place_name
from explorer.pages.practice.session import OpenSet
from explorer.pages.shell import write_parameter
from pathway.practice.commitment import Commitment
from pathway.practice.feedback_words import Block, feedback_blocks, guidance_words, place_title
from pathway.practice.paper import visit_heading
from pathway.practice.practice import the_practice
from pathway.practice.report import VisitPlayed
from pathway.practice.stage import ASK_OPTIONS, ASK_PLACE, ASK_REASON, Stage

INCOMPLETE = "Choose a place on the pathway and both reasons first."


def show_visit(view: View, current: OpenSet, number: int) -> bool:
    """Show a case up to the first visit without a commitment; return whether all its visits have one."""
    case = current.report.case_set.cases[number - 1]
    for stage in the_practice().stages(case):
        st.html(place(place_name(case.id, stage.number, "case")))
        st.header(literal(visit_heading(stage, current.report.case_set)), anchor=False)
        played = current.report.visit(case.id, stage.number)
        _show_story(view, stage, played)
        if played.commitment is None:
            _ask(current, stage, played)
            _commit(current, stage, played)
            return False
        st.html(join([place(place_name(case.id, stage.number, "answer")), feedback_articles(_feedback(current, stage, played))]))
    return True


def _show_story(view: View, stage: Stage, played: VisitPlayed) -> None:
    st.markdown(literal(" ".join(stage.presentation)))
    st.markdown(f"**{literal(guidance_words(stage))}**")
    knowledge = stage.pathway.knowledge
    known = [name for name in knowledge.findings if name in stage.known_findings]
    names = [*known, *(name for name in played.asked if name not in stage.known_findings)]
    rows = stage.answer_rows(names, view.finding_label)
    st.table({"Known": [literal(names) for names, _ in rows], "Answer": [literal(answer) for _, answer in rows]})


def _ask(current: OpenSet, stage: Stage, played: VisitPlayed) -> None:
    """The questions that are left, by group."""
    knowledge = stage.pathway.knowledge
    left = [name for name in stage.askable if name not in played.asked]
    titles = {group.id: group.title for group in knowledge.groups}
    with st.form(_key(current, stage, "ask")):
        st.subheader("Ask", anchor=False)
        chosen = list[str]()
        for group, names in groupby(left, lambda name: knowledge.findings[name].group):
            st.markdown(f"**{literal(titles[group])}**")
            questions = {name: literal(knowledge.findings[name].question) for name in names}
            chosen += [name for name, asks in questions.items() if st.checkbox(asks, key=_key(current, stage, f"ask {name}"))]
        if st.form_submit_button("Ask these") and chosen:
            _keep(current, stage, played.model_copy(update={"asked": (*played.asked, *chosen)}))


def _commit(current: OpenSet, stage: Stage, played: VisitPlayed) -> None:
    """The commitment: place, reason, options, reason."""
    knowledge, options = stage.pathway.knowledge, stage.case.options
    places = [literal(place_title(route, step, knowledge)) for route, step in knowledge.places]
    with st.form(_key(current, stage, "commit")):
        st.subheader("Decide", anchor=False)
        place = _choice(ASK_PLACE, places, _key(current, stage, "place"))
        reason = _choice(ASK_REASON, _reasons(stage, stage.reasons), _key(current, stage, "reason"))
        st.markdown(ASK_OPTIONS)
        keys = {name: _key(current, stage, f"applies {name}") for name in options}
        ticked = [name for name, key in keys.items() if st.checkbox(knowledge.options[name].name, key=key)]
        option_reason = _choice(stage.ask_option_reason, _reasons(stage, stage.option_reasons), _key(current, stage, "why"))
        if st.form_submit_button("Decide"):
            if place is None or reason is None or option_reason is None:
                st.warning(INCOMPLETE)
                return
            route, step = knowledge.places[place]
            rules = {"reason": stage.reasons[reason], "option_reason": stage.option_reasons[option_reason]}
            commitment = Commitment(route=route, step=step, applies=tuple(ticked), **rules)
            current.arrival = place_name(stage.case.id, stage.number, "answer")
            _keep(current, stage, played.model_copy(update={"commitment": commitment}))


def _choice(label: str, words: list[str], key: str) -> int | None:
    return st.radio(label, range(len(words)), index=None, format_func=words.__getitem__, key=key)


def _reasons(stage: Stage, rules: Iterable[str]) -> list[str]:
    return [literal(stage.reason_text(rule)) for rule in rules]


def _keep(current: OpenSet, stage: Stage, played: VisitPlayed) -> None:
    """Keep what was done at a visit; the address says from now on that a reload would lose something."""
    write_parameter(BEGUN_PARAM, "1")
    current.report = current.report.with_visit(stage.case.id, stage.number, played)
    st.rerun()


def _feedback(current: OpenSet, stage: Stage, played: VisitPlayed) -> tuple[Block, ...]:
    """The feedback on a visit, kept with the open set: it never changes."""
    if played.commitment is None:
        return ()
    key = (stage.case.id, stage.number)
    if key not in current.feedback:
        current.feedback[key] = feedback_blocks(stage, played.commitment, played.asked)
    return current.feedback[key]


def feedback_articles(blocks: Iterable[Block]) -> Html:
    """Markup: each part of the feedback as an article."""
    return join(_block(block) for block in blocks)


def _block(block: Block) -> Html:
    return el("article", el("h3", block.heading), *(el("p", line) for line in block.lines), class_=f"feedback {block.kind}")


def _key(current: OpenSet, stage: Stage, part: str) -> str:
    """The key of a widget: another set, case or visit has widgets of its own."""
    return f"{part} {current.report.case_set.hash} {stage.case.id} {stage.number}"
