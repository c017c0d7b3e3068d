"""What the address holds: the visits with their answers, the reading and the assumptions. It decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Answer = str | int
Answers = Mapping[str, Answer]
Pairs = tuple[tuple[str, Answer], ...]
"""Answers as a cache can keep them."""
Trend = Literal["better", "same", "worse"]
COURSE: Mapping[Trend, str] = {"better": "improving", "same": "persisting", "worse": "worsening"}
MOST_VISITS = 20
MOST_WEEKS = 520


@dataclass(frozen=True)
class Visit:
    """A visit: how long after the one before, how things went, and what was answered otherwise at it (None: not known)."""

    weeks: int = 0
    trend: Trend = "same"
    own: Mapping[str, Answer | None] = field(default_factory=dict)


@dataclass(frozen=True)
class State:
    """Everything that a link restores."""

    visits: tuple[Visit, ...] = (Visit(),)
    at: int = 0
    guidance: str = "page"
    assumptions: Mapping[str, Answer] = field(default_factory=dict)
    title: str = ""
    about: str = ""

    @property
    def answers(self) -> Answers:
        """The answers at the visit that is looked at."""
        return self.answers_at(self.at)

    def answers_at(self, at: int) -> Answers:
        """The answers at one visit: those of the visit before with the time that passed, then its own."""
        found: dict[str, Answer] = {}
        for number, visit in enumerate(self.visits[: at + 1]):
            later = passed(found, visit) if number else found
            found = {name: answer for name, answer in {**later, **visit.own}.items() if answer is not None}
        return found

    def answered(self, changes: Mapping[str, Answer | None]) -> State:
        """With other answers at the visit that is looked at."""
        visit = self.visits[self.at]
        own = {**visit.own, **changes}
        if self.at == 0:
            own = {name: answer for name, answer in own.items() if answer is not None}
        return self._with(replace(visit, own=own))

    def later(self, weeks: int, trend: Trend, care: bool) -> State:
        """With another visit after the last. `care`: conservative care that had not begun went on meanwhile."""
        own: dict[str, Answer | None] = {}
        if care and self.answers_at(len(self.visits) - 1).get("conservative_care") == "not_started":
            own = {"conservative_care": "under_way", "conservative_weeks": weeks}
        return replace(self, visits=(*self.visits, Visit(weeks, trend, own)), at=len(self.visits))

    def dropped(self) -> State:
        """Without the last visit."""
        visits = self.visits[:-1] or self.visits
        return replace(self, visits=visits, at=min(self.at, len(visits) - 1))

    def elsewhere(self, answers: Answers) -> State:
        """A walk that starts from other answers, read as this one is."""
        return replace(started(answers, self.guidance), assumptions=self.assumptions)

    def _with(self, visit: Visit) -> State:
        return replace(self, visits=(*self.visits[: self.at], visit, *self.visits[self.at + 1 :]))


def passed(before: Answers, visit: Visit) -> dict[str, Answer]:
    """The answers when time has passed: weeks counted on, and the course as it was."""
    found = {**before, "course": COURSE[visit.trend]}
    for name in ("symptom_weeks", *(["conservative_weeks"] if before.get("conservative_care") == "under_way" else [])):
        weeks = before.get(name)
        if isinstance(weeks, int):
            found[name] = weeks + visit.weeks
    return found


def paired(answers: Answers) -> Pairs:
    """Answers, or values of assumptions, in an order that is always the same."""
    return tuple(sorted(answers.items()))


def started(answers: Answers, guidance: str = "page") -> State:
    """A walk that starts from these answers."""
    return State(visits=(Visit(own=dict(answers)),), guidance=guidance)
