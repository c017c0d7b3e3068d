"""The one place that touches z3: formulas in a context of their own, and a solver with a time limit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import z3  # type: ignore[import-untyped]  # z3 ships without types; nothing outside this module sees it

Formula = Any
"""A formula that is true or false, of one `Logic`."""
Number = Any
"""A whole number, of one `Logic`."""
Model = Any
"""Values of everything, as the solver found them."""

NEVER_MIND = 4_294_967_295
"""z3's word for no time limit."""


class OutOfTime(RuntimeError):
    """The solver stopped before it knew."""


class Logic:
    """Makes formulas. Those of two `Logic`s don't mix: names are global to a context, so each knowledge base has its own."""

    def __init__(self) -> None:
        self.context = z3.Context()
        self.true: Formula = z3.BoolVal(True, self.context)
        self.false: Formula = z3.BoolVal(False, self.context)

    def truth(self, name: str) -> Formula:
        """Something that is true or false."""
        return z3.Bool(name, self.context)

    def number(self, name: str) -> Number:
        """A whole number."""
        return z3.Int(name, self.context)

    def whole(self, value: int) -> Number:
        """The number `value`."""
        return z3.IntVal(value, self.context)

    def all(self, parts: Iterable[Formula]) -> Formula:
        """Every part; of none, true. What is plainly true or false is taken out at once, which keeps formulas small."""
        kept = [part for part in parts if not part.eq(self.true)]
        if any(part.eq(self.false) for part in kept):
            return self.false
        return z3.And(*kept) if len(kept) > 1 else kept[0] if kept else self.true

    def any(self, parts: Iterable[Formula]) -> Formula:
        """At least one part; of none, false."""
        kept = [part for part in parts if not part.eq(self.false)]
        if any(part.eq(self.true) for part in kept):
            return self.true
        return z3.Or(*kept) if len(kept) > 1 else kept[0] if kept else self.false

    def no(self, part: Formula) -> Formula:
        """The opposite."""
        if part.eq(self.true) or part.eq(self.false):
            return self.false if part.eq(self.true) else self.true
        return z3.Not(part)

    def implies(self, one: Formula, other: Formula) -> Formula:
        """The other holds wherever the one does."""
        return self.any([self.no(one), other])

    def same(self, one: Formula, other: Formula) -> Formula:
        """Both hold or neither."""
        return one == other

    def one_of(self, parts: Iterable[Formula]) -> Formula:
        """Exactly one part."""
        known = list(parts)
        return self.all([self.any(known), self.at_most(known, 1)])

    def at_most(self, parts: Iterable[Formula], most: int) -> Formula:
        """No more than `most` of the parts."""
        known = list(parts)
        return z3.AtMost(*known, most) if len(known) > most else self.true

    def solver(self, *hold: Formula) -> Solver:
        """A solver in which these hold."""
        return Solver(z3.SolverFor("QF_LIA", ctx=self.context) if False else z3.SimpleSolver(ctx=self.context), hold)


class Solver:
    """Looks for values that make everything hold that it was told."""

    def __init__(self, inner: Any, hold: Iterable[Formula]) -> None:
        self.inner = inner
        self.inner.add(*hold)

    def add(self, *hold: Formula) -> None:
        """These hold too."""
        self.inner.add(*hold)

    def push(self) -> None:
        """Remembers where it stands."""
        self.inner.push()

    def pop(self) -> None:
        """Back to where it stood."""
        self.inner.pop()

    def model(self, *also: Formula, seconds: float | None = None) -> Model | None:
        """Values under which all that was told, and `also`, holds; None if there are none. Raises OutOfTime."""
        self.inner.set("timeout", NEVER_MIND if seconds is None else max(1, int(seconds * 1000)))
        found = self.inner.check(*also)
        if found == z3.unknown:
            raise OutOfTime(self.inner.reason_unknown())
        return self.inner.model() if found == z3.sat else None


def is_true(model: Model, formula: Formula) -> bool:
    """Whether the formula holds under a model; what the model leaves open is taken as false."""
    return bool(z3.is_true(model.eval(formula, model_completion=True)))


def whole_in(model: Model, number: Number) -> int:
    """The number's value under a model."""
    return int(model.eval(number, model_completion=True).as_long())
