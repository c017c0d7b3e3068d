"""The text of a link: its parts, and the check value over all of it. It knows the forms, and nothing of the knowledge.

Form 2: `2_edition_reading+visit looked at-assumption..._title_visit-answer..._check`, as in
`2_8abf6d6ea930_p0_0s-4t338-i5tc6_0k3x9ab`. It holds small letters, digits and single `-` and `_` between them, which chat
programs, mail and readers of addresses leave alone, and it ends in a letter or a digit. Form 1 had `~` and `.`, which some of
them cut off, and no check value. A visit at which the same was answered as at an earlier one names that by its number instead,
as `6s-1`: what is asked again at every visit stands there once.

The check value is a CRC-32: whatever single character is another, or four in a row, it is another for certain, where the
beginning of a hash of that length would only be so in all likelihood. Of a cut it sees all but one in four thousand million.
It keeps accidents out, not forgers: whoever can read a link may write one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote
from zlib import crc32

from pathway.scenarios.walk import MOST_VISITS, MOST_WEEKS

FORM, FORMER = "2", "1"
LONGEST = 10_000
"""Characters of a link, looked at before anything else; the longest walk with the longest title has fewer."""
LONGEST_TITLE = 300
"""Characters of a title; a scenario's can't be longer."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
ALTERED = "it was cut or altered on the way; copy it again, whole"

_ENTRY = "-[0-9a-z]{3,7}"
_SHAPE = re.compile(
    "2_(?P<edition>[0-9a-f]{12})_(?P<reading>[pn])(?P<at>[0-9]{1,2})"
    f"(?P<varied>(?:{_ENTRY})*)(?:_(?P<title>[bt][0-9a-z]{{1,1900}}))?(?P<visits>(?:_[0-9]{{1,3}}[bsw](?:-[0-9]{{1,2}})?(?:{_ENTRY})*)+)"
)


SEVERAL = "&"
"""Stands between the texts of an address that gives several: no link holds it."""


class InvalidLink(ValueError):
    """A link that can't be read; the message says what is wrong with it."""


class CodedEntry(NamedTuple):
    """A code, and the text of its value; None for what is not known."""

    code: str
    value: str | None


class VisitParts(NamedTuple):
    """Weeks since the visit before, the trend's letter, and what was answered otherwise."""

    weeks: int
    trend: str
    entries: tuple[CodedEntry, ...]


@dataclass(frozen=True)
class LinkParts:
    """The parts of a link. `checked` says whether it had a check value, which was right."""

    edition: str
    reading: str
    at: int
    varied: tuple[CodedEntry, ...]
    visits: tuple[VisitParts, ...]
    title: str = ""
    checked: bool = True


def join_parts(spelt: LinkParts) -> str:
    """The link of these parts, in form 2."""
    settings = f"{spelt.reading}{spelt.at}{_entries(spelt.varied)}"
    visits = (f"{visit.weeks}{visit.trend}{_since(spelt.visits[:number], visit)}" for number, visit in enumerate(spelt.visits))
    text = "_".join([FORM, spelt.edition, settings, *([spelt.title] if spelt.title else []), *visits])
    return f"{text}_{check(text)}"


def _entries(entries: Iterable[CodedEntry]) -> str:
    return "".join(f"-{entry.code}{entry.value or ''}" for entry in entries)


def _since(before: Sequence[VisitParts], visit: VisitParts) -> str:
    """What was answered at a visit: where that begins as an earlier one, the number of that, and the entries that differ."""
    alike = max(range(len(before)), key=lambda number: _alike(before[number], visit), default=0)
    if not before or not _alike(before[alike], visit):
        return _entries(visit.entries)
    return f"-{alike}{_entries(entry for entry in visit.entries if entry not in before[alike].entries)}"


def _alike(earlier: VisitParts, visit: VisitParts) -> int:
    """How many entries are the same, where the earlier visit has none that this one has not."""
    more = {entry.code for entry in earlier.entries} - {entry.code for entry in visit.entries}
    return 0 if more else len(set(earlier.entries) & set(visit.entries))


def check(text: str) -> str:
    """The check value: seven letters and digits."""
    return base36(crc32(text.encode()), 7)


def base36(number: int, length: int = 1) -> str:
    """A number in small letters and digits, at least so many of them."""
    found = ""
    while number or len(found) < length:
        number, digit = divmod(number, 36)
        found = DIGITS[digit] + found
    return found


def single(texts: Iterable[str]) -> str:
    """The text that an address gives under one name, once or several times. Several different texts together can't be read."""
    return SEVERAL.join(dict.fromkeys(texts))


def split_link(link: str) -> LinkParts:
    """The parts of a link of any form. Raises InvalidLink.

    What chat programs and mail put around a link or into it (full stops, brackets, line breaks, capitals, percent-encoding)
    is taken off first.
    """
    if not link.strip():
        raise InvalidLink("it is empty")
    if SEVERAL in link:
        raise InvalidLink("it names two different scenarios; give one")
    if len(link) > LONGEST:
        raise InvalidLink("it is too long")
    text = re.sub("^[^0-9a-z]+", "", unquote(unquote(link)).lower())
    spelt = _of_form_1(text) if text.startswith(f"{FORMER}~") else _of_form_2(text)
    if len(spelt.visits) > MOST_VISITS:
        raise InvalidLink(f"it has more than {MOST_VISITS} visits")
    if spelt.at >= len(spelt.visits) or any(visit.weeks > MOST_WEEKS for visit in spelt.visits):
        raise InvalidLink("a visit in it is damaged")
    return spelt


def _of_form_2(text: str) -> LinkParts:
    body, _, value = re.sub("[^0-9a-z_-]", "", text).rstrip("_-").rpartition("_")
    shape = _SHAPE.fullmatch(body) if value == check(body) else None
    if shape is None:
        raise InvalidLink(ALTERED)
    visits: list[VisitParts] = []
    for head, *words in (visit.split("-") for visit in shape["visits"][1:].split("_")):
        visits.append(_visit(head, _from(visits, words)))
    return LinkParts(
        edition=shape["edition"],
        reading=shape["reading"],
        at=int(shape["at"]),
        varied=tuple(map(_entry, shape["varied"].split("-")[1:])),
        visits=tuple(visits),
        title=shape["title"] or "",
    )


def _from(before: Sequence[VisitParts], words: list[str]) -> Iterable[CodedEntry]:
    """The entries of a visit; the first word may be the number of an earlier one, whose entries it has unless it has its own."""
    if not words or len(words[0]) > 2:
        return map(_entry, words)
    if int(words[0]) >= len(before):
        raise InvalidLink(ALTERED)
    earlier = {entry.code: entry for entry in before[int(words[0])].entries}
    return (earlier | {entry.code: entry for entry in map(_entry, words[1:])}).values()


def _entry(word: str) -> CodedEntry:
    return CodedEntry(word[:3], word[3:] or None)


def _of_form_1(text: str) -> LinkParts:
    """Its parts stood between `~`; one that ended the link may have been cut off."""
    parts = re.sub("[^0-9a-z.~-]", "", text).rstrip(".~").split("~")[1:]
    if len(parts) < 4:
        raise InvalidLink("a part of it is missing")
    edition, reading, varied, at, *visits = parts
    if reading not in ("p", "n") or not re.fullmatch("[0-9]{1,2}", at):
        raise InvalidLink("a part of it is damaged")
    first, *later = visits or [""]
    begin = VisitParts(0, "s", tuple(_former(first.split("."))))
    return LinkParts(
        edition=re.sub("[^0-9a-z]", "", edition)[:12],  # it is shown: of whatever stands there, no more than one is long
        reading=reading,
        at=int(at),
        varied=tuple(_former(varied.split("."))),
        visits=(begin, *(_visit(head, _former(words)) for head, *words in (visit.split(".") for visit in later))),
        checked=False,
    )


def _visit(head: str, entries: Iterable[CodedEntry]) -> VisitParts:
    if not re.fullmatch("[0-9]{1,3}[bsw]", head):
        raise InvalidLink("a visit in it is damaged")
    return VisitParts(int(head[:-1]), head[-1], tuple(entries))


def _former(words: Iterable[str]) -> Iterable[CodedEntry]:
    return (CodedEntry(word[:3], None if word[3:] == "-" else word[3:]) for word in words if word)
