"""Decides a scenario: durable-rules fires the rules level by level; from these alone `precedence` picks route, step and verdicts.

A second evaluator, `pathway.deciding.reference`, checks each rule. Where the two differ, an error is raised and no answer given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from pathway.conditions.tree import Facts, Truth
from pathway.deciding.precedence import (
    NO_VERDICT,
    Candidates,
    Silent,
    Truths,
    decided_route,
    gates,
    picker,
    route_of,
    step_of,
    verdict_of,
)
from pathway.deciding.reference import Reference
from pathway.engine.patterns import TooLarge
from pathway.errors import Fault, Unusable
from pathway.knowledge.base import Knowledge, downgrade_id
from pathway.knowledge.vocabulary import OFF_LADDER, ROUTE, STEP, STEP_RULE, UNDETERMINED

if TYPE_CHECKING:  # see compile_levels
    from pathway.rules import Engine


class Disagreement(RuntimeError):
    """durable-rules and the reference evaluator differ on a rule. No answer is given."""


@dataclass(frozen=True)
class Decision:
    """The route, the step and the verdicts, with the truth of every rule and the facts that they were decided from."""

    route: Candidates
    decided_route: str
    """The least urgent possible route; `undetermined` where that is the ladder's and another is possible too."""
    step: Candidates | None
    """None off the ladder."""
    verdicts: Mapping[str, Candidates]
    truths: Truths
    facts: Facts
    """The answers and assumptions, with what each level derived."""

    @property
    def all_candidates(self) -> tuple[Candidates, ...]:
        """The candidates of the route, of the step where there is one, and of each verdict."""
        return (self.route, *([self.step] if self.step else []), *self.verdicts.values())

    @property
    def is_complete(self) -> bool:
        """Whether the route, the step and every verdict are determined."""
        return all(len(candidates.possible) == 1 for candidates in self.all_candidates)


@dataclass(frozen=True)
class Decider:
    """Decides by one knowledge base. Thread-safe."""

    knowledge: Knowledge

    @cached_property
    def engines(self) -> tuple[Engine, ...]:
        """The compiled rules of each level."""
        return compile_levels(self.knowledge)

    @cached_property
    def reference(self) -> Reference:
        """The second evaluator."""
        return Reference(self.knowledge)

    def decide(self, facts: Facts, compare: bool = True, gaps: bool = False) -> Decision:
        """The decision for these facts. With `compare`, raises Disagreement where the two evaluators differ.

        Raises Silent for an option that no recommendation covers; with `gaps` it has no possible verdict instead.
        """
        return self._decide(facts, lambda level, facts: self._fired(level, facts, compare), gaps)

    def reference_decision(self, facts: Facts, gaps: bool = False) -> Decision:
        """The decision of the second evaluator alone. It may sort what a page shows or name rules, never decide a result."""
        return self._decide(facts, self.reference.truths, gaps)

    def _decide(self, facts: Facts, truths_of: Callable[[int, Facts], dict[str, Truth]], gaps: bool) -> Decision:
        truths = truths_of(0, facts)
        route = route_of(self.knowledge, truths)
        decided = decided_route(route, self.knowledge)
        facts = {**facts, ROUTE: decided, **gates(self.knowledge, truths)}
        truths |= truths_of(1, facts)
        step = step_of(self.knowledge, truths) if decided in (self.knowledge.ladder_route, UNDETERMINED) else None
        facts |= {STEP: frozenset(step.possible if step else (OFF_LADDER,)), STEP_RULE: _step_rules(step, truths)}
        truths |= truths_of(2, facts)
        verdicts = {option: self._verdict_or_gap(option, pick(truths), gaps) for option, pick in self._pickers.items()}
        return Decision(route, decided, step, verdicts, truths, facts)

    def _verdict_or_gap(self, option: str, rule_truths: tuple[Truth, ...], gaps: bool) -> Candidates:
        try:
            return self._cached_verdict(option, rule_truths)
        except Silent:
            if gaps:
                return NO_VERDICT
            raise

    @cached_property
    def _pickers(self) -> Mapping[str, Callable[[Truths], tuple[Truth, ...]]]:
        """For each option a function that picks, from the truths of all rules, those of its rules that can win."""
        return {option: picker([rule.id for rule in rules]) for option, rules in self.knowledge.winnable_rules_by_option.items()}

    @cached_property
    def _cached_verdict(self) -> Callable[[str, Any], Candidates]:
        return lru_cache(maxsize=8192)(self._verdict_of)  # an option has few rules, so few ways to be decided

    def _verdict_of(self, option: str, rule_truths: tuple[Truth, ...]) -> Candidates:
        rules = self.knowledge.winnable_rules_by_option[option]
        return verdict_of(self.knowledge, option, dict(zip([rule.id for rule in rules], rule_truths, strict=True)))

    def _fired(self, level: int, facts: Facts, compare: bool) -> dict[str, Truth]:
        """The truth of each rule of a level by durable-rules. With `compare`, raises Disagreement where the reference differs."""
        fired = self.engines[level].fire(facts)
        if compare:
            expected = self.reference.truths(level, facts)
            if fired != expected:
                raise Disagreement(_difference(fired, expected))
        return fired


def compile_levels(knowledge: Knowledge) -> tuple[Engine, ...]:
    """The compiled rules of each level. Raises Unusable with each rule that is too large for the engine."""
    from pathway.rules import compile_rules  # needs the compiled C engine; to load or show the knowledge does not

    derived = multivalued_variables(knowledge)
    try:
        return tuple(
            compile_rules({rule: knowledge.rule_conditions[rule] for rule in level}, derived)
            for level in knowledge.evaluation_order
        )
    except TooLarge as error:
        raise Unusable(_too_large(str(error).split(", "), knowledge)) from None


def _too_large(names: Iterable[str], knowledge: Knowledge) -> Iterator[Fault]:
    rules = {rule.id: rule for rule in knowledge.rules()}
    for name in names:
        rule = rules[name.removesuffix(downgrade_id(""))]  # a flag and what downgrades it are compiled apart
        yield rule.fault(f"{rule.id} tests too much at once for the engine; split it into two rules")


def multivalued_variables(knowledge: Knowledge) -> tuple[str, ...]:
    """The derived variables that may have several possible values at once."""
    return (*knowledge.gates, STEP, STEP_RULE)


def _difference(fired: Truths, expected: Truths) -> str:
    rules = sorted(rule for rule in fired.keys() | expected.keys() if fired.get(rule) != expected.get(rule))
    return f"durable-rules and the reference evaluator differ on {', '.join(rules)}; no answer is given"


def _step_rules(step: Candidates | None, truths: Truths) -> frozenset[str]:
    """The step rules that may decide the step; `none` off the ladder."""
    return frozenset(rule for rule in step.considered if truths[rule] is not False) if step else frozenset({OFF_LADDER})
