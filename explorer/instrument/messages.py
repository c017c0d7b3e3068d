"""Messages of the browser: each is applied once, in order, to the address that it was sent from, with plain words for errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from explorer.instrument.actions import BEGIN_ANEW, Event, apply
from explorer.instrument.session import Address, Session
from explorer.links.address import PARAMETER, codes, state_from_link
from explorer.links.browser_address import ours
from explorer.markup.words import capitalise
from explorer.server.log import log_error
from pathway import Fault, Unusable
from pathway.scenarios.walk import State

REPLACING, REPLACED = ("scenario", "file", "restart"), "The earlier answers were replaced."
MOST_EVENTS, MOST_FAULTS = 50, 5
"""MOST_FAULTS: the most errors of a file that the message above the page lists."""
LARGEST_COUNT = 2**53 - 1
"""The largest exact integer in JavaScript."""
BY_ITSELF = ("compute", "whole")
"""Events that the browser sends by itself, not because of something that was done."""


@dataclass(frozen=True)
class Message:
    """One message: the session it is for, its number, the page number it builds on, the address it was sent from, the events."""

    session: str
    number: int
    have: int
    at: Address
    events: tuple[Event, ...]


def message_from(raw: Any) -> Message:
    """The message in raw component data; anything malformed is left out."""
    sent = raw if isinstance(raw, dict) else {}
    done = sent.get("events")
    events = [_readable(item) for item in done[:MOST_EVENTS] if isinstance(item, dict)] if isinstance(done, list) else []
    number, have = (_count(sent.get(name)) for name in ("n", "have"))
    return Message(str(sent.get("session", "")), number, have, ours(_text(str(sent.get("at", "")))), tuple(events))


def _count(raw: Any) -> int:
    return raw if type(raw) is int and 0 < raw <= LARGEST_COUNT else 0


def _readable(event: dict[str, Any]) -> Event:
    return {name: _text(value) if isinstance(value, str) else value for name, value in event.items()}


def _text(raw: str) -> str:
    """The text with lone surrogates, which can't be encoded, replaced by question marks."""
    return raw.encode(errors="replace").decode()


def receive(raw: Any, session: Session) -> None:
    """Apply the message in raw component data to the session, whose address is then where it leads."""
    sent = message_from(raw)
    if sent.session != session.name:
        return  # Streamlit gives a server that started anew the last message to the one before
    session.confirmed = sent.have
    if sent.number > session.applied:
        session.applied, session.address = sent.number, sent.at
        if any(event.get("do") not in BY_ITSELF for event in sent.events):
            session.say("")
        _apply_all(sent.events, session)
        session.led_to = session.address
    session.address = session.led_to  # of a message that came twice, too


def _apply_all(events: Sequence[Event], session: Session) -> None:
    before, _ = state_from_link((session.address or {}).get(PARAMETER, ""))
    state = before
    for event in events:
        previous, state = state, _after(state, event, session)
        if state != previous and _replaces_own_answers(previous, event, session):
            session.say(" ".join(filter(None, (session.message, REPLACED))), codes().encode(previous))
    # A link that can't be used stays, with what is said of it, until something is done to the scenario.
    if state != before or any(event.get("do") in BEGIN_ANEW for event in events):
        others = {name: value for name, value in (session.address or {}).items() if name != PARAMETER}
        link = codes().encode(state)
        session.address = {PARAMETER: link, **others} if link else others


def _replaces_own_answers(before: State, event: Event, session: Session) -> bool:
    """Whether the event puts another scenario in the place of answers that are in no bundled one."""
    first = before.answers_at(0)
    bundled = any(scenario.answers == first for scenario in session.scenarios.values()) and len(before.visits) == 1
    return bool(first) and not bundled and event.get("do") in REPLACING


def _after(state: State, event: Event, session: Session) -> State:
    try:
        return apply(state, event, session)
    except Unusable as error:
        session.say(_joined([*map(_fault_words, error.faults)]))
    except Exception as error:  # Streamlit would put its own words where the page was
        log_error("what was done could not be applied", error)
        session.say("Something went wrong here, and this was not done. Nothing was stored.")
    return state


def _joined(said: Sequence[str]) -> str:
    more = len(said) - MOST_FAULTS
    return "; ".join([*said[:MOST_FAULTS], *([f"and {more} more"] if more > 0 else [])])


def _fault_words(fault: Fault) -> str:
    """The message of a fault, with file and line where it has a line."""
    return fault.says if fault.line is None else f"{capitalise(fault.file)}, line {fault.line}: {fault.says}"
