"""Errors in something a person wrote: file, line, what is wrong, and the nearest valid word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches

from pathway.phrases import one_of, printable, safe_excerpt

MAX_LISTED = 20
MAX_FILE_NAME = 300
"""In characters."""


@dataclass(frozen=True)
class Fault:
    """One error: its file, its line (from 1; None without a line), and what to do."""

    file: str
    line: int | None
    says: str

    def __lt__(self, other: Fault) -> bool:
        """Order by file, then by line."""
        return (self.file, self.line or 0, self.says) < (other.file, other.line or 0, other.says)

    def __str__(self) -> str:
        file = safe_excerpt(self.file, MAX_FILE_NAME)
        return printable(f"{file if self.line is None else f'{file}:{self.line}'}: {self.says}")


class Unusable(ValueError):
    """Raised for invalid input. `faults` holds every error in it, in order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(summary_lines(self.faults)))


DATA, GLOSSARY = "data/", "GLOSSARY.md"
"""Where the words of the first pathway stand: its folder, and a list of them that no other pathway has."""
FILE_IN_DATA = re.compile(r"\bdata/(?=[a-z_]+(?:/|\.yaml))")


def in_folder(fault: Fault, folder: str) -> Fault:
    """Return the fault with a knowledge folder's name, instead of `data/`, before its file and the files that it names."""
    inside = f"{folder.rstrip('/')}/"
    file = inside + fault.file.removeprefix(DATA) if fault.file.startswith(DATA) else fault.file
    return replace(fault, file=file, says=FILE_IN_DATA.sub(lambda _: inside, fault.says).replace(GLOSSARY, inside))


@contextmanager
def collect_into(faults: list[Fault]) -> Iterator[None]:
    """Append the faults of an Unusable raised inside to the list, and continue after the block."""
    try:
        yield
    except Unusable as error:
        faults += error.faults


def summary_lines(faults: tuple[Fault, ...]) -> list[str]:
    """Return the faults as lines to print: at most twenty, then a count of the rest."""
    rest = len(faults) - MAX_LISTED
    return [str(fault) for fault in faults[:MAX_LISTED]] + ([f"... and {rest} more"] if rest > 0 else [])


def suggestion(word: object, valid: Iterable[str], listed: str = GLOSSARY, kind: str = "word") -> str:
    """Return the end of an error message: the closest valid word, or else all, or where those of this `kind` are `listed`."""
    words = list(valid)
    matches = get_close_matches(safe_excerpt(word, 200).lower(), words, n=1, cutoff=0.6)
    if matches:
        return f"did you mean {matches[0]}?"
    if not words:
        return "there is none to name"
    return f"write {one_of(words)}" if len(words) <= 12 else f"see the {len(words)} {kind}s in {listed}"
