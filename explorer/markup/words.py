"""Helpers for words on a page: capitals, plurals and shortened lists."""

from __future__ import annotations

import re


def capitalise(words: str) -> str:
    """The words with a capital at the start."""
    return words[:1].upper() + words[1:]


def pluralise(number: int, singular: str, plural: str = "") -> str:
    """`1 question`, `3 questions`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def shorten_list(words: tuple[str, ...], most: int = 3) -> str:
    """The first of the words, and how many more there are."""
    first = words[:most]
    return ", ".join(first) + (f" and {pluralise(len(words) - len(first), 'other')}" if len(words) > len(first) else "")


def literal(words: str) -> str:
    """The words for Streamlit's Markdown, where they must not become anything else than text."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(words.split()))
