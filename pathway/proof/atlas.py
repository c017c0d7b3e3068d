"""The atlas: for any two findings, how the step or an option's verdict is spread over all scenarios, counted exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from pathway.assumptions import values_from
from pathway.condition import AtLeast
from pathway.explain import GUIDANCE
from pathway.faults import Fault, Unusable, nearest, shown
from pathway.knowledge import Knowledge
from pathway.proof.composition import OFF
from pathway.proof.count import Base, Grid
from pathway.proof.diagram import Node
from pathway.proof.example import Examples
from pathway.proof.report import Model
from pathway.scenario import scenario_from

STEP, ROUTE = "step", "route"


class Cell(Model):
    """One answer to each of the two findings: how many scenarios lead to each value, and an example of each."""

    across: str
    down: str
    counts: dict[str, int]
    examples: dict[str, dict[str, str | int]]


class Atlas(Model):
    """The cells, row by row; `total` is of all of them."""

    of: str
    across: tuple[str, ...]
    down: tuple[str, ...]
    cells: tuple[Cell, ...]
    total: int


def atlas(
    knowledge: Knowledge,
    across: str,
    down: str,
    of: str = STEP,
    given: Mapping[str, Any] | None = None,
    guidance: str = "page",
    assumptions: Mapping[str, Any] | None = None,
) -> Atlas:
    """How `of` (`step`, `route` or an option) is spread over the answers to two findings.

    Over every complete scenario whose answers can go together and that has the `given` answers. Numbers count as classes: two
    weeks that no rule tells apart are counted once. Raises Unusable with every fault of what was asked.
    """
    settings = values_from(assumptions, knowledge)
    answers = scenario_from({"answers": dict(given or {})}, knowledge).answers
    if faults := [*_faults(across, down, of, knowledge), *reading_faults(guidance)]:
        raise Unusable(faults)
    exact = (AtLeast(name, bound) for name, value in answers.items() if isinstance(value, int) for bound in (value, value + 1))
    grid = Grid((Base(knowledge, settings),), sized=False, more=tuple(exact))
    return _drawn(grid, across, down, of, answers, guidance)


def reading_faults(guidance: str) -> Iterator[Fault]:
    """A fault where there is no such reading."""
    if guidance not in GUIDANCE:
        yield Fault("guidance", None, f"there is no reading {shown(guidance)}; {nearest(guidance, GUIDANCE)}")


def _faults(across: str, down: str, of: str, knowledge: Knowledge) -> Iterator[Fault]:
    for name in (across, down):
        if name not in knowledge.findings:
            yield Fault("atlas", None, f"there is no finding {name}; {nearest(name, knowledge.findings)}")
    if across == down:
        yield Fault("atlas", None, "the two findings must differ")
    if of not in (valid := (STEP, ROUTE, *knowledge.options)):
        yield Fault("atlas", None, f"there is no option {of}; {nearest(of, valid)}")


def _drawn(grid: Grid, across: str, down: str, of: str, given: Mapping[str, str | int], guidance: str) -> Atlas:
    logic, base = grid.algebra, grid.bases[0]
    fixed = logic.all([grid.consistent(base), *(_answer(grid, name, value) for name, value in given.items())])
    values, finder = _values(grid, of, guidance), Examples(grid, given)
    sides = [dict(_answers(grid, name)) for name in (across, down)]
    cells = []
    for row, low in sides[1].items():
        for column, side in sides[0].items():
            there = {value: logic.all([fixed, low, side, node]) for value, node in values.items()}
            counts = {value: grid.diagrams.count(node) for value, node in there.items()}
            examples = {value: finder.of(there[value]) or {} for value, count in counts.items() if count}
            cells.append(Cell(across=column, down=row, counts={v: n for v, n in counts.items() if n}, examples=examples))
    return Atlas(of=of, across=tuple(sides[0]), down=tuple(sides[1]), cells=tuple(cells), total=grid.diagrams.count(fixed))


def _values(grid: Grid, of: str, guidance: str) -> Mapping[str, Node]:
    found = grid.outcome(grid.bases[0], guidance)
    match of:
        case "route":
            return found.route
        case "step":
            return {value: node for value, node in found.step.items() if value != OFF} | {OFF: found.step[OFF]}
        case option:
            return grid.verdicts(found, option)


def _answer(grid: Grid, finding: str, value: str | int) -> Node:
    return _between(grid, finding, value, value + 1) if isinstance(value, int) else grid.answer(finding, value)


def _between(grid: Grid, finding: str, low: int, end: int) -> Node:
    return grid.algebra.all([_from(grid, finding, low), grid.algebra.no(_from(grid, finding, end))])


def _from(grid: Grid, finding: str, low: int) -> Node:
    return grid.comparison(AtLeast(finding, low)) if low else grid.algebra.true


def _answers(grid: Grid, finding: str) -> Iterator[tuple[str, Node]]:
    """The answers of a finding; of a number, the stretches that some rule tells apart."""
    if finding in grid.words:
        yield from ((word, grid.answer(finding, word)) for word in grid.words[finding])
        return
    group = next(group for group in grid.numbers if finding in group.names)
    asked = {leaf.bound for leaf in group.comparisons if leaf.of == finding and isinstance(leaf.bound, int)}
    bounds = sorted(bound for bound in asked if bound > 0)
    for low, end in pairwise([0, *bounds]):
        yield (str(low) if end == low + 1 else f"{low}-{end - 1}"), _between(grid, finding, low, end)
    last = bounds[-1] if bounds else 0
    yield f"{last} or more", _from(grid, finding, last)
