"""Finds an example of a diagram: the scenario with the fewest unusual answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pathway.proof.counting.decision_diagram import Node, Path
from pathway.proof.counting.number_classes import ComparedNumbers, NumberClass, comparisons_that_hold
from pathway.proof.counting.scenario_space import ScenarioSpace
from pathway.proof.symbolic.scenarios import Answers


@dataclass(frozen=True)
class ExampleFinder:
    """Finds examples in one scenario space. `preferred` answers take the place of the usual ones where possible."""

    space: ScenarioSpace
    preferred: Mapping[str, str | int] = field(default_factory=dict)
    _paths: dict[Node, Path | None] = field(default_factory=dict, repr=False)
    """Of each node so far: the diagrams of one space share most of their nodes."""

    def find(self, node: Node) -> Answers | None:
        """Return a complete scenario that makes the diagram true; None if there is none."""
        choice = self.space.diagrams.cheapest(node, self._costs, self._paths)
        return None if choice is None else self._answers(choice)

    @cached_property
    def _usual(self) -> Answers:
        return {finding.id: finding.benign_answer for finding in self.space.findings} | dict(self.preferred)

    @cached_property
    def _numbers(self) -> list[list[dict[str, int]]]:
        """For each group of numbers, those that stand for each of its classes."""
        return [
            [_example_numbers(group, number_class, self._usual) for number_class in group.classes] for group in self.space.numbers
        ]

    @cached_property
    def _costs(self) -> list[list[int]]:
        """For each question of the diagrams, how many unusual answers each of its answers is."""
        usual = self._usual
        words = [[int(word != usual[name]) for word in answers] for name, answers in self.space.words.items()]
        numbers = [[sum(usual[name] != value for name, value in each.items()) for each in group] for group in self._numbers]
        return [*words, *numbers]

    def _answers(self, choice: tuple[int, ...]) -> Answers:
        """Return the answers that a choice encodes: first a number for each finding in words, then one for each group."""
        words = self.space.words
        in_words, in_groups = choice[: len(words)], choice[len(words) :]
        answers: Answers = {name: possible[at] for at, (name, possible) in zip(in_words, words.items(), strict=True)}
        for at, numbers in zip(in_groups, self._numbers, strict=True):
            answers |= numbers[at]
        return answers


def _example_numbers(group: ComparedNumbers, number_class: NumberClass, usual: Answers) -> dict[str, int]:
    """Return numbers of a class: the usual ones if they belong to it."""
    usual_numbers = {name: int(usual[name]) for name in group.names}
    if comparisons_that_hold(group.comparisons, usual_numbers) == number_class.holds:
        return usual_numbers
    return dict(zip(group.names, number_class.example, strict=True))
