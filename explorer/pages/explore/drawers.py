"""The content of each drawer, by the drawer's name."""

from __future__ import annotations

from explorer.markup.html import Html, el
from explorer.pages.differences import guidance_differences
from explorer.pages.explore import foundations as basis
from explorer.pages.explore import what_if
from explorer.pages.explore.glossary_popovers import with_popovers
from explorer.pages.explore.option_drawer import option_drawer
from explorer.pages.explore.result_card import STEP_DRAWER
from explorer.pages.explore.share import share
from explorer.pages.explore.start import scenario_list
from explorer.pages.explore.view import View
from explorer.pages.missing_rules import RULE_MISSING, missing_rules
from pathway import Silent


def drawer_content(view: View, name: str, opened_at: str | None = None) -> Html:
    """The content of the named drawer; empty for an unknown name. Where it meets a case without a rule, it says so instead."""
    try:
        return _content(view, name, opened_at)
    except Silent as error:
        title = el("h2", RULE_MISSING, id="drawer-title", tabindex="-1")
        return el("div", title, el("p", missing_rules([error.option], view.knowledge)))


def _content(view: View, name: str, opened_at: str | None) -> Html:
    match name:
        case "scenarios":
            return scenario_picker(view)
        case "share":
            return share(view, opened_at)
        case basis.TRACE_DRAWER:
            return basis.decision_trace(view)
        case basis.READINGS_DRAWER:
            return guidance_differences(view)
        case _ if name == STEP_DRAWER:
            return what_if.step_drawer(view)
        case _:
            return option_drawer(view, name) if name in view.result.options else Html("")


def drawer(name: str, content: Html) -> Html:
    """What the page's dialog holds: a button to close it, and the content."""
    return el(
        "div",
        el("button", "Close", type="button", class_="quiet close"),
        with_popovers(content),
        class_="drawer-in",
        data_name=name,
    )


def scenario_picker(view: View) -> Html:
    """The list of bundled scenarios, and the button that opens a scenario file."""
    pick = el("input", type="file", id="file", accept=".yaml,.yml,.json", data_file="file")
    own = el("label", el("b", "Open a scenario file"), pick, class_="file")
    return el("div", el("h2", "Start from a scenario", id="drawer-title", tabindex="-1"), own, scenario_list(view))
