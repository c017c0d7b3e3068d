"""What a person did, read from the browser: whatever comes is checked, and answers with a new state or a message."""

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
from pathway.phrases import shown
from pathway.scenarios.scenario import LARGEST, scenario_from, scenario_in
from pathway.scenarios.walk import MOST_VISITS, MOST_WEEKS, Answer, State
from pathway.scenarios.walk_file import state_of
from pathway.yaml.document import decoded, parse

Event = Mapping[str, Any]
MOST_EVENTS = 50
MOST_CHANGES = 5000
"""Characters."""
EARLIER_ANSWERS = "before"
"""Of a "none of these" that is taken back: the group's answers before it was said, as the session remembers them."""
LARGEST_COUNT = 2**53 - 1
"""What a browser can count to."""


@dataclass(frozen=True)
class ClientMessage:
    """What the browser sends at once: its number, the page that it has, the address it was sent from, and what was done."""

    number: int
    have: int
    at: str
    events: tuple[Event, ...]


def message_from(given: Any) -> ClientMessage:
    """Whatever came, as the script sends it: what is not of that kind is left out."""
    sent = given if isinstance(given, dict) else {}
    number, have = (_count(sent.get(name)) for name in ("n", "have"))
    done = sent.get("events")
    events = [_readable(one) for one in done[:MOST_EVENTS] if isinstance(one, dict)] if isinstance(done, list) else []
    return ClientMessage(number, have, _text(str(sent.get("at", ""))), tuple(events))


def _count(given: Any) -> int:
    return given if type(given) is int and 0 < given <= LARGEST_COUNT else 0


def _readable(event: dict[str, Any]) -> Event:
    return {name: _text(value) if isinstance(value, str) else value for name, value in event.items()}


def _text(given: str) -> str:
    """Half of a letter, which no file and no log could hold, becomes a question mark."""
    return given.encode(errors="replace").decode()


class Events:
    """Applies what was done to a state. Raises Unusable for what can't be used. `said`: what a person should know of it."""

    def __init__(self, knowledge: Knowledge, scenarios: Mapping[str, Scenario]) -> None:
        self.knowledge, self.scenarios = knowledge, scenarios
        self.said: list[str] = []
        self.handlers: dict[str, Callable[[State, Event], State]] = {
            "answer": self._answer, "number": self._number, "none-of-these": self._none, "scenario": self._scenario,
            "guidance": self._guidance, "assume": self._assume, "restart": self._restart, "clear": self._clear,
            "reset-assumptions": lambda state, _: replace(state, assumptions={}),
            "add-visit": self._later, "drop-visit": lambda state, _: state.dropped(), "visit": self._visit, "file": self._file,
            "apply-changes": self._try, "nothing-new": lambda state, _: state.nothing_new(),
        }  # fmt: skip

    def apply(self, state: State, event: Event) -> State:
        """The state after one event, which the engine accepts."""
        do = self.handlers.get(str(event.get("do")))
        named = self._named(state)
        found = do(named, event) if do else named
        if found == named:
            return state
        for at in range(len(found.visits)):
            scenario_from({"answers": dict(found.answers_at(at))}, self.knowledge)
        values_from(found.assumptions, self.knowledge)
        return found

    def _named(self, state: State) -> State:
        """With the title of the bundled scenario whose answers it has, where it has no title: once changed, it keeps that."""
        first = state.answers_at(0)
        same = (found.title for found in self.scenarios.values() if first and found.answers == first)
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

    def _none(self, state: State, event: Event) -> State:
        asked = [one for one in self.knowledge.findings.values() if one.group == event.get("group") and one.answers]
        given = state.answers
        if any(given.get(one.id, one.if_not_adverse) != one.if_not_adverse for one in asked):
            return state  # "none of these" never takes back a sign that was said to be there
        if event.get("value") == "on":
            return state.answered({one.id: one.if_not_adverse for one in asked})
        before = event.get(EARLIER_ANSWERS)
        known = before if isinstance(before, dict) else {}
        return state.answered({one.id: known.get(one.id) for one in asked})

    def _scenario(self, state: State, event: Event) -> State:
        found = self.scenarios.get(str(event.get("value")))
        return state_of(found.model_copy(update={"about": ""}), self.knowledge, state) if found else state

    def _guidance(self, state: State, event: Event) -> State:
        return replace(state, guidance="nice" if event.get("value") == "nice" else "page")

    def _assume(self, state: State, event: Event) -> State:
        name = str(event.get("name"))[:60]
        value: Answer | None = str(event.get("value"))[:60]
        if isinstance(self._default(name), int) and (value := number(event.get("value"))) is not None:
            lowest, highest = map(int, self.knowledge.assumptions[name].allowed)
            _refuse_unless_between(name.replace("-", " "), value, lowest, highest)
        kept = {other: given for other, given in state.assumptions.items() if other != name}
        return replace(state, assumptions=kept if value in (None, self._default(name)) else {**kept, name: value})

    def _default(self, name: str) -> Answer | None:
        found = self.knowledge.assumptions.get(name)
        return found.value if found else None

    def _later(self, state: State, event: Event) -> State:
        weeks, trend = number(event.get("weeks")), str(event.get("value"))
        _refuse_unless_between("weeks until the next visit", weeks, 0, MOST_WEEKS)
        assert isinstance(weeks, int), "it was refused otherwise"
        known = [one for one in TRENDS if one == trend]
        full = len(state.visits) >= MOST_VISITS
        return state if full or not known else state.later(weeks, known[0], bool(event.get("care")))

    def _visit(self, state: State, event: Event) -> State:
        at = number(event.get("value"))
        return replace(state, at=at) if isinstance(at, int) and 0 <= at < len(state.visits) else state

    def _file(self, state: State, event: Event) -> State:
        text = decoded(str(event.get("text"))[: 2 * LARGEST].encode(), "the file", LARGEST)
        document, notes = with_present_ids(parse(text, "the file"), self.knowledge)
        found = state_of(scenario_in(document, self.knowledge), self.knowledge, state)
        self.said += [note.says for note in notes]
        return found

    def _try(self, state: State, event: Event) -> State:
        """Answers that were shown to change something, given all at once."""
        return state.answered(changes_in(str(event.get("changes"))[:MOST_CHANGES]))

    def _restart(self, state: State, event: Event) -> State:
        return State(guidance=state.guidance)

    def _clear(self, state: State, event: Event) -> State:
        return State()


def changes_in(text: str) -> dict[str, Answer | None]:
    """Answers as a what-if sends them; none where the text is nothing of the kind."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: given for name, given in pairs if isinstance(given, str) or type(given) is int}


def number(given: Any) -> Answer | None:
    """A whole number as it was typed; what is none stays text, so that it can be said what is wrong with it."""
    text = normalize("NFKC", str(given if given is not None else "")[:60]).strip()
    if not text:
        return None
    return int(text) if re.fullmatch("-?[0-9]{1,20}", text) else text[:20]


def _refuse_unless_between(name: str, given: Answer | None, least: int, most: int) -> None:
    if isinstance(given, int) and least <= given <= most:
        return
    entered = f"{shown(given)} was entered." if given is not None else "Nothing was entered."
    raise Unusable([Fault("number", None, f"{capitalise(name)}: enter a whole number from {least} to {most}. {entered}")])
