"""What the address holds: the visits with their answers, the reading and the assumptions. It decides nothing."""

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
    with_children,
)

__all__ = ["MOST_VISITS", "MOST_WEEKS", "Answer", "Answers", "Pairs", "State", "Trend", "Visit", "hashable", "new_walk"]

Pairs = tuple[tuple[str, Answer], ...]
"""Answers as a cache can keep them."""


@dataclass(frozen=True)
class State:
    """Everything that a link restores."""

    visits: tuple[Visit, ...] = (Visit(),)
    current_visit: int = 0
    guidance: str = "page"
    assumptions: Mapping[str, Answer] = field(default_factory=dict)
    title: str = ""
    about: str = ""

    @property
    def answers(self) -> Answers:
        """The answers at the visit that is looked at."""
        return self.answers_at(self.current_visit)

    def answers_at(self, at: int) -> Answers:
        """The answers at one visit: those of the visit before with the time that passed, then its own."""
        return self.known[at].answers

    def weeks_at(self, at: int) -> int:
        """The weeks from the first visit to another."""
        return sum(visit.weeks for visit in self.visits[1 : at + 1])

    @property
    def known(self) -> tuple[KnownAnswers, ...]:
        """What is known at each visit, and since which."""
        return _known(self.visits)

    def answered(self, changes: Mapping[str, Answer | None]) -> State:
        """With other answers at the visit that is looked at; an answer that depended on one of them goes with it."""
        visit = self.visits[self.current_visit]
        own = {**visit.new_answers, **with_children(changes, self.known[self.current_visit], load().changes)}
        if self.current_visit == 0:
            own = {name: answer for name, answer in own.items() if answer is not None}
        return self._with(replace(visit, new_answers=own))

    def answered_as_before(self) -> State:
        """With each question that is asked again at this visit answered as when it was last asked, unless it was by now."""
        if self.current_visit == 0:
            return self
        before, changes = self.known[self.current_visit - 1], load().changes
        last = {name: one.answer for name, one in {**before.before, **before.held}.items() if changes[name].time == "asked again"}
        return self.answered({name: answer for name, answer in last.items() if name not in self.answers})

    def add_visit(self, weeks: int, trend: Trend, care: bool) -> State:
        """With another visit after the last. `care`: what had not begun and can go on without a visit did so meanwhile."""
        own = dict(_meanwhile(self.answers_at(len(self.visits) - 1), weeks, load())) if care else {}
        return replace(self, visits=(*self.visits, Visit(weeks, trend, own)), current_visit=len(self.visits))

    def without_last_visit(self) -> State:
        """Without the last visit."""
        visits = self.visits[:-1] or self.visits
        return replace(self, visits=visits, current_visit=min(self.current_visit, len(visits) - 1))

    def restarted_with(self, answers: Answers) -> State:
        """A walk that starts from other answers, read as this one is."""
        return replace(new_walk(answers, self.guidance), assumptions=self.assumptions)

    def _with(self, visit: Visit) -> State:
        return replace(self, visits=(*self.visits[: self.current_visit], visit, *self.visits[self.current_visit + 1 :]))


@lru_cache(maxsize=64)  # a page looks at the walk from each of its visits
def _known(visits: tuple[Visit, ...]) -> tuple[KnownAnswers, ...]:
    return known_answers_per_visit(visits, load())


def _meanwhile(answers: Answers, weeks: int, knowledge: Knowledge) -> Iterator[tuple[str, Answer]]:
    """What began after the visit before, and the numbers that count from there."""
    for name, change in knowledge.changes.items():
        if change.meanwhile and answers.get(name) == change.meanwhile.before:
            yield name, change.meanwhile.after
            for child, other in knowledge.changes.items():
                if other.every and other.parent and other.parent.finding == name:
                    yield child, weeks // other.every


def hashable(answers: Answers) -> Pairs:
    """Answers, or values of assumptions, in an order that is always the same."""
    return tuple(sorted(answers.items()))


def new_walk(answers: Answers, guidance: str = "page") -> State:
    """A walk that starts from these answers."""
    return State(visits=(Visit(new_answers=dict(answers)),), guidance=guidance)
