"""A sample of the rows of a run, drawn evenly while they pass, and compared with `explain` at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from pathway.deciding.decide import Disagreement
from pathway.explanation.pathway import Pathway
from pathway.tables.expected_row import expected_row

SIZE = 1_000
"""Rows that are compared: all of them, where there are no more."""
SEED = 15


class Drawn(NamedTuple):
    """A row that was drawn."""

    order: float
    number: int
    answers: Mapping[str, Any]
    result: Mapping[str, str | None]


@dataclass
class Sample:
    """The rows with the lowest of random numbers; the seed is fixed, so that a run can be repeated."""

    size: int = SIZE
    rows: list[Drawn] = field(default_factory=list)
    _random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(SEED))

    def add(self, numbers: np.ndarray, answers: pa.Table, results: pa.Table, undecided: np.ndarray) -> None:
        """Draw from some rows; `numbers` has the number of each; rows that were not decided are left out."""
        orders = np.where(undecided, np.inf, self._random.random(answers.num_rows))
        most = self.rows[-1].order if len(self.rows) == self.size else np.inf
        places = np.argsort(orders)[: self.size]
        places = places[orders[places] < most]
        drawn = zip(answers.take(places).to_pylist(), results.take(places).to_pylist(), places, strict=True)
        self.rows += [Drawn(float(orders[place]), int(numbers[place]), row, result) for row, result, place in drawn]
        self.rows = sorted(self.rows, key=lambda row: row.order)[: self.size]

    def compare(self, pathway: Pathway, guidance: str | None, assumptions: Mapping[str, Any]) -> None:
        """Raise Disagreement where a row differs from what `explain` says of its answers."""
        for row in self.rows:
            answers = {name: answer for name, answer in row.answers.items() if answer is not None}
            expected = expected_row(pathway.explain({"answers": answers}, guidance, assumptions), pathway.knowledge)
            wrong = [name for name, value in expected.items() if row.result[name] != value]
            if wrong:
                raise Disagreement(_difference(row, wrong[0], expected[wrong[0]]))


def _difference(row: Drawn, column: str, expected: str | None) -> str:
    decided, expected = row.result[column] or "nothing", expected or "nothing"
    return f"row {row.number}: the table says {decided} in {column}, and explain {expected}; nothing is written"
