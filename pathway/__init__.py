"""A rule-based explorer of pathways; the knowledge of each is a folder of text files.

It teaches and demonstrates. It gives no advice, and stores nothing about anyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pathway.deciding.decide import Disagreement
from pathway.deciding.precedence import Silent
from pathway.errors import Fault, Unusable
from pathway.explanation.pathway import Pathway, explain
from pathway.explanation.result import Result
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import load
from pathway.scenarios.scenario import Scenario, ScenarioVisit

if TYPE_CHECKING:
    from ibis.expr.types import Table

__all__ = [
    "Disagreement", "Fault", "Knowledge", "Pathway", "Result", "Scenario", "ScenarioVisit", "Silent", "Unusable", "explain",
    "load", "table",
]  # fmt: skip


def table(
    source: Table | Any,
    guidance: str | None = None,
    assumptions: Mapping[str, Any] | None = None,
    knowledge: Knowledge | None = None,
) -> Table:
    """A table with many scenarios, decided where its data are: the same columns, then those of a result.

    `source` is an ibis table or a data frame with a column for each finding. The result is an ibis table: nothing is read or
    worked out before someone asks for its rows. `faults` says what is wrong with a row; such a row is not decided. `guidance`
    and `knowledge` are as in `explain`. Raises `Unusable` with every fault of the columns, the guidance and the assumptions.
    """
    from pathway.tables.table import decided_table  # slow to load, and only needed here

    return decided_table(source, knowledge or load(), guidance, assumptions)
