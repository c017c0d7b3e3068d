"""A scenario out of a diagram: the one with the fewest answers that are not the usual ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pathway.proof.counting.decision_diagram import Node
from pathway.proof.counting.number_classes import comparisons_that_hold
from pathway.proof.counting.scenario_space import ScenarioSpace
from pathway.proof.symbolic.scenarios import Answers


@dataclass(frozen=True)
class ExampleFinder:
    """Finds examples in one grid; `preferred` are answers to keep to where that can be."""

    grid: ScenarioSpace
    preferred: Mapping[str, str | int] = field(default_factory=dict)

    def find(self, node: Node) -> Answers | None:
        """A complete scenario that makes the diagram true; None if there is none."""
        usual = {finding.id: finding.if_not_adverse for finding in self.grid.findings} | dict(self.preferred)
        groups = [
            [self._numbers(number, place, usual) for place in range(len(group.classes))]
            for number, group in enumerate(self.grid.numbers)
        ]
        words = [[int(word != usual[name]) for word in answers] for name, answers in self.grid.words.items()]
        costs = [
            *words,
            *([sum(usual[name] != value for name, value in numbers.items()) for numbers in group] for group in groups),
        ]
        found = self.grid.diagrams.cheapest(node, costs)
        return None if found is None else self._answers(found, groups)

    def _numbers(self, number: int, place: int, usual: Answers) -> dict[str, int]:
        """Numbers of a class: the usual ones, where they belong to it."""
        group = self.grid.numbers[number]
        mine = {name: int(usual[name]) for name in group.names}
        if comparisons_that_hold(group.comparisons, mine) == group.classes[place].holds:
            return mine
        return dict(zip(group.names, group.classes[place].example, strict=True))

    def _answers(self, found: tuple[int, ...], groups: list[list[dict[str, int]]]) -> Answers:
        words = len(self.grid.words)
        answers: Answers = {
            name: answers[number] for number, (name, answers) in zip(found, self.grid.words.items(), strict=False)
        }
        for place, numbers in zip(found[words:], groups, strict=True):
            answers |= numbers[place]
        return answers
