"""What the drawer holds, by its name."""

from __future__ import annotations

from explorer.instrument import foundations as basis
from explorer.instrument import what_if
from explorer.instrument.option_drawer import option
from explorer.instrument.share import share
from explorer.instrument.status import STEP
from explorer.instrument.view import View
from explorer.markup.html import Html, el
from explorer.pages.differences import readings


def opened(view: View, name: str, opened_at: str | None = None) -> Html:
    """What the drawer of this name holds; nothing for a name that is none."""
    match name:
        case "scenarios":
            return scenarios(view)
        case "share":
            return share(view, opened_at)
        case basis.DECIDED:
            return basis.decided(view)
        case basis.READING:
            return readings(view)
        case _ if name == STEP:
            return what_if.step(view)
        case _:
            return option(view, name) if name in view.result.options else Html("")


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
