"""A text cut into its sentences: at line ends and full stops, and put together again where a line was wrapped."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from hashlib import sha256

STRAIGHT = str.maketrans("‘’“”", "''\"\"")
MARK = re.compile(r"(?:([0-9]{1,2})|([a-z]))\.(?= |$)")
"""What opens a list's item: `1.` or `a.`"""
ENDED = re.compile(r"[.!?:][\"')\]]?$")
BREAK = re.compile(r"(?:(?<=[.!?:])|(?<=[.!?:][\"')\]])) (?=[\"'(]?[A-ZÀ-Þ]|(?:[0-9]{1,2}|[a-z])\. )")
RUNS_ON = re.compile(r"(?!(?:[0-9]{1,2}|[a-z])\.(?: |$))[(a-zß-ÿ]")
"""How a line begins that goes on with the sentence of the line before."""
MOST_LINES = 24
"""The lines over which a known sentence may be wrapped: enough for the longest at 20 columns."""
MOST_WRAPPED = 5_000
"""Lines and sentences of a text beyond which it is read line by line: no page is so long, and trying every join is slow."""


@dataclass(frozen=True)
class Piece:
    """A sentence's text, folded and with straight quotation marks; `opens` where it begins a line."""

    text: str
    opens: bool

    @property
    def ended(self) -> bool:
        """Whether it has the full stop or colon that a heading lacks."""
        return ENDED.search(self.text) is not None

    @property
    def mark(self) -> re.Match[str] | None:
        """The mark of a list's item that it begins with: group 1 a number, or group 2 a letter."""
        return MARK.match(self.text)


def normalised(text: str) -> str:
    """The text with each run of white space as one space, none at the ends, and straight quotation marks."""
    return " ".join(text.split()).translate(STRAIGHT)


def fingerprint(text: str) -> str:
    """Sixteen hexadecimal digits that stand for the normalised text; case and punctuation count."""
    return sha256(normalised(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def pieces(text: str, known: Container[str] = frozenset()) -> Iterator[Piece]:
    """Every sentence, heading and label of a text, in order; nothing is left out but white space.

    `known` holds fingerprints of sentences to be recognised however their lines are wrapped.
    """
    yield from _joined(_cut(text), known)


def _cut(text: str) -> list[Piece]:
    """The text cut at each line's and each sentence's end. An empty piece stands for a blank line."""
    found: list[Piece] = []
    for line in text.splitlines():
        opens = True
        for words in BREAK.split(normalised(line)):
            if found and found[-1].text and MARK.fullmatch(found[-1].text):  # a mark belongs to what it marks
                mark = found.pop()
                words, opens = f"{mark.text} {words}".strip(), mark.opens
            found.append(Piece(words, opens))
            opens = False
    return found


def _joined(cut: list[Piece], known: Container[str]) -> Iterator[Piece]:
    """The pieces, with sentences that were wrapped over lines made whole; blank lines left out."""
    at, most = 0, MOST_LINES if len(cut) <= MOST_WRAPPED else 1
    while at < len(cut):
        if not cut[at].text:
            at += 1
            continue
        lines = _known_lines(cut[at : at + most], known) or _running_on(cut, at)
        yield Piece(" ".join(piece.text for piece in cut[at : at + lines]), cut[at].opens)
        at += lines


def _known_lines(cut: list[Piece], known: Container[str]) -> int:
    """How many pieces from the first on make a known sentence; 0 where none do."""
    words = ""
    for count, piece in enumerate(cut, 1):
        if not piece.text:
            break
        words = f"{words} {piece.text}"
        if fingerprint(words) in known:
            return count
    return 0


def _running_on(cut: list[Piece], at: int) -> int:
    """How many pieces from `at` look like one sentence, which is not known: it goes on in lower case."""
    end = at + 1
    while end < len(cut) and RUNS_ON.match(cut[end].text) and not cut[end - 1].ended:
        end += 1
    return end - at
