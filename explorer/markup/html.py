"""HTML builders; every text that is not markup already is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

VOID = frozenset({"input", "br", "link", "meta"})


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Child = str | Html | None | Iterable["Child"]
Value = str | int | bool | None


def el(tag: str, *children: Child, **attributes: Value) -> Html:
    """An element. In attribute names `_` becomes `-`, and a final `_` is dropped; None and False leave the attribute out."""
    start = f"<{tag}{''.join(_attribute(name, value) for name, value in attributes.items())}>"
    return Html(start) if tag in VOID else Html(f"{start}{join(children)}</{tag}>")


def join(children: Child) -> Html:
    """The children in a row; texts are escaped."""
    match children:
        case None:
            return Html("")
        case Html():
            return children
        case str():
            return Html(escape(children))
        case _:
            return Html("".join(join(child) for child in children))


@lru_cache(maxsize=4096, typed=True)  # pages are laid out at every click, of the same attributes again and again
def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def on_lines(texts: Iterable[str]) -> Html:
    """Texts, each on a line of its own."""
    first, *others = texts
    return join([first, *([el("br"), text] for text in others)])


def heading(level: int, *words: Child, **attributes: str | None) -> Html:
    """A heading."""
    return el(f"h{level}", *words, **attributes)


def external_link(address: str | None, words: Child) -> Child:
    """A link to another site in a new tab, without a referrer; just the words without an address."""
    return el("a", words, href=address, target="_blank", rel="noreferrer noopener", class_="outside") if address else words


def items(children: Iterable[Child], tag: str = "ul", **attributes: str | None) -> Html:
    """A list; empty markup where there are no children."""
    entries = [el("li", child) for child in children]
    return el(tag, *entries, **attributes) if entries else Html("")


def disclosure(
    summary: Child, *body: Child, name: str = "", class_: str = "fold", wide: bool = False, start: bool = False
) -> Html:
    """A details element. `wide`: open at first on a wide screen; `start`: open at first everywhere."""
    head = el("summary", summary)
    return el("details", head, *body, id=name or None, class_=class_, data_wide=wide, open=start)
