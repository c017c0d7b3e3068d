"""Finds the boundary between two verdicts, steps or routes: pairs of scenarios that differ in a single answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.assumptions import Values, values_from
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import READING, ROUTE, STEP
from pathway.phrases import safe_excerpt
from pathway.proof.cache import Cache
from pathway.proof.counterfactual.boundary_result import Line
from pathway.proof.subjects import possible_values, subject_faults
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import SymbolicCase, SymbolicSpace
from pathway.proof.symbolic.witness import smallest_witness
from pathway.proof.symbolic.z3_solver import Deadline, OutOfTime, within
from pathway.scenarios.inputs import reading_faults

SECONDS = 10.0
"""The time limit for all pairs together."""


def line_between(
    knowledge: Knowledge,
    of: str,
    one: str,
    other: str,
    guidance: str | None = None,
    assumptions: Mapping[str, Any] | None = None,
    seconds: float = SECONDS,
) -> tuple[Line, ...]:
    """Return, for each finding that can make the difference, the pair of scenarios with the fewest unusual answers.

    `of` is an option, `step` or `route`; `one` and `other` are two of its values. For a number the two answers are neighbours.
    Raises Unusable for anything else, and after `seconds`; then no result is known. Thread-safe.
    """
    values, reading = values_from(assumptions, knowledge), knowledge.readings[0] if guidance is None else guidance
    if faults := [*_faults(knowledge, of, one, other), *reading_faults(reading, knowledge)]:
        raise Unusable(faults)
    finder = _FINDERS.get_or_make(knowledge, lambda: BoundaryFinder(SymbolicSpace(knowledge)))
    try:
        return finder.pairs(BoundaryQuery(of, one, other), {**values, READING: reading}, seconds)
    except OutOfTime:
        says = f"no answer within {seconds:g} s; a pair may exist or not"
        raise Unusable([Fault("line", None, says)]) from None


def _faults(knowledge: Knowledge, subject: str, first: str, second: str) -> Iterator[Fault]:
    yield from subject_faults("line", subject, knowledge)
    values, noun = possible_values(subject, knowledge), subject if subject in (STEP, ROUTE) else "verdict"
    for value in (first, second):
        if values and value not in values:
            yield Fault("line", None, f"there is no {noun} {safe_excerpt(value)}; {suggestion(value, values)}")
    if first == second:
        yield Fault("line", None, f"{safe_excerpt(first)} is given twice; give two different values")


@dataclass(frozen=True)
class BoundaryQuery:
    """The two values whose boundary is sought."""

    subject: str
    first: str
    second: str

    def sides(self, first: SymbolicCase, second: SymbolicCase) -> list[Formula]:
        """Return constraints: each case has its value."""
        return [_has_value(first, self.subject, self.first), _has_value(second, self.subject, self.second)]


@dataclass
class BoundaryFinder:
    """Finds boundaries in one knowledge base. A lock lets one thread search at a time."""

    space: SymbolicSpace
    _lock: Lock = field(default_factory=Lock, repr=False)

    def pairs(self, query: BoundaryQuery, settings: Values, seconds: float) -> tuple[Line, ...]:
        """Return every pair, under one guidance and its assumptions. Raises OutOfTime."""
        with self._lock:
            fixed = [self.space.has_setting(name, value) for name, value in settings.items()]
            return tuple(self._pairs(query, fixed, within(seconds)))

    def _pairs(self, query: BoundaryQuery, fixed: list[Formula], until: Deadline) -> Iterator[Line]:
        space, first = self.space, self.space.symbolic_case
        hold = [*space.valid_settings(), *fixed, *first.complete_and_consistent]
        solver = space.logic.solver(*hold, query.sides(first, first)[0])
        for finding in space.knowledge.findings:
            second = space.with_other_answer(first, finding)
            differ = [*second.complete_and_consistent, *query.sides(first, second), *_adjacent(first, second, finding)]
            with solver.assuming(*differ):
                model = solver.model(until=until)
            if model is not None and (witness := smallest_witness([first, second], [*hold, *differ], space, until)):
                yield Line(of=query.subject, one=query.first, other=query.second, finding=finding, witness=witness)


_FINDERS: Cache[BoundaryFinder] = Cache(4)


def _has_value(case: SymbolicCase, subject: str, value: str) -> Formula:
    match subject:
        case "step":
            return case.step[value]
        case "route":
            return case.outcome.route[value]
        case option:
            return case.verdicts[option][value]


def _adjacent(first: SymbolicCase, second: SymbolicCase, finding: str) -> list[Formula]:
    """Return the constraint that two answers to a number are neighbours; nothing for a finding in words."""
    if finding not in first.numbers:
        return []
    return [first.space.logic.neighbours(first.numbers[finding].value, second.numbers[finding].value)]
