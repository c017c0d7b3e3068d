"""The goal of "what would change this?": an option applies or no longer applies, a step is reached or left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathway.conditions.kleene import truth
from pathway.deciding.decide import Decision
from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import OFF_LADDER, ROUTE, UNDETERMINED
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import SymbolicCase


@dataclass(frozen=True)
class Goal:
    """A result to reach. `wanted`: the option applies, or the step is reached; otherwise it certainly doesn't, or isn't."""

    subject: str
    is_step: bool
    wanted: bool
    ladder: str
    """The route that enters the ladder."""
    open_route: bool
    """Whether the route may stay undetermined, as it is now."""
    existing_contradictions: frozenset[str]
    """Contradictions that are present already, and may remain."""

    def formula(self, case: SymbolicCase) -> Formula:
        """Return when the case reaches the goal."""
        logic, values = case.space.logic, self._values(case)
        positive = values["applies" if not self.is_step else self.subject]
        unclear = [values[UNDETERMINED], *([values[OFF_LADDER]] if self.is_step else [])]
        reached = positive if self.wanted else logic.negate(logic.any([positive, *unclear]))
        route = logic.any(case.outcome.route[name] for name in self._routes)
        new = [formula for name, formula in case.contradictions.items() if name not in self.existing_contradictions]
        return logic.all([reached, route, *map(logic.negate, new)])

    def _values(self, case: SymbolicCase) -> Mapping[str, Formula]:
        return case.step if self.is_step else case.verdicts[self.subject]

    def reached(self, decision: Decision, knowledge: Knowledge) -> bool:
        """Return whether the engine's decision reaches the goal."""
        now = outcome_value(self.subject, decision)
        positive = now == (self.subject if self.is_step else "applies")
        if now == UNDETERMINED or positive != self.wanted or (self.is_step and now == OFF_LADDER):
            return False
        on_ladder = decision.decided_route in self._routes
        return on_ladder and contradictions(decision, knowledge) <= self.existing_contradictions

    @property
    def _routes(self) -> tuple[str, ...]:
        return (self.ladder, UNDETERMINED) if self.open_route else (self.ladder,)


def goal_for(subject: str, decision: Decision, knowledge: Knowledge) -> Goal:
    """Return the opposite of the present result. Raises Unusable if `subject` is neither an option nor a step."""
    valid = (*knowledge.options, *knowledge.steps)
    if subject not in valid:
        hint = suggestion(subject, valid, kind="name")
        raise Unusable([Fault("option", None, f"there is no option or step {subject}; {hint}")])
    is_step = subject in knowledge.steps
    wanted = outcome_value(subject, decision) != (subject if is_step else "applies")
    open_route = decision.decided_route == UNDETERMINED
    return Goal(subject, is_step, wanted, knowledge.ladder_route, open_route, contradictions(decision, knowledge))


def outcome_value(subject: str, decision: Decision) -> str:
    """Return the verdict of an option, the route, or for any other subject the step."""
    if subject in decision.verdicts:
        return decision.verdicts[subject].value
    if subject == ROUTE:
        return decision.decided_route
    return decision.step.value if decision.step else OFF_LADDER


def contradictions(decision: Decision, knowledge: Knowledge) -> frozenset[str]:
    """Return the contradictions that are known to be present."""
    conditions = knowledge.contradiction_conditions.items()
    return frozenset(name for name, condition in conditions if truth(condition, decision.facts))
