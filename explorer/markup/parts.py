"""A page as a frame with slots and the part for each, so that only changed parts are sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from explorer.markup.html import Html, el

Fingerprints = Mapping[str, int]
"""A fingerprint of each part, by name."""
FRAME = "frame"


@dataclass(frozen=True)
class PageParts:
    """The frame of a page, and the part for each of its slots."""

    frame: Html
    parts: Mapping[str, Html]

    @property
    def named(self) -> Iterator[tuple[str, Html]]:
        """Frame and parts with their names, the frame first."""
        yield FRAME, self.frame
        yield from self.parts.items()

    @property
    def fingerprints(self) -> Fingerprints:
        """The fingerprints of frame and parts."""
        return {name: hash(html) for name, html in self.named}

    def changed_since(self, before: Fingerprints) -> dict[str, str]:
        """The parts that changed since `before`; a removed part maps to an empty string."""
        gone = (name for name in before if name != FRAME and name not in self.parts)
        return {**dict.fromkeys(gone, ""), **{name: html for name, html in self.named if before.get(name) != hash(html)}}

    def with_part(self, name: str, html: Html) -> PageParts:
        """The page with one more part."""
        return PageParts(self.frame, {**self.parts, name: html})

    def assembled(self) -> Html:
        """The whole markup, assembled as the browser does."""
        text = str(self.frame)
        for name, html in self.parts.items():  # in nesting order: a part comes before the parts for its slots
            left, opening, right = text.partition(f' data-part="{name}">')
            text = left + opening + html + right
        return Html(text)


def slot(name: str, tag: str = "div", class_: str = "place") -> Html:
    """The element that a part goes into. Class `place` makes no box; another class makes one, with the part's name as id."""
    return el(tag, id=name if class_ != "place" else None, class_=class_, data_part=name)


def single_part_page(html: Html) -> PageParts:
    """A page with a single part."""
    return PageParts(slot("page"), {"page": html})


def patch_message(page: PageParts, before: Fingerprints, number: int, base: int) -> dict[str, Any]:
    """The message for the browser: the changes since page number `base`, or everything where `base` is 0."""
    return {"number": number, "base": base, "parts": page.changed_since(before if base else {})}
