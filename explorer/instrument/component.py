"""The Streamlit component that shows Explore: HTML from Python, put into place by scripts in the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

ASSETS = Path(__file__).parents[1] / "assets"
KEY = "explore"


LOADER = """
const base = new URL("BASE", location.href);
const made = document.documentElement.dataset;
let ready;
const styled = () => new Promise((done) => {
  const link = document.createElement("link"), href = new URL("FOLDERexplore.css", base);
  Object.assign(link, { rel: "stylesheet", href, onload: done, onerror: done });
  document.head.append(link);
});
export default function (component) {
  if ((made.edition ??= "FOLDER") !== "FOLDER") return location.reload();
  ready ??= Promise.all([import(new URL("FOLDERinstrument.js", base)), styled()]);
  ready.then(([page]) => page.show({ ...component, data: component.data[0] }), () => { ready = undefined; });
}
"""
"""Sent with every rerun, so it only fetches the script and the styles, which a browser keeps.

If a server comes back with others, the page loads again: two editions of the script would both answer to each key."""
EXPLORE_STYLES, SLIDE_STYLES = "explore.css", "present.css"


@cache
def assets() -> dict[str, str]:
    """Scripts, and the styles of Explore as one file, by name."""
    files = [path for path in sorted(ASSETS.rglob("*")) if path.suffix in (".js", ".css")]
    texts = {path.relative_to(ASSETS).as_posix(): path.read_text(encoding="utf-8") for path in files}
    styles = [texts.pop(name) for name in [*texts] if name.endswith(".css") and name != SLIDE_STYLES]
    return {**texts, EXPLORE_STYLES: "".join(styles)}


@cache
def asset_path(name: str = "") -> str:
    """The path under which a script or a style sheet is served. A change of one text changes all of these paths."""
    return f"explorer-assets/{sha256(''.join(assets().values()).encode()).hexdigest()[:12]}/{name}"


def base_path() -> str:
    """The path under which the explorer is served: `/`, or `/pathway/` behind a proxy."""
    return f"/{str(st.get_option('server.baseUrlPath') or '').strip('/')}/".replace("//", "/")


@cache
def _loader() -> str:
    return LOADER.replace("BASE", base_path()).replace("FOLDER", asset_path())


def mount(data: dict[str, Any], on_message: Callable[[], None]) -> None:
    """Show a page; Streamlit calls `on_message` when the browser has sent a new message, which is a state of the component.

    The data goes in a list: in a dictionary, Streamlit looks for data frames, and imports pandas for that.
    """
    page = st.components.v2.component("explore", js=_loader(), isolate_styles=False)
    page(key=KEY, data=[data], on_message_change=on_message)
