"""What a person can change in a scenario, by its ids. Each function returns a changed copy; `checked` says whether it can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pathway.errors import Fault, Unusable
from pathway.knowledge.assumptions import values_from
from pathway.knowledge.changes import TRENDS
from pathway.knowledge.models import Finding
from pathway.phrases import safe_excerpt
from pathway.scenarios.inputs import reading_faults
from pathway.scenarios.scenario import Scenario, scenario_from
from pathway.scenarios.walk import MOST_VISITS, MOST_WEEKS, Answer, State


def checked(state: State) -> State:
    """Return the state. Raises Unusable for a guidance, an assumption or an answer at a visit that the knowledge doesn't have."""
    if faults := [*reading_faults(state.guidance, state.knowledge)]:
        raise Unusable(faults)
    for at in range(len(state.visits)):
        scenario_from({"answers": dict(state.answers_at(at))}, state.knowledge)
    values_from(state.assumptions, state.knowledge)
    return state


def with_answers(state: State, changes: Mapping[str, Answer | None]) -> State:
    """Return the state with these answers at the current visit. None withdraws an answer; unknown findings are ignored."""
    answers = {name: answer for name, answer in changes.items() if answer is not None or name in state.knowledge.findings}
    return state.answered(answers) if answers else state


def group_answers(state: State, group: str) -> dict[str, Answer | None]:
    """Return the answer to each question of a group that is answered in words, None where it has none."""
    return {finding.id: state.answers.get(finding.id) for finding in _worded(state, group)}


def with_no_to_all(state: State, group: str) -> State:
    """Return the state with every question of a group answered as nobody needs to worry about, unless one has another answer."""
    known, benign = group_answers(state, group), {finding.id: finding.benign_answer for finding in _worded(state, group)}
    return state.answered(benign) if all(known[name] in (None, benign[name]) for name in known) else state


def _worded(state: State, group: str) -> list[Finding]:
    return [finding for finding in state.knowledge.findings.values() if finding.group == group and finding.answers]


def with_assumption(state: State, name: str, value: Answer | None) -> State:
    """Return the state with an assumption set; None, or its default, sets it back."""
    assumption = state.knowledge.assumptions.get(name)
    others = {other: kept for other, kept in state.assumptions.items() if other != name}
    is_default = value is None or (assumption is not None and value == assumption.value)
    return replace(state, assumptions=others if is_default or value is None else {**others, name: value})


def with_next_visit(state: State, weeks: Answer | None, trend: str, care: bool) -> State:
    """Return the state with one more visit, unless there are the most already or there is no such trend. Raises Unusable."""
    if not isinstance(weeks, int) or not 0 <= weeks <= MOST_WEEKS:
        says = f"the weeks until the next visit are a whole number from 0 to {MOST_WEEKS}, not {safe_excerpt(weeks)}"
        raise Unusable([Fault("visit", None, says)])
    known = [word for word in TRENDS if word == trend]
    return state.add_visit(weeks, known[0], care) if known and len(state.visits) < MOST_VISITS else state


def at_visit(state: State, at: Answer | None) -> State:
    """Return the state at another of its visits; the state itself where it has no such visit."""
    return replace(state, current_visit=at) if isinstance(at, int) and 0 <= at < len(state.visits) else state


def bundled_as(state: State, bundled: Iterable[Scenario]) -> Scenario | None:
    """Return the scenario that has the answers of the first visit; None where that has none."""
    first = state.answers_at(0)
    return next((scenario for scenario in bundled if first and dict(scenario.answers) == first), None)


def named(state: State, bundled: Iterable[Scenario]) -> State:
    """Return the state with the title of the bundled scenario that it still is, so that it keeps the title when changed."""
    scenario = None if state.title else bundled_as(state, bundled)
    return replace(state, title=scenario.title) if scenario else state
