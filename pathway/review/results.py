"""The bundled scenarios that two editions of the knowledge answer differently."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from pathway.deciding.decide import Decider, Decision
from pathway.errors import Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import OFF_LADDER, READING, ROUTE, STEP
from pathway.model import FrozenModel
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.inputs import validated_inputs


class ResultChange(FrozenModel):
    """A bundled scenario whose route, step or verdict on an option changes from `old` to `new`, under one guidance."""

    scenario: str
    title: str
    guidance: str
    of: str
    old: str
    new: str


class ScenarioResults(FrozenModel):
    """The results of a bundled scenario under one guidance: route, step, and the verdict on each option."""

    scenario: str
    title: str
    guidance: str
    by_subject: dict[str, str]


def scenario_results(knowledge: Knowledge, source: Knowledge) -> Iterator[ScenarioResults]:
    """Yield the results by a knowledge base for the bundled scenarios of `source`; those that it can't read are left out.

    It only decides: an earlier edition may lack the words with which a result is explained today.
    """
    decider = Decider(knowledge)
    for name, scenario in bundled_scenarios(source, source.folder):
        for guidance in knowledge.readings:
            with contextlib.suppress(Unusable):  # an earlier edition may lack a question that the scenario answers
                inputs = validated_inputs(scenario, guidance, None, knowledge)
                decision = decider.decide({**inputs.answers, **inputs.values, READING: guidance})
                yield ScenarioResults(scenario=name, title=scenario.title, guidance=guidance, by_subject=_by_subject(decision))


def _by_subject(decision: Decision) -> dict[str, str]:
    verdicts = {option: candidates.value for option, candidates in decision.verdicts.items()}
    return {ROUTE: decision.decided_route, STEP: decision.step.value if decision.step else OFF_LADDER, **verdicts}


def answered_differently(old: Knowledge, new: Knowledge) -> tuple[ResultChange, ...]:
    """Return the changed results of the bundled scenarios of `new`. Options that only one of the two has are left out."""
    before = {(entry.scenario, entry.guidance): entry.by_subject for entry in scenario_results(old, new)}
    return tuple(
        ResultChange(scenario=now.scenario, title=now.title, guidance=now.guidance, of=subject, old=earlier[subject], new=answer)
        for now in scenario_results(new, new)
        for earlier in (before.get((now.scenario, now.guidance), {}),)
        for subject, answer in now.by_subject.items()
        if earlier.get(subject, answer) != answer
    )
