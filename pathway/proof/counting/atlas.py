"""Counts, over all scenarios, how the step, the route or a verdict depends on any two findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pathway.conditions.tree import AtLeast
from pathway.errors import Fault, Unusable, collect_into, suggestion
from pathway.knowledge.assumptions import Values
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import STEP
from pathway.phrases import safe_excerpt
from pathway.proof.cache import Cache
from pathway.proof.counting.atlas_builder import AtlasBuilder
from pathway.proof.counting.atlas_result import Atlas
from pathway.proof.counting.scenario_space import CountingContext, ScenarioSpace
from pathway.proof.subjects import subject_faults
from pathway.proof.symbolic.scenarios import Answers
from pathway.scenarios.inputs import validated_inputs
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
    """Count how often each value of `of` (`step`, `route` or an option) occurs for each pair of answers to two findings.

    Counts every complete and consistent scenario that has the `given` answers (a scenario or a mapping), except answers to the
    two findings themselves; with `on_ladder` only scenarios on the ladder. Numbers between the same thresholds count as one
    answer. Raises Unusable with every fault of the arguments. Thread-safe.
    """
    faults: list[Fault] = []
    inputs = None
    with collect_into(faults):
        inputs = validated_inputs(_scenario_of(given), guidance, assumptions, knowledge)
    faults += [*_axis_faults(across, down, knowledge), *subject_faults("atlas", of, knowledge)]
    if faults or inputs is None:
        raise Unusable(faults)
    fixed = {name: answer for name, answer in inputs.answers.items() if name not in (across, down)}
    return _builder(knowledge, inputs.values, fixed).build((across, down), of, fixed, inputs.guidance, on_ladder)


def _scenario_of(source: Scenario | Mapping[str, Any] | None) -> Scenario | Mapping[str, Any]:
    """Return a scenario as it is, and a plain mapping of answers as a scenario."""
    if isinstance(source, Scenario) or (isinstance(source, Mapping) and ("answers" in source or "visits" in source)):
        return source
    return {"answers": source or {}}


def _axis_faults(across: str, down: str, knowledge: Knowledge) -> Iterator[Fault]:
    for name in (across, down):
        if name not in knowledge.findings:
            hint = suggestion(name, knowledge.findings, kind="finding")
            yield Fault("atlas", None, f"there is no finding {safe_excerpt(name)}; {hint}")
    if across == down:
        yield Fault("atlas", None, f"{safe_excerpt(across)} is given twice; the two findings must differ")


def _builder(knowledge: Knowledge, settings: Values, fixed: Answers) -> AtlasBuilder:
    """Return the cached builder, also per fixed number: each needs an interval of its own."""
    cuts = tuple(sorted((name, cut) for name, value in fixed.items() if isinstance(value, int) for cut in (value, value + 1)))

    def make() -> AtlasBuilder:
        context, extra_cuts = CountingContext(knowledge, settings), tuple(AtLeast(*cut) for cut in cuts)
        return AtlasBuilder(ScenarioSpace((context,), weighted=False, extra_cuts=extra_cuts))

    return _BUILDERS.get_or_make(knowledge, make, tuple(settings.items()), cuts)


_BUILDERS: Cache[AtlasBuilder] = Cache(6)
