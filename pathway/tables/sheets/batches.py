"""A piece of a sheet: some rows, as Arrow columns or as rows of Excel, with what its columns of answers say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

ROWS = 131_072
"""Rows of a piece at most: enough that starting on it costs little, and few enough that memory stays flat."""


class Batch(Protocol):
    """Some rows of a sheet."""

    @property
    def numbers(self) -> np.ndarray:
        """The number of each row, as a spreadsheet counts: the row of headers is row 1, and blank rows count too."""

    @property
    def size(self) -> int:
        """The number of rows."""

    def distinct(self, place: int) -> tuple[list[Any], np.ndarray]:
        """Return the different values of the column at a place, and for each row the place of its value among them."""

    def columns(self, headers: Sequence[str]) -> pa.Table:
        """Return the rows as Arrow columns with these headers."""

    def rows(self) -> Iterator[Sequence[Any]]:
        """Yield the rows."""


@dataclass(frozen=True)
class Columns:
    """Rows that were read as columns: from CSV or Parquet."""

    table: pa.Table
    numbers: np.ndarray

    @property
    def size(self) -> int:
        """The number of rows."""
        return int(self.table.num_rows)

    def distinct(self, place: int) -> tuple[list[Any], np.ndarray]:
        """Return the different values of the column at a place, None last, and for each row the place of its value among them."""
        column = self.table.column(place)
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        encoded = column.unify_dictionaries().combine_chunks()
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.chunk(0) if encoded.num_chunks else pa.array([], column.type)
        values = encoded.dictionary.to_pylist()
        return [*values, None], encoded.indices.fill_null(len(values)).to_numpy(zero_copy_only=False)

    def columns(self, headers: Sequence[str]) -> pa.Table:
        """Return the rows as they were read."""
        return self.table.rename_columns(list(headers))

    def rows(self) -> Iterator[Sequence[Any]]:
        """Yield the rows."""
        yield from zip(*(column.to_pylist() for column in self.table.columns), strict=True)


@dataclass(frozen=True)
class Rows:
    """Rows that were read one by one: from Excel, where each cell has a type of its own."""

    cells: Sequence[Sequence[Any]]
    numbers: np.ndarray

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.cells)

    def distinct(self, place: int) -> tuple[list[Any], np.ndarray]:
        """Return the different values of the column at a place, and for each row the place of its value among them."""
        places: dict[tuple[type, Any], int] = {}
        indices = [places.setdefault((type(row[place]), row[place]), len(places)) for row in self.cells]
        return [value for _, value in places] or [None], np.array(indices, dtype=np.int32)

    def columns(self, headers: Sequence[str]) -> pa.Table:
        """Return the rows as columns of text."""
        texts = ([None if row[place] is None else str(row[place]) for row in self.cells] for place in range(len(headers)))
        return pa.table([pa.array(column, pa.string()) for column in texts], names=list(headers))

    def rows(self) -> Iterator[Sequence[Any]]:
        """Yield the rows."""
        yield from self.cells
