"""What is done beside the state: it is of this session, or of the other scenario, and not in the link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

import pathway
from explorer.links.address import PARAMETER, codes, scenarios, state_from_link
from explorer.links.browser_address import COMPARE_PARAM, token, write
from explorer.pages.atlas_query import PARAMETER as ASKED
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


def _forget(event: Any) -> None:
    for name in ("skipped", "seen", NONE_SAID):
        st.session_state.pop(name, None)


def _unskip(event: Any) -> None:
    st.session_state.pop("skipped", None)


def _clear(event: Any) -> None:
    for name in ("skipped", "seen", NONE_SAID, "copy", "open", "work"):
        st.session_state.pop(name, None)
    for parameter in (COMPARE_PARAM, ASKED):
        write(parameter, "")
    say(CLEARED)


def _open(event: Any) -> None:
    st.session_state["open"] = str(event.get("part", ""))[:60]
    st.session_state["work"] = ""


def _work(event: Any) -> None:
    st.session_state["work"] = str(event.get("of", ""))[:60]


def _go(event: Any) -> None:
    """Another page; where a scenario's address is given, that one, and the one to compare it with."""
    name = str(event.get("page", ""))
    st.session_state["go"] = "" if name == "explore" else name
    if event.get("token"):
        _forget(event)
    for parameter, key in ((PARAMETER, "token"), (COMPARE_PARAM, "against")):
        if event.get(key):
            write(parameter, str(event[key])[:LONGEST])


def _atlas(event: Any) -> None:
    """Other findings, another subject or other scenarios; a line belongs to the subject."""
    asked = AtlasQuery(*(str(event.get(f"atlas-{name}", ""))[:60] for name in ("across", "down", "of", "fixed")))
    if asked.across == asked.down:
        say("The atlas needs two different findings, one across and one down.")
    else:
        write(ASKED, asked.written)


def _line(event: Any) -> None:
    known = query_from_address(token(ASKED), pathway.load())
    sides = {name: str(event.get(f"line-{name}", ""))[:60] for name in ("one", "other")}
    write(ASKED, replace(known, **sides).written)


def _keep(event: Any) -> None:
    write(COMPARE_PARAM, codes().spelt_out(_here()))


def _unkeep(event: Any) -> None:
    write(COMPARE_PARAM, "")


def _against(event: Any) -> None:
    found = scenarios().get(str(event.get("value")))
    if found:
        write(COMPARE_PARAM, codes().written(replace(_here().elsewhere(found.answers), title=found.title)))


def _copy(event: Any) -> None:
    text = str(event.get("text", ""))
    if len(text) > LONGEST_COPY:
        say("This file is too large for a copy of the page. It was not read.")
    else:
        st.session_state["copy"] = text


SESSION_ACTIONS: dict[str, Callable[[Any], None]] = {
    "skip": _skip,
    "unskip": _unskip,
    "add-visit": _unskip,  # a new visit asks again what was passed over
    "restart": _forget,
    "clear": _clear,
    "scenario": _forget,
    "file": _forget,
    "open": _open,
    "compute": _work,
    "navigate": _go,
    "pin": _keep,
    "unpin": _unkeep,
    "atlas": _atlas,
    "boundary": _line,
    "compare-with": _against,
    "copy": _copy,
}
