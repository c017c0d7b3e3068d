"""What is given to be explained: a scenario, a reading and assumptions, with every fault of all three at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pathway.assumptions import Values, defaults, values_from
from pathway.faults import Fault, Unusable, collected, nearest, shown
from pathway.knowledge import Knowledge
from pathway.scenario import Scenario, scenario_from
from pathway.vocabulary import GUIDANCE


def usable(scenario: Any, guidance: str, assumptions: Mapping[str, Any] | None, knowledge: Knowledge) -> tuple[Scenario, Values]:
    """The scenario, and every assumption's value. Raises Unusable with the faults of all three."""
    faults: list[Fault] = []
    given, values = Scenario(), defaults(knowledge)
    with collected(faults):
        given = scenario_from(scenario, knowledge)
    faults += reading_faults(guidance)
    with collected(faults):
        values = values_from(assumptions, knowledge)
    if faults:
        raise Unusable(faults)
    return given, values


def reading_faults(guidance: str) -> Iterator[Fault]:
    """A fault where there is no such reading."""
    if guidance not in GUIDANCE:
        yield Fault("guidance", None, f"there is no reading {shown(guidance)}; {nearest(guidance, GUIDANCE)}")
