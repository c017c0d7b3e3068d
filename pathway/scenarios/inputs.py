"""Validates the inputs of an explanation: a scenario, the guidance and assumptions, with every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pathway.errors import Fault, Unusable, collect_into, suggestion
from pathway.knowledge.assumptions import Values, defaults, values_from
from pathway.knowledge.base import Knowledge
from pathway.phrases import safe_excerpt
from pathway.scenarios.scenario import Scenario, scenario_from
from pathway.scenarios.visits import Answers, KnownAnswers, known_answers_per_visit
from pathway.scenarios.walk_file import visits_of


@dataclass(frozen=True)
class ExplainInputs:
    """A scenario at one of its visits, the guidance, and every assumption's value. Arguments override the scenario."""

    scenario: Scenario
    guidance: str
    values: Values
    known: tuple[KnownAnswers, ...]
    at: int

    @property
    def answers(self) -> Answers:
        """The answers at the visit to explain."""
        return self.known[self.at].answers

    @property
    def weeks(self) -> int:
        """The weeks from the first visit to this one."""
        return sum(visit.after for visit in self.scenario.visits[1 : self.at + 1])


def validated_inputs(
    scenario: Any,
    guidance: str | None,
    assumptions: Mapping[str, Any] | None,
    knowledge: Knowledge,
    visit: int | None = None,
) -> ExplainInputs:
    """Return the validated inputs at a visit (from 1; default: the last). Raises Unusable with every fault."""
    faults: list[Fault] = []
    parsed, values = Scenario(), defaults(knowledge)
    with collect_into(faults):
        parsed = scenario_from(scenario, knowledge)
    reading = parsed.guidance or knowledge.readings[0] if guidance is None else guidance
    faults += reading_faults(reading, knowledge)
    with collect_into(faults):
        values = values_from({**parsed.assumptions, **(assumptions or {})}, knowledge)
    known = known_answers_per_visit(visits_of(parsed, knowledge), knowledge)
    faults += [] if faults else _visit_faults(visit, len(known))
    if faults:
        raise Unusable(faults)
    return ExplainInputs(parsed, reading, values, known, len(known) - 1 if visit is None else visit - 1)


def reading_faults(guidance: str, knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault where there is no such guidance."""
    if guidance not in knowledge.readings:
        yield Fault("guidance", None, f"there is no reading {safe_excerpt(guidance)}; {suggestion(guidance, knowledge.readings)}")


def _visit_faults(visit: int | None, most: int) -> Iterator[Fault]:
    if visit is not None and not 1 <= visit <= most:
        write = f"write a number from 1 to {most}" if most > 1 else "the scenario has one; write 1, or leave it out"
        yield Fault("visit", None, f"there is no visit {safe_excerpt(visit)}; {write}")
