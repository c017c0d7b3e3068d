"""The state that a link holds: the visits with their answers, the guidance and the assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import Trend
from pathway.knowledge.loader import load
from pathway.scenarios.visits import (
    MOST_VISITS,
    MOST_WEEKS,
    Answer,
    Answers,
    KnownAnswers,
    Visit,
    known_answers_per_visit,
    with_dropped_dependents,
)

__all__ = ["MOST_VISITS", "MOST_WEEKS", "Answer", "Answers", "Pairs", "State", "Trend", "Visit", "hashable", "new_walk"]

Pairs = tuple[tuple[str, Answer], ...]
"""Answers as a hashable cache key."""


@dataclass(frozen=True)
class State:
    """Everything that a link restores. Its methods return changed copies."""

    visits: tuple[Visit, ...] = (Visit(),)
    current_visit: int = 0
    guidance: str = ""
    """The reading that is followed; made without one, a state follows the first."""
    assumptions: Mapping[str, Answer] = field(default_factory=dict)
    title: str = ""
    about: str = ""
    knowledge: Knowledge = field(default_factory=load, repr=False, compare=False)
    """What the answers are about; made without it, the knowledge in use."""

    def __post_init__(self) -> None:
        """Follow the first reading where none is given."""
        if not self.guidance:
            object.__setattr__(self, "guidance", self.knowledge.readings[0])

    @property
    def answers(self) -> Answers:
        """The answers at the current visit."""
        return self.answers_at(self.current_visit)

    def answers_at(self, at: int) -> Answers:
        """Return the answers at a visit: those of the visit before, updated for the time since, then its new answers."""
        return self.known[at].answers

    def weeks_at(self, at: int) -> int:
        """Return the weeks from the first visit to this one."""
        return sum(visit.weeks for visit in self.visits[1 : at + 1])

    @property
    def known(self) -> tuple[KnownAnswers, ...]:
        """The known answers at each visit, and the visit each comes from."""
        return _known(self.visits, self.knowledge)

    def answered(self, changes: Mapping[str, Answer | None]) -> State:
        """Return the state with these answers changed at the current visit, and without answers that depended on old ones."""
        visit = self.visits[self.current_visit]
        own = {**visit.new_answers, **with_dropped_dependents(changes, self.known[self.current_visit], self.knowledge.changes)}
        if self.current_visit == 0:
            own = {name: answer for name, answer in own.items() if answer is not None}
        return self._with(replace(visit, new_answers=own))

    def answered_as_before(self) -> State:
        """Return the state with every question asked again at this visit answered as before, unless it is answered already."""
        if self.current_visit == 0:
            return self
        before, changes = self.known[self.current_visit - 1], self.knowledge.changes
        remembered = {**before.outdated, **before.current}
        last = {name: known.answer for name, known in remembered.items() if changes[name].time == "asked again"}
        return self.answered({name: answer for name, answer in last.items() if name not in self.answers})

    def add_visit(self, weeks: int, trend: Trend, care: bool) -> State:
        """Return the state with a visit added at the end. `care`: care that had not begun was under way until then."""
        own = dict(care_meanwhile(self.answers_at(len(self.visits) - 1), weeks, self.knowledge)) if care else {}
        return replace(self, visits=(*self.visits, Visit(weeks, trend, own)), current_visit=len(self.visits))

    @property
    def can_begin_care(self) -> bool:
        """Whether care that has not begun at the last visit could be under way until the next."""
        return bool(dict(care_meanwhile(self.answers_at(len(self.visits) - 1), 0, self.knowledge)))

    def without_last_visit(self) -> State:
        """Return the state without its last visit."""
        visits = self.visits[:-1] or self.visits
        return replace(self, visits=visits, current_visit=min(self.current_visit, len(visits) - 1))

    def restarted_with(self, answers: Answers, title: str = "") -> State:
        """Return a new walk from these answers, with the same guidance and assumptions."""
        return replace(new_walk(answers, self.guidance, self.knowledge), assumptions=self.assumptions, title=title)

    def _with(self, visit: Visit) -> State:
        return replace(self, visits=(*self.visits[: self.current_visit], visit, *self.visits[self.current_visit + 1 :]))


@lru_cache(maxsize=64)  # a page explains every visit of the walk
def _known(visits: tuple[Visit, ...], knowledge: Knowledge) -> tuple[KnownAnswers, ...]:
    return known_answers_per_visit(visits, knowledge)


def care_meanwhile(answers: Answers, weeks: int, knowledge: Knowledge) -> Iterator[tuple[str, Answer]]:
    """Yield the care that began since the last visit, and the numbers counted from then."""
    for name, change in knowledge.changes.items():
        if change.meanwhile and answers.get(name) == change.meanwhile.before:
            yield name, change.meanwhile.after
            for child, child_change in knowledge.changes.items():
                if child_change.every and child_change.parent and child_change.parent.finding == name:
                    yield child, weeks // child_change.every


def hashable(answers: Answers) -> Pairs:
    """Return answers or assumption values as sorted pairs."""
    return tuple(sorted(answers.items()))


def new_walk(answers: Answers, guidance: str = "", knowledge: Knowledge | None = None) -> State:
    """Return a walk of one visit with these answers; `guidance` and `knowledge` as in `State`."""
    return State(visits=(Visit(new_answers=dict(answers)),), guidance=guidance, knowledge=knowledge or load())
