"""A page as it is sent: a frame with places in it, and what belongs in each; the browser redoes only what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from explorer.markup.html import Html, el

Prints = Mapping[str, int]
"""Of each part, something short by which to see whether it is still the same."""
FRAME = "frame"


@dataclass(frozen=True)
class PageParts:
    """A frame, and the part that belongs in each of its places."""

    frame: Html
    parts: Mapping[str, Html]

    @property
    def named(self) -> Iterator[tuple[str, Html]]:
        """Everything that is sent, the frame first."""
        yield FRAME, self.frame
        yield from self.parts.items()

    @property
    def fingerprints(self) -> Prints:
        """The print of everything that is sent."""
        return {name: hash(html) for name, html in self.named}

    def changed_since(self, before: Prints) -> dict[str, str]:
        """What is not as it was, and an empty part where there is none any more."""
        gone = (name for name in before if name != FRAME and name not in self.parts)
        return {**dict.fromkeys(gone, ""), **{name: html for name, html in self.named if before.get(name) != hash(html)}}

    def assembled(self) -> Html:
        """Frame and parts in one, as the browser puts them together."""
        found = str(self.frame)
        for name, html in self.parts.items():  # what holds further places comes before what belongs in them
            before, here, after = found.partition(f' data-part="{name}">')
            found = before + here + html + after
        return Html(found)


def slot(name: str, tag: str = "div", class_: str = "place") -> Html:
    """Where a part belongs. Of the class `place` it has no box of its own; of another it has, and the part's name as its id."""
    return el(tag, id=name if class_ != "place" else None, class_=class_, data_part=name)


def single_part_page(html: Html) -> PageParts:
    """A page that is one part."""
    return PageParts(slot("page"), {"page": html})


def patch_message(page: PageParts, before: Prints, number: int, base: int) -> dict[str, Any]:
    """The message for the browser: against what it has (`base`), or all of it (0)."""
    return {"number": number, "base": base, "parts": page.changed_since(before if base else {})}
