"""The nearest scenario on the other side of each threshold: of each number, where the route, the step or a verdict is another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pathway.conditions.tree import AtLeast, expanded, leaves
from pathway.deciding.decide import Decision
from pathway.explanation.pathway import Pathway
from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import Changes, load_changes
from pathway.proof.cache import Cache
from pathway.proof.counterfactual.boundary_result import DIRECTIONS, Direction, OutcomeChange, Threshold, Thresholds
from pathway.proof.counterfactual.goal import contradictions, value
from pathway.proof.subjects import ROUTE, STEP
from pathway.proof.symbolic.scenarios import Answers
from pathway.scenarios.inputs import usable


def thresholds(
    pathway: Pathway, scenario: Any, guidance: str | None = None, assumptions: Mapping[str, Any] | None = None
) -> Thresholds:
    """For each number that the scenario answers, the nearest lower and the nearest higher at which something is another.

    All other answers stay as they are; numbers that can't go together with them are passed over. Nothing is guessed: between
    two comparisons of the rules nothing changes, and at each the engine is asked. Raises Unusable with every fault of what was
    given. Safe for many threads.
    """
    given = usable(scenario, guidance, assumptions, pathway.knowledge)
    changes = _CHANGES.get_or_make(pathway.knowledge, lambda: load_changes(pathway.knowledge))
    return ThresholdFinder(pathway, changes, dict(given.answers), {**given.values, "guidance": given.guidance}).found(
        given.guidance
    )


_CHANGES: Cache[Changes] = Cache(4)


@dataclass(frozen=True)
class ThresholdFinder:
    """The two sides of each number of one scenario."""

    pathway: Pathway
    changes: Changes
    answers: Answers
    setting: Answers

    def found(self, guidance: str) -> Thresholds:
        """Every threshold next to the scenario."""
        numbers = {name: int(self.answers[name]) for name in self._whole if name in self.answers}
        now = self._decided({}, compare=True)
        nearest = (self._nearest(name, way, now) for name in numbers for way in DIRECTIONS)
        return Thresholds(guidance=guidance, numbers=numbers, thresholds=tuple(one for one in nearest if one))

    @property
    def _knowledge(self) -> Knowledge:
        return self.pathway.knowledge

    @property
    def _whole(self) -> Mapping[str, int]:
        findings = self._knowledge.findings.values()
        return {finding.id: finding.whole.most for finding in findings if finding.whole}

    def _nearest(self, name: str, way: Direction, now: Decision) -> Threshold | None:
        existing_contradictions = contradictions(now, self._knowledge)
        for other in self._candidates(name, way):
            then = self._decided({name: other}, compare=False)
            if contradictions(then, self._knowledge) <= existing_contradictions and any(_moves(now, then)):
                return self._threshold(name, way, other, now)
        return None

    def _threshold(self, name: str, way: Direction, other: int, now: Decision) -> Threshold:
        how = self.changes[name].how
        return Threshold(
            finding=name,
            direction=way,
            now=int(self.answers[name]),
            other=other,
            can_follow=how == "freely" or (how == "grows" and way == "higher"),
            moves=tuple(_moves(now, self._decided({name: other}, compare=True))),
        )

    def _decided(self, changes: Answers, compare: bool) -> Decision:
        return self.pathway.decider.decide({**self.answers, **changes, **self.setting}, compare=compare)

    def _candidates(self, name: str, way: Direction) -> list[int]:
        """Numbers at which some comparison changes, the nearest first; lower, the last before it does."""
        now, starts = int(self.answers[name]), set(self._starts(name))
        if way == "higher":
            return sorted(start for start in starts if now < start <= self._whole[name])
        return sorted((start - 1 for start in starts if 0 < start <= now), reverse=True)

    def _starts(self, name: str) -> Iterator[int]:
        """The first number from which a comparison with it comes out otherwise."""
        whens = (expanded(entry.when, self._knowledge.written_out) for entry in self._knowledge.contradictions)
        for condition in (*self._knowledge.tests.values(), *whens):
            for leaf in leaves(condition):
                if isinstance(leaf, AtLeast) and name in (leaf.of, leaf.bound):
                    yield from self._start(name, leaf)

    def _start(self, name: str, leaf: AtLeast) -> Iterator[int]:
        known = {**self.answers, **self.setting}
        if leaf.of == name:
            bound = known.get(leaf.bound) if isinstance(leaf.bound, str) else leaf.bound
            yield from [bound] if isinstance(bound, int) else []
        else:
            number = known.get(leaf.of)
            yield from [number + 1] if isinstance(number, int) else []


def _moves(now: Decision, then: Decision) -> Iterator[OutcomeChange]:
    """What is another then: the route, the step, and verdicts."""
    for of in (ROUTE, STEP, *now.verdicts):
        before, after = value(of, now), value(of, then)
        if before != after:
            yield OutcomeChange(of=of, before=before, after=after)
