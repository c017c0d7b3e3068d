"""Opens a sheet: its headers, and its rows piece by piece. A file that can't be read raises a fault that says what to do."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.csv as pc
import pyarrow.parquet as pq

from pathway.errors import Fault, Unusable
from pathway.phrases import one_of, safe_excerpt
from pathway.tables.sheets.batches import ROWS, Batch, Columns, Rows
from pathway.tables.sheets.workbooks import DAMAGED, NO_WORKBOOK, TooLarge, opened_workbook
from pathway.yaml.document import why_unreadable

DELIMITERS = ",;\t"
BLOCK = 1 << 23
"""Bytes of a CSV file that are read at once."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
UTF_8_MARK = b"\xef\xbb\xbf"
NOT_UTF_8, NO_ROWS = "UTF8", "Empty CSV file"
"""What Arrow's errors have in them: about the encoding, and about headers that not even the end of a line follows."""
UTF_8 = "is not in UTF-8; in the spreadsheet, save it as CSV UTF-8"


@dataclass(frozen=True)
class Source:
    """A file, or bytes in memory that have a file's name."""

    path: Path
    data: bytes | None

    @property
    def size(self) -> int:
        """The number of bytes."""
        return self.path.stat().st_size if self.data is None else len(self.data)

    def handle(self) -> Path | BytesIO:
        """Return what a library opens, and closes."""
        return self.path if self.data is None else BytesIO(self.data)

    def opened(self) -> BinaryIO:
        """Return an open file."""
        return self.path.open("rb") if self.data is None else BytesIO(self.data)


@dataclass(frozen=True)
class Sheet:
    """An opened sheet."""

    headers: Sequence[str]
    batches: Callable[[], Iterator[Batch]]
    rows: int | None = None
    """The number of rows, where the file says it."""
    delimiter: str = ","
    byte_order_mark: bool = False


def open_sheet(path: Path, data: bytes | None = None) -> Sheet:
    """Return the sheet in a file, or in memory. Raises Unusable where it can't be read, also while its rows are read."""
    readers = {".csv": _csv, ".parquet": _parquet, ".xlsx": _excel}
    if path.suffix.lower() not in readers:
        raise _unusable(path, f"can't be read as a sheet; name a file that ends in {one_of(readers)}")
    source = Source(path, data)
    with _readable(path):
        if source.size == 0:
            raise _unusable(path, "is empty")
        return readers[path.suffix.lower()](source)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except Unusable:
        raise  # it is a ValueError, as some of DAMAGED are
    except (pa.ArrowException, csv.Error) as error:
        raise _unusable(path, f"can't be read: {' '.join(str(error).split())}") from None
    except DAMAGED:
        raise _unusable(path, NO_WORKBOOK) from None
    except TooLarge as error:
        raise _unusable(path, f"{error}; save it as CSV UTF-8, which takes any number of rows") from None
    except OSError as error:
        raise _unusable(path, why_unreadable(error)) from None


def _unusable(path: Path, says: str) -> Unusable:
    return Unusable([Fault(str(path), None, says)])


def _csv(source: Source) -> Sheet:
    path = source.path
    with source.opened() as file:
        start = file.read(3)
    if start[:2] in UTF_16:
        raise _unusable(path, UTF_8)
    try:
        headers, delimiter = _csv_headers(source)
    except UnicodeDecodeError:
        raise _not_utf_8(source) from None
    if not any(headers):
        raise _unusable(path, "has no headers in its first line")
    return Sheet(
        headers,
        lambda: _csv_batches(path, _csv_tables(source, headers, delimiter)),
        delimiter=delimiter,
        byte_order_mark=start == UTF_8_MARK,
    )


def _csv_headers(source: Source) -> tuple[list[str], str]:
    """Return the headers and the delimiter: the candidate that is most frequent in the first line."""
    with source.opened() as binary, TextIOWrapper(binary, encoding="utf-8-sig", newline="") as file:
        line = file.readline()
        delimiter = max(DELIMITERS, key=line.count)
        file.seek(0)
        return next(csv.reader(file, delimiter=delimiter), []), delimiter


def _csv_tables(source: Source, headers: Sequence[str], delimiter: str) -> Iterator[pa.Table]:
    texts = pc.ConvertOptions(
        column_types=dict.fromkeys(headers, pa.string()), strings_can_be_null=False, quoted_strings_can_be_null=False
    )
    parsing = pc.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False)  # they are numbered
    try:
        reader = pc.open_csv(source.handle(), pc.ReadOptions(block_size=BLOCK), parsing, texts)
        yield from _gathered(pa.Table.from_batches([batch]) for batch in reader)
    except pa.ArrowInvalid as error:
        if NO_ROWS in str(error):
            return
        if NOT_UTF_8 in str(error):
            raise _not_utf_8(source) from None
        for _ in pc.open_csv(source.handle(), pc.ReadOptions(block_size=BLOCK, use_threads=False), parsing, texts):
            pass  # slower, and its error names the row
        raise


def _not_utf_8(source: Source) -> Unusable:
    """Return the error that names the first line in another encoding."""
    with source.opened() as file:
        number = next((number for number, line in enumerate(file, 1) if _is_in_another_encoding(line)), 1)
    return _unusable(source.path, f"{UTF_8}; line {number} is not")


def _is_in_another_encoding(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _gathered(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Yield the rows of these tables in pieces of `ROWS` at most."""
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        while sum(part.num_rows for part in waiting) >= ROWS:
            joined = pa.concat_tables(waiting)
            yield joined.slice(0, ROWS)
            waiting = [joined.slice(ROWS)]
    if any(part.num_rows for part in waiting):
        yield pa.concat_tables(waiting)


def _csv_batches(path: Path, tables: Iterator[pa.Table]) -> Iterator[Batch]:
    first = 2
    with _readable(path):
        for table in tables:
            filled = _filled(table)
            if filled.size:
                yield Columns(table if filled.size == table.num_rows else table.take(filled), first + filled)
            first += table.num_rows


def _filled(table: pa.Table) -> np.ndarray:
    """Return the places of the rows that are not blank. Quick where there are none: the first columns tell."""
    blank = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not blank.any():
            break
        blank &= compute.equal(column, "").to_numpy()
    return np.flatnonzero(~blank)


def _parquet(source: Source) -> Sheet:
    file = pq.ParquetFile(source.handle())
    for field in file.schema_arrow:
        if pa.types.is_nested(field.type) or pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type):
            raise _unusable(source.path, f"has {field.type} in the column {safe_excerpt(field.name)}; write text or numbers")
    texts = [field.name for field in file.schema_arrow if pa.types.is_string(field.type)]
    file = pq.ParquetFile(source.handle(), read_dictionary=texts)
    return Sheet(file.schema_arrow.names, lambda: _parquet_batches(source.path, file), rows=file.metadata.num_rows)


def _parquet_batches(path: Path, file: pq.ParquetFile) -> Iterator[Batch]:
    first = 2
    with _readable(path):
        for batch in file.iter_batches(ROWS):
            yield Columns(pa.Table.from_batches([batch]), first + np.arange(batch.num_rows))
            first += batch.num_rows


def _excel(source: Source) -> Sheet:
    with _excel_rows(source) as rows:
        headers = _trimmed(next(rows, ()))
    if not headers:
        raise _unusable(source.path, "has no headers in the first row of its first sheet")
    return Sheet(["" if header is None else str(header) for header in headers], lambda: _excel_batches(source, len(headers)))


@contextmanager
def _excel_rows(source: Source) -> Iterator[Iterator[Sequence[Any]]]:
    """Give the rows of the first sheet, and close the file afterwards. A formula stays one: its stored value may be missing."""
    with closing(opened_workbook(source.handle())) as book:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong size
        with closing(sheet.iter_rows(values_only=True)) as rows:
            yield rows


def _trimmed(row: Sequence[Any]) -> Sequence[Any]:
    """Return the row without empty cells at its end."""
    last = max((place for place, value in enumerate(row) if value is not None), default=-1)
    return row[: last + 1]


def _excel_batches(source: Source, width: int) -> Iterator[Batch]:
    first = 2
    with _readable(source.path), _excel_rows(source) as rows:
        next(rows)  # the headers
        while piece := list(islice(rows, ROWS // 4)):
            filled = {number: _row(source.path, number, row, width) for number, row in enumerate(piece, first) if _trimmed(row)}
            if filled:
                yield Rows(list(filled.values()), np.array(list(filled)))
            first += len(piece)


def _row(path: Path, number: int, row: Sequence[Any], width: int) -> tuple[Any, ...]:
    if len(_trimmed(row)) > width:
        raise _unusable(path, f"row {number} has a cell beyond the last header; give its column a header")
    return tuple(islice((*row, *(None,) * width), width))
