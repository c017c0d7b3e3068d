"""Finds, for each number, the nearest lower and higher value at which the route, the step or a verdict changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pathway.conditions.tree import AtLeast, leaves
from pathway.deciding.decide import Decision
from pathway.explanation.pathway import Pathway
from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import Changes, load_changes
from pathway.knowledge.vocabulary import ROUTE, STEP
from pathway.proof.cache import Cache
from pathway.proof.counterfactual.boundary_result import DIRECTIONS, Direction, OutcomeChange, Threshold, Thresholds
from pathway.proof.counterfactual.goal import contradictions, outcome_value
from pathway.proof.symbolic.scenarios import Answers
from pathway.scenarios.inputs import validated_inputs


def thresholds(
    pathway: Pathway, scenario: Any, guidance: str | None = None, assumptions: Mapping[str, Any] | None = None
) -> Thresholds:
    """Return, for each answered number, the nearest lower and higher number at which a result changes.

    All other answers stay the same; numbers that contradict them are skipped. The result is exact: between two comparisons of
    the rules nothing changes, and at each the engine decides. Raises Unusable with every fault of the arguments. Thread-safe.
    """
    inputs = validated_inputs(scenario, guidance, assumptions, pathway.knowledge)
    changes = _CHANGES.get_or_make(pathway.knowledge, lambda: load_changes(pathway.knowledge))
    settings = {**inputs.values, "guidance": inputs.guidance}
    return ThresholdFinder(pathway, changes, dict(inputs.answers), settings).find(inputs.guidance)


_CHANGES: Cache[Changes] = Cache(4)


@dataclass(frozen=True)
class ThresholdFinder:
    """Finds the thresholds next to one scenario."""

    pathway: Pathway
    changes: Changes
    answers: Answers
    settings: Answers

    def find(self, guidance: str) -> Thresholds:
        """Return every threshold next to the scenario."""
        numbers = {name: int(self.answers[name]) for name in self._most if name in self.answers}
        now = self._decide({}, compare=True)
        nearest = (self._nearest(name, direction, now) for name in numbers for direction in DIRECTIONS)
        return Thresholds(guidance=guidance, numbers=numbers, thresholds=tuple(entry for entry in nearest if entry))

    @property
    def _knowledge(self) -> Knowledge:
        return self.pathway.knowledge

    @property
    def _most(self) -> Mapping[str, int]:
        """The largest allowed value of each number."""
        findings = self._knowledge.findings.values()
        return {finding.id: finding.whole.most for finding in findings if finding.whole}

    def _nearest(self, name: str, direction: Direction, now: Decision) -> Threshold | None:
        existing = contradictions(now, self._knowledge)
        for number in self._candidates(name, direction):
            then = self._decide({name: number}, compare=False)
            if contradictions(then, self._knowledge) <= existing and any(_outcome_changes(now, then)):
                return self._threshold(name, direction, number, now)
        return None

    def _threshold(self, name: str, direction: Direction, number: int, now: Decision) -> Threshold:
        how = self.changes[name].how
        return Threshold(
            finding=name,
            direction=direction,
            now=int(self.answers[name]),
            other=number,
            can_follow=how == "freely" or (how == "grows" and direction == "higher"),
            moves=tuple(_outcome_changes(now, self._decide({name: number}, compare=True))),
        )

    def _decide(self, changes: Answers, compare: bool) -> Decision:
        return self.pathway.decider.decide({**self.answers, **changes, **self.settings}, compare=compare)

    def _candidates(self, name: str, direction: Direction) -> list[int]:
        """Return the numbers at which a comparison changes, nearest first; downwards, the last number before it changes."""
        now, starts = int(self.answers[name]), set(self._starts(name))
        if direction == "higher":
            return sorted(start for start in starts if now < start <= self._most[name])
        return sorted((start - 1 for start in starts if 0 < start <= now), reverse=True)

    def _starts(self, name: str) -> Iterator[int]:
        """Yield the numbers from which on a comparison has another result."""
        knowledge = self._knowledge
        for condition in (*knowledge.rule_conditions.values(), *knowledge.contradiction_conditions.values()):
            for leaf in leaves(condition):
                if isinstance(leaf, AtLeast) and name in (leaf.variable, leaf.bound):
                    yield from self._start(name, leaf)

    def _start(self, name: str, leaf: AtLeast) -> Iterator[int]:
        known = {**self.answers, **self.settings}
        if leaf.variable == name:
            bound = known.get(leaf.bound) if isinstance(leaf.bound, str) else leaf.bound
            yield from [bound] if isinstance(bound, int) else []
        else:
            number = known.get(leaf.variable)
            yield from [number + 1] if isinstance(number, int) else []


def _outcome_changes(now: Decision, then: Decision) -> Iterator[OutcomeChange]:
    """Yield each difference between two decisions: route, step and verdicts."""
    for subject in (ROUTE, STEP, *now.verdicts):
        before, after = outcome_value(subject, now), outcome_value(subject, then)
        if before != after:
            yield OutcomeChange(of=subject, before=before, after=after)
