"""The trace: each rule considered, each of its conditions true, false or unknown, and the answer that made it so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pathway.condition import Condition, Leaf, expanded, leaves
from pathway.decide import Decision
from pathway.entries import Ranked, RedFlag
from pathway.knowledge import Knowledge
from pathway.result import ConditionTrace, RuleTrace, Trace
from pathway.text import answered, clause
from pathway.truth import support, truth

Values = Mapping[str, int | str]


@dataclass(frozen=True)
class Tracer:
    """Traces decisions by one knowledge base. What is the same in every scenario is worked out once."""

    knowledge: Knowledge

    @cached_property
    def outline(self) -> dict[str, tuple[int, ...]]:
        """For each rule the numbers of its leaves in `wholes`."""
        numbers = {leaf: number for number, leaf in enumerate(self.wholes)}
        return {rule.id: tuple(numbers[leaf] for leaf in _leaves(rule)) for rule in self.knowledge.rules()}

    @cached_property
    def wholes(self) -> dict[Leaf, Condition]:
        """Every leaf of every rule, and what it stands for with its definition written out."""
        found = dict.fromkeys(leaf for rule in self.knowledge.rules() for leaf in _leaves(rule))
        return {leaf: expanded(leaf, self.knowledge.written_out) for leaf in found}

    def trace(self, decision: Decision, values: Values) -> Trace:
        """Every rule considered, for the route, the step and each option. `values` are the assumptions'."""
        conditions = self._conditions(decision, values)
        rules = {rule.id: self._rule(rule, decision, conditions) for rule in self.knowledge.rules()}
        return Trace.model_construct(
            route=_of(rules, self.knowledge.red_flags.values()),
            step=_of(rules, self.knowledge.step_rules.values()) if decision.step else (),
            options={option: _of(rules, spoken) for option, spoken in self.knowledge.spoken_of.items()},
        )

    def _rule(self, rule: Ranked, decision: Decision, conditions: list[ConditionTrace]) -> RuleTrace:
        return RuleTrace.model_construct(
            rule=rule.id,
            says=getattr(rule, "says", ""),
            holds=decision.held[rule.id],
            conditions=tuple([conditions[number] for number in self.outline[rule.id]]),
        )

    def _conditions(self, decision: Decision, values: Values) -> list[ConditionTrace]:
        """Each leaf in words, in the order of `wholes`."""
        words = _Words(self.knowledge, decision, values, {})
        return [
            ConditionTrace.model_construct(
                text=clause(leaf, self.knowledge, values),
                holds=truth(whole, decision.facts),
                answer=answered(leaf, decision.facts, self.knowledge) if whole is leaf else words.because(whole),
            )
            for leaf, whole in self.wholes.items()
        ]


@dataclass(frozen=True)
class _Words:
    """What settles a definition, in words, each leaf put into words once."""

    knowledge: Knowledge
    decision: Decision
    values: Values
    said: dict[Leaf, str]

    def because(self, whole: Condition) -> str:
        settling = support(whole, self.decision.facts)
        return "; ".join(dict.fromkeys(self._say(leaf) for leaf in leaves(whole) if leaf in settling))

    def _say(self, leaf: Leaf) -> str:
        if leaf not in self.said:
            holds = truth(leaf, self.decision.facts)
            words = clause(leaf, self.knowledge, self.values, holds is not False)
            self.said[leaf] = f"open whether {words}" if holds is None else words
        return self.said[leaf]


def _of(rules: Mapping[str, RuleTrace], wanted: Iterable[Ranked]) -> tuple[RuleTrace, ...]:
    return tuple([rules[rule.id] for rule in wanted])


def _leaves(rule: Ranked) -> Iterable[Leaf]:
    """Each leaf of a rule once, in reading order."""
    lowering = rule.unless_known if isinstance(rule, RedFlag) else None
    found = (leaf for condition in (rule.when, lowering) if condition is not None for leaf in leaves(condition))
    return dict.fromkeys(found)
