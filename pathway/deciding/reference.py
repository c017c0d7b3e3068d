"""Evaluates the rules as they are written, with `pathway.conditions.kleene`: what durable-rules fired is compared with this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pathway.conditions.kleene import truth
from pathway.conditions.tree import AllOf, Condition, Facts, FactValue, Not, Truth, variables
from pathway.knowledge.base import Knowledge, downgrade_id

ABSENT_OR_PRESENT = {False: "absent", True: "present"}


@dataclass(frozen=True)
class Reference:
    """Evaluates the rules of each level. A definition is evaluated once for all rules that read it."""

    knowledge: Knowledge

    def truths(self, level: int, facts: Facts) -> dict[str, Truth]:
        """Whether each rule of a level holds."""
        definitions, conditions = self._levels[level]
        known: dict[str, FactValue] = dict(facts)
        for name, condition in definitions.items():
            holds = truth(condition, known)
            if holds is not None:
                known[name] = ABSENT_OR_PRESENT[holds]
        return {rule: truth(condition, known) for rule, condition in conditions.items()}

    @cached_property
    def _levels(self) -> tuple[tuple[Mapping[str, Condition], Mapping[str, Condition]], ...]:
        """For each level the definitions that its rules read, each after those it reads, and the rules."""
        levels = ({rule: self._conditions[rule] for rule in level} for level in self.knowledge.evaluation_order)
        return tuple((self._definitions(level.values()), level) for level in levels)

    def _definitions(self, conditions: Iterable[Condition]) -> Mapping[str, Condition]:
        read = frozenset[str]().union(*map(variables, conditions))
        for definition in reversed(self.knowledge.definitions.values()):
            if definition.id in read:
                read |= variables(definition.when)
        return {name: definition.when for name, definition in self.knowledge.definitions.items() if name in read}

    @cached_property
    def _conditions(self) -> Mapping[str, Condition]:
        """For each rule its condition as it is written, without its exceptions."""
        rules = {rule.id: rule.when for rule in self.knowledge.rules()}
        exceptions = {name: list[Condition]() for name in rules}
        for rule in self.knowledge.recommendations.values():
            for name in rule.overrides:
                exceptions[name].append(Not(rule.when))
        downgrades = {downgrade_id(flag.id): flag.downgraded_by for flag in self.knowledge.red_flags.values()}
        return {rule: AllOf((when, *exceptions[rule])) if exceptions[rule] else when for rule, when in rules.items()} | {
            rule: when for rule, when in downgrades.items() if when is not None
        }
