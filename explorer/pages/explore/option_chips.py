"""The options of a rung as chips, one row for each verdict."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from explorer.markup.html import Html, el, items
from explorer.markup.icons import icon
from explorer.pages.explore.verdicts import VERDICT_ORDER, Badge, badge_of, nice_markers
from explorer.pages.explore.view import View


def option_chips(view: View, options: Iterable[str]) -> list[Html]:
    """One row for each verdict of these options; options that NICE marks come last in their row."""
    chips: dict[Badge, list[Html]] = {}
    results = view.result.options
    for name in sorted(
        options, key=lambda name: (VERDICT_ORDER.index(results[name].verdict), bool(nice_markers(view, results[name])))
    ):
        verdict = badge_of(view, results[name])
        chips.setdefault(verdict, []).append(_chip(view, name, verdict.words))
    return [_row(verdict, hung) for verdict, hung in chips.items()]


def _row(verdict: Badge, chips: list[Html]) -> Html:
    css_class = f"row v-{verdict.shape}" + ("" if verdict.firm else " unsure")
    return el(
        "div", el("p", icon(verdict.shape), verdict.words, class_="verdict"), items(chips, class_="chips"), class_=css_class
    )


def _chip(view: View, name: str, words: str) -> Html:
    return _drawn_chip(name, view.knowledge.options[name].name, words, nice_markers(view, view.result.options[name]))


@lru_cache(maxsize=2048)  # most are as they were before the last answer
def _drawn_chip(name: str, title: str, words: str, marks: tuple[str, ...]) -> Html:
    contrast = el("span", " ".join(marks), class_="contrast") if marks else None
    label = [el("span", title), el("span", f": {words}", class_="sr"), contrast]
    return el("button", *label, type="button", class_="chip", data_open=name, id=f"chip-{name}", aria_haspopup="dialog")
