"""Handlers for actions that don't change the scenario: they set session state or the compare and atlas parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

import pathway
from explorer.links.address import PARAMETER, codes, scenarios, state_from_link
from explorer.links.browser_address import COMPARE_PARAM, token, write
from explorer.pages.atlas_query import PARAMETER as ATLAS_PARAM
from explorer.pages.atlas_query import AtlasQuery, query_from_address
from explorer.session.messages import say
from explorer.session.none_of_these import KEY as NONE_SAID
from pathway.links.link import LONGEST
from pathway.scenarios.walk import State

LONGEST_COPY = 200_000
CLEARED = "Everything is cleared. Close this tab too: its Back button can bring the answers back."


def _here() -> State:
    return state_from_link(token(PARAMETER))[0]


def _skip(event: Any) -> None:
    finding = str(event.get("finding"))
    if finding in pathway.load().findings:
        st.session_state["skipped"] = frozenset((*st.session_state.get("skipped", ()), finding))


def _forget_scenario(event: Any) -> None:
    for name in ("skipped", "seen", NONE_SAID):
        st.session_state.pop(name, None)


def _unskip(event: Any) -> None:
    st.session_state.pop("skipped", None)


def _clear(event: Any) -> None:
    for name in ("skipped", "seen", NONE_SAID, "copy", "open", "work"):
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
    """Go to another page; with a link token also to that scenario, and to one to compare it with."""
    name = str(event.get("page", ""))
    st.session_state["go"] = "" if name == "explore" else name
    if event.get("token"):
        _forget_scenario(event)
    for parameter, key in ((PARAMETER, "token"), (COMPARE_PARAM, "against")):
        if event.get(key):
            write(parameter, str(event[key])[:LONGEST])


def _atlas(event: Any) -> None:
    """Set the atlas query; it drops the boundary, which belongs to the subject."""
    query = AtlasQuery(*(str(event.get(f"atlas-{name}", ""))[:60] for name in ("across", "down", "of", "fixed")))
    if query.across == query.down:
        say("The atlas needs two different findings, one across and one down.")
    else:
        write(ATLAS_PARAM, query.encoded)


def _boundary(event: Any) -> None:
    query = query_from_address(token(ATLAS_PARAM), pathway.load())
    first, second = (str(event.get(f"line-{name}", ""))[:60] for name in ("one", "other"))
    write(ATLAS_PARAM, replace(query, from_value=first, to_value=second).encoded)


def _pin(event: Any) -> None:
    write(COMPARE_PARAM, codes().encode_always(_here()))


def _unpin(event: Any) -> None:
    write(COMPARE_PARAM, "")


def _compare_with(event: Any) -> None:
    scenario = scenarios().get(str(event.get("value")))
    if scenario:
        write(COMPARE_PARAM, codes().encode(replace(_here().restarted_with(scenario.answers), title=scenario.title)))


def _copy(event: Any) -> None:
    text = str(event.get("text", ""))
    if len(text) > LONGEST_COPY:
        say("This file is too large for a copy of the page. It was not read.")
    else:
        st.session_state["copy"] = text


SESSION_ACTIONS: dict[str, Callable[[Any], None]] = {
    "skip": _skip,
    "unskip": _unskip,
    "add-visit": _unskip,  # a new visit asks skipped questions again
    "restart": _forget_scenario,
    "clear": _clear,
    "scenario": _forget_scenario,
    "file": _forget_scenario,
    "open": _open,
    "compute": _compute,
    "navigate": _navigate,
    "pin": _pin,
    "unpin": _unpin,
    "atlas": _atlas,
    "boundary": _boundary,
    "compare-with": _compare_with,
    "copy": _copy,
}
