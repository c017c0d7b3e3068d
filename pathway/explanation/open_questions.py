"""What is still open: which unanswered findings can change the route, the step or a verdict, and which to ask first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pathway.conditions.kleene import unsettled
from pathway.conditions.tree import AtLeast, Condition, Leaf
from pathway.deciding.decide import Decision
from pathway.deciding.precedence import Choice, decided_route, flag_holds, route_of
from pathway.explanation.question_order import findings_in_order
from pathway.knowledge.base import Knowledge, unless
from pathway.knowledge.vocabulary import ROUTES, UNDETERMINED

Findings = frozenset[str]


@dataclass(frozen=True)
class Opening:
    """The unanswered findings that can still change a decision. It may name one in vain; it never leaves one out."""

    knowledge: Knowledge
    decision: Decision
    _known: dict[str, Findings] = field(default_factory=dict, repr=False)

    def ask_next(self) -> tuple[str, ...]:
        """What to ask, the most urgent first: for the route, for the step, then what decides the most options."""
        counts = Counter(name for choice in self.decision.verdicts.values() for name in self.of(choice))
        ordered = dict.fromkeys(name for names in (*self.by_urgency, self.step) for name in self.in_order(names))
        rest = sorted(self.in_order(counts.keys() - ordered.keys()), key=lambda name: -counts[name])
        return (*ordered, *rest)

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Findings in the order in which the knowledge asks them of this person."""
        wanted = set(names)
        return [name for name in self._asked if name in wanted]

    @cached_property
    def _asked(self) -> tuple[str, ...]:
        return findings_in_order(self.knowledge, self.decision.facts)

    def of(self, verdict: Choice) -> Findings:
        """What can still change a verdict; nothing where it is determined."""
        if verdict.value != UNDETERMINED:
            return frozenset()
        waits = "on_hold" in verdict.possible
        return self._rules(verdict.unknown) | (self.route if waits else frozenset())

    @cached_property
    def step(self) -> Findings:
        """What can still change the step."""
        step = self.decision.step
        return self._rules(step.unknown) if step and step.value == UNDETERMINED else frozenset()

    @cached_property
    def route(self) -> Findings:
        """What can still change the route."""
        return frozenset[str]().union(*self.by_urgency)

    @cached_property
    def by_urgency(self) -> tuple[Findings, ...]:
        """What can still lead to each route, the most urgent first."""
        return tuple(self._rules(self._flags(route)) for route in ROUTES)

    @cached_property
    def may_fall(self) -> tuple[str, ...]:
        """Red flags on which alone the route stands, and which an answer could still lower."""
        held, flags = self.decision.held, self.knowledge.red_flags.values()
        route = decided_route(self.decision.route)
        present = [flag.id for flag in flags if flag.says == route and flag_holds(self.knowledge, flag.id, held)]
        firm = [flag for flag in present if held.get(unless(flag)) is not None or unless(flag) not in held]
        return () if firm else tuple(present)

    @cached_property
    def fallen(self) -> Choice | None:
        """The route without the flags that may fall; None where none may."""
        held = {**self.decision.held, **dict.fromkeys(self.may_fall, False)}
        return route_of(self.knowledge, held) if self.may_fall else None

    def _flags(self, route: str) -> Iterator[str]:
        """The unknown rules of one route, with those that could lower it, and those that then could raise it again."""
        again = self.fallen.unknown if self.fallen else ()
        for flag in dict.fromkeys((*self.decision.route.unknown, *self.may_fall, *again)):
            if self.knowledge.red_flags[flag].says == route:
                yield flag
                if unless(flag) in self.knowledge.tests:
                    yield unless(flag)

    def _rules(self, rules: Iterable[str]) -> Findings:
        return frozenset[str]().union(*(self._rule(rule) for rule in rules))

    def _rule(self, rule: str) -> Findings:
        if rule not in self._known:
            self._known[rule] = self.condition(self.knowledge.tests[rule])
        return self._known[rule]

    def condition(self, condition: Condition) -> Findings:
        """What can still settle a condition."""
        return frozenset[str]().union(*(self._leaf(leaf) for leaf in unsettled(condition, self.decision.facts)))

    def _leaf(self, leaf: Leaf) -> Findings:
        names = (leaf.of, leaf.bound) if isinstance(leaf, AtLeast) else (leaf.of,)
        return frozenset[str]().union(*(self._variable(name) for name in names if isinstance(name, str)))

    def _variable(self, name: str) -> Findings:
        match name:
            case "step":
                return self._rules(self.decision.step.unknown) if self.decision.step else frozenset()
            case "step_rule":  # which rule holds may be open where the step is not
                considered = self.decision.step.considered if self.decision.step else ()
                return self._rules(rule for rule in considered if self.decision.held[rule] is None)
            case gate if gate in self.knowledge.gates:
                return self._rules(rule for option in self.knowledge.gates[gate] for rule in option)
            case _:
                return frozenset({name} - self.decision.facts.keys())
