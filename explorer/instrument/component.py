"""The Streamlit component that shows Explore: HTML from Python, put into place by scripts in the browser."""

from __future__ import annotations

import json
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
const styled = (path) => new Promise((done) => {
  const link = document.createElement("link"), href = new URL(path, base);
  Object.assign(link, { rel: "stylesheet", href, onload: done, onerror: done });
  document.head.append(link);
});
export default function (component) {
  if ((made.edition ??= "FOLDER") !== "FOLDER") return location.reload();
  ready ??= Promise.all([import(new URL("FOLDERinstrument.js", base)), ...STYLES.map((style) => styled("FOLDER" + style))]);
  ready.then(([page]) => page.show(component), () => { ready = undefined; });
}
"""
"""Sent with every rerun, so it only fetches the script and the styles, which a browser keeps.

A server that came back with others has the page begun anew: two editions of the script would both answer to each key."""


@cache
def assets() -> dict[str, str]:
    """Scripts and styles by the path under which each is served, `base.css` first; all have new paths when one changes."""
    files = [path for path in sorted(ASSETS.rglob("*")) if path.suffix in (".js", ".css")]
    texts = {path.relative_to(ASSETS).as_posix(): path.read_text(encoding="utf-8") for path in files}
    edition = sha256("".join(texts.values()).encode()).hexdigest()[:12]
    return {f"explorer-assets/{edition}/{name}": text for name, text in texts.items()}


@cache
def _loader() -> str:
    folder = "/".join(next(iter(assets())).split("/")[:2]) + "/"
    names = [path.removeprefix(folder) for path in assets() if path.endswith(".css")]
    styles = [name for name in names if name != "present.css"]
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return LOADER.replace("BASE", f"/{base}/" if base else "/").replace("FOLDER", folder).replace("STYLES", json.dumps(styles))


def mount(data: dict[str, Any], on_message: Callable[[], None]) -> None:
    """Show a page; Streamlit calls `on_message` when the browser has sent a new message, which is a state of the component."""
    page = st.components.v2.component("explore", js=_loader(), isolate_styles=False)
    page(key=KEY, data=data, on_message_change=on_message)
