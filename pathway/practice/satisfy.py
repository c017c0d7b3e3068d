"""Changes answers so that a condition holds, or doesn't: a case about a trap starts from such answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from pathway.conditions.kleene import truth
from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Is, Not, expand_definitions
from pathway.knowledge.base import Knowledge
from pathway.practice.seeded_draw import Draw

SPREAD = 7
"""How far above a bound a number is drawn."""


def unfit_conditions(knowledge: Knowledge) -> list[Condition]:
    """Return the conditions that no case may meet: contradictions, and answers that are often a mistake."""
    entries = (*knowledge.contradictions, *knowledge.unlikely)
    return [expand_definitions(entry.when, knowledge.expanded_definitions) for entry in entries]


@dataclass(frozen=True)
class ChangingAnswers:
    """Answers that are changed in place. A condition may also read the route, which is no answer: callers check the result."""

    answers: dict[str, str | int]
    settings: Mapping[str, str | int]
    knowledge: Knowledge
    draw: Draw

    def satisfy(self, condition: Condition, wanted: bool = True) -> None:
        """Change answers so that the condition has the wanted truth; of several parts that would do, one is drawn."""
        if truth(condition, {**self.settings, **self.answers}) is wanted:
            return
        match condition:
            case Is(variable, values):
                self._answer(variable, values, wanted)
            case AtLeast(variable, bound):
                self._number(variable, bound, wanted)
            case Not(inner):
                self.satisfy(inner, not wanted)
            case AllOf(parts) | AnyOf(parts):
                every = isinstance(condition, AllOf) is wanted
                for part in parts if every else [self.draw.pick(f"part {condition!r}", parts)] if parts else []:
                    self.satisfy(part, wanted)
            case _:
                assert_never(condition)

    def _answer(self, variable: str, values: tuple[str, ...], wanted: bool) -> None:
        answers = self.knowledge.findings[variable].answers if variable in self.knowledge.findings else {}
        fitting = [answer for answer in answers if (answer in values) is wanted]
        if fitting:
            self.answers[variable] = self.draw.pick(f"answer {variable}", fitting)

    def _number(self, variable: str, bound: int | str, wanted: bool) -> None:
        known = {**self.settings, **self.answers}
        least = int(known.get(bound, 0)) if isinstance(bound, str) else bound
        if wanted:
            self.answers[variable] = least + self.draw.number(f"above {variable}", SPREAD)
        elif least:
            self.answers[variable] = self.draw.number(f"below {variable}", least)
