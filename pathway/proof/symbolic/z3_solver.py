"""The only module that uses z3: builds formulas, and runs the solver with a time limit."""

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

z3.set_param("ctrl_c", False)  # else z3 takes Ctrl+C while it searches: "unknown" is then its answer, or it never has one

Model = Any
"""The values that z3 assigned to every variable."""

NO_TIMEOUT = 4_294_967_295
"""The timeout that means "no timeout" to z3, in milliseconds."""


class OutOfTime(RuntimeError):
    """The time limit passed before the solver had an answer."""


@dataclass(frozen=True)
class Deadline:
    """A point in time that all queries of one question share."""

    moment: float

    @property
    def left(self) -> float:
        """Seconds until the deadline. Raises OutOfTime once it has passed."""
        if (left := self.moment - perf_counter()) <= 0:
            raise OutOfTime("the time is over")
        return left


def within(seconds: float) -> Deadline:
    """Return the deadline that many seconds from now."""
    return Deadline(perf_counter() + seconds)


class Z3Algebra:
    """Builds z3 formulas in a context of its own. Names are global to a context, so each knowledge base needs its own."""

    def __init__(self) -> None:
        self.context = z3.Context()
        self.true: Formula = z3.BoolVal(True, self.context)
        self.false: Formula = z3.BoolVal(False, self.context)

    def boolean(self, name: str) -> Formula:
        """Return a Boolean variable."""
        return z3.Bool(name, self.context)

    def integer(self, name: str) -> Number:
        """Return an integer variable."""
        return z3.Int(name, self.context)

    def constant(self, value: int) -> Number:
        """Return the number `value`."""
        return z3.IntVal(value, self.context)

    def all(self, parts: Iterable[Formula]) -> Formula:
        """Return the conjunction; true for no parts. Constant parts are simplified away, which keeps formulas small."""
        return self._combine(z3.Z3_mk_and, parts, self.true, self.false)

    def any(self, parts: Iterable[Formula]) -> Formula:
        """Return the disjunction; false for no parts."""
        return self._combine(z3.Z3_mk_or, parts, self.false, self.true)

    def _combine(self, make: Callable[..., Any], parts: Iterable[Formula], neutral: Formula, dominant: Formula) -> Formula:
        # Calls z3's C functions: z3.And and z3.Or check every part several times, which takes longer than the proofs.
        distinct = {part.ast.value: part for part in parts}
        distinct.pop(neutral.ast.value, None)
        if dominant.ast.value in distinct:
            return dominant
        if len(distinct) < 2:
            return next(iter(distinct.values()), neutral)
        array = (z3.Ast * len(distinct))(*(part.ast for part in distinct.values()))
        return z3.BoolRef(make(self.context.ref(), len(distinct), array), self.context)

    def negate(self, part: Formula) -> Formula:
        """Return the negation."""
        if part.ast.value in (self.true.ast.value, self.false.ast.value):
            return self.false if part.ast.value == self.true.ast.value else self.true
        return z3.BoolRef(z3.Z3_mk_not(self.context.ref(), part.ast), self.context)

    def at_least(self, number: Number, bound: Number) -> Formula:
        """Return whether the number is at least the bound."""
        return z3.BoolRef(z3.Z3_mk_ge(self.context.ref(), number.ast, bound.ast), self.context)

    def implies(self, premise: Formula, conclusion: Formula) -> Formula:
        """Return whether the conclusion holds wherever the premise does."""
        return self.any([self.negate(premise), conclusion])

    def neighbours(self, first: Number, second: Number) -> Formula:
        """Return whether the two numbers differ by one."""
        return self.any([first == second + 1, second == first + 1])

    def distance(self, number: Number, usual: int) -> Number:
        """Return how far the number is from `usual`."""
        return z3.If(number >= usual, number - usual, usual - number)

    def exactly_one(self, parts: Iterable[Formula]) -> Formula:
        """Return whether exactly one part holds."""
        formulas = list(parts)
        return self.all([self.any(formulas), self.at_most(formulas, 1)])

    def at_most(self, parts: Iterable[Formula], most: int) -> Formula:
        """Return whether at most `most` of the parts hold."""
        formulas = list(parts)
        if len(formulas) <= most:
            return self.true
        array = (z3.Ast * len(formulas))(*(formula.ast for formula in formulas))
        return z3.BoolRef(z3.Z3_mk_atmost(self.context.ref(), len(formulas), array, most), self.context)

    def solver(self, *hold: Formula) -> Solver:
        """Return a solver that asserts these formulas."""
        return Solver(z3.SimpleSolver(ctx=self.context), hold)

    def best_model(
        self, hold: Iterable[Formula], preferences: Iterable[tuple[Formula, int]], numbers: Iterable[Number], until: Deadline
    ) -> Model | None:
        """Return the model of `hold` that satisfies the `preferences` of the greatest weight, then has the smallest numbers.

        None if `hold` can't be satisfied. Raises OutOfTime.
        """
        search = z3.Optimize(ctx=self.context)
        search.set("timeout", _milliseconds(until))
        for formula in hold:
            z3.Z3_optimize_assert(self.context.ref(), search.optimize, formula.ast)
        for preference, weight in preferences:
            search.add_soft(preference, weight)
        search.minimize(z3.Sum([self.constant(0), *numbers]))
        result = search.check()
        if result == z3.unknown:
            raise OutOfTime(search.reason_unknown())
        return search.model() if result == z3.sat else None


class Solver:
    """Searches for models of the asserted formulas."""

    def __init__(self, inner: Any, hold: Iterable[Formula]) -> None:
        self.inner = inner
        self.add(*hold)

    def add(self, *hold: Formula) -> None:
        """Assert more formulas."""
        context = self.inner.ctx.ref()
        for formula in hold:  # as in `_combine`: the solver's own `add` checks the type of each
            z3.Z3_solver_assert(context, self.inner.solver, formula.ast)

    @contextmanager
    def assuming(self, *hold: Formula) -> Iterator[None]:
        """Assert formulas until the end of the `with`; what is added meanwhile is retracted with them."""
        self.inner.push()
        try:
            self.add(*hold)
            yield
        finally:
            self.inner.pop()

    def model(self, *assumptions: Formula, until: Deadline | None = None) -> Model | None:
        """Return a model of the asserted formulas and `assumptions`; None if there is none. Raises OutOfTime."""
        self.inner.set("timeout", NO_TIMEOUT if until is None else _milliseconds(until))
        result = self.inner.check(*assumptions)
        if result == z3.unknown:
            raise OutOfTime(self.inner.reason_unknown())
        return self.inner.model() if result == z3.sat else None

    def unsat_core(self, formulas: Mapping[str, Formula], until: Deadline) -> list[str]:
        """Return the names of formulas that can't hold together; empty if all of them can. Raises OutOfTime.

        The core need not be minimal.
        """
        if self.model(*formulas.values(), until=until) is not None:
            return []
        core = {part.ast.value for part in self.inner.unsat_core()}
        return [name for name, formula in formulas.items() if formula.ast.value in core]


def _milliseconds(until: Deadline) -> int:
    return max(1, int(until.left * 1000))


def is_true(model: Model, formula: Formula) -> bool:
    """Return whether the formula holds in a model; a variable that the model leaves open counts as false."""
    value = (z3.Ast * 1)()  # as in `_combine`: this is asked of every answer of every witness
    context = model.ctx.ref()
    if not z3.Z3_model_eval(context, model.model, formula.ast, True, value):
        raise z3.Z3Exception("a formula has no value in a model")
    return bool(z3.Z3_get_bool_value(context, value[0]) == z3.Z3_L_TRUE)


def integer_value(model: Model, number: Number) -> int:
    """Return the number's value in a model."""
    return int(model.eval(number, model_completion=True).as_long())
