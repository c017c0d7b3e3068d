"""The message about the last action: shown until the next action or another address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.links.address import PARAMETER
from explorer.links.browser_address import token
from explorer.session.scenario_actions import Event

KEY, PLACE, UNDO = "message", "message_at", "undo"
BY_ITSELF = ("compute", "whole")
"""Events that the browser sends by itself, not because of an action."""


def say(text: str, undo: str = "") -> None:
    """Show this text above the page. `undo`: the link token of the scenario that the text offers to bring back."""
    forget()
    st.session_state[KEY] = text
    if undo:
        st.session_state[UNDO] = undo


def current_message() -> str:
    """The text to show; Streamlit may run a page several times after one event, and each run shows it."""
    kept = st.session_state
    if KEY in kept and kept.setdefault(PLACE, token(PARAMETER)) != token(PARAMETER):
        forget()
    return str(kept.get(KEY, ""))


def current_undo() -> str:
    """The link token that is offered with the current message; empty without one."""
    return str(st.session_state.get(UNDO, ""))


def forget() -> None:
    """Remove the message."""
    for name in (KEY, PLACE, UNDO):
        st.session_state.pop(name, None)


def forget_before(events: Sequence[Event]) -> None:
    """Remove the message of the action before, if any of these events is an action."""
    if any(event.get("do") not in BY_ITSELF for event in events):
        forget()
