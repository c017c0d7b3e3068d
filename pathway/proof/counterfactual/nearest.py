"""Finds how near the next scenario with another result is, and on which answers a result turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Condition, expand_definitions
from pathway.deciding.decide import Decision
from pathway.explanation.pathway import Pathway
from pathway.knowledge.vocabulary import OFF_LADDER
from pathway.model import FrozenModel
from pathway.proof.cache import Cache
from pathway.proof.counterfactual.search import SolverSession
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.z3_solver import Solver, is_true
from pathway.scenarios.inputs import ExplainInputs, validated_inputs


class Nearest(FrozenModel):
    """How far the nearest scenario with another result is, in answers; None where there is none.

    `turns_on` are the findings whose answer alone can change it.
    """

    answers: int | None
    turns_on: tuple[str, ...]


@dataclass
class NearestFinder:
    """Searches one knowledge base. A lock lets one thread search at a time."""

    pathway: Pathway
    session: SolverSession
    _lock: Lock = field(default_factory=Lock, repr=False)

    def nearest(self, inputs: ExplainInputs, option: str) -> Nearest:
        """Return the nearest scenario with another result: another place, or another verdict of the option."""
        with self._lock:  # to make a formula, too: z3 takes one thread at a time
            return self._nearest(inputs, option)

    def _nearest(self, inputs: ExplainInputs, option: str) -> Nearest:
        space = self.session.case.space
        settings, solver = {**inputs.values, "guidance": inputs.guidance}, space.complete_case_solver
        fixed = [space.has_setting(name, value) for name, value in settings.items()]
        with solver.assuming(*fixed, *self._constraints(inputs, option, settings)):
            limits = enumerate(self.session.size_limits)
            fewest = next((size for size, limit in limits if solver.model(limit) is not None), None)
            turns_on = self._alone(solver) if fewest == 1 else frozenset()
        return Nearest(answers=fewest, turns_on=tuple(name for name in self.session.change_flags if name in turns_on))

    def _alone(self, solver: Solver) -> frozenset[str]:
        """Return the findings that suffice alone. Each model shows one, and the next question leaves it out."""
        flags, alone = self.session.change_flags, frozenset[str]()
        others = list(flags.values())
        while model := solver.model(self.session.size_limits[1], self.session.case.space.logic.any(others)):
            alone |= {name for name, flag in flags.items() if is_true(model, flag)}
            others = [flag for name, flag in flags.items() if name not in alone]
        return alone

    def _constraints(self, inputs: ExplainInputs, option: str, settings: Mapping[str, str | int]) -> Iterator[Formula]:
        case, logic = self.session.case, self.session.case.space.logic
        for name, finding in self.pathway.knowledge.findings.items():
            now_answered = inputs.answers.get(name, finding.benign_answer)
            same, change = case.has_answer(name, now_answered), self.session.changes[name]
            yield self.session.change_flags[name] == logic.negate(same)
            if name in change.compared or (change.how == "held" and now_answered == finding.benign_answer):
                yield same
        now = self.pathway.decider.decide({**inputs.answers, **settings}, compare=False)
        yield from self._likely(now)
        step, verdict = now.step.value if now.step else OFF_LADDER, now.verdicts[option].value
        route = case.outcome.route[now.decided_route]
        if now.step:
            yield route
        yield logic.negate(logic.all((route, case.step[step], case.verdicts[option][verdict])))

    def _likely(self, now: Decision) -> Iterator[Formula]:
        """Yield constraints: no answers that are often a mistake, unless they stand already."""
        yield from (absent for condition, absent in self._unlikely if not truth(condition, now.facts))

    @cached_property
    def _unlikely(self) -> list[tuple[Condition, Formula]]:
        """The condition of each unlikely answer, and the formula that it is not known to hold."""
        case, knowledge = self.session.case, self.pathway.knowledge
        conditions = [expand_definitions(entry.when, knowledge.expanded_definitions) for entry in knowledge.unlikely]
        return [(condition, case.space.logic.negate(case.symbols.read(condition).true)) for condition in conditions]


def nearest_other(pathway: Pathway, scenario: Any, option: str) -> Nearest:
    """Return how near the next scenario with another place, or another verdict of the option, is to a scenario that is decided.

    A question that is not answered, since nothing depends on it, counts as answered with the usual answer.
    On the ladder it stays there, and no red flag that is absent may turn up: any case is one flag away from an emergency,
    and that says nothing of this one. Nor may an answer change that no care sets out to change.
    """
    finder = _FINDERS.get_or_make(
        pathway, lambda: NearestFinder(pathway, SolverSession(pathway.decider, pathway.knowledge.changes))
    )
    return finder.nearest(validated_inputs(scenario, None, None, pathway.knowledge), option)


_FINDERS: Cache[NearestFinder] = Cache(4)
