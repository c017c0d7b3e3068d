"""What a session says of the last thing done: it stands until the next is done, or the address is another."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.links.address import PARAMETER
from explorer.links.browser_address import token
from explorer.session.scenario_actions import Event

KEY, PLACE = "message", "message_at"
BY_ITSELF = ("compute", "whole")
"""What the browser asks for by itself: nobody did it."""


def say(text: str) -> None:
    """Shows this text above the page."""
    st.session_state[KEY] = text


def said() -> str:
    """The text to show now. Streamlit may run a page several times after one event, and each run shows it."""
    kept = st.session_state
    if KEY in kept and kept.setdefault(PLACE, token(PARAMETER)) != token(PARAMETER):
        forget()
    return str(kept.get(KEY, ""))


def forget() -> None:
    """Shows no text any more."""
    for name in (KEY, PLACE):
        st.session_state.pop(name, None)


def forget_before(events: Sequence[Event]) -> None:
    """Once something is done, what was said of the thing before is gone."""
    if any(event.get("do") not in BY_ITSELF for event in events):
        forget()
