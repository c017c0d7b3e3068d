"""Decides route, step and verdicts, level by level, from nothing but the rules that durable-rules fired.

`pathway.conditions.kleene` reads the same rules beside it, and a difference between the two is a loud error, never an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Facts, Truth
from pathway.deciding.precedence import Choice, Held, decided_route, gates, route_of, step_of, verdict_of
from pathway.engine.patterns import TooLarge
from pathway.errors import Fault, Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import UNDETERMINED

if TYPE_CHECKING:  # see engines_of
    from pathway.rules import Engine


class Disagreement(RuntimeError):
    """durable-rules and the reference reader differ on a rule. No answer is given."""


@dataclass(frozen=True)
class Decision:
    """What was decided, the truth of every rule, and all that was known at the end."""

    route: Choice
    step: Choice | None
    verdicts: Mapping[str, Choice]
    held: Held
    facts: Facts

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Of the route, of the step where there is one, and of each verdict."""
        return (self.route, *([self.step] if self.step else []), *self.verdicts.values())

    @property
    def settled(self) -> bool:
        """Whether nothing is open: neither the route, nor the step, nor any verdict."""
        return all(len(choice.possible) == 1 for choice in self.choices)


@dataclass(frozen=True)
class Decider:
    """Decides by one knowledge base. Safe for many threads."""

    knowledge: Knowledge

    @cached_property
    def engines(self) -> tuple[Engine, ...]:
        """The rules of each level, compiled."""
        return engines_of(self.knowledge)

    def decide(self, facts: Facts, compare: bool = True) -> Decision:
        """Route, step and verdicts by what is known. Raises Disagreement where the two readers differ."""
        held = self._fired(0, facts, compare)
        route = route_of(self.knowledge, held)
        facts = {**facts, "route": decided_route(route), **gates(self.knowledge, held)}
        held |= self._fired(1, facts, compare)
        step = step_of(self.knowledge, held) if decided_route(route) in ("stepped_care", UNDETERMINED) else None
        facts |= {"step": frozenset(step.possible if step else ("none",)), "step_rule": _step_rules(step, held)}
        held |= self._fired(2, facts, compare)
        verdicts = {option: verdict_of(self.knowledge, option, held) for option in self.knowledge.options}
        return Decision(route, step, verdicts, held, facts)

    def _fired(self, level: int, facts: Facts, compare: bool) -> dict[str, Truth]:
        fired = self.engines[level].fire(facts)
        if compare:
            expected = {rule: truth(self.knowledge.tests[rule], facts) for rule in self.knowledge.levels[level]}
            if fired != expected:
                raise Disagreement(_difference(fired, expected))
        return fired


def engines_of(knowledge: Knowledge) -> tuple[Engine, ...]:
    """The rules of each level, compiled. Raises Unusable, with each rule that the engine can't hold."""
    from pathway.rules import compiled  # the engine is compiled C: to read knowledge, or to draw it, none is needed

    together = several_at_once(knowledge)
    try:
        return tuple(compiled({rule: knowledge.tests[rule] for rule in level}, together) for level in knowledge.levels)
    except TooLarge as error:
        raise Unusable(_too_large(str(error).split(", "), knowledge)) from None


def _too_large(names: Iterable[str], knowledge: Knowledge) -> Iterator[Fault]:
    rules = {rule.id: rule for rule in knowledge.rules()}
    for name in names:
        rule = rules[name.removesuffix("-unless-known")]
        yield rule.fault(f"{rule.id} tests too much at once for the engine; split it into two rules")


def several_at_once(knowledge: Knowledge) -> tuple[str, ...]:
    """What is derived and may still be one of several values."""
    return (*knowledge.gates, "step", "step_rule")


def _difference(fired: Held, expected: Held) -> str:
    rules = sorted(rule for rule in fired.keys() | expected.keys() if fired.get(rule) != expected.get(rule))
    return f"durable-rules and the reference reader differ on {', '.join(rules)}; no answer is given"


def _step_rules(step: Choice | None, held: Held) -> frozenset[str]:
    return frozenset(rule for rule in step.considered if held[rule] is not False) if step else frozenset({"none"})
