"""Translates a condition into two formulas: one for "known true" and one for "known false".

Where neither holds the condition is unknown, so partial scenarios get Kleene's three values. In a complete scenario exactly one
of the two formulas holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol, assert_never

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Is, Not
from pathway.proof.symbolic.formulas import Algebra, Formula, Number


class ThreeValued(NamedTuple):
    """A Kleene truth value as two formulas: known true, and known false."""

    true: Formula
    false: Formula


class WordVariable(Protocol):
    """A variable whose values are words."""

    def is_one_of(self, answers: tuple[str, ...]) -> ThreeValued:
        """Return whether its value is one of these."""


@dataclass(frozen=True)
class SingleValued:
    """A variable with at most one value: a finding, the guidance or an assumption. An unanswered finding has none."""

    logic: Algebra
    answers: Mapping[str, Formula]

    def is_one_of(self, answers: tuple[str, ...]) -> ThreeValued:
        """Return known true if it has one of these values, known false if it has another."""
        matching = [formula for answer, formula in self.answers.items() if answer in answers]
        rest = [formula for answer, formula in self.answers.items() if answer not in answers]
        return ThreeValued(self.logic.any(matching), self.logic.any(rest))


@dataclass(frozen=True)
class MultiValued:
    """A derived variable: several values are possible while it is undetermined."""

    logic: Algebra
    values: Mapping[str, Formula]

    def is_one_of(self, answers: tuple[str, ...]) -> ThreeValued:
        """Return known true if only these values are possible, known false if none of them is."""
        none_matching = [self.logic.negate(formula) for value, formula in self.values.items() if value in answers]
        none_of_the_rest = [self.logic.negate(formula) for value, formula in self.values.items() if value not in answers]
        return ThreeValued(self.logic.all(none_of_the_rest), self.logic.all(none_matching))


@dataclass(frozen=True)
class NumberVariable:
    """A number, and the formula that says whether it is known."""

    value: Number
    known: Formula


@dataclass(frozen=True)
class SymbolTable:
    """The symbolic value of each variable that a condition may read."""

    logic: Algebra
    words: Mapping[str, WordVariable]
    numbers: Mapping[str, NumberVariable]

    def read(self, condition: Condition) -> ThreeValued:
        """Return when the condition is known true, and when it is known false."""
        match condition:
            case Is(variable, values):
                return self.words[variable].is_one_of(values)
            case AtLeast(variable, bound):
                return self._at_least(self.numbers[variable], self._bound(bound))
            case Not(part):
                true, false = self.read(part)
                return ThreeValued(false, true)
            case AllOf(parts):
                truths = [self.read(part) for part in parts]
                return ThreeValued(self.logic.all(t.true for t in truths), self.logic.any(t.false for t in truths))
            case AnyOf(parts):
                truths = [self.read(part) for part in parts]
                return ThreeValued(self.logic.any(t.true for t in truths), self.logic.all(t.false for t in truths))
            case _:
                assert_never(condition)

    def _bound(self, bound: int | str) -> NumberVariable:
        return self.numbers[bound] if isinstance(bound, str) else NumberVariable(self.logic.constant(bound), self.logic.true)

    def _at_least(self, number: NumberVariable, bound: NumberVariable) -> ThreeValued:
        known, reached = [number.known, bound.known], self.logic.at_least(number.value, bound.value)
        return ThreeValued(self.logic.all([*known, reached]), self.logic.all([*known, self.logic.negate(reached)]))

    def with_words(self, words: Mapping[str, WordVariable]) -> SymbolTable:
        """Return a copy with more word variables."""
        return SymbolTable(self.logic, {**self.words, **words}, self.numbers)
