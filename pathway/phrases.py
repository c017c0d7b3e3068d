"""Small pieces of English, and safe excerpts of what a person wrote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import takewhile
from textwrap import wrap
from unicodedata import normalize

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""In English, whatever the machine's language."""
WIDTH = 80
"""Columns of a plain report in a terminal."""


def safe_excerpt(value: object, max_length: int = 40) -> str:
    """Return a value as one short printable line, safe to repeat to its author."""
    if isinstance(value, bool):
        return str(value).lower()  # as YAML writes it
    try:
        text = printable(str(value)[: max_length + 1])
    except ValueError:  # Python refuses to print an integer of more than about 4,300 digits
        return "a number of thousands of digits"
    return text if len(text) <= max_length else text[: max_length - 3] + "..."


def printable(text: str) -> str:
    """Return the text without characters that act on a terminal: control characters, escapes, changes of direction."""
    return "".join(c if c.isprintable() else " " for c in text)


def in_plain_characters(text: str) -> str:
    """Return the text with full-width and other variants of characters as plain ones.

    A raised digit stays as it is: it may be the mark of a footnote, and 4² is not 42.
    """
    return normalize("NFC", "".join(c if c.isdigit() and not c.isdecimal() else normalize("NFKC", c) for c in text))


def one_of(words: Iterable[str]) -> str:
    """Join words as `a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def all_of(words: Iterable[str]) -> str:
    """Join words as `a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def pluralise(count: int, singular: str, plural: str = "") -> str:
    """Return how many there are: `1 question`, `3,000 questions`; `plural` where an s does not make it."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def with_unit(number: object, unit: str | None) -> str:
    """Return a number, or numbers such as `2-5`, with a unit that is given in the plural: `1 week`, `8 weeks`."""
    singular = (unit or "").removesuffix("s")
    return f"{number} {singular if str(number) == '1' else unit or ''}".strip()


def finding_label(finding: str) -> str:
    """Return a finding's id as words."""
    return finding.replace("_", " ")


def sentence_case(words: str) -> str:
    """Return words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def decapitalised(words: str) -> str:
    """Return words as they are written inside a sentence; an acronym keeps its capitals."""
    is_acronym = words[:2].isupper() and words[1:2] != " "  # `A workshop` begins with no acronym
    return words if is_acronym else words[:1].lower() + words[1:]


def with_article(words: str) -> str:
    """Return words that begin with a number after "A" or "An": `An 80-year-old`, `A 40-year-old`."""
    number = "".join(takewhile(str.isdigit, words))
    return f"{'An' if number[:1] == '8' or number in ('11', '18') else 'A'} {words}"


def percent(count: int, total: int, whole: str = "all") -> str:
    """Return a share in whole per cent, never rounded to 0% or 100%; `whole` where it is everything."""
    share = 100 * count / total
    if count == total:
        return whole
    return "under 1%" if share < 1 else "over 99%" if share > 99 else f"{share:.0f}%"


def day(on: date) -> str:
    """Return a day in words: `1 December 2026`."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def wrapped(text: str, indent: str = "", first: str = "") -> list[str]:
    """Wrap a text to `WIDTH` columns: the first line begins with `first`, the others with `indent`. Ids are not split."""
    lines = wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return lines or [""]
