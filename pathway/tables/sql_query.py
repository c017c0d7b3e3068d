"""The SQL query that decides a table of people, and running it on DuckDB piece by piece.

Outcomes come out of the query as small numbers; Arrow holds each word once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.metadata import version
from itertools import chain
from threading import Lock
from typing import Protocol

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pathway import disk_cache
from pathway.deciding.precedence import Silent
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.tables.decision import Settings, decided
from pathway.tables.names import CONTRADICTIONS, INTERNAL, POSSIBLE_SUFFIX, RULE_SUFFIX
from pathway.tables.outcomes import Outcomes, all_outcomes, outcomes_of_route, outcomes_of_step
from pathway.tables.table import with_contradictions

PIECE = "piece"
ROW = f"{INTERNAL}row"
NUMBER, WORD = pa.int32(), pa.dictionary(pa.int32(), pa.string())
CACHED_SQL: dict[tuple[Knowledge, str], str] = {}
"""Queries as SQL text, by their knowledge and the dialect."""
SQL_LOCK = Lock()
"""Held while a query is made, because ibis has one set of options for all threads."""
THREAD_ROWS, RESULT_ROWS = 16_384, 65_536
"""Rows that one thread works on, and rows that come out at once."""


class Engine(Protocol):
    """Runs the columns, piece by piece."""

    def stream(self, pieces: Iterable[pa.Table], settings: Settings) -> Iterator[pa.Table]:
        """Yield for each piece the number of each outcome in each row, and the contradictions in words."""


@dataclass(frozen=True)
class Query:
    """Decides pieces of a table of answers by one knowledge base.

    The guidance and the assumptions are columns like the findings, so that one query serves all of their values.
    """

    knowledge: Knowledge

    @cached_property
    def numeric(self) -> Mapping[str, bool]:
        """The columns of a piece, each with whether it holds numbers."""
        findings = {finding.id: finding.whole is not None for finding in self.knowledge.findings.values()}
        assumptions = {name: isinstance(value, int) for name, value in defaults(self.knowledge).items()}
        return {**findings, "guidance": False, **assumptions}

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns of a piece as Arrow has them."""
        return pa.schema([(name, NUMBER if is_number else WORD) for name, is_number in self.numeric.items()])

    @property
    def numbered_schema(self) -> pa.Schema:
        """The columns of a piece whose rows have numbers."""
        return pa.schema([(ROW, pa.int64()), *self.schema])

    def sql(self, dialect: str = "duckdb") -> str:
        """Return the query as SQL text. It takes seconds to make, so it is made once for each knowledge base and dialect."""
        if (key := (self.knowledge, dialect)) not in CACHED_SQL:
            with SQL_LOCK:
                CACHED_SQL[key] = CACHED_SQL.get(key) or self._stored_sql(dialect)
        return CACHED_SQL[key]

    def _stored_sql(self, dialect: str) -> str:
        """Return the query as an earlier process stored it; else make and store it."""
        if not disk_cache.is_on():
            return self._make_sql(dialect)
        made_from = (repr(self.knowledge), dialect, version("ibis-framework"), version("sqlglot"))
        key = disk_cache.key_of(part.encode() for part in made_from)
        sql = disk_cache.stored("query", key)
        if not isinstance(sql, str):
            disk_cache.store("query", key, sql := self._make_sql(dialect))
        return sql

    def _make_sql(self, dialect: str) -> str:
        types = {name: "int32" if is_number else "string" for name, is_number in self.numeric.items()}
        piece = ibis.table({ROW: "int64", **types}, name=PIECE)
        answers = {f"{INTERNAL}answer:{finding}": piece[finding] for finding in self.knowledge.findings}
        result = decided(with_contradictions(piece.mutate(**answers), self.knowledge), self.knowledge, {})
        outcomes = [name for name in result.columns if name.startswith(f"{INTERNAL}outcome:")]
        with _without_merging_levels() if dialect == "duckdb" else nullcontext():
            return str(ibis.to_sql(result.select(ROW, CONTRADICTIONS, *outcomes), dialect=dialect, pretty=False))

    def stream(self, pieces: Iterable[pa.Table], settings: Settings, subjects: Sequence[str] = ()) -> Iterator[pa.Table]:
        """Yield for each piece the number of each outcome in each row, and the contradictions in words; nothing without a piece.

        With `subjects`, yield the outcomes of these alone, which takes half the time. `settings` has the guidance and the
        assumptions that are not columns of the pieces. DuckDB asks for the pieces itself and plans once, so that memory stays
        flat. An error in a piece is raised here.
        """
        upcoming = iter(pieces)
        if (first := next(upcoming, None)) is None:  # read before DuckDB is asked to plan, which takes longer
            return
        feed = _Feed(chain([first], upcoming), settings)
        schema = self.numbered_schema
        connection = duckdb.connect()
        connection.execute("SET enable_progress_bar = false")  # it would draw over what a command prints
        connection.execute("SET enable_external_access = false")  # a query reads the pieces, and no file
        connection.register(PIECE, pa.RecordBatchReader.from_batches(schema, feed.batches(schema)))
        results = _Pending(connection.sql(self._sql_of(subjects)).to_arrow_reader(RESULT_ROWS))
        while (size := results.wait_for(feed)) is not None:
            yield results.take(size)
        if feed.error is not None:
            raise feed.error

    def _sql_of(self, subjects: Sequence[str]) -> str:
        """Return the query of some subjects' outcomes (of all where none is named): DuckDB then works out no others."""
        names = ", ".join(f'"{name}"' for name in (ROW, *(f"{INTERNAL}outcome:{subject}" for subject in subjects)))
        return f"SELECT {names} FROM ({self.sql()})" if subjects else self.sql()

    def places(self, answers: pa.Table, settings: Settings) -> np.ndarray:
        """Return the place of each row: the step, or the route if it has no step."""
        (numbers,) = self.stream([answers], settings, ("route", "step"))
        route, step = (
            _words(numbers[f"{INTERNAL}outcome:{outcomes.subject}"].combine_chunks(), outcomes, outcomes.value_of).cast(
                pa.string()
            )
            for outcomes in (outcomes_of_route(self.knowledge), outcomes_of_step(self.knowledge))
        )
        return np.asarray(pc.coalesce(step, route).to_pylist())

    def decide(self, answers: pa.Table, settings: Settings) -> pa.Table:
        """Return the columns of a result, in words. Raises Silent where no rule covers an option."""
        (numbers,) = self.stream([answers], settings)
        return pa.table(dict(words_of(numbers, self.knowledge)))


@contextmanager
def _without_merging_levels() -> Iterator[None]:
    """Keep ibis from looking for levels to merge, which takes half of its time: DuckDB merges them itself."""
    before, ibis.options.sql.fuse_selects = ibis.options.sql.fuse_selects, False
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before


@dataclass
class _Feed:
    """Hands the pieces to DuckDB, each row with its number, and keeps count of them."""

    pieces: Iterable[pa.Table]
    settings: Settings
    sizes: deque[int] = field(default_factory=deque)
    error: BaseException | None = None

    def batches(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        """Yield the pieces in smaller ones, so that several threads work on them."""
        row = 0
        try:
            for piece in self.pieces:
                self.sizes.append(piece.num_rows)
                whole = numbered(piece, schema, self.settings, row)
                row += piece.num_rows
                yield from whole.combine_chunks().to_batches(max_chunksize=THREAD_ROWS)
        except BaseException as error:  # DuckDB, which calls this, would put an error of its own in its place
            self.error = error


def numbered(piece: pa.Table, schema: pa.Schema, settings: Settings, first: int) -> pa.Table:
    """Return a piece with these columns: a number in each row, from `first` on, and each setting that is no column."""
    columns = map(partial(_column, piece, settings), list(schema)[1:])
    return pa.table([pa.array(np.arange(first, first + piece.num_rows)), *columns], schema)


def _column(piece: pa.Table, settings: Settings, column: pa.Field) -> pa.ChunkedArray | pa.Array:
    """Return a column of a piece, or the setting of that name in each row."""
    if column.name in piece.column_names:
        return piece[column.name]
    if column.type == NUMBER:
        return pa.array(np.full(piece.num_rows, settings[column.name]), NUMBER)
    return pa.DictionaryArray.from_arrays(np.zeros(piece.num_rows, dtype=np.int32), [settings[column.name]])


@dataclass
class _Pending:
    """Rows that DuckDB has returned and that are not passed on yet."""

    reader: Iterator[pa.RecordBatch]
    waiting: list[pa.RecordBatch] = field(default_factory=list)
    row: int = 0

    def wait_for(self, feed: _Feed) -> int | None:
        """Return the size of the next piece when all its rows are there; None at the end."""
        while not feed.sizes or sum(batch.num_rows for batch in self.waiting) < feed.sizes[0]:
            batch = next(self.reader, None)
            if batch is None:
                return None
            self.waiting.append(batch)
        return feed.sizes.popleft()

    def take(self, size: int) -> pa.Table:
        """Return the next `size` rows. Raises RuntimeError if DuckDB changed their order."""
        table = pa.Table.from_batches(self.waiting)
        self.waiting = table.slice(size).to_batches()
        piece = table.slice(0, size)
        if not np.array_equal(piece[ROW].to_numpy(), np.arange(self.row, self.row + size)):
            raise RuntimeError("DuckDB gave the rows back in another order")
        self.row += size
        return piece


def words_of(numbers: pa.Table, knowledge: Knowledge, undecided: np.ndarray | None = None) -> Iterator[tuple[str, pa.Array]]:
    """Yield the columns of a result by name and in order, each as a dictionary of its words; null in undecided rows.

    Raises Silent where no rule covers an option.
    """
    columns = {name.rpartition(":")[2]: numbers[name].combine_chunks() for name in numbers.column_names[2:]}
    if silent := [option for option in knowledge.options if columns[option].null_count]:
        raise Silent(f"no recommendation covers {silent[0]} in some row", silent[0])
    if undecided is not None and undecided.any():
        mask = pa.array(undecided)
        columns = {name: pc.if_else(mask, pa.scalar(None, column.type), column) for name, column in columns.items()}
    for outcomes in all_outcomes(knowledge):
        subject = outcomes.subject
        yield subject, _words(columns[subject], outcomes, outcomes.value_of)
        if subject not in knowledge.gates:
            openness = columns["route_possible" if subject == "route" else subject]
            yield f"{subject}{POSSIBLE_SUFFIX}", _words(openness, outcomes, outcomes.possible_of)
            yield f"{subject}{RULE_SUFFIX}", _words(columns[subject], outcomes, outcomes.rule_of)


def _words(numbers: pa.Array, outcomes: Outcomes, meaning: Callable[[int], str | None]) -> pa.DictionaryArray:
    """Return the word of each number; null where it means none."""
    none = outcomes.highest + 1
    words = [meaning(number) for number in range(outcomes.lowest, none)] + [None]
    dictionary = [word for word in dict.fromkeys(words) if word is not None]
    places = np.array([-1 if word is None else dictionary.index(word) for word in words], dtype=np.int16)
    indices = places[numbers.fill_null(none).to_numpy(zero_copy_only=False) - outcomes.lowest]
    return pa.DictionaryArray.from_arrays(pa.array(indices, mask=indices < 0), pa.array(dictionary, pa.string()))
