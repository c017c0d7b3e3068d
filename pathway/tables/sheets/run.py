"""Decides a whole sheet, piece by piece, each written with its results beside it; compares a sample with `explain`."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pathway.errors import Fault, Unusable
from pathway.explanation.pathway import Pathway
from pathway.knowledge.base import Knowledge
from pathway.tables.decision import Settings
from pathway.tables.names import CONTRADICTIONS, FAULTS
from pathway.tables.sheets.answers import AnswerReader, answer_reader
from pathway.tables.sheets.batches import Batch
from pathway.tables.sheets.readers import Sheet, open_sheet
from pathway.tables.sheets.sample import Sample
from pathway.tables.sheets.writers import writing
from pathway.tables.sql_query import Engine, Query, words_of
from pathway.tables.table import SEPARATOR, settings_from

Progress = Callable[[int, int | None], None]
"""Called with the number of rows that are done, and of all rows where that is known."""
DUCKDB = "duckdb"


@dataclass
class Summary:
    """What a run did: its rows, those with a fault, how often each fault occurs, and the rows that were compared."""

    rows: int = 0
    faulty: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    compared: int = 0


def decide_sheet(
    source: Path,
    target: Path,
    pathway: Pathway,
    guidance: str | None = None,
    assumptions: Mapping[str, Any] | None = None,
    progress: Progress = lambda done, total: None,
    engine: str = DUCKDB,
) -> Summary:
    """Decide every row of a sheet into another one, and return a summary.

    Raises Unusable where the sheet can't be read, and Disagreement where a row differs from what `explain` says. Then nothing
    is written.
    """
    settings = settings_from(pathway.knowledge, guidance, assumptions)
    sheet = open_sheet(source)
    reader = answer_reader(sheet.headers, pathway.knowledge, str(source))
    if target.exists() and target.samefile(source):
        raise Unusable([Fault(str(target), None, "is the sheet that is read; name another one to write")])
    run = _Run(reader, engine_named(engine, pathway.knowledge), settings, Summary(counts=reader.counts), Sample())
    with writing(target, sheet) as writer:
        for batch, results in run.pieces(sheet):
            writer.write(batch, results)
            progress(run.summary.rows, sheet.rows)
        if run.summary.rows == 0:
            raise Unusable([Fault(str(source), None, "has no rows below its headers")])
        run.sample.compare(pathway, guidance, assumptions or {})
    run.summary.compared = len(run.sample.rows)
    return run.summary


def engine_named(name: str, knowledge: Knowledge) -> Engine:
    """Return the engine of this name. Raises Unusable where it is not installed."""
    if name == DUCKDB:
        return Query(knowledge)
    from pathway.tables.spark import SparkQuery

    return SparkQuery(Query(knowledge))


@dataclass
class _Run:
    """One run through a sheet."""

    reader: AnswerReader
    engine: Engine
    settings: Settings
    summary: Summary
    sample: Sample
    _ahead: deque[tuple[Batch, pa.Table, dict[int, list[str]]]] = field(default_factory=deque)
    """Batches that the engine has read and not yet decided."""

    def pieces(self, sheet: Sheet) -> Iterator[tuple[Batch, pa.Table]]:
        """Yield each piece with its results."""
        for numbers in self.engine.stream(self._answers(sheet), self.settings):
            batch, answers, faults = self._ahead.popleft()
            yield batch, self._results(batch, answers, faults, numbers)

    def _answers(self, sheet: Sheet) -> Iterator[pa.Table]:
        for batch in sheet.batches():
            answers, faults = self.reader.read(batch)
            self._ahead.append((batch, answers, faults))
            yield answers

    def _results(self, batch: Batch, answers: pa.Table, faults: dict[int, list[str]], numbers: pa.Table) -> pa.Table:
        contradicting = numbers[CONTRADICTIONS].combine_chunks()
        for row in np.flatnonzero(contradicting.is_valid().to_numpy(zero_copy_only=False)):
            says = contradicting[row].as_py()
            faults.setdefault(int(row), []).append(says)
            self.reader.counts.update(says.split(SEPARATOR))
        undecided = np.zeros(batch.size, dtype=bool)
        undecided[list(faults)] = True
        words = pa.table(dict(words_of(numbers, self.reader.knowledge, undecided)))
        self.sample.add(batch.numbers, answers, words, undecided)
        self.summary.rows += batch.size
        self.summary.faulty += len(faults)
        return words.add_column(0, FAULTS, [_fault_column(batch, faults)])


def _fault_column(batch: Batch, faults: Mapping[int, list[str]]) -> pa.Array:
    """Return what is wrong with each row, in words, with the row's number."""
    texts = [f"row {batch.numbers[row]}, {SEPARATOR.join(says)}" for row, says in faults.items()]
    places = np.full(batch.size, -1, dtype=np.int32)
    places[list(faults)] = np.arange(len(faults))
    return pc.take(pa.array(texts, pa.string()), pa.array(places, mask=places < 0))
