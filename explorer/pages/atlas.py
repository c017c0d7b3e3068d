"""The Atlas page: how many of all possible scenarios lead to each result, and pairs on the boundary between two results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

import pathway
from explorer.links.address import PARAMETER, codes
from explorer.markup.words import capitalise, literal, pluralise
from explorer.pages.atlas_query import ALL, LADDER, THIS, AtlasQuery, fixed_answers, query_from_address, value_words
from explorer.pages.atlas_query import PARAMETER as ATLAS_PARAM
from explorer.pages.boundary import boundary
from explorer.pages.explore.foundations import CHANGED_ASSUMPTIONS
from explorer.pages.explore.view import View
from explorer.pages.shell import choice, page_link, parameter, refusals, show_page, write_parameter
from explorer.per_pathway import per_pathway
from pathway.knowledge.assumptions import varied_words
from pathway.scenarios.walk import Pairs, hashable

if TYPE_CHECKING:  # slow to load, and most visits never need them
    import altair as alt

    from pathway.proof import Atlas
    from pathway.proof.counting.atlas_result import Cell

SCENARIO_CHOICES = {LADDER: "On the ladder", ALL: "All", THIS: "Like the current one"}
NOT_POSSIBLE = "Not possible"
SHADES, INK = ["#ffffff", "#5fb3a8"], "#12252b"
"""Of no scenario and of all. The ink can be read on each of them, and they can be seen in either theme."""
ROW, AXIS = 36, 60
"""Pixels: the height of a row of the map, and of its axis."""


def atlas_page() -> None:
    """The page."""
    show_page("atlas", _atlas)


def _atlas(view: View) -> None:
    query = query_from_address(parameter(ATLAS_PARAM), view.knowledge)
    st.markdown(f"Every possible scenario, counted. Guidance: {view.guidance_name(view.state.guidance)}.")
    _changed_assumptions(view)
    _form(view, query)
    with refusals():
        with st.spinner("Counting …"):
            fixed, assumptions = hashable(fixed_answers(view, query)), hashable(view.state.assumptions)
            counted = _cached_atlas(query.counted, fixed, view.state.guidance, assumptions)
        _result(view, query, counted)
    with refusals():
        boundary(view, query)


def _changed_assumptions(view: View) -> None:
    """The assumptions that differ from their defaults, and a button to reset them."""
    if words := varied_words(view.state.assumptions, view.knowledge):
        st.markdown(f"**{CHANGED_ASSUMPTIONS}**{literal(words)}.")
        usual = codes().encode(replace(view.state, assumptions={}))
        st.button("Reset assumptions", on_click=write_parameter, args=(PARAMETER, usual))


def _form(view: View, query: AtlasQuery) -> None:
    findings = {name: view.finding_label(name) for name in view.knowledge.findings}
    options = {name: option.name for name, option in view.knowledge.options.items()}

    def field(label: str, name: str, words: Mapping[str, str], **dropped: str) -> None:
        def write(chosen: str | None) -> None:
            write_parameter(ATLAS_PARAM, replace(query, **{name: chosen, **dropped}).encoded if chosen else "")

        choice(label, words, getattr(query, name), write)

    left, right = st.columns(2)
    with left:
        field("Result", "subject", {"step": "The step", "route": "The route", **options}, from_value="", to_value="")
        field("Across", "across", _without(findings, query.down))
    with right:
        field("Scenarios", "fixed", SCENARIO_CHOICES)
        field("Down", "down", _without(findings, query.across))


def _without(findings: Mapping[str, str], other_axis: str) -> dict[str, str]:
    """The findings for one axis, without the finding of the other axis."""
    return {name: words for name, words in findings.items() if name != other_axis}


@per_pathway(maxsize=64)
def _cached_atlas(query: AtlasQuery, fixed: Pairs, guidance: str, assumptions: Pairs) -> Atlas:
    from pathway.proof import atlas as counted_exactly

    knowledge, on_ladder = pathway.load(), query.fixed == LADDER
    return counted_exactly(
        knowledge, query.across, query.down, query.subject, dict(fixed), guidance, dict(assumptions), on_ladder
    )


def _result(view: View, query: AtlasQuery, counted: Atlas) -> None:
    if not counted.total:
        st.markdown("No scenario has these answers: they can’t go together.")
        return
    across, down = (view.finding_label(name) for name in counted.axes)
    subject = view.knowledge.options[query.subject].name if query.subject in view.knowledge.options else f"The {query.subject}"
    says = f"{subject}: {across} from left to right, {down.lower()} from top to bottom"
    st.header(literal(says), anchor=False)
    words = f"{counted.total:,} scenarios. Numbers that no rule tells apart count once."
    cases = view.knowledge.outline.case.counted
    st.markdown(f"{words} These count combinations of answers, not {cases}: they do not show how common anything is.")
    with st.container(height=_height(view, counted), border=False, key="map"):
        st.altair_chart(_chart(view, counted), alt=f"{says}. The table below has the same numbers.")
    st.table(table(view, counted), hide_index=True)
    _examples(view, counted)


def _chart(view: View, counted: Atlas) -> alt.LayerChart:
    """The heat map: a row for each answer down and each result, and how dark a cell is says how many scenarios have it."""
    import altair as alt

    values = [mark for cell in counted.cells for mark in marks(view, counted, cell)]
    across = alt.X("across:N", title=view.finding_label(counted.axes[0]), sort=None, axis=alt.Axis(labelAngle=0))
    row = alt.Y(
        "row:N",
        title=None,
        sort=_rows(view, counted),
        axis=alt.Axis(labelExpr="split(datum.label, ': ')", labelLimit=120, labelOffset=-6),
    )
    shade = alt.Color("portion:Q", scale=alt.Scale(domain=[0, 1], range=SHADES), legend=None)
    cells = alt.Chart(alt.InlineData(values=values)).encode(
        x=across, y=row, tooltip=["row:N", "across:N", "share:N", "scenarios:N"]
    )
    text = cells.mark_text(color=INK, fontSize=14).encode(text="share:N")
    return alt.LayerChart(layer=[cells.mark_rect(stroke=INK).encode(color=shade), text], height=_height(view, counted))


def _height(view: View, counted: Atlas) -> int:
    """The height of the map in pixels. It is kept free, so that nothing below moves when the map is drawn."""
    return ROW * len(_rows(view, counted)) + AXIS


def marks(view: View, counted: Atlas, cell: Cell) -> Iterator[dict[str, str | float]]:
    """The cells of the map for a cell of the atlas: one for each of its results."""
    for value, count in cell.counts.items():
        yield {
            "across": _axis_label(view, counted.axes[0], cell.across), "row": _row(view, counted, cell.down, value),
            "portion": count / cell.total, "share": percent(count, cell.total), "scenarios": f"{count:,} of {cell.total:,}",
        }  # fmt: skip


def _rows(view: View, counted: Atlas) -> list[str]:
    """The rows of the map, for each answer down in the order of the results."""
    values = list(dict.fromkeys(value for cell in counted.cells for value in cell.counts))
    named = {(cell.down, value) for cell in counted.cells for value in cell.counts}
    return [_row(view, counted, down, value) for down in counted.down for value in values if (down, value) in named]


def _row(view: View, counted: Atlas, down: str, value: str) -> str:
    return f"{_axis_label(view, counted.axes[1], down)}: {value_words(view, value).lower()}"


def table(view: View, counted: Atlas) -> dict[str, list[str]]:
    """The columns of the table: the answers to both findings, and the share of each result. Three, so that a phone shows them."""
    across, down = counted.axes
    return {
        view.finding_label(down): [literal(_axis_label(view, down, cell.down)) for cell in counted.cells],
        view.finding_label(across): [literal(_axis_label(view, across, cell.across)) for cell in counted.cells],
        "Share of each result": [literal(", ".join(shares(view, cell).values())) or NOT_POSSIBLE for cell in counted.cells],
    }


def shares(view: View, cell: Cell) -> dict[str, str]:
    """By result of a cell, its share in words."""
    return {value: f"{percent(count, cell.total)} {value_words(view, value).lower()}" for value, count in cell.counts.items()}


def _examples(view: View, counted: Atlas) -> None:
    """A box to choose a cell, and a link to an example of each of its results."""
    cells = [cell for cell in counted.cells if cell.total]
    number = st.selectbox("Open an example with", range(len(cells)), format_func=lambda at: _cell_label(view, counted, cells[at]))
    with st.container(key="links", gap="xsmall"):
        for value, words in shares(view, cells[number]).items():
            count = f"{cells[number].counts[value]:,} of {pluralise(cells[number].total, 'scenario')}"
            page_link("", f"{words}: {count}", **{PARAMETER: view.token_of(cells[number].examples[value])})


def _cell_label(view: View, counted: Atlas, cell: Cell) -> str:
    return ", ".join(_axis_label(view, *at) for at in zip(counted.axes, (cell.across, cell.down), strict=True))


def _axis_label(view: View, finding: str, answer: str) -> str:
    whole = view.knowledge.findings[finding].whole
    label = f"{answer} {whole.unit}" if whole and answer != "1" else view.answer_words(finding, int(answer) if whole else answer)
    return capitalise(label)


def percent(count: int, total: int) -> str:
    """A share in whole per cent; never "0 %" for a count above zero, nor "100 %" for less than all."""
    if count == total:
        return "all"
    share = 100 * count / total
    return "under 1 %" if share < 1 else "over 99 %" if share > 99 else f"{share:.0f} %"
