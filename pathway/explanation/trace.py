"""Builds the trace: each rule considered, whether each of its conditions holds, and the answer that decides that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from pathway.conditions.kleene import deciding_leaves, truth
from pathway.conditions.tree import AtLeast, Condition, Facts, Leaf, Truth, expand_definitions, leaves, variables
from pathway.deciding.decide import Decision
from pathway.deciding.precedence import picker
from pathway.explanation.english import answered, clause
from pathway.explanation.result import ConditionTrace, RuleTrace, Trace
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import RedFlag, Rule


@dataclass(frozen=True, eq=False)
class _TracedLeaf:
    """The trace of one leaf with certain values. Compared by identity, so it is quick as a part of a cache key."""

    trace: ConditionTrace


@dataclass(frozen=True)
class Tracer:
    """Traces decisions by one knowledge base. Everything that doesn't depend on the scenario is computed once."""

    knowledge: Knowledge

    def trace(self, decision: Decision) -> Trace:
        """Every rule that was considered for the route, the step and each option."""
        values = {**self._nothing_known, **decision.facts}
        truths, traced_leaf, traced_rule = decision.truths, self._cached_leaf, self._cached_rule
        leaves = [traced_leaf(leaf, pick(values)) for leaf, pick in self._values_by_leaf.items()]
        rules = {name: traced_rule(name, truths[name], pick(leaves)) for name, pick in self._leaves_by_rule.items()}
        return Trace(
            route=_select(rules, self.knowledge.red_flags.values()),
            step=_select(rules, self.knowledge.step_rules.values()) if decision.step else (),
            options={option: _select(rules, wanted) for option, wanted in self.knowledge.rules_by_option.items()},
        )

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.knowledge.rules()}

    @cached_property
    def _expanded_leaves(self) -> tuple[tuple[Leaf, Condition], ...]:
        """Every leaf of the rules once, with its definition expanded."""
        definitions = self.knowledge.expanded_definitions
        distinct = dict.fromkeys(leaf for rule in self._rules.values() for leaf in _leaves(rule))
        return tuple((leaf, expand_definitions(leaf, definitions)) for leaf in distinct)

    @cached_property
    def _variables_by_leaf(self) -> tuple[tuple[str, ...], ...]:
        """For each leaf the variables on which its trace depends."""
        return tuple(tuple(sorted(variables(leaf) | variables(condition))) for leaf, condition in self._expanded_leaves)

    @cached_property
    def _values_by_leaf(self) -> Mapping[int, Callable[[Any], Any]]:
        return {number: picker(names) for number, names in enumerate(self._variables_by_leaf)}

    @cached_property
    def _leaves_by_rule(self) -> Mapping[str, Callable[[Any], Any]]:
        numbers = {leaf: number for number, (leaf, _) in enumerate(self._expanded_leaves)}
        return {name: picker([numbers[leaf] for leaf in _leaves(rule)]) for name, rule in self._rules.items()}

    @cached_property
    def _nothing_known(self) -> Mapping[str, None]:
        return dict.fromkeys(name for names in self._variables_by_leaf for name in names)

    @cached_property
    def _cached_leaf(self) -> Callable[[int, Any], _TracedLeaf]:
        return lru_cache(maxsize=8192)(self._traced_leaf)  # many rules share a leaf, and many people its answers

    @cached_property
    def _cached_rule(self) -> Callable[[str, Truth, Any], RuleTrace]:
        return lru_cache(maxsize=8192)(self._traced_rule)  # a change of one answer leaves most rules as they were

    def _traced_leaf(self, number: int, values: Any) -> _TracedLeaf:
        names = self._variables_by_leaf[number]
        facts: Facts = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        return _TracedLeaf(self._condition(*self._expanded_leaves[number], facts))

    def _traced_rule(self, name: str, holds: Truth, leaves: tuple[_TracedLeaf, ...]) -> RuleTrace:
        says = getattr(self._rules[name], "says", "")
        return RuleTrace(rule=name, says=says, holds=holds, conditions=tuple([leaf.trace for leaf in leaves]))

    def _condition(self, leaf: Leaf, condition: Condition, facts: Facts) -> ConditionTrace:
        return ConditionTrace(
            text=self._clause(leaf, facts),
            holds=truth(condition, facts),
            answer=answered(leaf, facts, self.knowledge) if condition is leaf else self._deciding_leaves(condition, facts),
        )

    def _deciding_leaves(self, condition: Condition, facts: Facts) -> str:
        """The leaves that decide a definition, in words."""
        deciding = deciding_leaves(condition, facts)
        return "; ".join(dict.fromkeys([self._phrase(leaf, facts) for leaf in self._leaves_of(condition) if leaf in deciding]))

    @cached_property
    def _leaves_of(self) -> Callable[[Condition], tuple[Leaf, ...]]:
        return cache(lambda condition: tuple(dict.fromkeys(leaves(condition))))

    def _clause(self, leaf: Leaf, facts: Facts, holds: bool = True) -> str:
        """A leaf in words. Those of most leaves are the same whatever the facts."""
        return clause(leaf, self.knowledge, facts, holds) if isinstance(leaf, AtLeast) else self._cached_clause(leaf, holds)

    @cached_property
    def _cached_clause(self) -> Callable[[Leaf, bool], str]:
        return cache(lambda leaf, holds: clause(leaf, self.knowledge, {}, holds))

    def _phrase(self, leaf: Leaf, facts: Facts) -> str:
        holds = truth(leaf, facts)
        words = self._clause(leaf, facts, holds is not False)
        return f"open whether {words}" if holds is None else words


def _select(rules: Mapping[str, RuleTrace], wanted: Iterable[Rule]) -> tuple[RuleTrace, ...]:
    return tuple([rules[rule.id] for rule in wanted])


def _leaves(rule: Rule) -> Iterable[Leaf]:
    """Each leaf of a rule once, in reading order."""
    downgrade = rule.downgraded_by if isinstance(rule, RedFlag) else None
    return dict.fromkeys(leaf for condition in (rule.when, downgrade) if condition is not None for leaf in leaves(condition))
