"""What can be done in Explore: every action by its name. Each checks its event and gives the new state, or raises Unusable."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from unicodedata import normalize

from explorer.instrument.session import Session
from explorer.links.address import codes, read
from explorer.links.browser_address import CARRIED, COMPARE_PARAM, LONGEST
from explorer.markup.words import capitalise
from pathway import Fault, Unusable
from pathway.knowledge.assumptions import values_from
from pathway.knowledge.changes import TRENDS
from pathway.knowledge.renaming import with_present_ids
from pathway.phrases import safe_excerpt
from pathway.scenarios.scenario import LARGEST, scenario_from, scenario_in
from pathway.scenarios.walk import MOST_VISITS, MOST_WEEKS, Answer, State
from pathway.scenarios.walk_file import state_of
from pathway.yaml.document import decode_utf8, parse

Event = Mapping[str, Any]
Action = Callable[[State, Event, Session], State]
LONGEST_WORD, LONGEST_ID, LONGEST_CHANGES = 60, 200, 5000
"""Characters."""
CLEARED = "Everything is cleared. Close this tab too: its Back button can bring the answers back."


def apply(state: State, event: Event, session: Session) -> State:
    """The state after one event; an event without an action changes nothing. Raises Unusable where the engine would refuse it."""
    action = ACTIONS.get(str(event.get("do")))
    if not action:
        return state
    _forget_earlier_answers(event, session)
    before = _named(state, session)
    after = action(before, event, session)
    if after == before:
        return state
    for at in range(len(after.visits)):
        scenario_from({"answers": dict(after.answers_at(at))}, session.knowledge)
    values_from(after.assumptions, session.knowledge)
    return after


def _word(event: Event, name: str) -> str:
    return str(event.get(name, ""))[:LONGEST_WORD]


def _named(state: State, session: Session) -> State:
    """The state with the title of the bundled scenario that has its answers, so that it keeps the title when changed."""
    first = state.answers_at(0)
    same = (scenario.title for scenario in session.scenarios.values() if first and scenario.answers == first)
    return state if state.title else replace(state, title=next(same, ""))


# What changes the answers.


def _answer(state: State, event: Event, session: Session) -> State:
    return _given(state, event, session, _word(event, "value") or None)


def _number(state: State, event: Event, session: Session) -> State:
    answer, finding = number(event.get("value")), session.knowledge.findings.get(_word(event, "finding"))
    if finding and finding.whole and answer is not None:
        _refuse_unless_between(finding.name.removeprefix("the "), answer, 0, finding.whole.most)
    return _given(state, event, session, answer)


def _given(state: State, event: Event, session: Session, answer: Answer | None) -> State:
    name = _word(event, "finding")
    return state if answer is None and name not in session.knowledge.findings else state.answered({name: answer})


def _none_of_these(state: State, event: Event, session: Session) -> State:
    """Answer a group with no. It never overwrites a sign that is present; unticked, it restores the answers of before."""
    key = (_word(event, "group"), state.current_visit)
    asked = [finding for finding in session.knowledge.findings.values() if finding.group == key[0] and finding.answers]
    answers = state.answers
    if any(answers.get(finding.id, finding.benign_answer) != finding.benign_answer for finding in asked):
        return state
    if event.get("value") == "on":
        session.earlier_answers[key] = {finding.id: answers[finding.id] for finding in asked if finding.id in answers}
        return state.answered({finding.id: finding.benign_answer for finding in asked})
    known = session.earlier_answers.pop(key, {})
    return state.answered({finding.id: known.get(finding.id) for finding in asked})


def _forget_earlier_answers(event: Event, session: Session) -> None:
    """Another answer in a group is newer than those of before "no to all of these"."""
    finding = session.knowledge.findings.get(str(event.get("finding")))
    for key in [key for key in session.earlier_answers if finding and key[0] == finding.group]:
        del session.earlier_answers[key]


def _apply_changes(state: State, event: Event, session: Session) -> State:
    return state.answered(changes_in(str(event.get("changes"))[:LONGEST_CHANGES]))


def changes_in(text: str) -> dict[str, Answer | None]:
    """The answers in a change set's JSON; empty where it is invalid."""
    try:
        changes = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    pairs = changes.items() if isinstance(changes, dict) else ()
    return {name: answer for name, answer in pairs if isinstance(answer, str) or type(answer) is int}


def number(typed: Any) -> Answer | None:
    """A typed whole number; anything else stays text, for the error message."""
    text = normalize("NFKC", str(typed if typed is not None else "")[:LONGEST_WORD]).strip()
    if not text:
        return None
    return int(text) if re.fullmatch("-?[0-9]{1,20}", text) else text[:20]


def _refuse_unless_between(name: str, value: Answer | None, least: int, most: int) -> None:
    if isinstance(value, int) and least <= value <= most:
        return
    entered = f"{safe_excerpt(value)} was entered." if value is not None else "Nothing was entered."
    raise Unusable([Fault("number", None, f"{capitalise(name)}: enter a whole number from {least} to {most}. {entered}")])


# What changes how they are read.


def _guidance(state: State, event: Event, session: Session) -> State:
    readings = session.knowledge.readings
    wanted = event.get("value")
    return replace(state, guidance=next((reading for reading in readings if reading == wanted), readings[0]))


def _assume(state: State, event: Event, session: Session) -> State:
    name, value = _word(event, "name"), _word(event, "value") or None
    assumption = session.knowledge.assumptions.get(name)
    setting: Answer | None = value
    if assumption and isinstance(assumption.value, int) and (setting := number(value)) is not None:
        _refuse_unless_between(name.replace("-", " "), setting, *map(int, assumption.allowed))
    kept = {other: its for other, its in state.assumptions.items() if other != name}
    is_default = setting is None or (assumption is not None and setting == assumption.value)
    return replace(state, assumptions=kept if is_default or setting is None else {**kept, name: setting})


# Visits.


def _add_visit(state: State, event: Event, session: Session) -> State:
    weeks, trend = number(event.get("weeks")), _word(event, "value")
    _refuse_unless_between("weeks until the next visit", weeks, 0, MOST_WEEKS)
    assert isinstance(weeks, int), "anything else was refused above"
    session.skipped = frozenset()  # a new visit asks skipped questions again
    known = [word for word in TRENDS if word == trend]
    full = len(state.visits) >= MOST_VISITS
    return state if full or not known else state.add_visit(weeks, known[0], bool(event.get("care")))


def _visit(state: State, event: Event, session: Session) -> State:
    at = number(event.get("value"))
    return replace(state, current_visit=at) if isinstance(at, int) and 0 <= at < len(state.visits) else state


# What begins anew.


def _scenario(state: State, event: Event, session: Session) -> State:
    session.forget_scenario()
    scenario = session.scenarios.get(str(event.get("value")))
    return state_of(scenario.model_copy(update={"about": ""}), session.knowledge, state) if scenario else state


def _file(state: State, event: Event, session: Session) -> State:
    session.forget_scenario()
    text = decode_utf8(str(event.get("text"))[: 2 * LARGEST].encode(), "the file", LARGEST)
    document, notes = with_present_ids(parse(text, "the file"), session.knowledge)
    opened = state_of(scenario_in(document, session.knowledge), session.knowledge, state)
    session.say("; ".join(note.says for note in notes))
    return opened


def _restart(state: State, event: Event, session: Session) -> State:
    session.forget_scenario()
    return State(guidance=state.guidance)


def _undo(state: State, event: Event, session: Session) -> State:
    return read(str(event.get("token", ""))[:LONGEST]).state


def _clear(state: State, event: Event, session: Session) -> State:
    session.forget_scenario()
    session.drawer = session.work = ""
    session.address, session.clears = {}, True
    session.say(CLEARED)
    return State()


# What changes nothing in the scenario.


def _skip(state: State, event: Event, session: Session) -> State:
    session.skipped |= {str(event.get("finding"))} & session.knowledge.findings.keys()
    return state


def _unskip(state: State, event: Event, session: Session) -> State:
    session.skipped = frozenset()
    return state


def _open(state: State, event: Event, session: Session) -> State:
    session.drawer, session.work = _word(event, "part"), ""
    return state


def _compute(state: State, event: Event, session: Session) -> State:
    session.work = _word(event, "of")
    return state


def _pin(state: State, event: Event, session: Session) -> State:
    session.address = {**(session.address or {}), COMPARE_PARAM: codes().encode_always(state)}
    return state


def _unpin(state: State, event: Event, session: Session) -> State:
    session.address = {name: value for name, value in (session.address or {}).items() if name != COMPARE_PARAM}
    return state


def _navigate(state: State, event: Event, session: Session) -> State:
    """Go to another page, and there to the place that the link names."""
    session.go = _word(event, "page")
    places = {name: str(event[name])[:LONGEST_ID] for name in CARRIED if event.get(name)}
    session.address = {**(session.address or {}), **places}
    return state


BEGIN_ANEW = ("scenario", "file", "restart", "clear")
ACTIONS: dict[str, Action] = {
    "answer": _answer, "number": _number, "none-of-these": _none_of_these, "apply-changes": _apply_changes,
    "nothing-new": lambda state, event, session: state.answered_as_before(),
    "guidance": _guidance, "assume": _assume,
    "reset-assumptions": lambda state, event, session: replace(state, assumptions={}),
    "add-visit": _add_visit, "visit": _visit, "drop-visit": lambda state, event, session: state.without_last_visit(),
    "scenario": _scenario, "file": _file, "restart": _restart, "clear": _clear, "undo": _undo,
    "skip": _skip, "unskip": _unskip, "open": _open, "compute": _compute, "pin": _pin, "unpin": _unpin, "navigate": _navigate,
}  # fmt: skip
