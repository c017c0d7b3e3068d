"""What is wrong with something a person wrote: where, what, and the nearest valid word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches

from pathway.phrases import one_of, printable, safe_excerpt

SHOWN = 20
LONGEST = 300
"""Characters of a file's name."""


@dataclass(frozen=True)
class Fault:
    """One fault: the file it is in, its line (from 1; None where there is no line), and what to do."""

    file: str
    line: int | None
    says: str

    def __lt__(self, other: Fault) -> bool:
        """Reading order: by file, then by line."""
        return (self.file, self.line or 0, self.says) < (other.file, other.line or 0, other.says)

    def __str__(self) -> str:
        file = safe_excerpt(self.file, LONGEST)
        return printable(f"{file if self.line is None else f'{file}:{self.line}'}: {self.says}")


class Unusable(ValueError):
    """Input that can't be used. `faults` holds every fault that was found, in reading order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(summary_lines(self.faults)))


@contextmanager
def collect_into(faults: list[Fault]) -> Iterator[None]:
    """Adds the faults of what runs inside, and goes on."""
    try:
        yield
    except Unusable as error:
        faults += error.faults


def summary_lines(faults: tuple[Fault, ...]) -> list[str]:
    """The faults as lines to print: at most twenty, then a count of the rest."""
    rest = len(faults) - SHOWN
    return [str(fault) for fault in faults[:SHOWN]] + ([f"... and {rest} more"] if rest > 0 else [])


def suggestion(word: object, valid: Iterable[str], listed: str = "GLOSSARY.md") -> str:
    """The end of a fault's sentence: the nearest valid word; where none is near all of them, or where they are `listed`."""
    words = list(valid)
    near = get_close_matches(safe_excerpt(word, 200).lower(), words, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    if not words:
        return "there is none to name"
    return f"write {one_of(words)}" if len(words) <= 12 else f"see the {len(words)} words in {listed}"
