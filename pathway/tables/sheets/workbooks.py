"""Opens an Excel workbook from an unknown source: a damaged one, or one that unpacks to too much, is refused."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

LARGEST, LARGEST_PART = 2_000_000_000, 200_000_000
"""Bytes that a workbook may unpack to, and those of its parts that are held in memory (all but the sheets)."""
SHEETS = "xl/worksheets/"
NO_WORKBOOK = "can't be read as a workbook; save it again as .xlsx, without a password"
DAMAGED = (
    BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, zlib.error, IndexError, AttributeError, TypeError,
    EOFError, RuntimeError, NotImplementedError,
)  # fmt: skip
"""What openpyxl raises for a damaged workbook; a cut part of one is a SyntaxError."""


class TooLarge(Exception):
    """A workbook unpacks to more than is read. The text ends a sentence about the file."""


def opened_workbook(file: Path | BinaryIO, largest: int = LARGEST, **how: bool) -> Any:
    """Return a workbook to read row by row. Raises TooLarge, OSError, or one of DAMAGED."""
    with ZipFile(file) as packed:
        sizes = {part.filename: part.file_size for part in packed.infolist()}  # no more than this is ever unpacked
    in_memory = sum(size for name, size in sizes.items() if not name.startswith(SHEETS))
    for size, most in ((sum(sizes.values()), largest), (in_memory, min(LARGEST_PART, largest))):
        if size > most:
            raise TooLarge(f"unpacks to {_megabytes(size)}, and at most {_megabytes(most)} are read")
    return load_workbook(file, read_only=True, **how)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
