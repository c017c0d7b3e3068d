"""Explains a scenario: the decision, its reasons, what is still open and what to ask next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Facts, variables
from pathway.deciding.decide import Decider, Decision
from pathway.deciding.precedence import flag_holds
from pathway.explanation.at_visit import at_visit
from pathway.explanation.open_questions import OpenQuestions
from pathway.explanation.option import OptionExplainer, benign_first
from pathway.explanation.result import KnowledgeEdition, Open, Reason, RedFlagResult, Result
from pathway.explanation.rule_texts import RuleTexts
from pathway.explanation.trace import Tracer
from pathway.knowledge.assumptions import defaults, rests_on
from pathway.knowledge.base import Knowledge, downgrade_id
from pathway.knowledge.loader import load
from pathway.knowledge.vocabulary import READING, UNDETERMINED
from pathway.scenarios.inputs import validated_inputs
from pathway.scenarios.scenario import Scenario


def explain(
    scenario: Scenario | Mapping[str, Any] | Path | str,
    guidance: str | None = None,
    assumptions: Mapping[str, Any] | None = None,
    visit: int | None = None,
    knowledge: Knowledge | None = None,
) -> Result:
    """The result for a scenario: its place on the pathway, every option's verdict, and the reasons.

    `scenario` is a Scenario, a dict of its shape or a path. `guidance` is a reading of the knowledge, and `assumptions` changes
    the values of the assumptions it names. Both override the scenario's own; the default is the first reading. If the scenario
    has several visits, the result is about the last one, or about `visit` (counted from 1). `knowledge` is what `pathway.load`
    returns; the default is the one in use.
    Raises `Unusable` with every fault of the input. Raises `Disagreement` where the two evaluators differ, and `Silent`
    where no rule applies: both are faults of the pathway itself.
    """
    return (the_pathway() if knowledge is None else pathway_of(knowledge)).explain(scenario, guidance, assumptions, visit)


def the_pathway() -> Pathway:
    """The pathway by the knowledge in use."""
    return pathway_of(load())


@lru_cache(maxsize=8)
def pathway_of(knowledge: Knowledge) -> Pathway:
    """The pathway by a knowledge base; its rules are compiled once."""
    return Pathway(knowledge)


@dataclass(frozen=True)
class Pathway:
    """Explains scenarios by one knowledge base. Thread-safe."""

    knowledge: Knowledge

    def explain(
        self,
        scenario: Scenario | Mapping[str, Any] | Path | str,
        guidance: str | None = None,
        assumptions: Mapping[str, Any] | None = None,
        visit: int | None = None,
        gaps: bool = False,
    ) -> Result:
        """As `pathway.explain`, with this knowledge base.

        With `gaps`, an option that no recommendation covers is left undetermined, and `Result.uncovered` names it.
        """
        inputs = validated_inputs(scenario, guidance, assumptions, self.knowledge, visit)
        facts: Facts = {**inputs.answers, **inputs.values, READING: inputs.guidance}
        return at_visit(self._result(inputs.scenario, facts, gaps), inputs.known, inputs.at, inputs.weeks, self.knowledge)

    @cached_property
    def decider(self) -> Decider:
        """The compiled rules."""
        return Decider(self.knowledge)

    @cached_property
    def tracer(self) -> Tracer:
        """Describes the rules that were considered."""
        return Tracer(self.knowledge)

    @cached_property
    def rule_texts(self) -> RuleTexts:
        """The texts of each rule."""
        return RuleTexts(self.knowledge)

    def _result(self, scenario: Scenario, facts: Facts, gaps: bool) -> Result:
        decision = self.decider.decide(facts, gaps=gaps)
        questions = OpenQuestions(self.knowledge, decision)
        benign_case = self._benign_case(facts, decision, gaps)
        route = decision.decided_route
        step = decision.step.value if decision.step else None
        guidance = str(facts[READING])
        explainer = OptionExplainer(self.knowledge, self.rule_texts, decision, questions, benign_case)
        return Result(
            title=scenario.title,
            route=route,
            step=step,
            provisional=route == UNDETERMINED,
            guidance=guidance,
            route_open=_route_open(decision, questions, self.knowledge.routes),
            step_open=_step_open(decision, questions, benign_case),
            step_reasons=self._step_reasons(decision),
            options={option: explainer.explain(option) for option in self.knowledge.options},
            red_flags=self._red_flags(decision),
            safety_net=self.knowledge.frame.safety_net,
            assumptions=self._assumptions(decision),
            ask_next=questions.ask_next(),
            warnings=self._warnings(facts),
            notice=self.knowledge.frame.notice,
            knowledge=KnowledgeEdition(edition=self.knowledge.frame.edition, hash=self.knowledge.hash),
        ).with_trace_of(self.tracer, decision)

    def _benign_case(self, facts: Facts, decision: Decision, gaps: bool) -> Decision:
        """The decision if every open answer is benign. It only orders the values that are still possible."""
        if decision.is_complete:
            return decision
        answers = {finding.id: finding.benign_answer for finding in self.knowledge.findings.values()}
        return self.decider.reference_decision(answers | dict(facts), gaps)

    def _step_reasons(self, decision: Decision) -> tuple[Reason, ...]:
        rules = decision.step.considered if decision.step and decision.step.value != UNDETERMINED else ()
        return tuple(self.rule_texts.reasons[rule] for rule in rules if decision.truths[rule])

    def _red_flags(self, decision: Decision) -> tuple[RedFlagResult, ...]:
        flags = self.knowledge.red_flags_by_urgency
        return tuple(self.rule_texts.flags[flag.id] for flag in flags if flag_holds(self.knowledge, flag.id, decision.truths))

    def _warnings(self, facts: Facts) -> tuple[str, ...]:
        return tuple(text for text, condition in self.knowledge.warning_conditions if truth(condition, facts))

    def _assumptions(self, decision: Decision) -> tuple[str, ...]:
        """The assumptions on which the decision depends: read by a rule's condition, or named by a rule that holds."""
        rules = {rule for candidates in decision.all_candidates for rule in candidates.considered}
        rules |= {downgrade_id(rule) for rule in rules} & decision.truths.keys()
        in_conditions = (
            rests_on(self.knowledge.rule_conditions[rule], decision.facts, names)
            for rule in rules
            if (names := self._read_by[rule])
        )
        names = frozenset[str]().union(*in_conditions) | {name for rule in rules if (name := self._named(rule, decision))}
        return tuple(name for name in self.knowledge.assumptions if name in names)

    @cached_property
    def _read_by(self) -> Mapping[str, frozenset[str]]:
        """For each rule the assumptions that its condition reads."""
        return {rule: variables(test) & defaults(self.knowledge).keys() for rule, test in self.knowledge.rule_conditions.items()}

    def _named(self, rule: str, decision: Decision) -> str | None:
        reason = self.rule_texts.reasons.get(rule)
        return reason.assumption if reason and decision.truths[rule] else None


def _route_open(decision: Decision, questions: OpenQuestions, routes: tuple[str, ...]) -> Open | None:
    possible = tuple(reversed(decision.route.possible))
    if questions.route_if_downgraded:
        less_urgent = routes[routes.index(decision.decided_route) + 1 :]
        possible = (*possible, next(route for route in questions.route_if_downgraded.possible if route in less_urgent))
    return Open(possible=possible, deciding=tuple(questions.sorted_by_priority(questions.route))) if len(possible) > 1 else None


def _step_open(decision: Decision, questions: OpenQuestions, benign_case: Decision) -> Open | None:
    if decision.step is None or decision.step.value != UNDETERMINED:
        return None
    benign_step = benign_case.step.value if benign_case.step else ""
    deciding = tuple(questions.sorted_by_priority(questions.step))
    return Open(possible=benign_first(decision.step, benign_step), deciding=deciding)
