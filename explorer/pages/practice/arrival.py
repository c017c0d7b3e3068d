"""Scrolls to the place that an action leads to: without this, the page would stay where the pressed button was."""

from __future__ import annotations

import streamlit as st

from explorer.markup.html import Html, el
from explorer.pages.practice.session import OpenSet

SCRIPT = """<script>
(() => {{
  const place = document.getElementById("{place}");
  place?.scrollIntoView();
  place?.focus({{ preventScroll: true }});
}})();
</script>"""


def place_name(case: str, visit: int, part: str) -> str:
    """The id of a place on the page: the start of a visit (`case`), or its answer."""
    return f"{part}-{case}-{visit}"


def place(name: str) -> Html:
    """Markup: a place to arrive at. A screen reader goes on from there."""
    return el("div", id=name, tabindex="-1")


def arrive(current: OpenSet) -> None:
    """Scroll to the place that the last action led to. It is called once everything above is laid out."""
    name, current.arrival = current.arrival, ""
    if name:
        st.html(SCRIPT.format(place=name), unsafe_allow_javascript=True)
