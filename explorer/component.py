"""The one component that a page is: semantic HTML from here, kept in place by a small script in the browser."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

ASSETS = Path(__file__).parent / "assets"
KEY = "page"


@cache
def asset(name: str) -> tuple[str, str]:
    """An asset's text, and the path under which it is served: a new text has a new path."""
    text = (ASSETS / name).read_text(encoding="utf-8")
    return text, f"explorer-assets/{sha256(text.encode()).hexdigest()[:12]}/{name}"


# Sent with every rerun, so it only fetches the script and the style, which a browser keeps.
LOADER = """
const base = new URL(document.querySelector("base")?.href ?? new URL("/", location.href));
let ready;
export default function (component) {
  ready ??= import(new URL("SCRIPT", base)).then(async (page) => { await page.styled(new URL("STYLE", base)); return page; });
  ready.then((page) => page.show(component));
}
"""


def mount(data: dict[str, Any], on_event: Any) -> None:
    """Shows a page; `on_event` is called when a person did something on it."""
    script = LOADER.replace("SCRIPT", asset("explorer.js")[1]).replace("STYLE", asset("explorer.css")[1])
    page = st.components.v2.component("explorer_page", js=script, isolate_styles=False)
    page(key=KEY, data=data, on_event_change=on_event)
