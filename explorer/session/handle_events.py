"""Applies the browser's events to the session: in order, each once, with plain messages for errors."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import pathway
from explorer.links.address import PARAMETER, codes, scenarios, state_from_link
from explorer.links.browser_address import remember_address, restore_address, set_sender, token, write
from explorer.markup.words import capitalise
from explorer.server.log import log_error
from explorer.session.component import KEY
from explorer.session.messages import forget_before, say
from explorer.session.none_of_these import with_earlier_answers
from explorer.session.scenario_actions import Event, Events, message_from
from explorer.session.session_actions import SESSION_ACTIONS
from pathway import Fault, Unusable
from pathway.scenarios.walk import State

REPLACING, REPLACED = ("scenario", "file", "restart"), "The earlier answers were replaced."
MOST_FAULTS = 5
"""The most errors of a file that the message above the page lists."""


def on_event() -> None:
    """Callback of the component: apply the browser's events in order."""
    component_state = st.session_state.get(KEY)
    if component_state is None or component_state.event is None:
        return  # from a page that was left meanwhile: the browser resends it from the current page
    sent = message_from(component_state.event)
    st.session_state["have"] = sent.have
    if sent.number <= st.session_state.get("ack", 0):
        restore_address()
        return  # a resent event that was already applied
    set_sender(sent.at)
    st.session_state["ack"] = sent.number
    forget_before(sent.events)
    before, _ = state_from_link(token(PARAMETER))
    state, acting = before, Events(pathway.load(), scenarios())
    for event in sent.events:
        state = _after(state, event, acting)
    undo = codes().encode(before) if state != before and _replaces_own_answers(before, sent.events) else ""
    if notes := [*acting.said, *([REPLACED] if undo else [])]:
        say(_joined_notes(notes), undo)
    # A link that can't be used stays, with what is said of it, until something is done to the scenario.
    if state != before or (state == State() and any(str(event.get("do")) in acting.handlers for event in sent.events)):
        write(PARAMETER, codes().encode(state))
    remember_address()


def _replaces_own_answers(before: State, events: Sequence[Event]) -> bool:
    """Whether an event puts another scenario in the place of answers that are in no bundled one."""
    bundled = any(scenario.answers == before.answers_at(0) for scenario in scenarios().values()) and len(before.visits) == 1
    return bool(before.answers_at(0)) and not bundled and any(event.get("do") in REPLACING for event in events)


def _after(state: State, event: Event, acting: Events) -> State:
    do = str(event.get("do"))
    try:
        if do in SESSION_ACTIONS:
            SESSION_ACTIONS[do](event)
        return acting.apply(state, with_earlier_answers(state, event))
    except Unusable as error:
        say(_joined_notes([*map(_fault_words, error.faults)]))
    except Exception as error:  # Streamlit would put its own words where the page was
        log_error("what was done could not be taken", error)
        say("Something went wrong here, and this was not done. Nothing was stored.")
    return state


def _joined_notes(said: Sequence[str]) -> str:
    more = len(said) - MOST_FAULTS
    return "; ".join([*said[:MOST_FAULTS], *([f"and {more} more"] if more > 0 else [])])


def _fault_words(fault: Fault) -> str:
    """The message of a fault, with file and line where it has a line."""
    return fault.says if fault.line is None else f"{capitalise(fault.file)}, line {fault.line}: {fault.says}"
