"""Splits a page's text into sentences with their places, whatever the white space, line breaks and quotation marks.

A heading, an item's label ("Stretching:") and a line of an address count as sentences: no text is left out.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Annotated

from pydantic import AfterValidator, Field

from pathway.model import FrozenModel
from pathway.source.fragments import Fragment, fingerprint, fragments
from pathway.yaml.validation import matching

WORD = r"^[a-z0-9]+([-_][a-z0-9]+)*$"
Word = Annotated[str, AfterValidator(matching(WORD, "must be small letters and digits, joined by hyphens"))]
Item = Annotated[str, AfterValidator(matching(WORD, "must be heading, intro, closing or an item's mark, such as 4b"))]


class Place(FrozenModel):
    """The place of a sentence on the page; `part` only where one sentence makes several statements.

    `item` is `heading`, `intro` (before the list), an item's own mark (`4`, `4b`), or `closing` (after the list).
    `sentence` counts from 1 in the item; 0 is the item's own label or heading.
    """

    section: Word
    item: Item
    sentence: int = Field(ge=0, strict=True)
    part: int | None = Field(default=None, ge=1, strict=True)

    @property
    def whole(self) -> Place:
        """The place of the whole sentence, without the part."""
        return self if self.part is None else self.model_copy(update={"part": None})

    def __str__(self) -> str:
        if self.item == "heading":
            return f"{self.section}, heading"
        part = "" if self.part is None else f", part {self.part}"
        return f"{self.section} {self.item}, {f'sentence {self.sentence}' if self.sentence else 'label'}{part}"


@dataclass(frozen=True)
class Sentence:
    """A sentence of a copy: its place, its text, and its fingerprint, which the ledger knows it by."""

    place: Place
    text: str
    fingerprint: str


def sentences(text: str, sections: Sequence[str] = (), known: Container[str] = frozenset()) -> tuple[Sentence, ...]:
    """Return every sentence of a page, in reading order.

    `sections` names its sections in order; `known` holds the fingerprints of sentences to recognise however wrapped.
    """
    reader = _PageReader(sections)
    parts = list(fragments(text, known))
    return tuple(
        Sentence(reader.place(fragment, next_fragment), fragment.text, fingerprint(fragment.text))
        for fragment, next_fragment in zip_longest(parts, parts[1:])
    )


class _PageReader:
    """Tracks the place in the page by the marks and headings passed so far."""

    def __init__(self, sections: Sequence[str]) -> None:
        self.sections, self.section = sections, -1
        self.number, self.item, self.sentence = "", "intro", 0

    def place(self, fragment: Fragment, next_fragment: Fragment | None) -> Place:
        if self.section < 0 or _is_heading(fragment, next_fragment):
            self.begin()
            if not fragment.mark and not fragment.is_terminated:
                return Place(section=self.name, item="heading", sentence=0)
        self.move(fragment)
        label = fragment.mark is not None and fragment.text.endswith(":")
        self.sentence += not label
        return Place(section=self.name, item=self.item, sentence=0 if label else self.sentence)

    @property
    def name(self) -> str:
        return self.sections[self.section] if self.section < len(self.sections) else f"section-{self.section + 1}"

    def begin(self) -> None:
        self.section += 1
        self.number = ""
        self.enter("intro")

    def move(self, fragment: Fragment) -> None:
        if mark := fragment.mark:
            self.number = mark[1] or self.number
            self.enter(mark[1] or self.number + mark[2])
        elif fragment.starts_line and self.item not in ("intro", "closing"):
            self.enter("closing")

    def enter(self, item: str) -> None:
        self.item, self.sentence = item, 0


def _is_heading(fragment: Fragment, next_fragment: Fragment | None) -> bool:
    """Return whether this is a heading: it has neither mark nor full stop, and a full sentence follows it."""
    if next_fragment is None or fragment.mark or fragment.is_terminated or not fragment.starts_line:
        return False
    return next_fragment.is_terminated and not next_fragment.mark
