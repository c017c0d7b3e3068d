"""Helpers for words on a page: shortened lists, and text that Markdown leaves alone."""

from __future__ import annotations

import re

from pathway.phrases import pluralise


def shorten_list(words: tuple[str, ...], most: int = 3) -> str:
    """The first of the words, and how many more there are."""
    first = words[:most]
    return ", ".join(first) + (f" and {pluralise(len(words) - len(first), 'other')}" if len(words) > len(first) else "")


def literal(words: str) -> str:
    """The words for Streamlit's Markdown, where they must not become anything else than text."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(words.split()))
