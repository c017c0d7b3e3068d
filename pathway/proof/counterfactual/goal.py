"""What is asked for in "what would change it?": an option that applies or no longer does, a step that is reached or left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathway.conditions.kleene import truth
from pathway.conditions.tree import expanded
from pathway.deciding.decide import Decision
from pathway.deciding.precedence import decided_route
from pathway.errors import Fault, Unusable, nearest
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import STEPS, UNDETERMINED
from pathway.proof.subjects import ROUTE
from pathway.proof.symbolic.decision import OFF_LADDER
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import SymbolicCase

ON_LADDER = ("stepped_care", UNDETERMINED)


@dataclass(frozen=True)
class Goal:
    """`wanted`: that it applies, or that the step is reached; otherwise the contrary. Either way for certain."""

    of: str
    is_step: bool
    wanted: bool
    open_route: bool
    """The route may stay open, as it is now."""
    existing_contradictions: frozenset[str]
    """Contradictions that are there already."""

    def formula(self, person: SymbolicCase) -> Formula:
        """When the person is there."""
        logic, values = person.space.logic, self._values(person)
        there = values["applies" if not self.is_step else self.of]
        unless = [values[UNDETERMINED], *([values[OFF_LADDER]] if self.is_step else [])]
        reached = there if self.wanted else logic.negate(logic.any([there, *unless]))
        route = logic.any(person.outcome.route[name] for name in self._routes)
        fresh = [formula for name, formula in person.contradictions.items() if name not in self.existing_contradictions]
        return logic.all([reached, route, *map(logic.negate, fresh)])

    def _values(self, person: SymbolicCase) -> Mapping[str, Formula]:
        return person.step if self.is_step else person.verdicts[self.of]

    def reached(self, decision: Decision, knowledge: Knowledge) -> bool:
        """Whether the engine's decision is there."""
        now = value(self.of, decision)
        there = now == (self.of if self.is_step else "applies")
        if now == UNDETERMINED or there != self.wanted or (self.is_step and now == OFF_LADDER):
            return False
        on_ladder = decided_route(decision.route) in self._routes
        return on_ladder and contradictions(decision, knowledge) <= self.existing_contradictions

    @property
    def _routes(self) -> tuple[str, ...]:
        return ON_LADDER if self.open_route else ON_LADDER[:1]


def goal_of(of: str, decision: Decision, knowledge: Knowledge) -> Goal:
    """The opposite of what is now. Raises Unusable for what is neither an option nor a step."""
    valid = (*knowledge.options, *STEPS)
    if of not in valid:
        raise Unusable([Fault("option", None, f"there is no option or step {of}; {nearest(of, valid)}")])
    is_step = of in STEPS
    wanted = value(of, decision) != (of if is_step else "applies")
    return Goal(of, is_step, wanted, decided_route(decision.route) == UNDETERMINED, contradictions(decision, knowledge))


def value(of: str, decision: Decision) -> str:
    """The option's verdict, the route, or otherwise the step."""
    if of in decision.verdicts:
        return decision.verdicts[of].value
    if of == ROUTE:
        return decided_route(decision.route)
    return decision.step.value if decision.step else OFF_LADDER


def contradictions(decision: Decision, knowledge: Knowledge) -> frozenset[str]:
    """The contradictions that are known to be there."""
    found = ((entry.id, expanded(entry.when, knowledge.written_out)) for entry in knowledge.contradictions)
    return frozenset(name for name, when in found if truth(when, decision.facts))
