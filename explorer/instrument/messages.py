"""Messages from the browser: each is applied once, in order, to the address it was sent from; errors become plain words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from explorer.instrument.actions import STARTS_OVER, Event, apply
from explorer.instrument.session import Session
from explorer.links.address import codes, state_from_link
from explorer.links.browser_address import SCENARIO_PARAM, ours
from explorer.server.log import log_error
from pathway import Fault, Unusable
from pathway.phrases import sentence_case
from pathway.scenarios.walk import State

MOST_EVENTS, MOST_FAULTS = 50, 5
"""MOST_FAULTS: the most errors of a file that the message above the page lists."""
AUTOMATIC = ("compute", "whole")
"""Events that the browser sends by itself, not for something that a person did."""


class Message(BaseModel):
    """One message: its session and number, and the page it was sent from (that page's number, drawer and address)."""

    model_config = ConfigDict(strict=True)

    session: str
    number: int = Field(alias="n")
    have: int
    drawer: str
    at: str
    events: list[dict[str, str | bool]] = Field(max_length=MOST_EVENTS)


def message_from(raw: Any) -> Message | None:
    """The message in raw component data; None for data that no page of ours sends."""
    try:
        return Message.model_validate_json(json.dumps(raw))
    except (ValidationError, ValueError):
        return None


def receive(raw: Any, session: Session) -> None:
    """Apply the message in raw component data: the session then has the address that its events lead to."""
    message = message_from(raw)
    if message is None or message.session != session.name:
        return  # after a restart, Streamlit hands the new server the last message to the old one
    session.confirmed = message.have
    session.open_drawer(message.drawer)
    if message.number > session.applied:
        session.applied, session.address = message.number, ours(message.at)
        if any(event.get("do") not in AUTOMATIC for event in message.events):
            session.say("")
        _apply_all(message.events, session)
        session.last_address = session.address
    session.address = session.last_address  # also for a message that comes a second time


def _apply_all(events: Iterable[Event], session: Session) -> None:
    before, _ = state_from_link((session.address or {}).get(SCENARIO_PARAM, ""))
    state = before
    for event in events:
        state = _after(state, event, session)
    # A link that can't be used stays, with its error message, until an action changes the scenario.
    if state != before or any(event.get("do") in STARTS_OVER for event in events):
        others = {name: value for name, value in (session.address or {}).items() if name != SCENARIO_PARAM}
        link = codes().encode(state)
        session.address = {SCENARIO_PARAM: link, **others} if link else others


def _after(state: State, event: Event, session: Session) -> State:
    try:
        return apply(state, event, session)
    except Unusable as error:
        more = len(error.faults) - MOST_FAULTS
        words = [*map(_fault_words, error.faults[:MOST_FAULTS]), *([f"and {more} more"] if more > 0 else [])]
        session.say("; ".join(words))
    except Exception as error:  # or Streamlit would replace the page with its own error
        log_error("what was done could not be applied", error)
        session.say("Something went wrong here, and this was not done. Nothing was stored.")
    return state


def _fault_words(fault: Fault) -> str:
    """The message of a fault, with file and line where it has a line."""
    return fault.says if fault.line is None else f"{sentence_case(fault.file)}, line {fault.line}: {fault.says}"
