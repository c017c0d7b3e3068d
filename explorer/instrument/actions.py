"""Every action of Explore by its name. Each returns the new state, or raises Unusable."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from explorer.instrument.session import Session
from explorer.links.address import codes, read, scenarios
from explorer.links.browser_address import CARRIED, COMPARE_PARAM
from pathway.knowledge.renaming import with_present_ids
from pathway.scenarios import edits
from pathway.scenarios.scenario import LARGEST, scenario_in
from pathway.scenarios.walk import Answer, State
from pathway.scenarios.walk_file import state_of
from pathway.yaml.document import decode_utf8, parse

Event = Mapping[str, Any]
Action = Callable[[State, Event, Session], State]
REPLACED = "The earlier answers were replaced."
CLEARED = "Everything is cleared. Close this tab too: its Back button can bring the answers back."


def apply(state: State, event: Event, session: Session) -> State:
    """The state after one event; an event without an action changes nothing. Raises Unusable where the engine would refuse it."""
    action = ACTIONS.get(str(event.get("do")))
    if not action:
        return state
    before = edits.named(state, scenarios().values())
    after = action(before, event, session)
    return state if after == before else edits.checked(after)


def _number(typed: Any) -> Answer | None:
    """A whole number as the browser read it; any other text stays text, and is refused later."""
    text = str(typed)
    return int(text) if text.isascii() and text.isdecimal() else text or None


# Actions that change the scenario, or its guidance and assumptions.


def _answer(state: State, event: Event, session: Session) -> State:
    value = event.get("value") or None
    is_number = event["do"] == "number" and value is not None
    return edits.with_answers(state, {str(event.get("finding")): _number(value) if is_number else value})


def _none_of_these(state: State, event: Event, session: Session) -> State:
    """Answer a group with no. It never overwrites a sign that is present; unticked, it restores the earlier answers."""
    group = str(event.get("group"))
    key, known = (group, state.current_visit), edits.group_answers(state, group)
    if event.get("value") != "on":
        return edits.with_answers(state, {**dict.fromkeys(known), **session.earlier_answers.pop(key, {})})
    session.earlier_answers[key] = known
    return edits.with_no_to_all(state, group)


def _apply_changes(state: State, event: Event, session: Session) -> State:
    return edits.with_answers(state, json.loads(event["changes"]))


def _assume(state: State, event: Event, session: Session) -> State:
    return edits.with_assumption(state, str(event.get("name")), _number(event.get("value", "")))


def _add_visit(state: State, event: Event, session: Session) -> State:
    session.skipped = frozenset()  # a new visit asks skipped questions again
    return edits.with_next_visit(state, _number(event.get("weeks", "")), str(event.get("value")), bool(event.get("care")))


# Actions that start over.


def _scenario(state: State, event: Event, session: Session) -> State:
    scenario = scenarios()[event["value"]]
    return _replaced(state, state_of(scenario.model_copy(update={"about": ""}), state.knowledge, state), session)


def _file(state: State, event: Event, session: Session) -> State:
    text = decode_utf8(str(event.get("text")).encode(), "the file", LARGEST)
    document, notes = with_present_ids(parse(text, "the file"), state.knowledge)
    opened = state_of(scenario_in(document, state.knowledge), state.knowledge, state)
    return _replaced(state, opened, session, *(note.says for note in notes))


def _restart(state: State, event: Event, session: Session) -> State:
    return _replaced(state, State(guidance=state.guidance, knowledge=state.knowledge), session)


def _replaced(before: State, after: State, session: Session, *notes: str) -> State:
    """The new state. The person's own answers that it replaces can be brought back; a bundled scenario needs no undo."""
    session.forget_scenario()
    bundled = len(before.visits) == 1 and edits.bundled_as(before, scenarios().values())
    own = bool(before.answers_at(0)) and not bundled and after != before
    noted = "; ".join(notes)
    session.say(f"{noted} {REPLACED}".lstrip() if own else noted, codes().encode(before) if own else "")
    return after


def _undo(state: State, event: Event, session: Session) -> State:
    return read(str(event.get("token", ""))).state


def _clear(state: State, event: Event, session: Session) -> State:
    session.forget_scenario()
    session.address, session.clears = {}, True
    session.say(CLEARED)
    return State()


# Actions that leave the scenario as it is.


def _skip(state: State, event: Event, session: Session) -> State:
    session.skipped |= {str(event.get("finding"))} & state.knowledge.findings.keys()
    return state


def _unskip(state: State, event: Event, session: Session) -> State:
    session.skipped = frozenset()
    return state


def _compute(state: State, event: Event, session: Session) -> State:
    session.work = str(event.get("of"))
    return state


def _pin(state: State, event: Event, session: Session) -> State:
    session.address = {**(session.address or {}), COMPARE_PARAM: codes().encode_always(state)}
    return state


def _unpin(state: State, event: Event, session: Session) -> State:
    session.address = {name: value for name, value in (session.address or {}).items() if name != COMPARE_PARAM}
    return state


def _navigate(state: State, event: Event, session: Session) -> State:
    """Go to another page, to the place that the link names."""
    session.next_page = str(event.get("page"))
    session.address = {**(session.address or {}), **{name: event[name] for name in CARRIED if event.get(name)}}
    return state


STARTS_OVER = ("scenario", "file", "restart", "clear")
ACTIONS: dict[str, Action] = {
    "answer": _answer, "number": _answer, "none-of-these": _none_of_these, "apply-changes": _apply_changes,
    "nothing-new": lambda state, event, session: state.answered_as_before(),
    "guidance": lambda state, event, session: replace(state, guidance=str(event.get("value"))), "assume": _assume,
    "reset-assumptions": lambda state, event, session: replace(state, assumptions={}),
    "add-visit": _add_visit, "drop-visit": lambda state, event, session: state.without_last_visit(),
    "visit": lambda state, event, session: edits.at_visit(state, _number(event.get("value"))),
    "scenario": _scenario, "file": _file, "restart": _restart, "clear": _clear, "undo": _undo,
    "skip": _skip, "unskip": _unskip, "compute": _compute, "pin": _pin, "unpin": _unpin, "navigate": _navigate,
}  # fmt: skip
