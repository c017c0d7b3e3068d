"""The boundary between two results: for each finding, a pair of scenarios that differ in that answer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import pathway
from explorer.links.browser_address import COMPARE_PARAM, SCENARIO_PARAM
from explorer.markup.html import Html, el, items, join
from explorer.pages.atlas_query import AtlasQuery, value_words
from explorer.pages.explore.view import View
from explorer.pages.shell import page_link
from explorer.per_pathway import per_pathway
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.scenarios.walk import Pairs, hashable

if TYPE_CHECKING:  # as in atlas
    from pathway.proof import Line


def boundary(view: View, query: AtlasQuery) -> None:
    """The boxes for the two results, and the pairs once both are chosen. Raises Unusable for unknown results."""
    from pathway.proof.subjects import possible_values

    st.header("Where the result changes", anchor=False)
    st.markdown("These pairs differ in a single answer.")
    words = {name: value_words(view, name) for name in possible_values(query.subject, view.knowledge) if name != UNDETERMINED}
    left, right = st.columns(2)
    query.box(left, "From", "from_value", words, "A result")
    query.box(right, "To", "to_value", words, "A result")
    if query.from_value and query.to_value:
        ends = query.subject, query.from_value, query.to_value
        with st.spinner("Looking for pairs …"):
            pairs = _cached_boundary(ends, view.state.guidance, hashable(view.state.assumptions))
        _pairs(view, {view.finding_label(pair.finding): pair for pair in pairs})


@per_pathway(maxsize=64)
def _cached_boundary(ends: tuple[str, str, str], guidance: str, assumptions: Pairs) -> tuple[Line, ...]:
    from pathway.proof import line_between

    return line_between(pathway.load(), *ends, guidance, dict(assumptions))


def _pairs(view: View, pairs: dict[str, Line]) -> None:
    """The pairs, and for one of them, which a box chooses, links to both scenarios."""
    if not pairs:
        st.markdown("No single answer changes one into the other.")
        return
    st.html(items(_pair(view, name, pair) for name, pair in pairs.items()))
    pair = pairs[st.selectbox("Open the pair that differs in", pairs)]
    first, second = (view.token_of(who) for who in pair.witness.people)
    with st.container(key="pair", gap="xsmall"):
        for token, answer in zip((first, second), _answers(view, pair), strict=True):
            page_link("", f"Open {answer.lower()}", **{SCENARIO_PARAM: token})
        page_link("compare", "Compare both", **{SCENARIO_PARAM: second, COMPARE_PARAM: first})


def _pair(view: View, name: str, pair: Line) -> Html:
    """The finding, its answer on either side, and the answers besides the reassuring ones that both have."""
    first, _ = pair.witness.people
    shared = [finding for finding in pair.witness.unusual if finding != pair.finding]
    both = "; ".join(f"{view.finding_label(name)}: {view.answer_words(name, first[name]).lower()}" for name in shared)
    line = el("p", el("b", name), ": ", " becomes ".join(_answers(view, pair)))
    return join([line, el("p", f"Both have: {both}." if both else "All other answers are the reassuring ones.")])


def _answers(view: View, pair: Line) -> list[str]:
    return [view.answer_words(pair.finding, who[pair.finding]) for who in pair.witness.people]
