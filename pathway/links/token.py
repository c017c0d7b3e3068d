"""The syntax of a link: its parts and its check value. Which codes the knowledge has is not looked at here.

Form 2: `2_edition_reading+current visit-assumption..._title_visit-answer..._check`, as in
`2_8abf6d6ea930_p0_0s-4t338-i5tc6_0k3x9ab`. It uses small letters, digits and single `-` and `_` between them, which chat
programs, mail and address bars leave alone, and it ends in a letter or a digit. Form 1 used `~` and `.`, which some of
them cut off, and had no check value. A visit with the same answers as an earlier one refers to it by number, as in `6s-1`,
so answers that are asked again at every visit are written once. A link of any pathway but the first has that pathway's mark
after the edition, as in `2_8abf6d6ea930-h2k9x_p0_0s`.

The check value is a CRC-32. It detects every change of a single character, and of up to four in a row; a truncated hash
would detect them only very likely. It misses about one cut in four thousand million. It guards against accidents, not
against forgery: anyone can write a valid link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote
from zlib import crc32

from pathway.scenarios.walk import MOST_VISITS, MOST_WEEKS

FORM_2, FORM_1 = "2", "1"
LONGEST_LINK = 10_000
"""Characters of a link, checked before anything else; the longest walk with the longest title has fewer."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
ALTERED = "it was cut or altered on the way; copy it again, whole"
DAMAGED = "a part of it is damaged"

_ENTRY = "-[0-9a-z]{3,7}"
_SHAPE = re.compile(
    "2_(?P<edition>[0-9a-f]{12})(?:-(?P<pathway>[0-9a-z]{5}))?_(?P<reading>[a-z])(?P<current>[0-9]{1,2})"
    f"(?P<assumptions>(?:{_ENTRY})*)(?:_(?P<title>[bt][0-9a-z]{{1,1900}}))?(?P<visits>(?:_[0-9]{{1,3}}[bsw](?:-[0-9]{{1,2}})?(?:{_ENTRY})*)+)"
)


SEPARATOR = "&"
"""Separates the links of an address that gives several; no link contains it."""


class InvalidLink(ValueError):
    """Raised for a link that can't be decoded; the message says why."""


class CodedEntry(NamedTuple):
    """A code and the text of its value; None for an unknown answer."""

    code: str
    value: str | None


class VisitParts(NamedTuple):
    """The weeks since the visit before, the trend's letter, and the changed answers."""

    weeks: int
    trend: str
    entries: tuple[CodedEntry, ...]


@dataclass(frozen=True)
class LinkParts:
    """The parts of a link. `checked` says whether it had a check value (which was correct)."""

    edition: str
    reading: str
    current_visit: int
    """The visit that is looked at, from 0."""
    assumptions: tuple[CodedEntry, ...]
    visits: tuple[VisitParts, ...]
    title: str = ""
    pathway: str = ""
    """The mark of the pathway it belongs to; the links of the first pathway have none."""
    checked: bool = True


def join_parts(parts: LinkParts) -> str:
    """Return the link of these parts, in form 2; `split_link` is the reverse."""
    settings = f"{parts.reading}{parts.current_visit}{_entries(parts.assumptions)}"
    visits = (
        f"{visit.weeks}{visit.trend}{_encode_answers(parts.visits[:number], visit)}" for number, visit in enumerate(parts.visits)
    )
    made_by = f"{parts.edition}-{parts.pathway}" if parts.pathway else parts.edition
    text = "_".join([FORM_2, made_by, settings, *([parts.title] if parts.title else []), *visits])
    return f"{text}_{check(text)}"


def _entries(entries: Iterable[CodedEntry]) -> str:
    return "".join(f"-{entry.code}{entry.value or ''}" for entry in entries)


def _encode_answers(before: Sequence[VisitParts], visit: VisitParts) -> str:
    """Encode the answers of a visit; where an earlier visit shares some, as its number and the entries that differ."""
    alike = max(range(len(before)), key=lambda number: _shared_entries(before[number], visit), default=0)
    if not before or not _shared_entries(before[alike], visit):
        return _entries(visit.entries)
    return f"-{alike}{_entries(entry for entry in visit.entries if entry not in before[alike].entries)}"


def _shared_entries(earlier: VisitParts, visit: VisitParts) -> int:
    """Return how many entries the visits share; 0 where the earlier one answers something that this one does not."""
    more = {entry.code for entry in earlier.entries} - {entry.code for entry in visit.entries}
    return 0 if more else len(set(earlier.entries) & set(visit.entries))


def check(text: str) -> str:
    """Return the check value: seven letters and digits."""
    return base36(crc32(text.encode()), 7)


def base36(number: int, length: int = 1) -> str:
    """Return a number in base 36, padded with zeros to `length`."""
    digits = ""
    while number or len(digits) < length:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def single(texts: Iterable[str]) -> str:
    """Join the values of an address parameter. Equal values count once; different ones together are no valid link."""
    return SEPARATOR.join(dict.fromkeys(texts))


def split_link(link: str) -> LinkParts:
    """Split a link of any form into its parts. Raises InvalidLink.

    Characters that chat programs and mail add (full stops, brackets, line breaks, capitals, percent-encoding) are removed
    first.
    """
    if not link.strip():
        raise InvalidLink("it is empty")
    if SEPARATOR in link:
        raise InvalidLink("it names two different scenarios; give one")
    if len(link) > LONGEST_LINK:
        raise InvalidLink("it is too long")
    text = re.sub("^[^0-9a-z]+", "", unquote(unquote(link)).lower())
    parts = _split_form_1(text) if text.startswith(f"{FORM_1}~") else _split_form_2(text)
    if len(parts.visits) > MOST_VISITS:
        raise InvalidLink(f"it has more than {MOST_VISITS} visits")
    if parts.current_visit >= len(parts.visits) or any(visit.weeks > MOST_WEEKS for visit in parts.visits):
        raise InvalidLink("a visit in it is damaged")
    return parts


def _split_form_2(text: str) -> LinkParts:
    body, _, value = re.sub("[^0-9a-z_-]", "", text).rstrip("_-").rpartition("_")
    shape = _SHAPE.fullmatch(body) if value == check(body) else None
    if shape is None:
        raise InvalidLink(ALTERED)
    visits: list[VisitParts] = []
    for head, *words in (visit.split("-") for visit in shape["visits"][1:].split("_")):
        visits.append(_visit(head, _decode_answers(visits, words)))
    return LinkParts(
        edition=shape["edition"],
        reading=shape["reading"],
        current_visit=int(shape["current"]),
        assumptions=tuple(map(_entry, shape["assumptions"].split("-")[1:])),
        visits=tuple(visits),
        title=shape["title"] or "",
        pathway=shape["pathway"] or "",
    )


def _decode_answers(before: Sequence[VisitParts], words: list[str]) -> Iterable[CodedEntry]:
    """Return the entries of a visit. The first word may be the number of an earlier visit, whose entries it starts from."""
    if not words or len(words[0]) > 2:
        return map(_entry, words)
    if int(words[0]) >= len(before):
        raise InvalidLink(ALTERED)
    earlier = {entry.code: entry for entry in before[int(words[0])].entries}
    return (earlier | {entry.code: entry for entry in map(_entry, words[1:])}).values()


def _entry(word: str) -> CodedEntry:
    return CodedEntry(word[:3], word[3:] or None)


def _split_form_1(text: str) -> LinkParts:
    """Split a link of form 1. Its parts stand between `~`; a `~` at the end may have been cut off."""
    parts = re.sub("[^0-9a-z.~-]", "", text).rstrip(".~").split("~")[1:]
    if len(parts) < 4:
        raise InvalidLink("a part of it is missing")
    edition, reading, assumptions, current, *visits = parts
    if not re.fullmatch("[a-z]", reading) or not re.fullmatch("[0-9]{1,2}", current):
        raise InvalidLink(DAMAGED)
    first, *later = visits or [""]
    begin = VisitParts(0, "s", tuple(_form_1_entries(first.split("."))))
    return LinkParts(
        edition=re.sub("[^0-9a-z]", "", edition)[:12],  # limited, because it is shown
        reading=reading,
        current_visit=int(current),
        assumptions=tuple(_form_1_entries(assumptions.split("."))),
        visits=(begin, *(_visit(head, _form_1_entries(words)) for head, *words in (visit.split(".") for visit in later))),
        checked=False,
    )


def _visit(head: str, entries: Iterable[CodedEntry]) -> VisitParts:
    if not re.fullmatch("[0-9]{1,3}[bsw]", head):
        raise InvalidLink("a visit in it is damaged")
    return VisitParts(int(head[:-1]), head[-1], tuple(entries))


def _form_1_entries(words: Iterable[str]) -> Iterable[CodedEntry]:
    return (CodedEntry(word[:3], None if word[3:] == "-" else word[3:]) for word in words if word)
