"""The operations that formulas are built with. z3 implements them (`z3_solver`), and so do decision diagrams (`counting`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

Formula = Any
"""True or false in each scenario; its type belongs to one algebra."""
Number = Any
"""A whole number in each scenario; its type belongs to one algebra."""


class Algebra(Protocol):
    """Builds formulas from formulas."""

    @property
    def true(self) -> Formula:
        """The formula that always holds."""

    @property
    def false(self) -> Formula:
        """The formula that never holds."""

    def all(self, parts: Iterable[Formula]) -> Formula:
        """Return the conjunction; true for no parts."""

    def any(self, parts: Iterable[Formula]) -> Formula:
        """Return the disjunction; false for no parts."""

    def negate(self, part: Formula) -> Formula:
        """Return the negation."""

    def constant(self, value: int) -> Number:
        """Return the number `value`."""

    def at_least(self, number: Number, bound: Number) -> Formula:
        """Return whether the number is at least the bound."""
