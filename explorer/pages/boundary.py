"""The line between two values: for each finding that can draw it, two scenarios that differ in that answer alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pathway
from explorer.instrument.view import View
from explorer.markup.html import Child, Html, el, heading, items
from explorer.markup.icons import icon
from explorer.pages.atlas_query import AtlasQuery, select_box, value_words
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.scenarios.walk import Pairs, paired

if TYPE_CHECKING:  # as in atlas
    from pathway.proof import Line


def boundary(view: View, asked: AtlasQuery) -> Html:
    """The two values to choose, and the lines between them once they are chosen."""
    from pathway.proof.subjects import values_of

    words = {name: value_words(view, name) for name in values_of(asked.of, view.knowledge) if name != UNDETERMINED}
    other = asked.other or next(reversed(words))  # a line has two sides, from the start
    sides = [select_box("line-one", "From", words, asked.one), select_box("line-other", "To", words, other)]
    go = el(
        "button", "Show pairs", type="button", class_="quiet", data_do="boundary", data_fields="line-one line-other", id="line-go"
    )
    lead = el("p", "These pairs differ in a single answer.", class_="small")
    form = el("div", *sides, go, class_="atlas-asked")
    found = _pairs(view, asked) if asked.one and asked.other else None
    return el(
        "section", heading(2, "Where the result changes"), lead, form, found, class_="box", aria_label="Where the result changes"
    )


@lru_cache(maxsize=64)
def _cached_boundary(of: str, one: str, other: str, guidance: str, assumptions: Pairs) -> tuple[Line, ...]:
    from pathway.proof import line_between

    return line_between(pathway.load(), of, one, other, guidance, dict(assumptions))


def _pairs(view: View, asked: AtlasQuery) -> Html:
    try:
        found = _cached_boundary(asked.of, asked.one, asked.other, view.state.guidance, paired(view.state.assumptions))
    except pathway.Unusable as error:
        return el("p", icon("contraindicated"), " ".join(fault.says for fault in error.faults), class_="warning")
    if not found:
        return el("p", "No single answer changes one into the other.")
    return items((_pair(view, one) for one in found), class_="changes")


def _pair(view: View, found: Line) -> Html:
    first, second = found.witness.people
    name = view.finding_label(found.finding)
    sides = [_side(view, name, found.finding, who) for who in (first, second)]
    tokens = [view.token_of(who) for who in (first, second)]
    both = el(
        "a", "Compare both", href=f"./compare?s={tokens[1]}&t={tokens[0]}",
        data_go="compare", data_token=tokens[1], data_against=tokens[0],
    )  # fmt: skip
    arrow = [el("span", " becomes ", class_="sr"), icon("next")]
    shared = [one for one in found.witness.unusual if one != found.finding]
    where = "; ".join(f"{view.finding_label(one)}: {view.answer_words(one, first[one]).lower()}" for one in shared)
    head = el("p", el("b", name), " ", sides[0], *arrow, sides[1], " ", both, class_="change")
    return el("div", head, el("p", f"Both have: {where}." if where else "Both have no other unusual answers.", class_="small"))


def _side(view: View, name: str, finding: str, who: dict[str, str | int]) -> Child:
    token = view.token_of(who)
    words = [view.answer_words(finding, who[finding]), el("span", f": open the scenario with this {name.lower()}", class_="sr")]
    return el("a", *words, href=f"./?s={token}", data_go="explore", data_token=token)
