"""The one place that touches z3: formulas in a context of their own, and a solver with a time limit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from pathway.proof.symbolic.formulas import Formula, Number

try:
    import z3  # type: ignore[import-untyped]  # z3 ships without types; nothing outside this module sees it
except ImportError as error:
    raise ImportError("proofs and what-ifs need the solver z3, which is missing or broken: pip install z3-solver") from error

Model = Any
"""Values of everything, as the solver found them."""

NEVER_MIND = 4_294_967_295
"""z3's word for no time limit."""


class OutOfTime(RuntimeError):
    """The solver stopped before it knew."""


@dataclass(frozen=True)
class Deadline:
    """When something must be known. However many questions it takes, together they take no longer."""

    moment: float

    @property
    def left(self) -> float:
        """Seconds until then. Raises OutOfTime once it is past."""
        if (left := self.moment - perf_counter()) <= 0:
            raise OutOfTime("the time is over")
        return left


def within(seconds: float) -> Deadline:
    """So many seconds from now."""
    return Deadline(perf_counter() + seconds)


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
        return self._joined(z3.Z3_mk_and, parts, self.true, self.false)

    def any(self, parts: Iterable[Formula]) -> Formula:
        """At least one part; of none, false."""
        return self._joined(z3.Z3_mk_or, parts, self.false, self.true)

    def _joined(self, make: Callable[..., Any], parts: Iterable[Formula], empty: Formula, settling: Formula) -> Formula:
        # By z3's C functions: its own And and Or look at every part again and again, which takes longer than the proofs.
        kept = {part.ast.value: part for part in parts}
        kept.pop(empty.ast.value, None)
        if settling.ast.value in kept:
            return settling
        if len(kept) < 2:
            return next(iter(kept.values()), empty)
        array = (z3.Ast * len(kept))(*(part.ast for part in kept.values()))
        return z3.BoolRef(make(self.context.ref(), len(kept), array), self.context)

    def no(self, part: Formula) -> Formula:
        """The opposite."""
        if part.ast.value in (self.true.ast.value, self.false.ast.value):
            return self.false if part.ast.value == self.true.ast.value else self.true
        return z3.BoolRef(z3.Z3_mk_not(self.context.ref(), part.ast), self.context)

    def at_least(self, number: Number, bound: Number) -> Formula:
        """The number is at least the bound."""
        return number >= bound

    def implies(self, one: Formula, other: Formula) -> Formula:
        """The other holds wherever the one does."""
        return self.any([self.no(one), other])

    def neighbours(self, one: Number, other: Number) -> Formula:
        """The two numbers differ by one."""
        return self.any([one == other + 1, other == one + 1])

    def distance(self, number: Number, usual: int) -> Number:
        """How far the number is from `usual`."""
        return z3.If(number >= usual, number - usual, usual - number)

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
        return Solver(z3.SimpleSolver(ctx=self.context), hold)

    def smallest(
        self, hold: Iterable[Formula], wishes: Iterable[tuple[Formula, int]], numbers: Iterable[Number], until: Deadline
    ) -> Model | None:
        """Values that make everything in `hold` true: the `wishes` that weigh most, then small numbers. Raises OutOfTime."""
        search = z3.Optimize(ctx=self.context)
        search.set("timeout", _milliseconds(until))
        search.add(*hold)
        for wish, weight in wishes:
            search.add_soft(wish, weight)
        search.minimize(z3.Sum([self.whole(0), *numbers]))
        found = search.check()
        if found == z3.unknown:
            raise OutOfTime(search.reason_unknown())
        return search.model() if found == z3.sat else None


class Solver:
    """Looks for values that make everything hold that it was told."""

    def __init__(self, inner: Any, hold: Iterable[Formula]) -> None:
        self.inner = inner
        self.inner.add(*hold)

    def add(self, *hold: Formula) -> None:
        """These hold too."""
        self.inner.add(*hold)

    @contextmanager
    def told(self, *hold: Formula) -> Iterator[None]:
        """These hold too, and whatever is added, until the end of the `with`."""
        self.inner.push()
        try:
            self.add(*hold)
            yield
        finally:
            self.inner.pop()

    def model(self, *also: Formula, until: Deadline | None = None) -> Model | None:
        """Values under which all that was told, and `also`, holds; None if there are none. Raises OutOfTime."""
        self.inner.set("timeout", NEVER_MIND if until is None else _milliseconds(until))
        found = self.inner.check(*also)
        if found == z3.unknown:
            raise OutOfTime(self.inner.reason_unknown())
        return self.inner.model() if found == z3.sat else None

    def clashing(self, named: Mapping[str, Formula], until: Deadline) -> list[str]:
        """Some of these, by name, that can't hold together; none where all of them can. Raises OutOfTime."""
        if self.model(*named.values(), until=until) is not None:
            return []
        core = {part.ast.value for part in self.inner.unsat_core()}
        return [name for name, formula in named.items() if formula.ast.value in core]


def _milliseconds(until: Deadline) -> int:
    return max(1, int(until.left * 1000))


def is_true(model: Model, formula: Formula) -> bool:
    """Whether the formula holds under a model; what the model leaves open is taken as false."""
    return bool(z3.is_true(model.eval(formula, model_completion=True)))


def whole_in(model: Model, number: Number) -> int:
    """The number's value under a model."""
    return int(model.eval(number, model_completion=True).as_long())
