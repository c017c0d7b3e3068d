"""The Atlas page: how many of all possible scenarios lead to each result, and pairs on the boundary between two results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import streamlit as st

import pathway
from explorer.links.browser_address import ATLAS_PARAM, SCENARIO_PARAM
from explorer.markup.words import literal
from explorer.pages.atlas_query import ALL, LADDER, THIS, AtlasQuery, query_from_address, value_words
from explorer.pages.boundary import boundary
from explorer.pages.explore.view import View
from explorer.pages.shell import changed_assumptions, chart, page_link, parameter, refusals, table, write_parameter
from explorer.per_pathway import per_pathway
from pathway.knowledge.vocabulary import ROUTE, STEP
from pathway.phrases import percent, pluralise
from pathway.scenarios.walk import Pairs, hashable

if TYPE_CHECKING:  # slow to load, and most visits never need them
    import altair as alt

    from pathway.proof import Atlas, Cell

SCENARIO_CHOICES = {LADDER: "On the ladder", ALL: "All", THIS: "Like the current one"}
FILL, INK = "light-dark(#0b6b63, #5fd0c3)", "currentColor"
"""The colour of a cell, in the light and in the dark theme, and of its words."""
OPACITY = [0.0, 0.5]
"""How much of the colour is in a cell with none of the scenarios, and with all. The words are readable on both."""
ROW, AXIS, LETTER = 36, 45, 6
"""Pixels: the height of a row of the map, of its axis without the labels, and the width of a letter of a label."""
MOST_LETTERS = 28
"""How many letters of a turned label are shown."""


def atlas_page(view: View) -> None:
    """The page."""
    query = query_from_address(parameter(ATLAS_PARAM), view.knowledge)
    st.markdown(f"Every possible scenario, counted. Guidance: {view.guidance_name(view.state.guidance)}.")
    if changed_assumptions(view):
        st.button("Reset assumptions", on_click=write_parameter, args=(SCENARIO_PARAM, view.with_defaults().token))
    _form(view, query)
    with refusals():
        with st.spinner("Counting …"):
            counted = _counted(view, query)
        _result(view, query, counted)
        boundary(view, query)


def _form(view: View, query: AtlasQuery) -> None:
    left, right = st.columns(2)
    query.box(left, "Result", "subject", _subjects(view), from_value="", to_value="")
    query.box(right, "Scenarios", "fixed", SCENARIO_CHOICES)
    query.box(left, "Across", "across", _findings(view, query.down))
    query.box(right, "Down", "down", _findings(view, query.across))


def _subjects(view: View) -> dict[str, str]:
    return {STEP: "The step", ROUTE: "The route", **{option.id: option.name for option in view.knowledge.options.values()}}


def _findings(view: View, other_axis: str) -> dict[str, str]:
    """The findings for one axis: all but the one on the other axis."""
    return {name: view.finding_label(name) for name in view.knowledge.findings if name != other_axis}


def _counted(view: View, query: AtlasQuery) -> Atlas:
    kept = hashable(view.answers) if query.fixed == THIS else ()
    on_ladder, assumptions = query.fixed == LADDER, hashable(view.state.assumptions)
    return _cached_atlas((query.across, query.down, query.subject), kept, view.state.guidance, assumptions, on_ladder)


@per_pathway(maxsize=64)
def _cached_atlas(
    axes_and_subject: tuple[str, str, str], kept: Pairs, guidance: str, assumptions: Pairs, on_ladder: bool
) -> Atlas:
    from pathway.proof import atlas

    return atlas(pathway.load(), *axes_and_subject, dict(kept), guidance, dict(assumptions), on_ladder)


def _result(view: View, query: AtlasQuery, counted: Atlas) -> None:
    if not counted.total:
        st.markdown("No scenario has these answers: they can’t go together.")
        return
    across, down = map(view.finding_label, counted.axes)
    says = f"{_subjects(view)[query.subject]}: {across} from left to right, {down.lower()} from top to bottom"
    st.header(literal(says), anchor=False)
    words = f"{counted.total:,} scenarios. Numbers that no rule tells apart count once."
    cases = view.knowledge.outline.case.counted
    st.markdown(f"{words} These count combinations of answers, not {cases}: they do not show how common anything is.")
    _map(view, counted, f"{says}. The table below has the same numbers.")
    table(columns(view, counted))
    _examples(view, counted)


def _map(view: View, counted: Atlas, says: str) -> None:
    """The heat map: a row for each answer down and each result. The more scenarios a cell has, the more colour."""
    import altair as alt

    cells_of_map = list(marks(view, counted))
    order = [view.answer_words(counted.axes[0], answer) for answer in counted.across]
    longest, across = max(map(len, order)), view.finding_label(counted.axes[0])
    height = ROW * len({mark["row"] for mark in cells_of_map}) + AXIS + LETTER * min(longest, MOST_LETTERS)
    in_two_lines = alt.Axis(labelExpr="split(datum.label, ': ')", labelLimit=120, labelOffset=-6)
    cells = alt.Chart(alt.InlineData(values=cells_of_map), height=height).encode(
        alt.X("across:N", title=across, sort=order, axis=_axis_across(LETTER * longest * len(order))),
        alt.Y("row:N", title=None, sort=None, axis=in_two_lines),
    )
    shade = alt.FillOpacity("portion:Q", scale=alt.Scale(domain=[0, 1], range=OPACITY), legend=None)
    size = alt.ExprRef(f"clamp(width / {4 * len(order)} - 1, 9, 14)")  # the longest words, "over 99%", are 4 ems wide
    text = cells.mark_text(color=INK, fontSize=size).encode(alt.Text("share:N"))
    with st.container(height=height, border=False, key="map"):  # so that nothing below moves when it is drawn
        chart(cells.mark_rect(fill=FILL, stroke=INK).encode(shade) + text, says)


def _axis_across(room: int) -> alt.Axis:
    """The axis from left to right. Its labels are turned where the map is narrower than `room`: none is ever left out."""
    import altair as alt

    def by_width(turned: str, level: str) -> alt.ExprRef:
        return alt.ExprRef(f"width < {room} ? {turned} : {level}")

    return alt.Axis(
        labelAngle=by_width("-90", "0"), labelAlign=by_width("'right'", "'center'"), labelBaseline=by_width("'middle'", "'top'"),
        labelLimit=LETTER * MOST_LETTERS, labelOverlap=False,
    )  # fmt: skip


def marks(view: View, counted: Atlas) -> Iterator[dict[str, str | float]]:
    """The cells of the map: one for each result of a cell of the atlas, in the row of its answer down and its result."""
    across, down = counted.axes
    for cell in counted.cells:
        for value, count in cell.counts.items():
            yield {
                "across": view.answer_words(across, cell.across),
                "row": f"{view.answer_words(down, cell.down)}: {value_words(view, value).lower()}",
                "portion": count / cell.total,
                "share": percent(count, cell.total),
            }


def columns(view: View, counted: Atlas) -> dict[str, list[str]]:
    """The table: the answers to both findings, and the share of each result. Three columns, so that a phone shows them."""
    across, down = counted.axes
    return {
        view.finding_label(down): [view.answer_words(down, cell.down) for cell in counted.cells],
        view.finding_label(across): [view.answer_words(across, cell.across) for cell in counted.cells],
        "Share of each result": [", ".join(shares(view, cell).values()) or "Not possible" for cell in counted.cells],
    }


def shares(view: View, cell: Cell) -> dict[str, str]:
    """By result of a cell, its share in words."""
    return {value: f"{percent(count, cell.total)} {value_words(view, value).lower()}" for value, count in cell.counts.items()}


def _examples(view: View, counted: Atlas) -> None:
    """A box to choose a cell, and a link to an example of each of its results."""
    axes = counted.axes
    cells = {", ".join(map(view.answer_words, axes, (cell.across, cell.down))): cell for cell in counted.cells if cell.total}
    cell = cells[st.selectbox("Open an example with", cells)]
    with st.container(key="links", gap="xsmall"):
        for value, words in shares(view, cell).items():
            count = f"{cell.counts[value]:,} of {pluralise(cell.total, 'scenario')}"
            page_link("", f"{words}: {count}", **{SCENARIO_PARAM: view.token_of(cell.examples[value])})
