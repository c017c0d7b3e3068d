"""Messages of the browser: each is applied once, in order, to the address that it was sent from, with plain words for errors."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from explorer.instrument.actions import BEGIN_ANEW, Event, apply
from explorer.instrument.session import Session
from explorer.links.address import codes, state_from_link
from explorer.links.browser_address import PARAMETER, ours
from explorer.markup.words import capitalise
from explorer.server.log import log_error
from pathway import Fault, Unusable
from pathway.scenarios.walk import State

MOST_EVENTS, MOST_FAULTS = 50, 5
"""MOST_FAULTS: the most errors of a file that the message above the page lists."""
BY_ITSELF = ("compute", "whole")
"""Events that the browser sends by itself, not because of something that was done."""


class Message(BaseModel):
    """One message: the session it is for, its number, and whence it came: the number of the page, its drawer and its address."""

    model_config = ConfigDict(strict=True)

    session: str
    number: int = Field(alias="n")
    have: int
    drawer: str
    at: str
    events: list[dict[str, str | bool]] = Field(max_length=MOST_EVENTS)


def message_from(raw: Any) -> Message | None:
    """The message in raw component data; None for what no page of ours sends."""
    try:
        return Message.model_validate_json(json.dumps(raw))
    except (ValidationError, ValueError):
        return None


def receive(raw: Any, session: Session) -> None:
    """Apply the message in raw component data to the session, whose address is then where it leads."""
    sent = message_from(raw)
    if sent is None or sent.session != session.name:
        return  # Streamlit gives a server that started anew the last message to the one before
    session.confirmed = sent.have
    session.open_drawer(sent.drawer)
    if sent.number > session.applied:
        session.applied, session.address = sent.number, ours(sent.at)
        if any(event.get("do") not in BY_ITSELF for event in sent.events):
            session.say("")
        _apply_all(sent.events, session)
        session.led_to = session.address
    session.address = session.led_to  # of a message that came twice, too


def _apply_all(events: Iterable[Event], session: Session) -> None:
    before, _ = state_from_link((session.address or {}).get(PARAMETER, ""))
    state = before
    for event in events:
        state = _after(state, event, session)
    # A link that can't be used stays, with what is said of it, until something is done to the scenario.
    if state != before or any(event.get("do") in BEGIN_ANEW for event in events):
        others = {name: value for name, value in (session.address or {}).items() if name != PARAMETER}
        link = codes().encode(state)
        session.address = {PARAMETER: link, **others} if link else others


def _after(state: State, event: Event, session: Session) -> State:
    try:
        return apply(state, event, session)
    except Unusable as error:
        more = len(error.faults) - MOST_FAULTS
        said = [*map(_fault_words, error.faults[:MOST_FAULTS]), *([f"and {more} more"] if more > 0 else [])]
        session.say("; ".join(said))
    except Exception as error:  # Streamlit would put its own words where the page was
        log_error("what was done could not be applied", error)
        session.say("Something went wrong here, and this was not done. Nothing was stored.")
    return state


def _fault_words(fault: Fault) -> str:
    """The message of a fault, with file and line where it has a line."""
    return fault.says if fault.line is None else f"{capitalise(fault.file)}, line {fault.line}: {fault.says}"
