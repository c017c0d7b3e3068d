"""The references of a slide: each source that it cites, once, with the places in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from explorer.pages.explore.view import View
from pathway.explanation.english import assumption_label
from pathway.explanation.result import Caution, Citation, Note, Reason, RedFlagResult
from pathway.explanation.wording import Wording
from pathway.phrases import sentence_case


class Reference(NamedTuple):
    """A source, with the evidence level where the original was not read; and a place in it."""

    source: str
    place: str = ""


def rule_references(view: View, entry: Reason | Caution | RedFlagResult) -> tuple[Reference, ...]:
    """What a rule rests on: its assumption, or that it has no source; then its citations."""
    assumed = [Reference(f"Our assumption: {assumption_label(entry.assumption, view.knowledge)}")] if entry.assumption else []
    assumed += [Reference(view.title(entry.basis))] if entry.basis == "unsourced" else []
    return (*assumed, *citation_references(view, entry.citations))


def citation_references(view: View, citations: Iterable[Citation]) -> tuple[Reference, ...]:
    """The places that are cited."""
    return tuple(Reference(_source(view, citation), _place(view, citation)) for citation in citations)


def note_references(view: View, note: Note) -> Reference:
    """A guideline's recommendation, with its edition."""
    return Reference(f"{note.publisher} {note.edition}{_level(view, note.checked)}", note.number or "")


def doubts(view: View, entry: Reason | RedFlagResult) -> Iterable[str]:
    """Sentences that say where sources differ, and which part has no named source."""
    return Wording(view.knowledge).doubts(entry)


def line(references: Iterable[Reference]) -> str:
    """All references in a line: each source once, with its places."""
    places: dict[str, dict[str, None]] = {}
    for reference in references:
        places.setdefault(reference.source, {})[reference.place] = None
    return "; ".join(": ".join(filter(None, (source, ", ".join(filter(None, at))))) for source, at in places.items())


def _place(view: View, citation: Citation) -> str:
    """The place that is cited; of the page only the paragraph, which holds the sentences."""
    return citation.locator.partition(",")[0] if _is_page(view, citation) else citation.locator


def _is_page(view: View, citation: Citation) -> bool:
    return citation.source_id == view.knowledge.ledger.source


def _source(view: View, citation: Citation) -> str:
    name = sentence_case(view.page_name) if _is_page(view, citation) else f"{citation.publisher} ({citation.source_id})"
    return f"{name}{_level(view, citation.checked)}"


def _level(view: View, checked: str) -> str:
    return "" if checked == "primary" else f" ({view.title(checked)})"
