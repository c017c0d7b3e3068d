"""The line between two verdicts of an option (or two steps): a pair of scenarios that differ in one answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from pathway.errors import Fault, Unusable, nearest
from pathway.knowledge.assumptions import Values, values_from
from pathway.knowledge.base import Knowledge
from pathway.phrases import shown
from pathway.proof.cache import Cache
from pathway.proof.counterfactual.boundary_result import Line
from pathway.proof.subjects import ROUTE, STEP, possible_values, subject_faults
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import SymbolicCase, SymbolicSpace
from pathway.proof.symbolic.witness import smallest_witness
from pathway.proof.symbolic.z3_solver import Deadline, OutOfTime, within
from pathway.scenarios.inputs import reading_faults

SECONDS = 10.0
"""For all the lines together. They take about one."""


def line_between(
    knowledge: Knowledge,
    of: str,
    one: str,
    other: str,
    guidance: str = "page",
    assumptions: Mapping[str, Any] | None = None,
    seconds: float = SECONDS,
) -> tuple[Line, ...]:
    """For each finding that can draw the line, the pair nearest to the usual answers; of a number, the last and the first.

    `of` is an option, `one` and `other` two of its verdicts; or `of` is `step` or `route`, and they are such. Raises Unusable
    for what is neither, and where it takes longer than `seconds`: then nothing is known. Safe for many threads.
    """
    values = values_from(assumptions, knowledge)
    if faults := [*_faults(knowledge, of, one, other), *reading_faults(guidance)]:
        raise Unusable(faults)
    drawing = _FINDERS.get_or_make(knowledge, lambda: BoundaryFinder(SymbolicSpace(knowledge)))
    try:
        return drawing.lines(BoundaryQuery(of, one, other), {**values, "guidance": guidance}, seconds)
    except OutOfTime:
        raise Unusable([Fault("line", None, f"not found within {seconds:g} s; there may be one or not")]) from None


def _faults(knowledge: Knowledge, of: str, one: str, other: str) -> Iterator[Fault]:
    yield from subject_faults("line", of, knowledge)
    words, kind = possible_values(of, knowledge), of if of in (STEP, ROUTE) else "verdict"
    for word in (one, other):
        if words and word not in words:
            yield Fault("line", None, f"there is no {kind} {shown(word)}; {nearest(word, words)}")
    if one == other:
        yield Fault("line", None, f"{shown(one)} stands twice; a line has two sides")


@dataclass(frozen=True)
class BoundaryQuery:
    """What lies on the two sides of the line."""

    of: str
    one: str
    other: str

    def sides(self, first: SymbolicCase, second: SymbolicCase) -> list[Formula]:
        """The first is on the one side, the second on the other."""
        return [_is(first, self.of, self.one), _is(second, self.of, self.other)]


@dataclass
class BoundaryFinder:
    """Draws lines by one knowledge base, one after the other."""

    space: SymbolicSpace
    _lock: Lock = field(default_factory=Lock, repr=False)

    def lines(self, border: BoundaryQuery, setting: Values, seconds: float) -> tuple[Line, ...]:
        """Every line, by one reading and its assumptions. Raises OutOfTime."""
        with self._lock:
            fixed = [self.space.has_setting(name, value) for name, value in setting.items()]
            return tuple(self._drawn(border, fixed, within(seconds)))

    def _drawn(self, border: BoundaryQuery, fixed: list[Formula], until: Deadline) -> Iterator[Line]:
        space, first = self.space, self.space.symbolic_case
        hold = [*space.valid_settings(), *fixed, *first.complete_and_consistent]
        solver = space.logic.solver(*hold, border.sides(first, first)[0])
        for finding in space.knowledge.findings:
            second = space.with_other_answer(first, finding)
            apart = [*second.complete_and_consistent, *border.sides(first, second), *_touching(first, second, finding)]
            with solver.assuming(*apart):
                found = solver.model(until=until)
            if found is not None and (witness := smallest_witness([first, second], [*hold, *apart], space, until)):
                yield Line(of=border.of, one=border.one, other=border.other, finding=finding, witness=witness)


_FINDERS: Cache[BoundaryFinder] = Cache(4)


def _is(person: SymbolicCase, of: str, value: str) -> Formula:
    match of:
        case "step":
            return person.step[value]
        case "route":
            return person.outcome.route[value]
        case option:
            return person.verdicts[option][value]


def _touching(first: SymbolicCase, second: SymbolicCase, finding: str) -> list[Formula]:
    """Of a number, the two are neighbours: no number lies between them."""
    if finding not in first.numbers:
        return []
    return [first.space.logic.neighbours(first.numbers[finding].value, second.numbers[finding].value)]
