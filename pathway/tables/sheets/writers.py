"""Writes a sheet piece by piece, beside its place and under another name, and renames it when all is well.

No spreadsheet can run a cell as a formula: text that begins like one is marked as text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from pathway.errors import Fault, Unusable
from pathway.phrases import one_of
from pathway.tables.sheets.batches import Batch
from pathway.tables.sheets.readers import UTF_8_MARK, Sheet
from pathway.whole_file import written_beside

LIKE_A_FORMULA = r"^[=+\-@\t\r]"
A_NUMBER = r"^[+-]?[0-9][0-9.,]*$"
MOST_EXCEL_ROWS = 1_048_575
"""Below the row of headers."""


class Writer(Protocol):
    """Writes rows to an opened sheet."""

    def write(self, batch: Batch, results: pa.Table) -> None:
        """Write some rows with their results beside them."""


@contextmanager
def writing(path: Path, sheet: Sheet) -> Iterator[Writer]:
    """Write a sheet with the headers and the form of another. On an error nothing is left of it."""
    writers = {".csv": _csv, ".parquet": _parquet, ".jsonl": _json_lines, ".xlsx": _excel}
    if path.suffix.lower() not in writers:
        raise Unusable([Fault(str(path), None, f"can't be written as a sheet; name a file that ends in {one_of(writers)}")])
    with written_beside(path) as beside, writers[path.suffix.lower()](beside, sheet) as writer:
        yield writer


@dataclass
class _Arrow:
    """Writes Arrow columns; the file is begun with the first rows, because their types are known only then."""

    sheet: Sheet
    begin: Any
    prepared: Any
    opened: Any = None

    def write(self, batch: Batch, results: pa.Table) -> None:
        """Write some rows with their results beside them."""
        table = self.prepared(batch.columns(self.sheet.headers), results)
        self.opened = self.opened or self.begin(table.schema)
        self.opened.write_table(table)


@contextmanager
def _parquet(path: Path, sheet: Sheet) -> Iterator[Writer]:
    writer = _Arrow(sheet, lambda schema: pq.ParquetWriter(path, schema), _beside)
    yield from _closing(writer)


@contextmanager
def _csv(path: Path, sheet: Sheet) -> Iterator[Writer]:
    with path.open("wb") as file:
        if sheet.byte_order_mark:
            file.write(UTF_8_MARK)
        options = csv.WriteOptions(delimiter=sheet.delimiter, quoting_style="needed")
        writer = _Arrow(sheet, lambda schema: csv.CSVWriter(file, schema, write_options=options), _as_text)
        yield from _closing(writer)


def _closing(writer: _Arrow) -> Iterator[Writer]:
    try:
        yield writer
    finally:
        if writer.opened is not None:
            writer.opened.close()


def _beside(table: pa.Table, results: pa.Table) -> pa.Table:
    return pa.table([*table.columns, *results.columns], names=[*table.column_names, *results.column_names])


def _as_text(table: pa.Table, results: pa.Table) -> pa.Table:
    """Return the columns for a CSV file: text that begins like a formula gets an apostrophe before it."""
    columns = [_harmless(column) for column in table.columns]
    words = [column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column for column in results.columns]
    headers = _harmless(pa.chunked_array([pa.array(table.column_names, pa.string())])).to_pylist()
    return pa.table([*columns, *words], names=[*headers, *results.column_names])


def _harmless(column: pa.ChunkedArray) -> pa.ChunkedArray:
    text = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    if not (pa.types.is_string(text.type) or pa.types.is_large_string(text.type)):
        return text
    dangerous = pc.and_not(pc.match_substring_regex(text, LIKE_A_FORMULA), pc.match_substring_regex(text, A_NUMBER))
    return pc.if_else(dangerous, pc.binary_join_element_wise(pa.scalar("'", text.type), text, pa.scalar("", text.type)), text)


@contextmanager
def _json_lines(path: Path, sheet: Sheet) -> Iterator[Writer]:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        yield _JsonLines(file, sheet.headers)


@dataclass
class _JsonLines:
    file: Any
    headers: Sequence[str]

    def write(self, batch: Batch, results: pa.Table) -> None:
        """Write some rows with their results beside them."""
        names = [*self.headers, *results.column_names]
        for row, result in zip(batch.rows(), _rows(results), strict=True):
            self.file.write(
                json.dumps(dict(zip(names, (*row, *result), strict=True)), default=_for_json, ensure_ascii=False) + "\n"
            )


def _for_json(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    yield from zip(*(column.to_pylist() for column in table.columns), strict=True)


@contextmanager
def _excel(path: Path, sheet: Sheet) -> Iterator[Writer]:
    book = Workbook(write_only=True)
    writer = _Excel(book.create_sheet("Scenarios"), sheet.headers)
    yield writer
    book.save(path)


@dataclass
class _Excel:
    page: Any
    headers: Sequence[str]
    written: int = 0

    def write(self, batch: Batch, results: pa.Table) -> None:
        """Write some rows with their results beside them."""
        if self.written == 0:
            self.page.append([self._cell(name) for name in (*self.headers, *results.column_names)])
        self.written += batch.size
        if self.written > MOST_EXCEL_ROWS:
            says = f"an Excel sheet holds {MOST_EXCEL_ROWS:,} rows; write Parquet or CSV"
            raise Unusable([Fault("the output", None, says)])
        for row, result in zip(batch.rows(), _rows(results), strict=True):
            self.page.append([*map(self._cell, row), *result])

    def _cell(self, value: Any) -> Any:
        """Return a value for a cell; text that a spreadsheet would run is marked as text."""
        if not isinstance(value, str):
            return value if value is None or isinstance(value, int | float | date | datetime | time | timedelta) else str(value)
        text = ILLEGAL_CHARACTERS_RE.sub("", value)
        if not text.startswith(("=", "+", "-", "@")):
            return text
        cell = WriteOnlyCell(self.page, text)
        cell.data_type, cell.quotePrefix = "s", True
        return cell
