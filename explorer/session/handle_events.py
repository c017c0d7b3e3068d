"""What was done in the browser, as a session takes it: in order, once, and in our own words where something goes wrong."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import pathway
from explorer.links.address import PARAMETER, codes, in_address, scenarios
from explorer.links.browser_address import led_before, led_here, sent_from, token, write
from explorer.markup.words import sentence
from explorer.server.log import went_wrong
from explorer.session.component import KEY
from explorer.session.messages import forget_before, say
from explorer.session.none_of_these import remembered
from explorer.session.scenario_actions import Event, Events, sent_in
from explorer.session.session_actions import ASIDE
from pathway import Fault, Unusable
from pathway.scenarios.walk import State

MOST_FAULTS = 5
"""Of a file that is all wrong: what is said of it stands above the page."""


def happened() -> None:
    """Takes what was done in the browser, in the order in which it was done."""
    told = st.session_state.get(KEY)
    if told is None or told.event is None:
        return  # it came from a page that was left meanwhile: the browser sends it again, from the one that is shown
    sent = sent_in(told.event)
    st.session_state["have"] = sent.have
    if sent.number <= st.session_state.get("ack", 0):
        led_before()
        return  # it was sent again, and had come already
    sent_from(sent.at)
    st.session_state["ack"] = sent.number
    forget_before(sent.events)
    before, _ = in_address(token(PARAMETER))
    state, acting = before, Events(pathway.load(), scenarios())
    for event in sent.events:
        state = _after(state, event, acting)
    if acting.said:
        say(_shortly(acting.said))
    # A link that can't be used stays, with what is said of it, until something is done to the scenario.
    if state != before or (state == State() and any(str(event.get("do")) in acting.doing for event in sent.events)):
        write(PARAMETER, codes().written(state))
    led_here()


def _after(state: State, event: Event, acting: Events) -> State:
    do = str(event.get("do"))
    try:
        if do in ASIDE:
            ASIDE[do](event)
        return acting.applied(state, remembered(state, event))
    except Unusable as error:
        say(_shortly([*map(_where, error.faults)]))
    except Exception as error:  # Streamlit would put its own words where the page was
        went_wrong("what was done could not be taken", error)
        say("Something went wrong here, and this was not done. Nothing was stored.")
    return state


def _shortly(said: Sequence[str]) -> str:
    more = len(said) - MOST_FAULTS
    return "; ".join([*said[:MOST_FAULTS], *([f"and {more} more"] if more > 0 else [])])


def _where(fault: Fault) -> str:
    """What is wrong in a file says the line: the name that it begins with is then one that stands there."""
    return fault.says if fault.line is None else f"{sentence(fault.file)}, line {fault.line}: {fault.says}"
