"""A slide, and what fits on one: blocks of text are counted in lines, and put on as many slides as they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from math import ceil

from explorer.markup.html import Html, el
from explorer.present.references import Reference, line

WIDTH = 98
"""Characters in a line of a slide."""
LINES_PER_SLIDE = 15.0
"""Lines of a slide below its title. present.css scales all type with the window, so that it is the same on every wall."""
GAP = 0.45
"""Lines between two paragraphs."""
REFERENCES_WIDTH, REFERENCES_HEIGHT = 165, 0.62
"""Characters in a line of references, and its height in lines."""
LARGER = 1.3
"""How much larger the type of a slide is that has little on it."""


@dataclass(frozen=True)
class Block:
    """Markup that stays together on a slide, its height in lines, and what it rests on."""

    html: Html
    lines: float
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Slide:
    """A slide. `anchor`: the place in an address that opens it; `kind`: its class in present.css."""

    title: str
    blocks: tuple[Block, ...]
    above: str = ""
    """A line above the title: which visit it is."""
    anchor: str = ""
    kind: str = ""

    def html(self, number: int, total: int) -> Html:
        """The section of this slide."""
        rests_on = line(reference for block in self.blocks for reference in block.references)
        roomy = "roomy" if _height(self.blocks) * LARGER**2 <= LINES_PER_SLIDE else ""
        return el(
            "section",
            el("p", self.above, class_="above") if self.above else None,
            el("h2", self.title, id=self.anchor or None),
            el("div", *(block.html for block in self.blocks), class_="body"),
            el("p", f"References: {rests_on}.", class_="references") if rests_on else None,
            id=f"slide-{number}",
            class_=" ".join(filter(None, ("slide", self.kind, roomy))),
            tabindex="-1",
            aria_label=f"{number} of {total}: {self.title}",
        )


def paragraph(*words: str | Html, class_: str = "", size: float = 1.0, references: Iterable[Reference] = ()) -> Block:
    """A block of one paragraph. `size`: how large its type is, against that of the rest."""
    html = el("p", *words, class_=class_ or None)
    return Block(html, text_lines(html, size), tuple(references))


def together(*blocks: Block, class_: str = "block") -> Block:
    """Blocks that stay together."""
    references = tuple(reference for block in blocks for reference in block.references)
    return Block(el("div", *(block.html for block in blocks), class_=class_), sum(block.lines for block in blocks), references)


def text_lines(html: Html, size: float = 1.0) -> float:
    """The height of a paragraph, in lines of normal type."""
    return sum(ceil(len(_text(Html(line))) * size / WIDTH) for line in html.split("<br>")) * size + GAP


def _text(html: Html) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def slides(title: str, blocks: Iterable[Block], above: str = "", anchor: str = "", kind: str = "") -> list[Slide]:
    """As many slides as the blocks need; none without blocks. The title of several says which of them it is."""
    parts = _parts(blocks)
    names = [title] if len(parts) == 1 else [f"{title} ({number} of {len(parts)})" for number in range(1, len(parts) + 1)]
    return [
        Slide(name, tuple(part), above, anchor if number == 0 else "", kind)
        for number, (name, part) in enumerate(zip(names, parts, strict=True))
    ]


def _parts(blocks: Iterable[Block]) -> list[list[Block]]:
    parts: list[list[Block]] = []
    for block in blocks:
        if parts and _height([*parts[-1], block]) <= LINES_PER_SLIDE:
            parts[-1].append(block)
        else:
            parts.append([block])
    return parts


def _height(blocks: Sequence[Block]) -> float:
    references = line(reference for block in blocks for reference in block.references)
    return sum(block.lines for block in blocks) + ceil(len(references) / REFERENCES_WIDTH) * REFERENCES_HEIGHT
