"""Builds atlases for one knowledge base and one setting of the assumptions; the diagrams are shared between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from threading import Lock

from pathway.conditions.tree import AtLeast
from pathway.knowledge.vocabulary import OFF_LADDER
from pathway.proof.counting.atlas_result import Atlas, Cell
from pathway.proof.counting.decision_diagram import Node
from pathway.proof.counting.example import ExampleFinder
from pathway.proof.counting.scenario_space import ScenarioSpace
from pathway.proof.symbolic.decision import SymbolicOutcome
from pathway.proof.symbolic.scenarios import Answers

MAX_NODES = 100_000
"""Diagram nodes that a builder keeps: about forty megabytes."""


@dataclass
class AtlasBuilder:
    """A scenario space and its outcomes by guidance. A lock lets one thread build at a time."""

    space: ScenarioSpace
    _outcomes: dict[str, SymbolicOutcome] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def build(self, axes: tuple[str, str], subject: str, fixed: Answers, guidance: str, on_ladder: bool) -> Atlas:
        """Return the atlas of `subject` (`step`, `route` or an option) over two findings, with the other answers `fixed`."""
        with self._lock:
            columns, rows = (dict(self._axis(name)) for name in axes)
            included = self._included(fixed, guidance, on_ladder)
            finder, values = ExampleFinder(self.space, fixed), self._values(subject, guidance)
            cells = tuple(
                self._cell(column, row, self.space.algebra.all([included, row_node, column_node]), values, finder)
                for row, row_node in rows.items()
                for column, column_node in columns.items()
            )
            total = self.space.diagrams.count(included)
            self._drop_when_large()
        return Atlas(of=subject, guidance=guidance, axes=axes, across=tuple(columns), down=tuple(rows), cells=cells, total=total)

    def _drop_when_large(self) -> None:
        """Discard all diagrams if there are too many: single nodes can't be freed."""
        if len(self.space.diagrams.nodes) > MAX_NODES:
            self.space = replace(self.space)  # a copy whose cached properties are empty
            self._outcomes.clear()

    def _included(self, fixed: Answers, guidance: str, on_ladder: bool) -> Node:
        """Return the diagram of the scenarios that the atlas counts."""
        space = self.space
        ladder = [self._outcome(guidance).route[space.contexts[0].knowledge.ladder_route]] if on_ladder else []
        answers = (self._answer(name, value) for name, value in fixed.items())
        return space.algebra.all([space.consistent(space.contexts[0]), *ladder, *answers])

    def _cell(self, column: str, row: str, scenarios: Node, values: Mapping[str, Node], finder: ExampleFinder) -> Cell:
        nodes = {value: self.space.algebra.all([scenarios, node]) for value, node in values.items()}
        counts = {value: self.space.diagrams.count(node) for value, node in nodes.items()}
        examples = {value: finder.find(nodes[value]) or {} for value, count in counts.items() if count}
        return Cell(across=column, down=row, counts={value: count for value, count in counts.items() if count}, examples=examples)

    def _outcome(self, guidance: str) -> SymbolicOutcome:
        if guidance not in self._outcomes:
            self._outcomes[guidance] = self.space.outcome(self.space.contexts[0], guidance)
        return self._outcomes[guidance]

    def _values(self, subject: str, guidance: str) -> Mapping[str, Node]:
        outcome = self._outcome(guidance)
        match subject:
            case "route":
                return outcome.route
            case "step":
                steps = {value: node for value, node in outcome.step.items() if value != OFF_LADDER}
                return steps | {OFF_LADDER: outcome.step[OFF_LADDER]}
            case option:
                return self.space.verdicts(outcome, option)

    def _answer(self, finding: str, value: str | int) -> Node:
        return self._between(finding, value, value + 1) if isinstance(value, int) else self.space.answer(finding, value)

    def _between(self, finding: str, low: int, end: int) -> Node:
        return self.space.algebra.all([self._from(finding, low), self.space.algebra.negate(self._from(finding, end))])

    def _from(self, finding: str, low: int) -> Node:
        return self.space.comparison(AtLeast(finding, low)) if low else self.space.algebra.true

    def _axis(self, finding: str) -> Iterator[tuple[str, Node]]:
        """Yield each answer of a finding; for a number, each interval between which some rule changes."""
        if finding in self.space.words:
            yield from ((word, self.space.answer(finding, word)) for word in self.space.words[finding])
            return
        group = next(group for group in self.space.numbers if finding in group.names)
        cuts = {leaf.bound for leaf in group.comparisons if leaf.variable == finding and isinstance(leaf.bound, int)}
        bounds = sorted(bound for bound in cuts if bound > 0)
        for low, end in pairwise([0, *bounds]):
            yield (str(low) if end == low + 1 else f"{low}-{end - 1}"), self._between(finding, low, end)
        last = bounds[-1] if bounds else 0
        yield f"{last} or more", self._from(finding, last)
