"""Where one answer makes another: lines and thresholds as frozen models, and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pathway.explanation.english import name_of
from pathway.knowledge.base import Knowledge
from pathway.phrases import wrapped
from pathway.proof.report import FrozenModel, Witness
from pathway.proof.subjects import finding_words, subject_name, value_words

Direction = Literal["lower", "higher"]


class Line(FrozenModel):
    """Two scenarios that differ in the answer to `finding` alone: the first leads to `one`, the second to `other`."""

    of: str
    one: str
    other: str
    finding: str
    witness: Witness


class OutcomeChange(FrozenModel):
    """What is another on the other side: the route, the step, or an option's verdict. Off the ladder the step is `none`."""

    of: str
    before: str
    after: str


class Threshold(FrozenModel):
    """The nearest number, lower or higher than now, at which something is another: every number between changes nothing."""

    finding: str
    direction: Direction
    now: int
    other: int
    can_follow: bool
    """Whether the number may come to be so: weeks only grow."""
    moves: tuple[OutcomeChange, ...]


class Thresholds(FrozenModel):
    """The thresholds next to a scenario's numbers, each tried with the engine."""

    guidance: str
    numbers: dict[str, int]
    """The numbers that are answered."""
    thresholds: tuple[Threshold, ...]
    """Of each number at most one in each direction. None there: no number that can go with the other answers changes anything."""

    def of(self, finding: str, direction: Direction) -> Threshold | None:
        """The threshold in one direction; None where nothing would change."""
        found = (one for one in self.thresholds if (one.finding, one.direction) == (finding, direction))
        return next(found, None)

    def describe(self, knowledge: Knowledge) -> list[str]:
        """The thresholds as lines of at most 80 columns."""
        if not self.numbers:
            return ["No number is answered, so there is no threshold to show."]
        return [line for finding in self.numbers for line in self._number(finding, knowledge)]

    def _number(self, finding: str, knowledge: Knowledge) -> Iterator[str]:
        yield from wrapped(f"{name_of(finding, knowledge)}: {finding_words(finding, self.numbers[finding], knowledge)}")
        for direction in DIRECTIONS:
            found = self.of(finding, direction)
            yield from (
                _threshold(found, knowledge)
                if found
                else [f"  {direction}: no number that goes with the other answers changes anything"]
            )


DIRECTIONS: tuple[Direction, ...] = ("lower", "higher")


def _threshold(found: Threshold, knowledge: Knowledge) -> Iterator[str]:
    note = "" if found.can_follow else " (for comparison only: the number can't come to be so)"
    yield from wrapped(f"  {found.direction}: at {finding_words(found.finding, found.other, knowledge)}{note}", "    ")
    for (before, after), names in _alike(found.moves, knowledge).items():
        yield from wrapped(f"    {', '.join(names)}: {before} becomes {after}", "      ")


def _alike(moves: tuple[OutcomeChange, ...], knowledge: Knowledge) -> dict[tuple[str, str], list[str]]:
    """What moves alike, together: off the ladder twenty options do."""
    found: dict[tuple[str, str], list[str]] = {}
    for move in moves:
        before, after = (value_words(move.of, value, knowledge) for value in (move.before, move.after))
        found.setdefault((before, after), []).append(subject_name(move.of, knowledge))
    return found


def describe_lines(lines: tuple[Line, ...], of: str, sides: tuple[str, str], guidance: str, knowledge: Knowledge) -> list[str]:
    """The lines between two values as lines of at most 80 columns."""
    one, other = (value_words(of, side, knowledge) for side in sides)
    between = f"between {one} and {other} ({subject_name(of, knowledge)}, by the reading {guidance})"
    if not lines:
        return wrapped(f"No single answer draws the line {between}.")
    found = wrapped(f"The line {between}; each pair differs in one answer:")
    return [*found, *(part for number, line in enumerate(lines, 1) for part in _line(number, line, knowledge))]


def _line(number: int, line: Line, knowledge: Knowledge) -> Iterator[str]:
    first, second = (finding_words(line.finding, who[line.finding], knowledge) for who in line.witness.people)
    yield from wrapped(f"{number}. {name_of(line.finding, knowledge)}: {first}, then {second}", "   ")
    shared = [name for name in line.witness.unusual if name != line.finding]
    answers = (f"{name_of(name, knowledge)}: {finding_words(name, line.witness.people[0][name], knowledge)}" for name in shared)
    yield from wrapped(f"   where {'; '.join(answers) or 'nothing else is unusual'}", "   ")
