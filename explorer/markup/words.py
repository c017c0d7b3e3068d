"""Helpers for words on a page: shortened lists, and text escaped for Markdown."""

from __future__ import annotations

import re

from pathway.phrases import pluralise


def shorten_list(words: tuple[str, ...], most: int = 3) -> str:
    """The first `most` words and a count of the rest, as in `a, b, c and 2 others`."""
    first = words[:most]
    return ", ".join(first) + (f" and {pluralise(len(words) - len(first), 'other')}" if len(words) > len(first) else "")


def literal(words: str) -> str:
    """The words escaped for Streamlit's Markdown, so that it shows them as they are; a run of white space becomes one space."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(words.split()))
