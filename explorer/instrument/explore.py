"""The first page: safety first, then where the person stands, what to ask next, the ladder and every option."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from explorer.instrument import foundations as basis
from explorer.instrument.ask_next import ask
from explorer.instrument.frame import header, start
from explorer.instrument.glossary_popovers import meanings
from explorer.instrument.ladder import ladder
from explorer.instrument.options import every_option
from explorer.instrument.page_caveat import caveats
from explorer.instrument.question_panel import answered, panel, questions
from explorer.instrument.status import status, summary
from explorer.instrument.view import View
from explorer.instrument.visits import walk
from explorer.markup.html import Html, el
from explorer.markup.icons import sprite
from explorer.pages.differences import varied
from explorer.session.page_parts import Page, place

BELOW = ("ladder", "caveats", "walk", "options", "assumptions", "varied")
PAPER = "This screen does not print well. Use the Print button at the top instead."


def explore(view: View) -> Page:
    """The page, in parts: an answer changes some of them."""
    return _laid_out(Shown(view.told, view))


@dataclass(frozen=True)
class Shown:
    """A view, told from another by what it shows."""

    told: tuple[Any, ...]
    view: View = field(compare=False)


@lru_cache(maxsize=128)  # a room that walks one scenario, and going back and forth, come to the same pages again and again
def _laid_out(shown: Shown) -> Page:
    view = shown.view
    parts = {
        "head": header(view, "explore"),
        "strip": _strip(view),
        "start": start(view),
        "status": status(view),
        "ask": ask(view),
        "answered": answered(view),
        **questions(view),
        **ladder(view),
        "caveats": caveats(view),
        **walk(view),
        **every_option(view),
        **basis.assumptions(view),
        "varied": varied(view),
        "foot": basis.foot(view),
    }
    return Page(_frame(view), {name: part for name, part in parts.items() if part})


def _frame(view: View) -> Html:
    top = el("div", place("start"), place("status"), place("ask"), class_="top")
    asked = el("div", panel(view), class_="left")
    rest = el("div", *(place(name) for name in BELOW), _how(), class_="rest")
    main = el("div", top, asked, rest, class_="grid", id="main", tabindex="-1")
    return el(
        "div",
        sprite(),
        meanings(),
        el("p", PAPER, class_="on-paper"),
        place("head"),
        place("strip"),
        main,
        basis.safety_net(view),
        place("foot"),
        basis.always(view),
    )


def _strip(view: View) -> Html:
    """The state in one line: at the top of a phone, and said by a screen reader when it changes."""
    strip = el("a", summary(view), href="#status", class_=f"strip r-{view.result.route}")
    return el("div", strip, el("p", summary(view), class_="sr", role="status", id="live"), class_="place")


def _how() -> Html:
    """The way to every rule considered."""
    words = "All rules for the route and the step"
    return el("button", words, type="button", class_="quiet", data_open=basis.DECIDED, id="how", aria_haspopup="dialog")
