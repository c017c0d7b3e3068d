"""Splits a text into sentences at line ends and full stops, and rejoins sentences that were wrapped over lines."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from hashlib import sha256

STRAIGHT = str.maketrans("‘’“”", "''\"\"")
MARK = re.compile(r"(?:([0-9]{1,2})|([a-z]))\.(?= |$)")
"""The mark that begins a list item: `1.` or `a.`"""
TERMINATED = re.compile(r"[.!?:][\"')\]]?$")
BREAK = re.compile(r"(?:(?<=[.!?:])|(?<=[.!?:][\"')\]])) (?=[\"'(]?[A-ZÀ-Þ]|(?:[0-9]{1,2}|[a-z])\. )")
CONTINUES = re.compile(r"(?!(?:[0-9]{1,2}|[a-z])\.(?: |$))[(a-zß-ÿ]")
"""How a line begins that continues the sentence of the line before."""
MAX_LINES = 24
"""The lines over which a known sentence may be wrapped; enough for the longest at 20 columns."""
MAX_FRAGMENTS_TO_JOIN = 5_000
"""Lines and sentences of a text beyond which it is read line by line: no page is so long, and trying every join is slow."""


@dataclass(frozen=True)
class Fragment:
    """A sentence's text, normalised; `starts_line` says whether it begins a line."""

    text: str
    starts_line: bool

    @property
    def is_terminated(self) -> bool:
        """Whether it has the full stop or colon that a heading lacks."""
        return TERMINATED.search(self.text) is not None

    @property
    def mark(self) -> re.Match[str] | None:
        """The list mark that it begins with: group 1 is a number, or group 2 a letter."""
        return MARK.match(self.text)


def normalised(text: str) -> str:
    """Return the text with white space collapsed and trimmed, and straight quotation marks."""
    return " ".join(text.split()).translate(STRAIGHT)


def fingerprint(text: str) -> str:
    """Return sixteen hexadecimal digits of a hash of the normalised text; case and punctuation count."""
    return sha256(normalised(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fragments(text: str, known: Container[str]) -> Iterator[Fragment]:
    """Yield every sentence, heading and label of a text in order; only white space is left out.

    `known` holds the fingerprints of sentences to recognise however their lines are wrapped.
    """
    yield from _join_wrapped(_cut(text), known)


def _cut(text: str) -> list[Fragment]:
    """Split the text at the end of each line and sentence. An empty fragment marks a blank line."""
    cut: list[Fragment] = []
    for line in text.splitlines():
        starts_line = True
        for words in BREAK.split(normalised(line)):
            if cut and cut[-1].text and MARK.fullmatch(cut[-1].text):  # a mark belongs to what it marks
                mark = cut.pop()
                words, starts_line = f"{mark.text} {words}".strip(), mark.starts_line
            cut.append(Fragment(words, starts_line))
            starts_line = False
    return cut


def _join_wrapped(cut: list[Fragment], known: Container[str]) -> Iterator[Fragment]:
    """Yield the fragments, with wrapped sentences rejoined and blank lines left out."""
    at, most = 0, MAX_LINES if len(cut) <= MAX_FRAGMENTS_TO_JOIN else 1
    while at < len(cut):
        if not cut[at].text:
            at += 1
            continue
        lines = _known_lines(cut[at : at + most], known) or _continued_lines(cut, at)
        yield Fragment(" ".join(fragment.text for fragment in cut[at : at + lines]), cut[at].starts_line)
        at += lines


def _known_lines(cut: list[Fragment], known: Container[str]) -> int:
    """Return how many fragments from the first on make a known sentence; 0 where none do."""
    words = ""
    for count, fragment in enumerate(cut, 1):
        if not fragment.text:
            break
        words = f"{words} {fragment.text}"
        if fingerprint(words) in known:
            return count
    return 0


def _continued_lines(cut: list[Fragment], at: int) -> int:
    """Return how many fragments from `at` look like one unknown sentence, which continues in lower case."""
    end = at + 1
    while end < len(cut) and CONTINUES.match(cut[end].text) and not cut[end - 1].is_terminated:
        end += 1
    return end - at
