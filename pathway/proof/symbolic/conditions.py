"""The proof's reader of a condition: two formulas, one for "known true" and one for "known false".

Where neither holds the condition is unknown, so this reads partial scenarios as Kleene's values have it. Of a complete
scenario exactly one of the two holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol, assert_never

from pathway.conditions.tree import All, Any, AtLeast, Condition, Is, Not
from pathway.proof.symbolic.formulas import Algebra, Formula, Number


class Pair(NamedTuple):
    """When a condition is known true, and when it is known false."""

    yes: Formula
    no: Formula


class Word(Protocol):
    """A variable that is answered in words."""

    def among(self, answers: tuple[str, ...]) -> Pair:
        """Whether its answer is one of these."""


@dataclass(frozen=True)
class Answered:
    """A finding, or what is chosen: at most one answer is known, none while it is unanswered."""

    logic: Algebra
    answers: Mapping[str, Formula]

    def among(self, answers: tuple[str, ...]) -> Pair:
        """Known true by one of these answers, known false by another."""
        wanted = [formula for answer, formula in self.answers.items() if answer in answers]
        rest = [formula for answer, formula in self.answers.items() if answer not in answers]
        return Pair(self.logic.any(wanted), self.logic.any(rest))


@dataclass(frozen=True)
class Possible:
    """Something derived: each value while it is possible, several of them while it is open."""

    logic: Algebra
    values: Mapping[str, Formula]

    def among(self, answers: tuple[str, ...]) -> Pair:
        """Known true when no other value is possible, known false when none of these is."""
        wanted = [self.logic.no(formula) for value, formula in self.values.items() if value in answers]
        rest = [self.logic.no(formula) for value, formula in self.values.items() if value not in answers]
        return Pair(self.logic.all(rest), self.logic.all(wanted))


@dataclass(frozen=True)
class Whole:
    """A number, and when it is known."""

    value: Number
    known: Formula


@dataclass(frozen=True)
class Symbols:
    """What each variable stands for."""

    logic: Algebra
    words: Mapping[str, Word]
    numbers: Mapping[str, Whole]

    def read(self, condition: Condition) -> Pair:
        """When the condition is known true, and when known false."""
        match condition:
            case Is(of, among):
                return self.words[of].among(among)
            case AtLeast(of, bound):
                return self._at_least(self.numbers[of], self._bound(bound))
            case Not(what):
                yes, no = self.read(what)
                return Pair(no, yes)
            case All(of):
                parts = [self.read(part) for part in of]
                return Pair(self.logic.all(part.yes for part in parts), self.logic.any(part.no for part in parts))
            case Any(of):
                parts = [self.read(part) for part in of]
                return Pair(self.logic.any(part.yes for part in parts), self.logic.all(part.no for part in parts))
            case _:
                assert_never(condition)

    def _bound(self, bound: int | str) -> Whole:
        return self.numbers[bound] if isinstance(bound, str) else Whole(self.logic.whole(bound), self.logic.true)

    def _at_least(self, number: Whole, bound: Whole) -> Pair:
        known, reached = [number.known, bound.known], self.logic.at_least(number.value, bound.value)
        return Pair(self.logic.all([*known, reached]), self.logic.all([*known, self.logic.no(reached)]))

    def with_words(self, words: Mapping[str, Word]) -> Symbols:
        """The same, with more words."""
        return Symbols(self.logic, {**self.words, **words}, self.numbers)
