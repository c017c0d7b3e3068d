"""The Explore page: the result, the next question, all questions, the ladder, visits and options."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from explorer.markup.html import Html, el
from explorer.markup.icons import sprite
from explorer.markup.parts import PageParts, slot
from explorer.pages.differences import assumption_changes
from explorer.pages.explore import foundations as basis
from explorer.pages.explore.ask_next import next_question
from explorer.pages.explore.first_card import is_starting
from explorer.pages.explore.frame import header, page_links, scenario_section
from explorer.pages.explore.glossary_popovers import glossary_popovers
from explorer.pages.explore.ladder import ladder
from explorer.pages.explore.options import option_list
from explorer.pages.explore.page_caveat import page_caveats
from explorer.pages.explore.question_panel import question_groups, question_panel
from explorer.pages.explore.result_card import status, summary
from explorer.pages.explore.view import View
from explorer.pages.explore.visits import visits_section
from explorer.pages.titles import other_titles
from explorer.per_pathway import per_pathway

PARTS_BELOW = ("ladder", "caveats", "walk", "options", "assumptions", "varied")
PRINT_HINT = "This screen does not print well. Use the Print button at the top instead."


def explore(view: View) -> PageParts:
    """The page in parts: an answer changes only some of them. Pages that were rendered before come from a cache."""
    return _rendered(RenderKey(view.cache_key, view))


@dataclass(frozen=True)
class RenderKey:
    """A view hashed by everything that affects its markup, so that the rendered page can be cached."""

    cache_key: tuple[Any, ...]
    view: View = field(compare=False)


@per_pathway(maxsize=128)  # a group that goes back and forth in one scenario sees the same pages again and again
def _rendered(key: RenderKey) -> PageParts:
    view = key.view
    parts = {
        "head": header(view),
        "strip": _summary_strip(view),
        "start": scenario_section(view),
        "status": status(view),
        "ask": next_question(view),
        **question_groups(view),
        **ladder(view),
        "caveats": page_caveats(view),
        **visits_section(view),
        **option_list(view),
        **basis.assumptions(view),
        "varied": assumption_changes(view),
        "foot": basis.footer(view, page_links(other_titles(), "About this explorer")),
    }
    return PageParts(_frame(view), {name: part for name, part in parts.items() if part})


def _frame(view: View) -> Html:
    top = el("div", slot("start"), slot("status"), slot("ask"), class_="top")
    questions = el("div", question_panel(view), class_="left")
    rest = el("div", *(slot(name) for name in PARTS_BELOW), _trace_button(), class_="rest")
    main = el("div", top, questions, rest, class_="grid starting" if is_starting(view) else "grid", id="main", tabindex="-1")
    return el(
        "div",
        sprite(),
        glossary_popovers(),
        el("p", PRINT_HINT, class_="on-paper"),
        slot("head"),
        slot("strip"),
        main,
        basis.safety_net(view),
        slot("foot"),
        basis.sticky_footer(view),
        el("dialog", class_="drawer", aria_labelledby="drawer-title", data_part="drawer"),
    )


def _summary_strip(view: View) -> Html:
    """The result in one line: fixed at the top of a phone, and announced by a screen reader when it changes."""
    strip = el("a", summary(view), href="#status", class_=f"strip r-{view.shape(view.result.route)}")
    return el("div", strip, el("p", summary(view), class_="sr", role="status", id="live"), class_="place")


def _trace_button() -> Html:
    """The button that opens the drawer with all rules of route and step."""
    words = "All rules for the route and the step"
    return el("button", words, type="button", class_="quiet", data_open=basis.TRACE_DRAWER, id="how", aria_haspopup="dialog")
