"""Finds the unanswered findings that can still change the route, the step or a verdict, and which of them to ask first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pathway.conditions.kleene import open_leaves
from pathway.conditions.tree import AtLeast, Condition, Leaf
from pathway.deciding.decide import Decision
from pathway.deciding.precedence import Candidates, flag_holds, route_of
from pathway.explanation.question_order import findings_in_order
from pathway.knowledge.base import Knowledge, downgrade_id
from pathway.knowledge.vocabulary import STEP, STEP_RULE, UNDETERMINED

FindingIds = frozenset[str]


@dataclass(frozen=True)
class OpenQuestions:
    """The unanswered findings that can still change a decision.

    Over-approximates: may list a finding that can't matter, never misses one that can.
    """

    knowledge: Knowledge
    decision: Decision
    _by_rule: dict[str, FindingIds] = field(default_factory=dict, repr=False)

    def ask_next(self) -> tuple[str, ...]:
        """The findings to ask: first for the most urgent route, then for the step, then by how many verdicts each affects."""
        counts = Counter(name for verdict in self.decision.verdicts.values() for name in self.for_verdict(verdict))
        ordered = dict.fromkeys(name for names in (*self.by_urgency, self.step) for name in self.sorted_by_priority(names))
        rest = sorted(self.sorted_by_priority(counts.keys() - ordered.keys()), key=lambda name: -counts[name])
        return (*ordered, *rest)

    def sorted_by_priority(self, names: Iterable[str]) -> list[str]:
        """These findings in the order in which this person is asked."""
        wanted = set(names)
        return [name for name in self._question_order if name in wanted]

    @cached_property
    def _question_order(self) -> tuple[str, ...]:
        return findings_in_order(self.knowledge, self.decision.facts)

    def for_verdict(self, verdict: Candidates) -> FindingIds:
        """The findings that can still change a verdict; none where it is determined."""
        if verdict.value != UNDETERMINED:
            return frozenset()
        waits_for_route = "on_hold" in verdict.possible
        return self._for_rules(verdict.unknown) | (self.route if waits_for_route else frozenset())

    @cached_property
    def step(self) -> FindingIds:
        """The findings that can still change the step."""
        step = self.decision.step
        return self._for_rules(step.unknown) if step and step.value == UNDETERMINED else frozenset()

    @cached_property
    def route(self) -> FindingIds:
        """The findings that can still change the route."""
        return frozenset[str]().union(*self.by_urgency)

    @cached_property
    def by_urgency(self) -> tuple[FindingIds, ...]:
        """For each route, the most urgent first, the findings that can still lead to it."""
        return tuple(self._for_rules(self._flag_rules(route)) for route in self.knowledge.routes)

    @cached_property
    def downgradable_flags(self) -> tuple[str, ...]:
        """The red flags of the current route, if an answer can still downgrade each of them; otherwise empty."""
        truths, flags = self.decision.truths, self.knowledge.red_flags.values()
        route = self.decision.decided_route
        present = [flag.id for flag in flags if flag.says == route and flag_holds(self.knowledge, flag.id, truths)]
        fixed = [flag for flag in present if truths.get(downgrade_id(flag)) is not None or downgrade_id(flag) not in truths]
        return () if fixed else tuple(present)

    @cached_property
    def route_if_downgraded(self) -> Candidates | None:
        """The route without the downgradable flags; None if there are no such flags."""
        truths = {**self.decision.truths, **dict.fromkeys(self.downgradable_flags, False)}
        return route_of(self.knowledge, truths) if self.downgradable_flags else None

    def _flag_rules(self, route: str) -> Iterator[str]:
        """The flags that can still lead to a route, each with the rule that downgrades it.

        They are the unknown ones, the downgradable ones, and those that would be unknown after a downgrade.
        """
        after_downgrade = self.route_if_downgraded.unknown if self.route_if_downgraded else ()
        for flag in dict.fromkeys((*self.decision.route.unknown, *self.downgradable_flags, *after_downgrade)):
            if self.knowledge.red_flags[flag].says == route:
                yield flag
                if downgrade_id(flag) in self.knowledge.rule_conditions:
                    yield downgrade_id(flag)

    def _for_rules(self, rules: Iterable[str]) -> FindingIds:
        return frozenset[str]().union(*(self._for_rule(rule) for rule in rules))

    def _for_rule(self, rule: str) -> FindingIds:
        if rule not in self._by_rule:
            self._by_rule[rule] = self.for_condition(self.knowledge.rule_conditions[rule])
        return self._by_rule[rule]

    def for_condition(self, condition: Condition) -> FindingIds:
        """The findings that can still decide a condition."""
        names = frozenset(name for leaf in open_leaves(condition, self.decision.facts) for name in _read_by(leaf))
        derived = names & self._derived
        return ((names - derived) - self.decision.facts.keys()).union(*map(self._for_derived, derived))

    @cached_property
    def _derived(self) -> FindingIds:
        return frozenset({STEP, STEP_RULE, *self.knowledge.gates})

    def _for_derived(self, name: str) -> FindingIds:
        match name:
            case "step":
                return self._for_rules(self.decision.step.unknown) if self.decision.step else frozenset()
            case "step_rule":  # the deciding rule can be unknown even when the step is known
                considered = self.decision.step.considered if self.decision.step else ()
                return self._for_rules(rule for rule in considered if self.decision.truths[rule] is None)
            case gate:
                return self._for_rules(rule for rules in self.knowledge.gates[gate] for rule in rules)


def _read_by(leaf: Leaf) -> tuple[str, ...]:
    return (leaf.variable, leaf.bound) if isinstance(leaf, AtLeast) and isinstance(leaf.bound, str) else (leaf.variable,)
