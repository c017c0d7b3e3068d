"""Reads a condition as a column of a table: true, false, or null for unknown.

The logic of SQL is Kleene's three-valued logic, with null for unknown. So a condition is a boolean column on any engine that
ibis can address, and the three values stay three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Protocol, TypeAlias, assert_never

import ibis
from ibis.expr import types as ir

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Is, Not

Holds: TypeAlias = ir.BooleanValue
"""True, false, or null for unknown, in each row."""


class WordColumn(Protocol):
    """A variable whose values are words."""

    def is_one_of(self, values: tuple[str, ...]) -> Holds:
        """Return whether its value is one of these."""


@dataclass(frozen=True)
class SingleValued:
    """A variable with one value, or null for unknown: a finding, a setting or the route."""

    column: ir.StringValue

    def is_one_of(self, values: tuple[str, ...]) -> Holds:
        """Return whether its value is one of these; null where it is unknown."""
        return self.column.isin(values)


@dataclass(frozen=True)
class MultiValued:
    """A derived variable: for each value whether it is possible, which is never null."""

    possible: Mapping[str, Holds]

    def is_one_of(self, values: tuple[str, ...]) -> Holds:
        """Return true if only these values are possible, false if none of them is, else null."""
        these = any_of(column for value, column in self.possible.items() if value in values)
        others = any_of(column for value, column in self.possible.items() if value not in values)
        return ibis.cases((~others, True), (~these, False), else_=ibis.null("boolean"))


@dataclass(frozen=True)
class Symbols:
    """The column of each variable that a condition may read."""

    words: Mapping[str, WordColumn]
    numbers: Mapping[str, ir.IntegerValue]

    def read(self, condition: Condition) -> Holds:
        """Return whether the condition holds."""
        match condition:
            case Is(variable, values):
                return self.words[variable].is_one_of(values)
            case AtLeast(variable, bound):
                return self.numbers[variable] >= (self.numbers[bound] if isinstance(bound, str) else bound)
            case Not(inner):
                return ~self.read(inner)
            case AllOf(parts):
                return all_of(self.read(part) for part in parts)
            case AnyOf(parts):
                return any_of(self.read(part) for part in parts)
            case _:
                assert_never(condition)

    def with_words(self, words: Mapping[str, WordColumn]) -> Symbols:
        """Return a copy with more word variables."""
        return Symbols({**self.words, **words}, self.numbers)


def all_of(parts: Iterable[Holds]) -> Holds:
    """Return the conjunction; true for no parts."""
    columns = list(parts)
    return reduce(and_, columns) if columns else ibis.literal(True)


def any_of(parts: Iterable[Holds]) -> Holds:
    """Return the disjunction; false for no parts."""
    columns = list(parts)
    return reduce(or_, columns) if columns else ibis.literal(False)


def known_true(part: Holds) -> Holds:
    """Return whether this is known to be true; never null."""
    return part.fill_null(False)


def not_known_false(part: Holds) -> Holds:
    """Return whether this is true or unknown; never null."""
    return part.fill_null(True)
