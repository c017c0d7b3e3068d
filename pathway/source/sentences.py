"""A page's text as sentences, each with its place, whatever the white space, line breaks and quotation marks.

A heading, an item's label ("Stretching:") and a line of an address are sentences too: no piece of text is left out.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Annotated

from pydantic import AfterValidator, Field

from pathway.model import FrozenModel
from pathway.source.fragments import Piece, fingerprint, pieces
from pathway.yaml.validation import matching

WORD = r"^[a-z0-9]+([-_][a-z0-9]+)*$"
Word = Annotated[str, AfterValidator(matching(WORD, "must be small letters and digits, joined by hyphens"))]
Item = Annotated[str, AfterValidator(matching(WORD, "must be heading, intro, closing or an item's mark, such as 4b"))]


class Place(FrozenModel):
    """Where on a page a sentence stands; `part` only where one sentence says several things.

    `item` is `heading`, `intro` (before the list), an item's own mark (`4`, `4b`), or `closing` (after the list).
    `sentence` counts from 1 in the item; 0 is the item's own label or heading.
    """

    section: Word
    item: Item
    sentence: int = Field(ge=0, strict=True)
    part: int | None = Field(default=None, ge=1, strict=True)

    @property
    def whole(self) -> Place:
        """The place of the sentence that this is a part of."""
        return self.model_copy(update={"part": None})

    def __str__(self) -> str:
        if self.item == "heading":
            return f"{self.section}, heading"
        part = "" if self.part is None else f", part {self.part}"
        return f"{self.section} {self.item}, {f'sentence {self.sentence}' if self.sentence else 'label'}{part}"


@dataclass(frozen=True)
class Sentence:
    """A sentence of a copy: where it stands, its text, and the fingerprint by which the ledger knows it."""

    place: Place
    text: str
    fingerprint: str


def sentences(text: str, sections: Sequence[str] = (), known: Container[str] = frozenset()) -> tuple[Sentence, ...]:
    """Every sentence of a page, in reading order.

    `sections` names its sections in order; `known` holds fingerprints of sentences to recognise however wrapped.
    """
    reading = _Reading(sections)
    found = list(pieces(text, known))
    return tuple(
        Sentence(reading.place(piece, then), piece.text, fingerprint(piece.text)) for piece, then in zip_longest(found, found[1:])
    )


class _Reading:
    """Where reading has come to, by the marks and headings passed so far."""

    def __init__(self, sections: Sequence[str]) -> None:
        self.sections, self.section = sections, -1
        self.number, self.item, self.sentence = "", "intro", 0

    def place(self, piece: Piece, then: Piece | None) -> Place:
        if self.section < 0 or _heads(piece, then):
            self.begin()
            if not piece.mark and not piece.ended:
                return Place(section=self.name, item="heading", sentence=0)
        self.move(piece)
        label = piece.mark is not None and piece.text.endswith(":")
        self.sentence += not label
        return Place(section=self.name, item=self.item, sentence=0 if label else self.sentence)

    @property
    def name(self) -> str:
        return self.sections[self.section] if self.section < len(self.sections) else f"section-{self.section + 1}"

    def begin(self) -> None:
        self.section += 1
        self.number = ""
        self.enter("intro")

    def move(self, piece: Piece) -> None:
        if mark := piece.mark:
            self.number = mark[1] or self.number
            self.enter(mark[1] or self.number + mark[2])
        elif piece.opens and self.item not in ("intro", "closing"):
            self.enter("closing")

    def enter(self, item: str) -> None:
        self.item, self.sentence = item, 0


def _heads(piece: Piece, then: Piece | None) -> bool:
    """A heading has neither mark nor full stop, and full sentences follow it."""
    if then is None or piece.mark or piece.ended or not piece.opens:
        return False
    return then.ended and not then.mark
