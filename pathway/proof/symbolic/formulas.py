"""What formulas are made with. The solver has one kind (`logic`), exact counting another (`diagram`); both compose the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

Formula = Any
"""Something that is true or false in each scenario, of one algebra."""
Number = Any
"""A whole number in each scenario, of one algebra."""


class Algebra(Protocol):
    """Makes formulas of formulas."""

    @property
    def true(self) -> Formula:
        """What always holds."""

    @property
    def false(self) -> Formula:
        """What never holds."""

    def all(self, parts: Iterable[Formula]) -> Formula:
        """Every part; of none, true."""

    def any(self, parts: Iterable[Formula]) -> Formula:
        """At least one part; of none, false."""

    def no(self, part: Formula) -> Formula:
        """The opposite."""

    def whole(self, value: int) -> Number:
        """The number `value`."""

    def at_least(self, number: Number, bound: Number) -> Formula:
        """The number is at least the bound."""
