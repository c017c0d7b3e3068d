"""The parts around Explore: header, notice, messages, scenario section; and the error page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explorer.markup.html import Child, Html, disclosure, el, heading, join
from explorer.markup.icons import icon
from explorer.pages.explore.first_card import is_starting
from explorer.pages.explore.foundations import guidance_switch
from explorer.pages.explore.start import start
from explorer.pages.explore.view import View
from explorer.pages.titles import PAGE_TITLES, explorer_name

PAGE_FAILED = "This page can’t be shown"
NOTHING_STORED = ("Something went wrong here. Nothing was stored.", "Starting again usually helps.")


def header(view: View) -> Html:
    """The header; below it the message line, and the browser's own line for a result that is not up to date."""
    bar = el(
        "div",
        heading(1, icon("stairs"), explorer_name(), class_="brand"),
        page_links(PAGE_TITLES, "Pages"),
        tools(),
        class_="bar",
    )
    head = el("header", bar, el("p", view.result.notice, class_="notice"), class_="head explore")
    return join([head, message(view), el("p", id="behind", class_="behind", role="status", data_keep=True)])


def page_links(titles: Mapping[str, str], label: str) -> Html:
    """Links to these pages; the browser adds the scenario to each address."""
    links = [
        el(
            "a", title, href=f"./{name}", id=f"to-{name or 'explore'}", data_here=True, data_go=name or "explore",
            aria_current=None if name else "page",
        )
        for name, title in titles.items()
    ]  # fmt: skip
    return el("nav", *links, class_="pages", aria_label=label)


def tools() -> Html:
    """The menu: Share, Print, Present and Start over; and apart from these Clear everything, for a shared screen."""
    share = el(
        "button", icon("share"), "Share", type="button", data_open="share", data_title="Share", class_="quiet", id="share",
        aria_haspopup="dialog",
    )  # fmt: skip
    paper = el("a", icon("print"), "Print", href="./print", data_here=True, target="_blank", rel="noopener", class_="quiet")
    wall = el("a", icon("present"), "Present", href="./present", data_here=True, class_="quiet", id="present")
    again = el("button", icon("restart"), "Start over", type="button", data_do="restart", class_="quiet")
    clear = el("button", icon("close"), "Clear everything", type="button", data_do="clear", class_="quiet apart")
    return disclosure("Menu", el("div", share, paper, wall, again, clear, class_="tools"), name="tools", class_="menu", wide=True)


def scenario_section(view: View) -> Html:
    """The current scenario, the buttons to choose or compare another, and the guidance switch."""
    about = _scenario_description(view)
    pick = el(
        "button", "All cases", icon("next"), type="button", data_open="scenarios", id="pick", class_="quiet",
        aria_haspopup="dialog",
    )  # fmt: skip
    text = el("div", el("p", el("b", view.name), class_="scenario-title"), about, start(view) if is_starting(view) else None)
    buttons = el("div", pick, _comparison_links(view), guidance_switch(view), class_="start-tools")
    return el("section", text, buttons, class_="start", aria_label="The scenario")


def _scenario_description(view: View) -> Child:
    """The description of a scenario, or of the bundled one that it started from; None for any other."""
    if view.about:
        return el("p", view.about, class_="small")
    if view.started_from is None or not view.started_from.about:
        return None
    return el("p", "Original scenario: ", view.started_from.about, class_="small")


def _comparison_links(view: View) -> Child:
    """The button that saves this scenario for comparison; once one is saved, a link to the differences. None while empty."""
    if not view.compare_link:
        if view.is_empty:
            return None
        return el("button", "Save for comparison", type="button", class_="quiet", data_do="pin", id="keep")
    differences = el(
        "a",
        "Show differences",
        href=f"./compare?s={view.token}&t={view.compare_link}",
        data_go="compare",
        class_="quiet",
        id="keep",
    )
    stop = el("button", icon("close"), "Stop comparing", type="button", class_="quiet", data_do="unpin")
    return el("span", differences, stop, class_="comparing")


def message(view: View) -> Html:
    """The message line: the effect of the last action, with a button that undoes it; or the error in the link."""
    return el(
        "div",
        el("p", icon("contraindicated"), view.message, _undo_button(view)) if view.message else None,
        class_="message",
        role="status",
        id="message",
    )


def _undo_button(view: View) -> Child:
    if not view.undo:
        return None
    return el("button", "Undo", type="button", data_do="undo", data_token=view.undo, class_="quiet", id="undo")


def error_page(title: str, lines: Iterable[str]) -> Html:
    """The page shown when no other can be: the error, and what to do."""
    entries = el("ul", *(el("li", line) for line in lines))
    again = el("p", el("a", "Start again", href="./", class_="primary"))
    return el("div", heading(1, title), entries, again, class_="error-page")
