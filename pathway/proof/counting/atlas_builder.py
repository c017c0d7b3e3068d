"""Draws atlases by one knowledge base and one setting of the assumptions; what they share is made once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from threading import Lock

from pathway.conditions.tree import AtLeast
from pathway.proof.counting.atlas_result import Atlas, Cell
from pathway.proof.counting.decision_diagram import Node
from pathway.proof.counting.example import ExampleFinder
from pathway.proof.counting.scenario_space import ScenarioSpace
from pathway.proof.symbolic.decision import OFF_LADDER, SymbolicOutcome
from pathway.proof.symbolic.scenarios import Answers

MAX_NODES = 100_000
"""Nodes of diagrams that a chart keeps, about forty megabytes."""


@dataclass
class AtlasBuilder:
    """A grid of all scenarios, and where each stands by each reading. Atlases are drawn one after the other."""

    grid: ScenarioSpace
    _outcomes: dict[str, SymbolicOutcome] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def build(self, axes: tuple[str, str], of: str, given: Answers, guidance: str, on_ladder: bool) -> Atlas:
        """The atlas of two findings."""
        with self._lock:
            columns, rows = (dict(self._answers(name)) for name in axes)
            fixed = self._fixed(given, guidance, on_ladder)
            finder, values = ExampleFinder(self.grid, given), self._values(of, guidance)
            cells = tuple(
                self._cell(column, row, self.grid.algebra.all([fixed, low, side]), values, finder)
                for row, low in rows.items()
                for column, side in columns.items()
            )
            total = self.grid.diagrams.count(fixed)
            self._drop_when_large()
        return Atlas(of=of, guidance=guidance, axes=axes, across=tuple(columns), down=tuple(rows), cells=cells, total=total)

    def _drop_when_large(self) -> None:
        """DecisionDiagrams only grow: of too many of them, none is kept."""
        if len(self.grid.diagrams.nodes) > MAX_NODES:
            self.grid = replace(self.grid)  # with nothing worked out yet
            self._outcomes.clear()

    def _fixed(self, given: Answers, guidance: str, on_ladder: bool) -> Node:
        grid = self.grid
        ladder = [self._outcome(guidance).route["stepped_care"]] if on_ladder else []
        answers = (self._answer(name, value) for name, value in given.items())
        return grid.algebra.all([grid.consistent(grid.bases[0]), *ladder, *answers])

    def _cell(self, column: str, row: str, here: Node, values: Mapping[str, Node], finder: ExampleFinder) -> Cell:
        there = {value: self.grid.algebra.all([here, node]) for value, node in values.items()}
        counts = {value: self.grid.diagrams.count(node) for value, node in there.items()}
        examples = {value: finder.find(there[value]) or {} for value, count in counts.items() if count}
        return Cell(across=column, down=row, counts={v: n for v, n in counts.items() if n}, examples=examples)

    def _outcome(self, guidance: str) -> SymbolicOutcome:
        if guidance not in self._outcomes:
            self._outcomes[guidance] = self.grid.outcome(self.grid.bases[0], guidance)
        return self._outcomes[guidance]

    def _values(self, of: str, guidance: str) -> Mapping[str, Node]:
        found = self._outcome(guidance)
        match of:
            case "route":
                return found.route
            case "step":
                return {value: node for value, node in found.step.items() if value != OFF_LADDER} | {
                    OFF_LADDER: found.step[OFF_LADDER]
                }
            case option:
                return self.grid.verdicts(found, option)

    def _answer(self, finding: str, value: str | int) -> Node:
        return self._between(finding, value, value + 1) if isinstance(value, int) else self.grid.answer(finding, value)

    def _between(self, finding: str, low: int, end: int) -> Node:
        return self.grid.algebra.all([self._from(finding, low), self.grid.algebra.negate(self._from(finding, end))])

    def _from(self, finding: str, low: int) -> Node:
        return self.grid.comparison(AtLeast(finding, low)) if low else self.grid.algebra.true

    def _answers(self, finding: str) -> Iterator[tuple[str, Node]]:
        """The answers of a finding; of a number, the stretches that some rule tells apart."""
        if finding in self.grid.words:
            yield from ((word, self.grid.answer(finding, word)) for word in self.grid.words[finding])
            return
        group = next(group for group in self.grid.numbers if finding in group.names)
        asked = {leaf.bound for leaf in group.comparisons if leaf.of == finding and isinstance(leaf.bound, int)}
        bounds = sorted(bound for bound in asked if bound > 0)
        for low, end in pairwise([0, *bounds]):
            yield (str(low) if end == low + 1 else f"{low}-{end - 1}"), self._between(finding, low, end)
        last = bounds[-1] if bounds else 0
        yield f"{last} or more", self._from(finding, last)
