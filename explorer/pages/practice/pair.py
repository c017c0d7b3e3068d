"""Two decisions on one case side by side, mine and my partner's: where they differ, and then the answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

import streamlit as st

from explorer.links.browser_address import CASE_PARAM, MINE_PARAM, PARTNER_PARAM, SET_PARAM
from explorer.markup.words import literal
from explorer.pages.practice.group import BY_HASH
from explorer.pages.practice.query import set_query
from explorer.pages.practice.session import current_set
from explorer.pages.practice.sets import set_of_query
from explorer.pages.practice.visit import feedback_articles
from explorer.pages.shell import bound, page_link, parameter, refusals, write_parameter
from pathway import Unusable
from pathway.errors import Fault
from pathway.phrases import pluralise
from pathway.practice.case_set import CaseSet
from pathway.practice.commitment import Commitment
from pathway.practice.decision_code import LONGEST_PASTE, DecisionCode, decisions, read_code
from pathway.practice.feedback_words import answer_title
from pathway.practice.paper import model_answer, visit_heading
from pathway.practice.practice import the_practice
from pathway.practice.scoring import place_words
from pathway.practice.stage import Stage

NAMES = {MINE_PARAM: "Mine", PARTNER_PARAM: "My partner's"}
SET_IS_A_FILE = "This code is for a set that was opened as a file. Open that file on the Practice page first."
DIFFERENT_CASES = "The two codes are for different cases. Decide the same case, and compare again."
Decisions = tuple[tuple[Stage, Commitment], ...]


def show_pair() -> None:
    """Both decisions, once both codes are there."""
    st.markdown("Two decisions on the same practice case, side by side.")
    for name, label in NAMES.items():
        at = bound(f"code {name}", parameter(name), partial(_write, name))
        st.text_input(f"{label}: code or link", max_chars=LONGEST_PASTE, **at)
    if not (parameter(MINE_PARAM) and parameter(PARTNER_PARAM)):
        st.markdown('Paste both codes. Each is on the Practice page, below the answer to the case, under "For a group".')
        return
    with refusals():
        codes = {name: read_code(parameter(name)) for name in NAMES}
        mine, theirs = codes.values()
        if (mine.set_name, mine.case) != (theirs.set_name, theirs.case):
            st.warning(DIFFERENT_CASES)
            return
        case_set = _set_of(mine)
        both = {label: decisions(codes[name], case_set, the_practice()) for name, label in NAMES.items()}
        _show(both, case_set, mine)


def _write(name: str, pasted: str) -> None:
    """Put a code into the address: of a pasted link only the code."""
    text = pasted.strip()
    with suppress(Unusable):  # then it stays as it is, and the page shows its error
        text = read_code(text).text if text else ""
    write_parameter(name, text)


def _set_of(code: DecisionCode) -> CaseSet:
    """The set that a code names. Raises Unusable."""
    query, current = set_query(code.set_name), current_set()
    if query:
        return set_of_query(query).case_set
    if current and code.set_name == f"{BY_HASH}{current.report.case_set.hash}":
        return current.report.case_set
    raise Unusable([Fault("the code", None, SET_IS_A_FILE)])


def _show(both: dict[str, Decisions], case_set: CaseSet, code: DecisionCode) -> None:
    mine, theirs = both.values()
    for (stage, own), (_, other) in zip(mine, theirs, strict=True):
        st.header(literal(visit_heading(stage, case_set)), anchor=False)
        for label, column, commitment in zip(both, st.columns(2), (own, other), strict=True):
            with column.container(border=True, height="stretch"):
                st.subheader(label, anchor=False)
                st.markdown("\n".join(f"- **{literal(name)}**: {literal(words)}" for name, words in _words(stage, commitment)))
        differ = [
            name for (name, left), (_, right) in zip(_words(stage, own), _words(stage, other), strict=True) if left != right
        ]
        st.markdown(f"**{pluralise(len(differ), 'difference')}.** {literal('; '.join(differ))}")
        with st.expander("Show the answer"):
            st.html(feedback_articles(model_answer(stage)))
    place = {SET_PARAM: code.set_name if set_query(code.set_name) else "", CASE_PARAM: str(code.case)}
    page_link("practice", "Back to the case", **place)


def _words(stage: Stage, commitment: Commitment) -> Iterator[tuple[str, str]]:
    """Yield the parts of a decision in words."""
    knowledge = stage.pathway.knowledge
    key, *_ = stage.case.options
    yield "Where the case belongs", answer_title(place_words(commitment.route, commitment.step), knowledge)
    yield "What decides that", stage.reason_text(commitment.reason)
    ticked = [knowledge.options[name].name for name in stage.case.options if name in commitment.applies]
    yield "What applies now", "; ".join(ticked) or "None of these"
    yield f"What decides that for {knowledge.options[key].name}", stage.reason_text(commitment.option_reason)
