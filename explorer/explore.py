"""The first page: safety first, then where the person stands, what to ask next, the ladder and every option."""

from __future__ import annotations

from explorer import basis
from explorer.cards import cards, drawer
from explorer.differences import readings, varied
from explorer.frame import header, start
from explorer.html import Html, el
from explorer.icons import sprite
from explorer.ladder import caveats, ladder
from explorer.questions import questions
from explorer.status import ask, status, summary
from explorer.view import View
from explorer.walk import walk

SCENARIOS = "scenarios"
DECIDED = "decided"
SHARE = "share"


def explore(view: View) -> Html:
    """The page's markup."""
    top = el("div", start(view), status(view), ask(view), class_="top")
    below = (ladder(view), caveats(view), walk(view), cards(view), readings(view), basis.assumptions(view), varied(view), _how())
    rest = el("div", *below, class_="rest")
    asked = el("div", questions(view), class_="left")
    main = el("div", top, asked, rest, class_="grid", id="main", tabindex="-1")
    strip = el("a", summary(view), href="#status", class_=f"strip r-{view.result.route}")
    live = el("p", summary(view), class_="sr", role="status", id="live")
    return el("div", sprite(), header(view, "explore"), strip, live, main, basis.safety_net(view), basis.foot(view))


def _how() -> Html:
    """The way to every rule considered."""
    words = "How the route and the step were decided"
    return el("button", words, type="button", class_="quiet", data_open=DECIDED, id="how", aria_haspopup="dialog")


def opened(view: View, name: str) -> Html:
    """What the drawer holds: an option, or the scenarios to start from."""
    if name == SCENARIOS:
        return scenarios(view)
    if name == SHARE:
        return share(view)
    if name == DECIDED:
        return basis.decided(view)
    return drawer(view, name) if name in view.result.options else Html("")


def scenarios(view: View) -> Html:
    """The bundled scenarios, to start from."""
    entries = [
        el(
            "button",
            el("b", one.title),
            el("span", one.about),
            type="button",
            data_do="scenario",
            data_value=name,
            class_="scenario",
        )
        for name, one in view.scenarios.items()
    ]
    pick = el("input", type="file", id="file", accept=".yaml,.yml,.json", data_file="file")
    own = el("label", el("b", "Open a scenario file"), pick, class_="file")
    return el("div", el("h2", "Start from a scenario", id="drawer-title", tabindex="-1"), own, *entries)


def share(view: View) -> Html:
    """The link, and what can be taken away."""
    query = f"?s={view.token}"
    link = el("input", type="text", id="link", value=query, readonly=True, data_link=True, aria_label="The link")
    copy = el("button", "Copy the link", type="button", class_="primary", data_copy="link", id="copy-link")
    warn = el("p", "This link carries the answers: whoever has it can read them.")
    kept = [
        el("a", "Scenario (YAML)", href=f"./scenario.yaml{query}", class_="quiet", download=True),
        el("a", "Result (JSON)", href=f"./result.json{query}", class_="quiet", download=True),
    ]
    same = el("button", "Compare with this one, changed", type="button", class_="quiet", data_do="keep")
    then = el("p", "Keeps this one as A; what is changed from now on is B, on the page Compare.", class_="small")
    title = el("h2", "Share", id="drawer-title", tabindex="-1")
    return el(
        "div", title, warn, link, copy, el("h3", "Download"), el("div", *kept, class_="tools"), el("h3", "Compare"), same, then
    )
