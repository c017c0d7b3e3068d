"""The atlas: for any two findings, how the step or an option's verdict is spread over all scenarios, counted exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pathway.conditions.tree import AtLeast
from pathway.errors import Fault, Unusable, collected, nearest
from pathway.knowledge.assumptions import Values
from pathway.knowledge.base import Knowledge
from pathway.phrases import shown
from pathway.proof.cache import Cache
from pathway.proof.counting.atlas_builder import AtlasBuilder
from pathway.proof.counting.atlas_result import Atlas
from pathway.proof.counting.scenario_space import CountingContext, ScenarioSpace
from pathway.proof.subjects import STEP, subject_faults
from pathway.proof.symbolic.scenarios import Answers
from pathway.scenarios.inputs import usable
from pathway.scenarios.scenario import Scenario


def atlas(
    knowledge: Knowledge,
    across: str,
    down: str,
    of: str = STEP,
    given: Scenario | Mapping[str, Any] | None = None,
    guidance: str | None = None,
    assumptions: Mapping[str, Any] | None = None,
    on_ladder: bool = False,
) -> Atlas:
    """How `of` (`step`, `route` or an option) is spread over the answers to two findings.

    Over every complete scenario whose answers can go together and that has the `given` answers (of a scenario, or as a map),
    those to the two findings themselves aside; `on_ladder`: only those whom no red flag leads off it. Numbers count as classes:
    two weeks that no rule tells apart are counted once.
    Raises Unusable with every fault of what was asked. Safe for many threads.
    """
    faults: list[Fault] = []
    asked = None
    with collected(faults):
        asked = usable(_as_scenario(given), guidance, assumptions, knowledge)
    faults += [*_axis_faults(across, down, knowledge), *subject_faults("atlas", of, knowledge)]
    if faults or asked is None:
        raise Unusable(faults)
    fixed = {name: answer for name, answer in asked.answers.items() if name not in (across, down)}
    return _builder(knowledge, asked.values, fixed).build((across, down), of, fixed, asked.guidance, on_ladder)


def _as_scenario(given: Scenario | Mapping[str, Any] | None) -> Scenario | Mapping[str, Any]:
    if isinstance(given, Scenario) or (isinstance(given, Mapping) and ("answers" in given or "visits" in given)):
        return given
    return {"answers": given or {}}


def _axis_faults(across: str, down: str, knowledge: Knowledge) -> Iterator[Fault]:
    for name in (across, down):
        if name not in knowledge.findings:
            yield Fault("atlas", None, f"there is no finding {shown(name)}; {nearest(name, knowledge.findings)}")
    if across == down:
        yield Fault("atlas", None, f"{shown(across)} stands twice; the two findings must differ")


def _builder(knowledge: Knowledge, settings: Values, fixed: Answers) -> AtlasBuilder:
    bounds = {(name, bound) for name, value in fixed.items() if isinstance(value, int) for bound in (value, value + 1)}
    exact = tuple(sorted(bounds))

    def made() -> AtlasBuilder:
        return AtlasBuilder(
            ScenarioSpace(
                (CountingContext(knowledge, settings),), weighted=False, extra_cuts=tuple(AtLeast(*one) for one in exact)
            )
        )

    return _BUILDERS.get_or_make(knowledge, made, tuple(settings.items()), exact)


_BUILDERS: Cache[AtlasBuilder] = Cache(6)
"""One for each setting of the assumptions and each set of given numbers, which have to be told apart."""
