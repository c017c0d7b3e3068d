"""The results of `line_between` and `thresholds`, and their description for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pathway.explanation.english import finding_words, name_of
from pathway.knowledge.base import Knowledge
from pathway.model import FrozenModel
from pathway.phrases import wrapped
from pathway.proof.report import Witness
from pathway.proof.subjects import subject_name, value_words

Direction = Literal["lower", "higher"]


class Line(FrozenModel):
    """Two scenarios that differ only in the answer to `finding`: the first leads to `one`, the second to `other`."""

    of: str
    one: str
    other: str
    finding: str
    witness: Witness


class OutcomeChange(FrozenModel):
    """What differs beyond a threshold: the route, the step (`none` off the ladder) or an option's verdict."""

    of: str
    before: str
    after: str


class Threshold(FrozenModel):
    """The nearest number, lower or higher than `now`, at which a result changes; every number between changes nothing."""

    finding: str
    direction: Direction
    now: int
    other: int
    can_follow: bool
    """Whether time can bring the number about; weeks, for example, only grow."""
    moves: tuple[OutcomeChange, ...]


class Thresholds(FrozenModel):
    """The thresholds next to a scenario's numbers, each confirmed by the engine."""

    guidance: str
    numbers: dict[str, int]
    """The numbers that are answered."""
    thresholds: tuple[Threshold, ...]
    """At most one for each number and direction. None: no number that fits the other answers changes anything."""

    def of(self, finding: str, direction: Direction) -> Threshold | None:
        """Return the threshold in one direction; None if there is none."""
        matches = (entry for entry in self.thresholds if (entry.finding, entry.direction) == (finding, direction))
        return next(matches, None)

    def describe(self, knowledge: Knowledge) -> list[str]:
        """Return the thresholds as lines of at most 80 columns."""
        if not self.numbers:
            return ["No number is answered, so there is no threshold to show."]
        return [line for finding in self.numbers for line in self._number_lines(finding, knowledge)]

    def _number_lines(self, finding: str, knowledge: Knowledge) -> Iterator[str]:
        yield from wrapped(f"{name_of(finding, knowledge)}: {finding_words(finding, self.numbers[finding], knowledge)}")
        for direction in DIRECTIONS:
            threshold = self.of(finding, direction)
            yield from (
                _threshold_lines(threshold, knowledge)
                if threshold
                else [f"  {direction}: no number that fits the other answers changes anything"]
            )


DIRECTIONS: tuple[Direction, ...] = ("lower", "higher")


def _threshold_lines(threshold: Threshold, knowledge: Knowledge) -> Iterator[str]:
    note = "" if threshold.can_follow else " (for comparison only: this can't come about)"
    number = finding_words(threshold.finding, threshold.other, knowledge)
    yield from wrapped(f"  {threshold.direction}: at {number}{note}", "    ")
    for (before, after), names in _grouped(threshold.moves, knowledge).items():
        yield from wrapped(f"    {', '.join(names)}: {before} becomes {after}", "      ")


def _grouped(changes: tuple[OutcomeChange, ...], knowledge: Knowledge) -> dict[tuple[str, str], list[str]]:
    """Return the subjects by their change: off the ladder twenty options change alike."""
    groups: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        before, after = (value_words(change.of, value, knowledge) for value in (change.before, change.after))
        groups.setdefault((before, after), []).append(subject_name(change.of, knowledge))
    return groups


def describe_lines(lines: tuple[Line, ...], of: str, sides: tuple[str, str], guidance: str, knowledge: Knowledge) -> list[str]:
    """Return the pairs as lines of at most 80 columns."""
    first, second = (value_words(of, side, knowledge) for side in sides)
    name = subject_name(of, knowledge)
    subject = f"{name[:1].upper()}{name[1:]} (guidance: {guidance})"
    if not lines:
        return wrapped(f"{subject}: no single answer makes the difference between {first} and {second}.")
    head = wrapped(f"{subject}: {first} or {second}. The scenarios of each pair differ in a single answer.")
    return [*head, *(part for number, line in enumerate(lines, 1) for part in _pair_lines(number, line, knowledge))]


def _pair_lines(number: int, line: Line, knowledge: Knowledge) -> Iterator[str]:
    first, second = (finding_words(line.finding, answers[line.finding], knowledge) for answers in line.witness.people)
    yield from wrapped(f"{number}. {name_of(line.finding, knowledge)}: {first}, then {second}", "   ")
    shared = [name for name in line.witness.unusual if name != line.finding]
    answers = (f"{name_of(name, knowledge)}: {finding_words(name, line.witness.people[0][name], knowledge)}" for name in shared)
    yield from wrapped(f"   both: {'; '.join(answers)}" if shared else "   All other answers are the usual ones.", "   ")
