"""The charts of the Population page: a bar for each place, and the flow of people to other places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pathway.phrases import sentence_case

if TYPE_CHECKING:  # slow to load, and most visits never need it
    import altair as alt

BAR, AXIS = 34, 110
"""Pixels: the height of a bar, and of the axis and the legend."""
COLOURS = ("#0072b2", "#d55e00", "#e69f00", "#cc79a7", "#999999", "#56b4e9", "#009e73")
"""Seven colours that colour-blind people can distinguish (Okabe and Ito), one for each verdict."""
FLOW_HEIGHT = 340
SIDES = [-1.1, 2.1]
"""What the flow is drawn on, the bands from 0 to 1: beside them a phone has room for the names of the places."""
CURVE = (0.0, 0.35, 0.65, 1.0)
"""Where along its way a band is level, begins to bend, ends bending, and is level again."""
GAP = 0.012
"""Between two places of the flow, as a share of its height."""


def bars(counts: Mapping[tuple[str, str], int], places: Sequence[str], colours: Mapping[str, str], several: str) -> alt.Chart:
    """Return a bar for each place, stacked by value. Both are in words; `colours` has the values in the order of the stack.

    `several`: what is counted, in words.
    """
    import altair as alt

    values = [value for value in colours if value in {value for _, value in counts}]
    marks = [
        {"place": place, "value": value, "people": number, "order": values.index(value)}
        for (place, value), number in counts.items()
    ]
    shades = alt.Scale(domain=list(values), range=[colours[value] for value in values])
    bar: alt.Chart = (
        alt.Chart(alt.InlineData(values=marks), height=bars_height(places))
        .mark_bar()
        .encode(
            x=alt.X("people:Q", title=sentence_case(several), axis=alt.Axis(tickMinStep=1, format=",d")),
            y=alt.Y("place:N", title=None, sort=list(places), axis=alt.Axis(labelLimit=220)),
            color=alt.Color("value:N", title=None, scale=shades, legend=alt.Legend(orient="bottom", columns=2)),
            order=alt.Order("order:Q"),
            tooltip=["place:N", "value:N", alt.Tooltip("people:Q", title=several)],
        )
    )
    return bar


def bars_height(places: Sequence[str]) -> int:
    """The height in pixels that is kept free for the bars."""
    return BAR * len(places) + AXIS


def flow(moves: Mapping[tuple[str, str], int], places: Sequence[str], several: str) -> alt.LayerChart:
    """Return bands from the present places, on the left, to the new ones, on the right. `several`: what is counted, in words."""
    import altair as alt

    marks, x = list(bands(moves, places)), alt.X("x:Q", axis=None, scale=alt.Scale(domain=SIDES))
    band = (
        alt.Chart(alt.InlineData(values=marks))
        .mark_area(interpolate="monotone", opacity=0.55)
        .encode(
            x=x,
            y=alt.Y("low:Q", axis=None),
            y2="high:Q",
            color=alt.Color("from:N", sort=list(places), legend=None),
            detail="band:N",
            tooltip=["from:N", "to:N", alt.Tooltip("people:Q", title=several)],
        )
    )
    return alt.LayerChart(layer=[band, *_name_layers(marks, x)], height=FLOW_HEIGHT)


def _name_layers(marks: Sequence[Mapping[str, Any]], x: alt.X) -> list[alt.Chart]:
    """Return the names of the places on either side of the bands."""
    import altair as alt

    left, right = (alt.Chart(alt.InlineData(values=_names(marks, side))) for side in (0.0, 1.0))
    where = {"x": x, "y": "y:Q", "text": "name:N", "color": alt.value("currentColor")}
    return [
        left.mark_text(align="right", dx=-8, fontSize=11).encode(**where),
        right.mark_text(align="left", dx=8, fontSize=11).encode(**where),
    ]


def bands(moves: Mapping[tuple[str, str], int], places: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the points of each band. On either side the bands of a place lie together, in the order of the places."""
    total = sum(moves.values())
    ordered = sorted(moves, key=lambda pair: tuple(map(places.index, pair)))
    left = _stacked(moves, ordered, total, side=0)
    right = _stacked(moves, sorted(ordered, key=lambda pair: places.index(pair[1])), total, side=1)
    for number, pair in enumerate(ordered):
        for x in CURVE:
            top = left[pair] if x < 0.5 else right[pair]
            high = top - moves[pair] / total
            yield {"band": number, "from": pair[0], "to": pair[1], "people": moves[pair], "x": x, "low": high, "high": top}


def _stacked(
    moves: Mapping[tuple[str, str], int], ordered: Sequence[tuple[str, str]], total: int, side: int
) -> dict[tuple[str, str], float]:
    """Return the upper edge of each band on one side, from the top downwards."""
    edges: dict[tuple[str, str], float] = {}
    edge, place = 1.0, ""
    for pair in ordered:
        edge -= GAP if place and pair[side] != place else 0.0
        edges[pair], place = edge, pair[side]
        edge -= moves[pair] / total
    return edges


def _names(marks: Sequence[Mapping[str, Any]], side: float) -> list[dict[str, Any]]:
    """Return the name and the number of people of each place on one side, at the middle of its bands."""
    word = "from" if side == 0.0 else "to"
    names = []
    for place in dict.fromkeys(mark[word] for mark in marks if mark["x"] == side):
        ends = [mark for mark in marks if mark["x"] == side and mark[word] == place]
        middle = (max(mark["high"] for mark in ends) + min(mark["low"] for mark in ends)) / 2
        names.append({"x": side, "name": f"{place}: {sum(mark['people'] for mark in ends):,}", "y": middle})
    return names
