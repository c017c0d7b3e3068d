"""Handlers for actions that change the scenario: each checks its event and returns a new state or raises Unusable."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import normalize

from explorer.markup.words import capitalise
from pathway import Fault, Knowledge, Scenario, Unusable
from pathway.knowledge.assumptions import values_from
from pathway.knowledge.changes import TRENDS
from pathway.knowledge.renaming import with_present_ids
from pathway.phrases import safe_excerpt
from pathway.scenarios.scenario import LARGEST, scenario_from, scenario_in
from pathway.scenarios.walk import MOST_VISITS, MOST_WEEKS, Answer, State
from pathway.scenarios.walk_file import state_of
from pathway.yaml.document import decode_utf8, parse

Event = Mapping[str, Any]
MOST_EVENTS = 50
MOST_CHANGES = 5000
"""Characters."""
EARLIER_ANSWERS = "before"
"""Key of an event that unticks "no to all of these": the group's answers before it was ticked."""
LARGEST_COUNT = 2**53 - 1
"""The largest exact integer in JavaScript."""


@dataclass(frozen=True)
class ClientMessage:
    """One message of the browser: its number, the page number it has, its address, and the events."""

    number: int
    have: int
    at: str
    events: tuple[Event, ...]


def message_from(raw: Any) -> ClientMessage:
    """The message in raw component data; anything malformed is left out."""
    sent = raw if isinstance(raw, dict) else {}
    number, have = (_count(sent.get(name)) for name in ("n", "have"))
    done = sent.get("events")
    events = [_readable(item) for item in done[:MOST_EVENTS] if isinstance(item, dict)] if isinstance(done, list) else []
    return ClientMessage(number, have, _text(str(sent.get("at", ""))), tuple(events))


def _count(raw: Any) -> int:
    return raw if type(raw) is int and 0 < raw <= LARGEST_COUNT else 0


def _readable(event: dict[str, Any]) -> Event:
    return {name: _text(value) if isinstance(value, str) else value for name, value in event.items()}


def _text(raw: str) -> str:
    """The text with lone surrogates, which can't be encoded, replaced by question marks."""
    return raw.encode(errors="replace").decode()


class Events:
    """Applies events to a state. Raises Unusable for invalid ones. `said`: notes to show above the page."""

    def __init__(self, knowledge: Knowledge, scenarios: Mapping[str, Scenario]) -> None:
        self.knowledge, self.scenarios = knowledge, scenarios
        self.said: list[str] = []
        self.handlers: dict[str, Callable[[State, Event], State]] = {
            "answer": self._answer, "number": self._number, "none-of-these": self._none_of_these, "scenario": self._scenario,
            "guidance": self._guidance, "assume": self._assume, "restart": self._restart, "clear": self._clear,
            "reset-assumptions": lambda state, _: replace(state, assumptions={}),
            "add-visit": self._add_visit, "drop-visit": lambda state, _: state.without_last_visit(), "visit": self._visit,
            "file": self._file, "apply-changes": self._apply_changes, "nothing-new": lambda state, _: state.answered_as_before(),
        }  # fmt: skip

    def apply(self, state: State, event: Event) -> State:
        """The state after one event; raises Unusable where the engine would refuse it."""
        do = self.handlers.get(str(event.get("do")))
        named = self._named(state)
        changed = do(named, event) if do else named
        if changed == named:
            return state
        for at in range(len(changed.visits)):
            scenario_from({"answers": dict(changed.answers_at(at))}, self.knowledge)
        values_from(changed.assumptions, self.knowledge)
        return changed

    def _named(self, state: State) -> State:
        """The state with the title of the bundled scenario that has its answers, so that it keeps the title when changed."""
        first = state.answers_at(0)
        same = (scenario.title for scenario in self.scenarios.values() if first and scenario.answers == first)
        return state if state.title else replace(state, title=next(same, ""))

    def _answer(self, state: State, event: Event) -> State:
        return self._given(state, event, str(event.get("value"))[:60] or None)

    def _number(self, state: State, event: Event) -> State:
        answer, finding = number(event.get("value")), self.knowledge.findings.get(str(event.get("finding")))
        if finding and finding.whole and answer is not None:
            _refuse_unless_between(finding.name.removeprefix("the "), answer, 0, finding.whole.most)
        return self._given(state, event, answer)

    def _given(self, state: State, event: Event, answer: Answer | None) -> State:
        name = str(event.get("finding"))[:60]
        known = name in self.knowledge.findings
        return state if answer is None and not known else state.answered({name: answer})

    def _none_of_these(self, state: State, event: Event) -> State:
        asked = [
            finding for finding in self.knowledge.findings.values() if finding.group == event.get("group") and finding.answers
        ]
        answers = state.answers
        if any(answers.get(finding.id, finding.benign_answer) != finding.benign_answer for finding in asked):
            return state  # "no to all of these" never overwrites a sign that is present
        if event.get("value") == "on":
            return state.answered({finding.id: finding.benign_answer for finding in asked})
        before = event.get(EARLIER_ANSWERS)
        known = before if isinstance(before, dict) else {}
        return state.answered({finding.id: known.get(finding.id) for finding in asked})

    def _scenario(self, state: State, event: Event) -> State:
        scenario = self.scenarios.get(str(event.get("value")))
        return state_of(scenario.model_copy(update={"about": ""}), self.knowledge, state) if scenario else state

    def _guidance(self, state: State, event: Event) -> State:
        return replace(state, guidance="nice" if event.get("value") == "nice" else "page")

    def _assume(self, state: State, event: Event) -> State:
        name = str(event.get("name"))[:60]
        value: Answer | None = str(event.get("value"))[:60]
        if isinstance(self._default(name), int) and (value := number(event.get("value"))) is not None:
            lowest, highest = map(int, self.knowledge.assumptions[name].allowed)
            _refuse_unless_between(name.replace("-", " "), value, lowest, highest)
        kept = {assumption: setting for assumption, setting in state.assumptions.items() if assumption != name}
        return replace(state, assumptions=kept if value in (None, self._default(name)) else {**kept, name: value})

    def _default(self, name: str) -> Answer | None:
        assumption = self.knowledge.assumptions.get(name)
        return assumption.value if assumption else None

    def _add_visit(self, state: State, event: Event) -> State:
        weeks, trend = number(event.get("weeks")), str(event.get("value"))
        _refuse_unless_between("weeks until the next visit", weeks, 0, MOST_WEEKS)
        assert isinstance(weeks, int), "anything else was refused above"
        known = [word for word in TRENDS if word == trend]
        full = len(state.visits) >= MOST_VISITS
        return state if full or not known else state.add_visit(weeks, known[0], bool(event.get("care")))

    def _visit(self, state: State, event: Event) -> State:
        at = number(event.get("value"))
        return replace(state, current_visit=at) if isinstance(at, int) and 0 <= at < len(state.visits) else state

    def _file(self, state: State, event: Event) -> State:
        text = decode_utf8(str(event.get("text"))[: 2 * LARGEST].encode(), "the file", LARGEST)
        document, notes = with_present_ids(parse(text, "the file"), self.knowledge)
        opened = state_of(scenario_in(document, self.knowledge), self.knowledge, state)
        self.said += [note.says for note in notes]
        return opened

    def _apply_changes(self, state: State, event: Event) -> State:
        """Apply the answers of a change set at once."""
        return state.answered(changes_in(str(event.get("changes"))[:MOST_CHANGES]))

    def _restart(self, state: State, event: Event) -> State:
        return State(guidance=state.guidance)

    def _clear(self, state: State, event: Event) -> State:
        return State()


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
    text = normalize("NFKC", str(typed if typed is not None else "")[:60]).strip()
    if not text:
        return None
    return int(text) if re.fullmatch("-?[0-9]{1,20}", text) else text[:20]


def _refuse_unless_between(name: str, value: Answer | None, least: int, most: int) -> None:
    if isinstance(value, int) and least <= value <= most:
        return
    entered = f"{safe_excerpt(value)} was entered." if value is not None else "Nothing was entered."
    raise Unusable([Fault("number", None, f"{capitalise(name)}: enter a whole number from {least} to {most}. {entered}")])
