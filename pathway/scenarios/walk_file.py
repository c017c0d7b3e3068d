"""Converts scenarios to walks and back, and writes a scenario as YAML."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import Changes, Trend, trends_by_course
from pathway.scenarios.scenario import UNKNOWN, Scenario, ScenarioVisit
from pathway.scenarios.visits import Answer, Visit
from pathway.scenarios.walk import State


def visits_of(scenario: Scenario, knowledge: Knowledge) -> tuple[Visit, ...]:
    """Return the visits of a scenario; a single one where it has only answers."""
    if not scenario.visits:
        return (Visit(new_answers=dict(scenario.answers)),)
    first, *later = scenario.visits
    return (Visit(new_answers=dict(first.answers)), *(_visit(visit, knowledge.changes) for visit in later))


def _visit(visit: ScenarioVisit, changes: Changes) -> Visit:
    own: dict[str, Answer | None] = {name: None if answer == UNKNOWN else answer for name, answer in visit.answers.items()}
    if visit.course is None:
        return Visit(visit.after, new_answers={**{name: None for name, change in changes.items() if change.says}, **own})
    return Visit(visit.after, trends_by_course(changes)[visit.course], own)


def state_of(scenario: Scenario, knowledge: Knowledge, before: State) -> State:
    """Return the walk of a scenario, at its last visit. A plain scenario keeps the guidance and assumptions of `before`."""
    if is_plain(scenario):
        return replace(before.restarted_with(scenario.answers, scenario.title), about=scenario.about)
    visits = visits_of(scenario, knowledge)
    reading = scenario.guidance or knowledge.readings[0]
    return State(visits, len(visits) - 1, reading, scenario.assumptions, scenario.title, scenario.about, knowledge)


def is_plain(scenario: Scenario) -> bool:
    """Return whether a scenario has only answers: no visits, guidance or assumptions of its own."""
    return not (scenario.visits or scenario.guidance or scenario.assumptions)


def scenario_of(state: State, knowledge: Knowledge) -> Scenario:
    """Return the scenario of a walk: a plain one for a single visit with the default guidance and assumptions."""
    if len(state.visits) == 1 and state.guidance == knowledge.readings[0] and not state.assumptions:
        return Scenario(title=state.title, about=state.about, answers=_answers(state.visits[0].new_answers))
    words_by_trend = {trend: word for word, trend in trends_by_course(knowledge.changes).items()}
    first, *later = state.visits
    visits = [ScenarioVisit(answers=_answers(first.new_answers))]
    visits += [_scenario_visit(visit, words_by_trend, knowledge.changes) for visit in later]
    return Scenario(
        title=state.title, about=state.about, guidance=state.guidance, assumptions=dict(state.assumptions), visits=tuple(visits)
    )


def _scenario_visit(visit: Visit, words_by_trend: Mapping[Trend, str], changes: Changes) -> ScenarioVisit:
    """Return a visit as a file has it. Where the course is not known, `course` and the answers it gives are left out."""
    left_out = {name for name, change in changes.items() if change.says and visit.new_answers.get(name, "") is None}
    if not left_out or visit.trend != Visit().trend:
        return ScenarioVisit(after=visit.weeks, course=words_by_trend[visit.trend], answers=_answers(visit.new_answers))
    return ScenarioVisit(
        after=visit.weeks, answers=_answers({name: answer for name, answer in visit.new_answers.items() if name not in left_out})
    )


def _answers(own: Mapping[str, Answer | None]) -> dict[str, Answer]:
    return {name: UNKNOWN if answer is None else answer for name, answer in own.items()}


def as_yaml(scenario: Scenario) -> str:
    """Return the scenario as the text of a YAML file."""
    values, text, yaml = scenario.as_written(), io.StringIO(), YAML()
    words = {name: DoubleQuotedScalarString(values[name]) for name in ("title", "about") if name in values}
    yaml.width = 120
    yaml.dump(values | words, text)  # quoted, so that a title such as "no" or "7" stays text
    return text.getvalue()
