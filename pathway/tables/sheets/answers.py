"""Reads the columns of answers of a piece of a sheet: sound answers for the engine, and the faults of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding
from pathway.tables.headers import columns_of_findings
from pathway.tables.sheets.batches import Batch
from pathway.tables.sheets.cells import Cell, read_cell
from pathway.tables.sql_query import NUMBER

MOST_REMEMBERED = 50_000
"""Different values of a column whose meaning is kept in mind."""


@dataclass
class AnswerReader:
    """Reads the answers of one sheet. It counts the faults, and remembers what each value means."""

    knowledge: Knowledge
    places: Mapping[str, int]
    """The place of each finding's column."""
    headers: Mapping[str, str]
    counts: Counter[str] = field(default_factory=Counter)
    _cells: dict[str, dict[tuple[type, Any], Cell]] = field(default_factory=dict)

    def read(self, batch: Batch) -> tuple[pa.Table, dict[int, list[str]]]:
        """Return the answers, and what is wrong with each row that has a fault, by its place in the batch."""
        faults: dict[int, list[str]] = {}
        columns = {}
        for finding, place in self.places.items():
            values, indices = batch.distinct(place)
            cells = [self._cell(value, self.knowledge.findings[finding]) for value in values]
            self._add_faults(faults, self.headers[finding], cells, indices)
            columns[finding] = _column(cells, indices, is_number=self.knowledge.findings[finding].whole is not None)
        return pa.table(columns), faults

    def _cell(self, value: Any, finding: Finding) -> Cell:
        known = self._cells.setdefault(finding.id, {})
        if len(known) > MOST_REMEMBERED:
            known.clear()
        key = (type(value), value)
        if key not in known:
            known[key] = read_cell(value, finding)
        return known[key]

    def _add_faults(self, faults: dict[int, list[str]], header: str, cells: list[Cell], indices: np.ndarray) -> None:
        faulty = [place for place, cell in enumerate(cells) if cell.fault]
        for row in np.flatnonzero(np.isin(indices, faulty)) if faulty else ():
            says = f"column {header}: {cells[indices[row]].fault}"
            faults.setdefault(int(row), []).append(says)
            self.counts[says] += 1


def answer_reader(headers: Sequence[str], knowledge: Knowledge, file: str) -> AnswerReader:
    """Return the reader of a sheet with these headers. Raises Unusable where they are not those of the findings."""
    columns = columns_of_findings(headers, knowledge, file)
    return AnswerReader(knowledge, {finding: headers.index(header) for finding, header in columns.items()}, columns)


def _column(cells: list[Cell], indices: np.ndarray, is_number: bool) -> pa.Array:
    """Return the answers of a column: numbers, or words as places in a dictionary."""
    answers = list(dict.fromkeys(cell.answer for cell in cells if cell.answer is not None))
    places = np.array([-1 if cell.answer is None else answers.index(cell.answer) for cell in cells], dtype=np.int32)[indices]
    dictionary = pa.array(answers, NUMBER if is_number else pa.string())
    column = pa.DictionaryArray.from_arrays(pa.array(places, mask=places < 0), dictionary)
    return column.dictionary_decode() if is_number else column
