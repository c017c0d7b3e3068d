"""The trace: each rule considered, each of its conditions true, false or unknown, and the answer that made it so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pathway.condition import Condition, Leaf, expanded, leaves
from pathway.decide import Decision
from pathway.knowledge import Knowledge, Ranked, RedFlag
from pathway.result import ConditionTrace, RuleTrace, Trace
from pathway.text import answered, clause
from pathway.truth import support, truth


@dataclass
class Tracer:
    """Traces one decision. A rule that speaks of many options is put into words once."""

    knowledge: Knowledge
    decision: Decision
    values: Mapping[str, int | str]
    _rules: dict[str, RuleTrace] = field(default_factory=dict)
    _leaves: dict[Leaf, ConditionTrace] = field(default_factory=dict)
    _words: dict[Leaf, str] = field(default_factory=dict)

    def trace(self) -> Trace:
        """Every rule considered, for the route, the step and each option."""
        known = self.knowledge
        return Trace(
            route=self.rules(known.red_flags.values()),
            step=self.rules(known.step_rules.values()) if self.decision.step else (),
            options={option: self.rules(rules) for option, rules in known.spoken_of.items()},
        )

    def rules(self, rules: Iterable[Ranked]) -> tuple[RuleTrace, ...]:
        """The rules, each traced."""
        return tuple(self._rules.get(rule.id) or self._rules.setdefault(rule.id, self._rule(rule)) for rule in rules)

    def _rule(self, rule: Ranked) -> RuleTrace:
        conditions = dict.fromkeys(leaf for condition in _conditions(rule) for leaf in leaves(condition))
        return RuleTrace.model_construct(
            rule=rule.id,
            says=getattr(rule, "says", ""),
            holds=self.decision.held[rule.id],
            conditions=tuple(self._leaf(leaf) for leaf in conditions),
        )

    def _leaf(self, leaf: Leaf) -> ConditionTrace:
        if leaf not in self._leaves:
            whole = expanded(leaf, self.knowledge.written_out)
            self._leaves[leaf] = ConditionTrace.model_construct(
                text=clause(leaf, self.knowledge, self.values),
                holds=truth(whole, self.decision.facts),
                answer=answered(leaf, self.decision.facts, self.knowledge) if whole is leaf else self._because(whole),
            )
        return self._leaves[leaf]

    def _because(self, whole: Condition) -> str:
        settling = support(whole, self.decision.facts)
        return "; ".join(dict.fromkeys(self._said(leaf) for leaf in leaves(whole) if leaf in settling))

    def _said(self, leaf: Leaf) -> str:
        if leaf not in self._words:
            holds = truth(leaf, self.decision.facts)
            words = clause(leaf, self.knowledge, self.values, holds is not False)
            self._words[leaf] = f"open whether {words}" if holds is None else words
        return self._words[leaf]


def _conditions(rule: Ranked) -> tuple[Condition, ...]:
    if isinstance(rule, RedFlag) and rule.unless_known is not None:
        return (rule.when, rule.unless_known)
    return (rule.when,)
