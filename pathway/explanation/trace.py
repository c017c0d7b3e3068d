"""The trace: each rule considered, each of its conditions true, false or unknown, and the answer that made it so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pathway.conditions.kleene import support, truth
from pathway.conditions.tree import Condition, Facts, Known, Leaf, Truth, expanded, leaves, variables
from pathway.deciding.decide import Decision
from pathway.explanation.english import answered, clause
from pathway.explanation.result import ConditionTrace, RuleTrace, Trace
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Ranked, RedFlag


@dataclass(frozen=True)
class Tracer:
    """Traces decisions by one knowledge base. What is the same in every scenario is worked out once."""

    knowledge: Knowledge

    def trace(self, decision: Decision) -> Trace:
        """Every rule considered, for the route, the step and each option."""
        read = decision.facts.get
        rules = {
            name: self._rule(name, decision.held[name], tuple([read(variable) for variable in variables]))
            for name, variables in self._reads.items()
        }
        return Trace.model_construct(
            route=_of(rules, self.knowledge.red_flags.values()),
            step=_of(rules, self.knowledge.step_rules.values()) if decision.step else (),
            options={option: _of(rules, spoken) for option, spoken in self.knowledge.spoken_of.items()},
        )

    @cached_property
    def _rules(self) -> Mapping[str, Ranked]:
        return {rule.id: rule for rule in self.knowledge.rules()}

    @cached_property
    def _wholes(self) -> Mapping[str, Mapping[Leaf, Condition]]:
        """For each rule its leaves, and what each stands for with its definition written out."""
        written_out = self.knowledge.written_out
        return {name: {leaf: expanded(leaf, written_out) for leaf in _leaves(rule)} for name, rule in self._rules.items()}

    @cached_property
    def _reads(self) -> Mapping[str, tuple[str, ...]]:
        """For each rule the variables that its trace is told by."""
        return {name: tuple(sorted(_variables(wholes))) for name, wholes in self._wholes.items()}

    @cached_property
    def _rule(self) -> Callable[[str, Truth, tuple[Known | None, ...]], RuleTrace]:
        return lru_cache(maxsize=8192)(self._told)  # most are as they were in the scenario before

    def _told(self, name: str, holds: Truth, known: tuple[Known | None, ...]) -> RuleTrace:
        facts = {variable: value for variable, value in zip(self._reads[name], known, strict=True) if value is not None}
        conditions = tuple(self._condition(leaf, whole, facts) for leaf, whole in self._wholes[name].items())
        says = getattr(self._rules[name], "says", "")
        return RuleTrace.model_construct(rule=name, says=says, holds=holds, conditions=conditions)

    def _condition(self, leaf: Leaf, whole: Condition, facts: Facts) -> ConditionTrace:
        return ConditionTrace.model_construct(
            text=clause(leaf, self.knowledge, facts),
            holds=truth(whole, facts),
            answer=answered(leaf, facts, self.knowledge) if whole is leaf else self._because(whole, facts),
        )

    def _because(self, whole: Condition, facts: Facts) -> str:
        """What settles a definition, in words."""
        settling = support(whole, facts)
        return "; ".join(dict.fromkeys(self._say(leaf, facts) for leaf in leaves(whole) if leaf in settling))

    def _say(self, leaf: Leaf, facts: Facts) -> str:
        holds = truth(leaf, facts)
        words = clause(leaf, self.knowledge, facts, holds is not False)
        return f"open whether {words}" if holds is None else words


def _of(rules: Mapping[str, RuleTrace], wanted: Iterable[Ranked]) -> tuple[RuleTrace, ...]:
    return tuple([rules[rule.id] for rule in wanted])


def _variables(wholes: Mapping[Leaf, Condition]) -> frozenset[str]:
    return frozenset[str]().union(*(variables(leaf) | variables(whole) for leaf, whole in wholes.items()))


def _leaves(rule: Ranked) -> Iterable[Leaf]:
    """Each leaf of a rule once, in reading order."""
    lowering = rule.unless_known if isinstance(rule, RedFlag) else None
    found = (leaf for condition in (rule.when, lowering) if condition is not None for leaf in leaves(condition))
    return dict.fromkeys(found)
