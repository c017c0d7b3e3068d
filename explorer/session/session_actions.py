"""Handlers for actions that don't change the scenario: they set session state or other parameters of the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

import pathway
from explorer.links.address import PARAMETER, codes, state_from_link
from explorer.links.browser_address import COMPARE_PARAM, RULE_PARAM, STATEMENT_PARAM, token, write
from explorer.pages.atlas_query import PARAMETER as ATLAS_PARAM
from explorer.session.messages import say
from explorer.session.none_of_these import KEY as NONE_SAID
from pathway.scenarios.walk import State

LONGEST_ID = 200
CLEARED = "Everything is cleared. Close this tab too: its Back button can bring the answers back."


def _here() -> State:
    return state_from_link(token(PARAMETER))[0]


def _skip(event: Any) -> None:
    finding = str(event.get("finding"))
    if finding in pathway.load().findings:
        st.session_state["skipped"] = frozenset((*st.session_state.get("skipped", ()), finding))


def forget_scenario(event: Any = None) -> None:
    """Forget what was skipped and shown in a scenario."""
    for name in ("skipped", "seen", NONE_SAID):
        st.session_state.pop(name, None)


def _unskip(event: Any) -> None:
    st.session_state.pop("skipped", None)


def _clear(event: Any) -> None:
    for name in ("skipped", "seen", NONE_SAID, "open", "work"):
        st.session_state.pop(name, None)
    for parameter in (COMPARE_PARAM, ATLAS_PARAM):
        write(parameter, "")
    say(CLEARED)


def _open(event: Any) -> None:
    st.session_state["open"] = str(event.get("part", ""))[:60]
    st.session_state["work"] = ""


def _compute(event: Any) -> None:
    st.session_state["work"] = str(event.get("of", ""))[:60]


def _navigate(event: Any) -> None:
    """Go to another page, and there to a rule or to a statement."""
    name = str(event.get("page", ""))
    st.session_state["go"] = "" if name == "explore" else name
    for parameter in (RULE_PARAM, STATEMENT_PARAM):
        write(parameter, str(event.get(parameter, ""))[:LONGEST_ID])


def _pin(event: Any) -> None:
    write(COMPARE_PARAM, codes().encode_always(_here()))


def _unpin(event: Any) -> None:
    write(COMPARE_PARAM, "")


SESSION_ACTIONS: dict[str, Callable[[Any], None]] = {
    "skip": _skip,
    "unskip": _unskip,
    "add-visit": _unskip,  # a new visit asks skipped questions again
    "restart": forget_scenario,
    "clear": _clear,
    "scenario": forget_scenario,
    "file": forget_scenario,
    "open": _open,
    "compute": _compute,
    "navigate": _navigate,
    "pin": _pin,
    "unpin": _unpin,
}
