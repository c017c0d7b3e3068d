"""A scenario as the walk that it holds, a walk as a scenario, and the one way to write a scenario as a file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import Changes, Trend, trends_by_course
from pathway.knowledge.vocabulary import GUIDANCE
from pathway.scenarios.scenario import UNKNOWN, Scenario, ScenarioVisit
from pathway.scenarios.visits import Answer, Visit
from pathway.scenarios.walk import State


def visits_of(scenario: Scenario, knowledge: Knowledge) -> tuple[Visit, ...]:
    """The visits of a scenario; one where it has answers alone."""
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
    """The walk that a scenario holds, looked at where it ends. Answers alone are read as the state before was."""
    if is_plain(scenario):
        return replace(before.restarted_with(scenario.answers), title=scenario.title, about=scenario.about)
    visits = visits_of(scenario, knowledge)
    reading = scenario.guidance or GUIDANCE[0]
    return State(visits, len(visits) - 1, reading, scenario.assumptions, scenario.title, scenario.about)


def is_plain(scenario: Scenario) -> bool:
    """Whether a scenario has answers alone: one visit, no reading and no assumptions of its own."""
    return not (scenario.visits or scenario.guidance or scenario.assumptions)


def scenario_of(state: State, knowledge: Knowledge) -> Scenario:
    """The scenario that holds a walk: in the plain form where it is one visit, read as usual."""
    if len(state.visits) == 1 and state.guidance == GUIDANCE[0] and not state.assumptions:
        return Scenario(title=state.title, about=state.about, answers=_answers(state.visits[0].new_answers))
    said = {trend: word for word, trend in trends_by_course(knowledge.changes).items()}
    first, *later = state.visits
    visits = [ScenarioVisit(answers=_answers(first.new_answers))]
    visits += [_written(one, said, knowledge.changes) for one in later]
    return Scenario(
        title=state.title, about=state.about, guidance=state.guidance, assumptions=dict(state.assumptions), visits=tuple(visits)
    )


def _written(visit: Visit, said: Mapping[Trend, str], changes: Changes) -> ScenarioVisit:
    """A visit as a file has it: what time says is left out where it is not known, and nothing else is said of that time."""
    left_out = {name for name, change in changes.items() if change.says and visit.new_answers.get(name, "") is None}
    if not left_out or visit.trend != Visit().trend:
        return ScenarioVisit(after=visit.weeks, course=said[visit.trend], answers=_answers(visit.new_answers))
    return ScenarioVisit(
        after=visit.weeks, answers=_answers({name: one for name, one in visit.new_answers.items() if name not in left_out})
    )


def _answers(own: Mapping[str, Answer | None]) -> dict[str, Answer]:
    return {name: UNKNOWN if answer is None else answer for name, answer in own.items()}


def as_yaml(scenario: Scenario) -> str:
    """The text of a file that holds the scenario."""
    values, text, yaml = scenario.as_written(), io.StringIO(), YAML()
    words = {name: DoubleQuotedScalarString(values[name]) for name in ("title", "about") if name in values}
    yaml.width = 120
    yaml.dump(values | words, text)  # quoted, any words are read as words
    return text.getvalue()
