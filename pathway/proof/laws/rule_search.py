"""Asks the solver about rules, and says what was found wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

from pathway.conditions.tree import Condition, expanded
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import RedFlag
from pathway.proof.laws.claims import decided_symbols
from pathway.proof.report import Witness
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import Space
from pathway.proof.symbolic.z3_solver import Deadline, Solver


@dataclass(frozen=True)
class Found:
    """What is wrong with rules; where two clash, the smallest scenario in which they do."""

    says: str
    rules: tuple[str, ...]
    witness: Witness | None = None


@dataclass(frozen=True)
class Search:
    """Asks the solver about rules: in partial scenarios, or in complete ones only."""

    space: Space
    solver: Solver
    until: Deadline

    def can(self, *hold: Formula) -> bool:
        """Some scenario makes all of these true."""
        return self.solver.model(*hold, until=self.until) is not None


def read(condition: Condition, space: Space) -> Formula:
    """When the condition, as it is written, is known true of anyone."""
    return decided_symbols(space.anyone, "", space).read(expanded(condition, space.knowledge.written_out)).yes


def with_exception(knowledge: Knowledge) -> list[RedFlag]:
    """The red flags with an `unless known`."""
    return [flag for flag in knowledge.red_flags.values() if flag.unless_known is not None]
