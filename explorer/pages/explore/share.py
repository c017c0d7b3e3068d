"""The Share drawer: the link, the QR code for others in the room, and downloads."""

from __future__ import annotations

from explorer.markup.html import Html, el
from explorer.pages.explore.view import View
from explorer.server.lan_link import lan_link, lan_link_section


def share(view: View, opened_at: str | None = None) -> Html:
    """The content of the drawer. `opened_at`: the page's address as the browser has it."""
    query, here = f"?s={view.token}", lan_link(view.token, opened_at)
    address = here.address or (f"{opened_at.rstrip('/')}/{query}" if opened_at else query)
    link = el("input", type="text", id="link", value=address, readonly=True, aria_label="The link")
    copy = el("button", "Copy link", type="button", class_="primary", data_copy="link", id="copy-link")
    warning = el("p", "This link contains the answers. Anyone who has it can read them.")
    downloads = [
        el("a", "Scenario (YAML)", href=f"./scenario.yaml{query}", class_="quiet", download=True),
        el("a", "Result (JSON)", href=f"./result.json{query}", class_="quiet", download=True),
    ]
    title = el("h2", "Share", id="drawer-title", tabindex="-1")
    parts = [title, warning, link, copy, el("h3", "For others in the room"), lan_link_section(here)]
    parts += [el("h3", "Download"), el("div", *downloads, class_="tools")]
    return el("div", *parts, class_="share")
