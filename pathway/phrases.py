"""English and safe text: lists of words, and what a person wrote as it may be repeated to them."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

WIDTH = 80
"""Columns of a plain report."""


def safe_excerpt(value: object, most: int = 40) -> str:
    """A value as it may be repeated to a person: one line, printable, and short."""
    if isinstance(value, bool):
        return str(value).lower()  # as YAML writes it
    try:
        text = printable(str(value)[: most + 1])
    except ValueError:  # Python writes out no number of more than some thousand digits
        return "a number of thousands of digits"
    return text if len(text) <= most else text[: most - 3] + "..."


def printable(text: str) -> str:
    """Text without what would act on a terminal: control characters, escape sequences, changes of direction."""
    return "".join(c if c.isprintable() else " " for c in text)


def one_of(words: Iterable[str]) -> str:
    """`a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def finding_label(finding: str) -> str:
    """A finding's id as words."""
    return finding.replace("_", " ")


def sentence_case(words: str) -> str:
    """Words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def decapitalised(words: str) -> str:
    """Words as they stand inside a sentence; a word all in capitals stays so."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def wrapped(text: str, indent: str = "", first: str = "") -> list[str]:
    """A text as lines of at most `WIDTH` columns: the first begins with `first`, the others with `indent`. Ids stay whole."""
    lines = wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return lines or [""]
