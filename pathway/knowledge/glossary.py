"""Finds glossary terms in a text. The pages that explain terms and the check of the glossary both use it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from pathway.knowledge.models import Term


class Glossary:
    """The terms of one knowledge base, searchable by form."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)

    @cached_property
    def by_form(self) -> dict[str, Term]:
        """The term for each of its written forms."""
        return {folded(form): term for term in self.terms for form in term.words}

    @cached_property
    def _form(self) -> re.Pattern[str]:
        """A pattern for any form as whole words, longest first. A hyphen belongs to its word; no forms match nothing."""
        longest = sorted(self.by_form, key=len, reverse=True)
        forms = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest) or "(?!)"
        return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)

    def pieces(self, text: str) -> Iterator[tuple[str, Term | None]]:
        """Split a text into pieces: each form with its term, the text between with None. Joined, the pieces are the text."""
        end = 0
        for match in self._form.finditer(text):
            yield text[end : match.start()], None
            yield match[0], self.by_form[folded(match[0])]
            end = match.end()
        yield text[end:], None

    def forms_in(self, text: str) -> set[str]:
        """Return the forms that occur in a text."""
        return {folded(words) for words, term in self.pieces(text) if term}


def folded(form: str) -> str:
    """Normalise a form for comparison: lower case, on one line."""
    return " ".join(form.lower().split())
