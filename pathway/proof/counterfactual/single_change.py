"""Finds every single answer that alone changes a result. The engine decides each alternative, so the list is exact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pathway.conditions.tree import AtLeast, leaves
from pathway.deciding.decide import Decision
from pathway.explanation.pathway import Pathway
from pathway.knowledge.assumptions import Values
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding
from pathway.model import FrozenModel
from pathway.proof.counterfactual.goal import contradictions
from pathway.proof.counterfactual.what_if_result import AnswerChange
from pathway.scenarios.inputs import validated_inputs

Answers = Mapping[str, str | int]


class SingleChange(FrozenModel):
    """One changed answer, and the result with it. `compared`: it changes what no care sets out to change."""

    change: AnswerChange
    route: str
    step: str | None
    verdicts: dict[str, str]
    compared: bool


def single_changes(pathway: Pathway, scenario: Any, visit: int | None = None) -> tuple[SingleChange, ...]:
    """Return each other answer to one question, with its result; first those that care may bring about, nearest numbers first.

    Answers that contradict the others are left out. A number is tried where a rule tells it from its neighbour.
    """
    inputs = validated_inputs(scenario, None, None, pathway.knowledge, visit)
    settings: Values = {**inputs.values, "guidance": inputs.guidance}
    alternatives = _alternatives(inputs.answers, settings, pathway)
    changes = [_changed(*alternative, inputs.answers, settings, pathway) for alternative in alternatives]
    return tuple(sorted((change for change in changes if change), key=lambda change: change.compared))


def _alternatives(answers: Answers, settings: Values, pathway: Pathway) -> Iterator[tuple[Finding, str | int]]:
    for finding in pathway.knowledge.findings.values():
        now = answers.get(finding.id)
        others = finding.answers or _numbers(finding, now, answers, settings, pathway.knowledge)
        yield from ((finding, answer) for answer in others if answer != now)


def _numbers(finding: Finding, now: str | int | None, answers: Answers, settings: Values, knowledge: Knowledge) -> Iterator[int]:
    """Yield the numbers on either side of each bound, nearest to the present one first."""
    bounds = set[int]()
    for condition in knowledge.rule_conditions.values():
        for leaf in leaves(condition):
            if isinstance(leaf, AtLeast) and leaf.variable == finding.id:
                bound = settings.get(leaf.bound, answers.get(leaf.bound)) if isinstance(leaf.bound, str) else leaf.bound
                bounds |= {bound, bound - 1} if isinstance(bound, int) else set()
    most = finding.whole.most if finding.whole else 0
    start = now if isinstance(now, int) else 0
    yield from sorted((bound for bound in bounds if 0 <= bound <= most), key=lambda bound: (abs(bound - start), bound))


def _changed(finding: Finding, answer: str | int, answers: Answers, settings: Values, pathway: Pathway) -> SingleChange | None:
    """Return the result with this answer; None where it contradicts another."""
    decision = pathway.decider.decide({**answers, finding.id: answer, **settings}, compare=False)
    if contradictions(decision, pathway.knowledge):
        return None
    return SingleChange(
        change=AnswerChange(finding=finding.id, before=answers.get(finding.id), after=answer),
        route=decision.decided_route,
        step=_step(decision),
        verdicts={option: candidates.value for option, candidates in decision.verdicts.items()},
        compared=finding.id in pathway.knowledge.changes[finding.id].compared,
    )


def _step(decision: Decision) -> str | None:
    return decision.step.value if decision.step else None
