"""The boundary between two results: for each finding, a pair of scenarios that differ in that answer alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

import pathway
from explorer.links.address import PARAMETER
from explorer.links.browser_address import COMPARE_PARAM
from explorer.markup.html import Html, el, items, join
from explorer.pages.atlas_query import PARAMETER as ATLAS_PARAM
from explorer.pages.atlas_query import AtlasQuery, value_words
from explorer.pages.explore.view import View
from explorer.pages.shell import choice, page_link, write_parameter
from explorer.per_pathway import per_pathway
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.scenarios.walk import Pairs, hashable

if TYPE_CHECKING:  # as in atlas
    from pathway.proof import Line


def boundary(view: View, query: AtlasQuery) -> None:
    """The boxes for the two results, and the pairs once both are chosen. Raises Unusable for results that there are not."""
    from pathway.proof.subjects import possible_values

    st.header("Where the result changes", anchor=False)
    st.markdown("These pairs differ in a single answer.")
    words = {name: value_words(view, name) for name in possible_values(query.subject, view.knowledge) if name != UNDETERMINED}
    left, right = st.columns(2)
    with left:
        choice("From", words, query.from_value, lambda value: _write(replace(query, from_value=value or "")), "A result")
    with right:
        choice("To", words, query.to_value, lambda value: _write(replace(query, to_value=value or "")), "A result")
    if query.from_value and query.to_value:
        with st.spinner("Looking for pairs …"):
            pairs = _cached_boundary(
                query.subject, query.from_value, query.to_value, view.state.guidance, hashable(view.state.assumptions)
            )
        _pairs(view, pairs)


def _write(query: AtlasQuery) -> None:
    write_parameter(ATLAS_PARAM, query.encoded)


@per_pathway(maxsize=64)
def _cached_boundary(subject: str, from_value: str, to_value: str, guidance: str, assumptions: Pairs) -> tuple[Line, ...]:
    from pathway.proof import line_between

    return line_between(pathway.load(), subject, from_value, to_value, guidance, dict(assumptions))


def _pairs(view: View, pairs: tuple[Line, ...]) -> None:
    """The pairs, and for one of them, which a box chooses, links to both scenarios."""
    if not pairs:
        st.markdown("No single answer changes one into the other.")
        return
    st.html(items(_pair(view, pair) for pair in pairs))
    names = [view.finding_label(pair.finding) for pair in pairs]
    pair = pairs[st.selectbox("Open the pair that differs in", range(len(pairs)), format_func=names.__getitem__)]
    first, second = (view.token_of(who) for who in pair.witness.people)
    with st.container(key="pair", gap="xsmall"):
        for token, answer in zip((first, second), _answers(view, pair), strict=True):
            page_link("", f"Open {answer.lower()}", **{PARAMETER: token})
        page_link("compare", "Compare both", **{PARAMETER: second, COMPARE_PARAM: first})


def _pair(view: View, pair: Line) -> Html:
    """The finding, its answer on either side, and the answers besides the reassuring ones that both have."""
    first, _ = pair.witness.people
    shared = [finding for finding in pair.witness.unusual if finding != pair.finding]
    both = "; ".join(f"{view.finding_label(name)}: {view.answer_words(name, first[name]).lower()}" for name in shared)
    line = el("p", el("b", view.finding_label(pair.finding)), ": ", " becomes ".join(_answers(view, pair)))
    return join([line, el("p", f"Both have: {both}." if both else "All other answers are the reassuring ones.")])


def _answers(view: View, pair: Line) -> list[str]:
    return [view.answer_words(pair.finding, who[pair.finding]) for who in pair.witness.people]
