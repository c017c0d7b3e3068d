"""The Streamlit component that shows a page: HTML from Python, patched into place by scripts in the browser."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

ASSETS = Path(__file__).parents[1] / "assets"
KEY = "page"


LOADER = """
const base = new URL("BASE", location.href);
const made = document.documentElement.dataset;
let ready;
export default function (component) {
  if ((made.edition ??= "FOLDER") !== "FOLDER") return location.reload();
  ready ??= import(new URL("FOLDERexplorer.js", base)).then(async (page) => {
    await Promise.all(STYLES.map((style) => page.styled(new URL("FOLDER" + style, base))));
    return page;
  });
  ready.then((page) => page.show(component), () => { ready = undefined; });
  return () => ready?.then((page) => page.gone(component.parentElement));
}
"""
"""Sent with every rerun, so it only fetches the script and the styles, which a browser keeps.

A server that came back with others has the page begun anew: two editions of the script would both answer to each key."""


@cache
def assets() -> dict[str, str]:
    """Scripts and styles by the path under which each is served, `base.css` first; all have new paths when one changes."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(ASSETS.iterdir()) if path.suffix in (".js", ".css")}
    edition = sha256("".join(texts.values()).encode()).hexdigest()[:12]
    return {f"explorer-assets/{edition}/{name}": text for name, text in texts.items()}


@cache
def _loader() -> str:
    folder = next(iter(assets())).rsplit("/", 1)[0] + "/"
    styles = [path.removeprefix(folder) for path in assets() if path.endswith(".css") and not path.endswith("/present.css")]
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return LOADER.replace("BASE", f"/{base}/" if base else "/").replace("FOLDER", folder).replace("STYLES", json.dumps(styles))


def mount(data: dict[str, Any], on_event: Any) -> None:
    """Show a page; Streamlit calls `on_event` when the browser sends events."""
    page = st.components.v2.component("explorer_page", js=_loader(), isolate_styles=False)
    page(key=KEY, data=data, on_event_change=on_event)
