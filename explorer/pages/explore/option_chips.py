"""The options of a rung as chips, one row for each verdict."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.markup.html import Html, el, items, on_lines
from explorer.markup.icons import icon
from explorer.pages.explore.verdicts import DIFFERS, VERDICT_ORDER, Badge, badge_of, is_disputed, reading_markers
from explorer.pages.explore.view import View
from explorer.per_pathway import per_pathway


def option_chips(view: View, options: Iterable[str]) -> list[Html]:
    """One row for each verdict of these options. Those that apply only by the page have a row of their own."""
    chips: dict[Badge, list[Html]] = {}
    results = view.result.options
    for name in sorted(options, key=lambda name: (VERDICT_ORDER.index(results[name].verdict), is_disputed(view, results[name]))):
        verdict = badge_of(view, results[name])
        row = Badge(DIFFERS, f"{view.reading_titles} differ", verdict.firm) if is_disputed(view, results[name]) else verdict
        chips.setdefault(row, []).append(_chip(view, name, verdict.words))
    return [_row(verdict, row_chips) for verdict, row_chips in chips.items()]


def _row(verdict: Badge, chips: list[Html]) -> Html:
    css_class = f"row v-{verdict.shape}" + ("" if verdict.firm else " unsure")
    head = el("p", icon(verdict.shape), verdict.words, class_="verdict", title=verdict.note or None)
    return el("div", head, items(chips, class_="chips"), class_=css_class)


def _chip(view: View, name: str, words: str) -> Html:
    return _drawn_chip(name, view.knowledge.options[name].name, words, reading_markers(view, view.result.options[name]))


@per_pathway(maxsize=2048)  # most are as they were before the last answer
def _drawn_chip(name: str, title: str, words: str, marks: tuple[str, ...]) -> Html:
    positions = el("span", on_lines(marks), class_="positions") if marks else None
    label = [el("span", title), el("span", f": {words}. " if marks else f": {words}", class_="sr"), positions]
    return el("button", *label, type="button", class_="chip", data_open=name, id=f"chip-{name}", aria_haspopup="dialog")
