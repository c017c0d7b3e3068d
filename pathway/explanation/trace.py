"""Builds the trace: each rule considered, whether each of its conditions holds, and the answer that decides that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pathway.conditions.kleene import deciding_leaves, truth
from pathway.conditions.tree import Condition, Facts, FactValue, Leaf, Truth, expand_definitions, leaves, variables
from pathway.deciding.decide import Decision
from pathway.explanation.english import answered, clause
from pathway.explanation.result import ConditionTrace, RuleTrace, Trace
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import RedFlag, Rule


@dataclass(frozen=True)
class Tracer:
    """Traces decisions by one knowledge base. Everything that doesn't depend on the scenario is computed once."""

    knowledge: Knowledge

    def trace(self, decision: Decision) -> Trace:
        """Every rule that was considered for the route, the step and each option."""
        value_of = decision.facts.get
        rules = {
            name: self._cached_rule(name, decision.truths[name], tuple([value_of(variable) for variable in variables]))
            for name, variables in self._variables_by_rule.items()
        }
        return Trace.model_construct(
            route=_select(rules, self.knowledge.red_flags.values()),
            step=_select(rules, self.knowledge.step_rules.values()) if decision.step else (),
            options={option: _select(rules, wanted) for option, wanted in self.knowledge.rules_by_option.items()},
        )

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.knowledge.rules()}

    @cached_property
    def _expanded_leaves(self) -> Mapping[str, Mapping[Leaf, Condition]]:
        """For each rule its leaves, each with its definition expanded."""
        definitions = self.knowledge.expanded_definitions
        return {
            name: {leaf: expand_definitions(leaf, definitions) for leaf in _leaves(rule)} for name, rule in self._rules.items()
        }

    @cached_property
    def _variables_by_rule(self) -> Mapping[str, tuple[str, ...]]:
        """For each rule the variables on which its trace depends."""
        return {name: tuple(sorted(_variables(conditions))) for name, conditions in self._expanded_leaves.items()}

    @cached_property
    def _cached_rule(self) -> Callable[[str, Truth, tuple[FactValue | None, ...]], RuleTrace]:
        return lru_cache(maxsize=8192)(self._traced_rule)  # a change of one answer leaves most rules as they were

    def _traced_rule(self, name: str, holds: Truth, values: tuple[FactValue | None, ...]) -> RuleTrace:
        variables = self._variables_by_rule[name]
        facts = {variable: value for variable, value in zip(variables, values, strict=True) if value is not None}
        conditions = tuple(self._condition(leaf, condition, facts) for leaf, condition in self._expanded_leaves[name].items())
        says = getattr(self._rules[name], "says", "")
        return RuleTrace.model_construct(rule=name, says=says, holds=holds, conditions=conditions)

    def _condition(self, leaf: Leaf, condition: Condition, facts: Facts) -> ConditionTrace:
        return ConditionTrace.model_construct(
            text=clause(leaf, self.knowledge, facts),
            holds=truth(condition, facts),
            answer=answered(leaf, facts, self.knowledge) if condition is leaf else self._deciding_leaves(condition, facts),
        )

    def _deciding_leaves(self, condition: Condition, facts: Facts) -> str:
        """The leaves that decide a definition, in words."""
        deciding = deciding_leaves(condition, facts)
        return "; ".join(dict.fromkeys(self._phrase(leaf, facts) for leaf in leaves(condition) if leaf in deciding))

    def _phrase(self, leaf: Leaf, facts: Facts) -> str:
        holds = truth(leaf, facts)
        words = clause(leaf, self.knowledge, facts, holds is not False)
        return f"open whether {words}" if holds is None else words


def _select(rules: Mapping[str, RuleTrace], wanted: Iterable[Rule]) -> tuple[RuleTrace, ...]:
    return tuple([rules[rule.id] for rule in wanted])


def _variables(conditions: Mapping[Leaf, Condition]) -> frozenset[str]:
    return frozenset[str]().union(*(variables(leaf) | variables(condition) for leaf, condition in conditions.items()))


def _leaves(rule: Rule) -> Iterable[Leaf]:
    """Each leaf of a rule once, in reading order."""
    downgrade = rule.downgraded_by if isinstance(rule, RedFlag) else None
    return dict.fromkeys(leaf for condition in (rule.when, downgrade) if condition is not None for leaf in leaves(condition))
