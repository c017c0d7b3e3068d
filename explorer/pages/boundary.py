"""The boundary between two results: for each finding, a pair of scenarios that differ in that answer alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pathway
from explorer.markup.html import Child, Html, el, heading, items
from explorer.markup.icons import icon
from explorer.pages.atlas_query import AtlasQuery, select_box, value_words
from explorer.pages.explore.view import View
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.scenarios.walk import Pairs, hashable

if TYPE_CHECKING:  # as in atlas
    from pathway.proof import Line


def boundary(view: View, query: AtlasQuery) -> Html:
    """The form for the two results, and the pairs once both are chosen."""
    from pathway.proof.subjects import possible_values

    words = {name: value_words(view, name) for name in possible_values(query.subject, view.knowledge) if name != UNDETERMINED}
    to_value = query.to_value or next(reversed(words))  # so that the form shows two different results at first
    sides = [select_box("line-one", "From", words, query.from_value), select_box("line-other", "To", words, to_value)]
    go = el(
        "button", "Show pairs", type="button", class_="quiet", data_do="boundary", data_fields="line-one line-other", id="line-go"
    )
    lead = el("p", "These pairs differ in a single answer.", class_="small")
    form = el("div", *sides, go, class_="atlas-asked")
    result = _pairs(view, query) if query.from_value and query.to_value else None
    return el(
        "section", heading(2, "Where the result changes"), lead, form, result, class_="box", aria_label="Where the result changes"
    )


@lru_cache(maxsize=64)
def _cached_boundary(subject: str, from_value: str, to_value: str, guidance: str, assumptions: Pairs) -> tuple[Line, ...]:
    from pathway.proof import line_between

    return line_between(pathway.load(), subject, from_value, to_value, guidance, dict(assumptions))


def _pairs(view: View, query: AtlasQuery) -> Html:
    try:
        pairs = _cached_boundary(
            query.subject, query.from_value, query.to_value, view.state.guidance, hashable(view.state.assumptions)
        )
    except pathway.Unusable as error:
        return el("p", icon("contraindicated"), " ".join(fault.says for fault in error.faults), class_="warning")
    if not pairs:
        return el("p", "No single answer changes one into the other.")
    return items((_pair(view, pair) for pair in pairs), class_="changes")


def _pair(view: View, pair: Line) -> Html:
    first, second = pair.witness.people
    name = view.finding_label(pair.finding)
    sides = [_side(view, name, pair.finding, who) for who in (first, second)]
    tokens = [view.token_of(who) for who in (first, second)]
    both = el(
        "a", "Compare both", href=f"./compare?s={tokens[1]}&t={tokens[0]}",
        data_go="compare", data_token=tokens[1], data_against=tokens[0],
    )  # fmt: skip
    arrow = [el("span", " becomes ", class_="sr"), icon("next")]
    shared = [finding for finding in pair.witness.unusual if finding != pair.finding]
    where = "; ".join(
        f"{view.finding_label(finding)}: {view.answer_words(finding, first[finding]).lower()}" for finding in shared
    )
    head = el("p", el("b", name), " ", sides[0], *arrow, sides[1], " ", both, class_="change")
    return el(
        "div", head, el("p", f"Both have: {where}." if where else "All other answers are the reassuring ones.", class_="small")
    )


def _side(view: View, name: str, finding: str, who: dict[str, str | int]) -> Child:
    token = view.token_of(who)
    words = [view.answer_words(finding, who[finding]), el("span", f": open the scenario with this {name.lower()}", class_="sr")]
    return el("a", *words, href=f"./?s={token}", data_go="explore", data_token=token)
