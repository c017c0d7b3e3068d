"""The Atlas page: how many of all possible scenarios lead to each result, and pairs on the boundary between two results."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pathway
from explorer.markup.html import Child, Html, el, heading
from explorer.markup.icons import icon, sprite
from explorer.markup.words import capitalise, pluralise
from explorer.pages.atlas_query import ALL, LADDER, THIS, AtlasQuery, fixed_answers, select_box, value_words
from explorer.pages.boundary import boundary
from explorer.pages.explore.foundations import changed_assumptions
from explorer.pages.explore.frame import header
from explorer.pages.explore.glossary_popovers import glossary_popovers
from explorer.pages.explore.view import View
from explorer.session.page_parts import PageParts, slot
from pathway.scenarios.walk import Pairs, hashable

if TYPE_CHECKING:  # the solver's package is slow to load, and most visits never need it
    from pathway.proof import Atlas
    from pathway.proof.counting.atlas_result import Cell

WORK_NAME = "atlas"
PARTS = ("asked", "drawn", "lines")
SCENARIO_CHOICES = {LADDER: "On the ladder", ALL: "All", THIS: "Like the current one"}


def atlas(view: View, query: AtlasQuery) -> PageParts:
    """The page: the form, then the table of counts and the boundary once the browser has asked for them."""
    words = f"Every possible scenario, counted. Guidance: {view.guidance_name(view.state.guidance)}."
    lead = el("p", words, class_="small")
    frame = el(
        "div",
        sprite(),
        glossary_popovers(),
        slot("head"),
        el("div", heading(1, "Atlas"), lead, changed_assumptions(view), *(slot(name) for name in PARTS), class_="reading-page"),
        slot("foot"),
    )
    parts = {"head": header(view, "atlas"), "asked": _form(view, query)}
    if view.pending_work != WORK_NAME:
        return PageParts(frame, {**parts, "drawn": el("p", icon("later"), "Counting …", role="status", data_wait=WORK_NAME)})
    return PageParts(frame, {**parts, "drawn": _result(view, query), "lines": boundary(view, query)})


def _form(view: View, query: AtlasQuery) -> Html:
    findings = {name: view.finding_label(name) for name in view.knowledge.findings}
    subjects = {
        "step": "The step",
        "route": "The route",
        **{name: option.name for name, option in view.knowledge.options.items()},
    }
    fields = [
        select_box("atlas-of", "Result", subjects, query.subject),
        select_box("atlas-across", "Across", findings, query.across),
        select_box("atlas-down", "Down", findings, query.down),
        select_box("atlas-fixed", "Scenarios", SCENARIO_CHOICES, query.fixed),
    ]
    names = "atlas-of atlas-across atlas-down atlas-fixed"
    go = el("button", "Show", type="button", class_="primary", data_do="atlas", data_fields=names, id="atlas-go")
    return el("section", *fields, go, class_="box atlas-asked", aria_label="Atlas settings")


@lru_cache(maxsize=64)
def _cached_atlas(query: AtlasQuery, fixed: Pairs, guidance: str, assumptions: Pairs) -> Atlas:
    from pathway.proof import atlas as counted_exactly

    knowledge, on_ladder = pathway.load(), query.fixed == LADDER
    return counted_exactly(
        knowledge, query.across, query.down, query.subject, dict(fixed), guidance, dict(assumptions), on_ladder
    )


def _result(view: View, query: AtlasQuery) -> Html:
    try:
        counted = _cached_atlas(
            query, hashable(fixed_answers(view, query)), view.state.guidance, hashable(view.state.assumptions)
        )
    except pathway.Unusable as error:
        return el("p", icon("contraindicated"), " ".join(fault.says for fault in error.faults), class_="warning")
    if not counted.total:
        return el("p", "No scenario has these answers: they can’t go together.", class_="box")
    return el("section", _legend(view, counted), _table(view, query, counted), class_="box", aria_label="Counts")


def _legend(view: View, counted: Atlas) -> Html:
    values = dict.fromkeys(value for cell in counted.cells for value in cell.counts)
    shown = [el("span", icon(_shape(value)), value_words(view, value), class_=f"badge v-{_shape(value)}") for value in values]
    words = f"{counted.total:,} scenarios. Numbers that no rule tells apart count once. A percentage opens an example."
    not_people = " These count combinations of answers, not patients: they do not show how common anything is."
    return el("div", el("p", *shown, class_="verdict-line"), el("p", words, not_people, class_="small"))


def _shape(value: str) -> str:
    return "on_hold" if value == "none" else value


def _table(view: View, query: AtlasQuery, counted: Atlas) -> Html:
    across, down = (view.finding_label(name) for name in counted.axes)
    top = [el("th", _axis_label(view, counted.axes[0], answer), scope="col") for answer in counted.across]
    head = el("thead", el("tr", el("td", ""), *top))
    cells = iter(counted.cells)
    rows = [
        el(
            "tr",
            el("th", _axis_label(view, counted.axes[1], row), scope="row"),
            *(_cell(view, next(cells)) for _ in counted.across),
        )
        for row in counted.down
    ]
    says = f"{_subject(view, query)}: {across} from left to right, {down.lower()} from top to bottom"
    table = el("table", head, el("tbody", *rows), class_="atlas", aria_label=says)
    return el("div", el("p", el("b", says)), el("div", table, class_="table", tabindex="0", role="region", aria_label=says))


def _subject(view: View, query: AtlasQuery) -> str:
    return (
        view.knowledge.options[query.subject].name
        if query.subject in view.knowledge.options
        else capitalise(f"the {query.subject}")
    )


def _axis_label(view: View, finding: str, answer: str) -> str:
    whole = view.knowledge.findings[finding].whole
    return f"{answer} {whole.unit}" if whole and answer != "1" else view.answer_words(finding, int(answer) if whole else answer)


def _cell(view: View, cell: Cell) -> Html:
    if not cell.total:
        return el("td", el("span", "not possible", class_="small"))
    bars = [el("i", class_=f"bar v-{_shape(value)}", style=f"flex-grow:{count}") for value, count in cell.counts.items()]
    shares = [_share(view, cell, value) for value in cell.counts]
    return el("td", el("div", *bars, class_="bars", aria_hidden="true"), el("ul", *(el("li", share) for share in shares)))


def _share(view: View, cell: Cell, value: str) -> Child:
    """A percentage that links to an example scenario."""
    count = cell.counts[value]
    says = f" {value_words(view, value)}: {pluralise(count, 'scenario')} of {cell.total:,}. Open an example"
    words = [icon(_shape(value)), percent(count, cell.total), el("span", says, class_="sr")]
    token = view.token_of(cell.examples[value])
    return el("a", *words, href=f"./?s={token}", data_go="explore", data_token=token, class_=f"share v-{_shape(value)}")


def percent(count: int, total: int) -> str:
    """A share in whole per cent; never "0 %" for a count above zero, nor "100 %" for less than all."""
    if count == total:
        return "all"
    share = 100 * count / total
    return "under 1 %" if share < 1 else "over 99 %" if share > 99 else f"{share:.0f} %"
