"""Terms in a text: where one stands that the glossary explains. What shows them and what checks them both read this."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from pathway.knowledge.models import Term


class Glossary:
    """The terms of one knowledge base, ready to be looked for."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)

    @cached_property
    def by_form(self) -> dict[str, Term]:
        """The term of each form in which one is written."""
        return {folded(form): term for term in self.terms for form in term.words}

    @cached_property
    def _form(self) -> re.Pattern[str]:
        """Any form, the longest first, as whole words; a hyphen belongs to its word, and none at all matches nothing."""
        longest = sorted(self.by_form, key=len, reverse=True)
        forms = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest) or "(?!)"
        return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)

    def pieces(self, text: str) -> Iterator[tuple[str, Term | None]]:
        """A text in pieces: each form with its term, and what stands between with None. Joined they are the text."""
        end = 0
        for found in self._form.finditer(text):
            yield text[end : found.start()], None
            yield found[0], self.by_form[folded(found[0])]
            end = found.end()
        yield text[end:], None

    def forms_in(self, text: str) -> set[str]:
        """The forms that stand in a text."""
        return {folded(words) for words, term in self.pieces(text) if term}


def folded(form: str) -> str:
    """A form as it is compared: in lower case, on one line."""
    return " ".join(form.lower().split())
