"""Asks the solver whether rules can hold, and records their faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from pathway.conditions.tree import Condition, expand_definitions
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import RedFlag
from pathway.proof.laws.claims import decided_symbols
from pathway.proof.report import Witness
from pathway.proof.symbolic.conditions import SymbolTable, ThreeValued
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import SymbolicSpace
from pathway.proof.symbolic.z3_solver import Deadline, Model, Solver, is_true


@dataclass(frozen=True)
class RuleDefect:
    """A fault of one or more rules; where two clash, with the smallest scenario in which they do."""

    says: str
    rules: tuple[str, ...]
    witness: Witness | None = None


@dataclass(frozen=True)
class RuleChecker:
    """Asks the solver about rules; the solver's assertions say which scenarios count."""

    space: SymbolicSpace
    solver: Solver
    until: Deadline
    _distinguishing_models: list[Model] = field(default_factory=list, repr=False)
    """Scenarios in which two formulas differed: one often tells others apart too, which saves a question."""

    def satisfiable(self, *formulas: Formula) -> bool:
        """Return whether some scenario makes all of these true. Raises OutOfTime."""
        return self.solver.model(*formulas, until=self.until) is not None

    def always_equal(self, first: Formula, second: Formula) -> bool:
        """Return whether the two are true in the same scenarios. Raises OutOfTime."""
        if any(is_true(model, first) != is_true(model, second) for model in self._distinguishing_models):
            return False
        model = self.solver.model(first != second, until=self.until)
        if model is not None:
            self._distinguishing_models.append(model)
        return model is None

    def read(self, condition: Condition) -> ThreeValued:
        """Return when the condition is known true of the symbolic case, and when it is known false."""
        return self._symbols.read(expand_definitions(condition, self.space.knowledge.expanded_definitions))

    @cached_property
    def _symbols(self) -> SymbolTable:
        return decided_symbols(self.space.symbolic_case, "", self.space)


def flags_with_exception(knowledge: Knowledge) -> list[RedFlag]:
    """Return the red flags that have an `unless known`."""
    return [flag for flag in knowledge.red_flags.values() if flag.downgraded_by is not None]
