"""Explains a scenario: decides it, and says why, why not, what is open and what to ask next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Facts, expanded, variables
from pathway.deciding.decide import Decider, Decision
from pathway.deciding.precedence import decided_route, flag_holds
from pathway.explanation.at_visit import at_visit
from pathway.explanation.open_questions import Opening
from pathway.explanation.option import OptionReader, likely_first
from pathway.explanation.result import KnowledgeEdition, Open, Reason, RedFlagResult, Result
from pathway.explanation.rule_texts import Library
from pathway.explanation.trace import Tracer
from pathway.knowledge.assumptions import defaults, rests_on
from pathway.knowledge.base import Knowledge, unless
from pathway.knowledge.loader import load
from pathway.knowledge.vocabulary import ROUTES, UNDETERMINED
from pathway.scenarios.inputs import usable
from pathway.scenarios.scenario import Scenario


def explain(
    scenario: Scenario | Mapping[str, Any] | Path | str,
    guidance: str | None = None,
    assumptions: Mapping[str, Any] | None = None,
    visit: int | None = None,
) -> Result:
    """Where a scenario stands on the pathway, and why.

    `scenario` is a Scenario, a dict of its shape or a path; `guidance` is `page` or `nice`; `assumptions` vary the
    named ones. Both win over what the scenario says itself; where neither says, the reading is the page's. Of several
    visits it is about the last, or about `visit`, counted from 1.
    Raises `Unusable` with every fault of what was given; `Disagreement` where the two readers differ and
    `Silent` where no rule speaks, both faults of the pathway itself.
    """
    return the_pathway().explain(scenario, guidance, assumptions, visit)


@cache
def the_pathway() -> Pathway:
    """The pathway by the knowledge that comes with this package."""
    return Pathway(load())


@dataclass(frozen=True)
class Pathway:
    """Explains by one knowledge base. Safe for many threads."""

    knowledge: Knowledge

    def explain(
        self,
        scenario: Scenario | Mapping[str, Any] | Path | str,
        guidance: str | None = None,
        assumptions: Mapping[str, Any] | None = None,
        visit: int | None = None,
    ) -> Result:
        """As `pathway.explain`, by this knowledge base."""
        given = usable(scenario, guidance, assumptions, self.knowledge, visit)
        facts: Facts = {**given.answers, **given.values, "guidance": given.guidance}
        return at_visit(self._result(given.scenario, facts), given.known, given.at, given.weeks, self.knowledge)

    @cached_property
    def decider(self) -> Decider:
        """What decides: the compiled rules."""
        return Decider(self.knowledge)

    @cached_property
    def tracer(self) -> Tracer:
        """What puts the rules considered into words."""
        return Tracer(self.knowledge)

    @cached_property
    def library(self) -> Library:
        """What can be said of each rule."""
        return Library(self.knowledge)

    def _result(self, scenario: Scenario, facts: Facts) -> Result:
        decision = self.decider.decide(facts)
        opening = Opening(self.knowledge, decision)
        likely = self._if_not_adverse(facts, decision)
        route: Any = decided_route(decision.route)  # words of the rules, which the model checks
        step: Any = decision.step.value if decision.step else None
        reading: Any = facts["guidance"]
        reader = OptionReader(self.knowledge, self.library, decision, opening, likely)
        return Result(
            title=scenario.title,
            route=route,
            step=step,
            provisional=route == UNDETERMINED,
            guidance=reading,
            route_open=_route_open(decision, opening),
            step_open=_step_open(decision, opening, likely),
            step_reasons=self._step_reasons(decision),
            options={option: reader.read(option) for option in self.knowledge.options},
            red_flags=self._red_flags(decision),
            safety_net=self.knowledge.frame.safety_net,
            assumptions=self._assumptions(decision),
            ask_next=opening.ask_next(),
            warnings=self._warnings(facts),
            notice=self.knowledge.frame.notice,
            knowledge=KnowledgeEdition(edition=self.knowledge.frame.edition, hash=self.knowledge.hash),
            trace=self.tracer.trace(decision),
        )

    def _if_not_adverse(self, facts: Facts, decision: Decision) -> Decision:
        """The decision if no open answer is adverse: it orders what is still possible, and decides nothing."""
        if decision.settled:
            return decision
        answers = {finding.id: finding.if_not_adverse for finding in self.knowledge.findings.values()}
        return self.decider.decide(answers | dict(facts))

    def _step_reasons(self, decision: Decision) -> tuple[Reason, ...]:
        rules = decision.step.considered if decision.step and decision.step.value != UNDETERMINED else ()
        return tuple(self.library.reasons[rule] for rule in rules if decision.held[rule])

    def _red_flags(self, decision: Decision) -> tuple[RedFlagResult, ...]:
        flags = sorted(self.knowledge.red_flags.values(), key=lambda flag: ROUTES.index(flag.says))
        return tuple(self.library.flags[flag.id] for flag in flags if flag_holds(self.knowledge, flag.id, decision.held))

    def _warnings(self, facts: Facts) -> tuple[str, ...]:
        found = (*self.knowledge.contradictions, *self.knowledge.unlikely)
        return tuple(entry.text for entry in found if truth(expanded(entry.when, self.knowledge.written_out), facts))

    def _assumptions(self, decision: Decision) -> tuple[str, ...]:
        rules = {rule for choice in decision.choices for rule in choice.considered}
        rules |= {unless(rule) for rule in rules} & decision.held.keys()
        read = (rests_on(self.knowledge.tests[rule], decision.facts, names) for rule in rules if (names := self._assuming[rule]))
        found = frozenset[str]().union(*read) | {name for rule in rules if (name := self._named(rule, decision))}
        return tuple(name for name in self.knowledge.assumptions if name in found)

    @cached_property
    def _assuming(self) -> Mapping[str, frozenset[str]]:
        """For each rule the assumptions that its condition reads."""
        return {rule: variables(test) & defaults(self.knowledge).keys() for rule, test in self.knowledge.tests.items()}

    def _named(self, rule: str, decision: Decision) -> str | None:
        reason = self.library.reasons.get(rule)
        return reason.assumption if reason and decision.held[rule] else None


def _route_open(decision: Decision, opening: Opening) -> Open | None:
    possible = tuple(reversed(decision.route.possible))
    if opening.fallen:
        less_urgent = ROUTES[ROUTES.index(decided_route(decision.route)) + 1 :]
        possible = (*possible, next(route for route in opening.fallen.possible if route in less_urgent))
    return Open(possible=possible, deciding=tuple(opening.in_order(opening.route))) if len(possible) > 1 else None


def _step_open(decision: Decision, opening: Opening, likely: Decision) -> Open | None:
    if decision.step is None or decision.step.value != UNDETERMINED:
        return None
    first = likely.step.value if likely.step else ""
    return Open(possible=likely_first(decision.step, first), deciding=tuple(opening.in_order(opening.step)))
