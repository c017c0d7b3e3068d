"""Asks the solver whether rules can hold, and records their faults."""

from __future__ import annotations

from dataclasses import dataclass

from pathway.conditions.tree import Condition, expand_definitions
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import RedFlag
from pathway.proof.laws.claims import decided_symbols
from pathway.proof.report import Witness
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import SymbolicSpace
from pathway.proof.symbolic.z3_solver import Deadline, Solver


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

    def satisfiable(self, *formulas: Formula) -> bool:
        """Return whether some scenario makes all of these true. Raises OutOfTime."""
        return self.solver.model(*formulas, until=self.until) is not None


def known_true(condition: Condition, space: SymbolicSpace) -> Formula:
    """Return when the condition is known true of the symbolic case."""
    return (
        decided_symbols(space.symbolic_case, "", space)
        .read(expand_definitions(condition, space.knowledge.expanded_definitions))
        .true
    )


def flags_with_exception(knowledge: Knowledge) -> list[RedFlag]:
    """Return the red flags that have an `unless known`."""
    return [flag for flag in knowledge.red_flags.values() if flag.downgraded_by is not None]
