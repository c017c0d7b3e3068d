"""Words as they stand on a page: with a capital, and counted."""

from __future__ import annotations


def capitalise(words: str) -> str:
    """With a capital at the start."""
    return words[:1].upper() + words[1:]


def pluralise(number: int, one: str, many: str = "") -> str:
    """`1 question`, `3 questions`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def shorten_list(words: tuple[str, ...], most: int = 3) -> str:
    """The first of them, and how many more there are; what decides the route decides the rest with it."""
    shown = words[: 1 if words[0] == "the route" else most]
    return ", ".join(shown) + (f" and {pluralise(len(words) - len(shown), 'other')}" if len(words) > len(shown) else "")
