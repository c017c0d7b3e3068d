"""What cites each source: rules, cautions, options, assumptions and texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import CitationRef
from pathway.model import FrozenModel

Kind = Literal["rule", "caution", "option", "assumption", "term", "safety net", "limits"]


class CitingEntry(FrozenModel):
    """An entry that cites a source: its kind, its id or name, and the place in the source."""

    kind: Kind
    name: str
    at: str


def citing_entries(knowledge: Knowledge) -> Mapping[str, tuple[CitingEntry, ...]]:
    """Return the entries that cite each source, by the source's id. The page is the source of its statements."""
    by_source: dict[str, dict[CitingEntry, None]] = {name: {} for name in knowledge.sources}
    for kind, name, cites in _citing(knowledge):
        for cite in cites:
            source, at = (knowledge.ledger.source, cite.statement) if cite.statement else (cite.source, cite.at)
            by_source.setdefault(str(source), {})[CitingEntry(kind=kind, name=name, at=str(at))] = None
    return {source: tuple(entries) for source, entries in by_source.items()}


def _citing(knowledge: Knowledge) -> Iterator[tuple[Kind, str, tuple[CitationRef, ...]]]:
    yield from (("rule", rule.id, rule.cites) for rule in knowledge.rules())
    for option in knowledge.options.values():
        positions = ((position.source, position.number or "silent", position.checked) for position in option.positions)
        yield "option", option.name, tuple(CitationRef(source=source, at=at, checked=level) for source, at, level in positions)
        yield "option", option.name, tuple(CitationRef(statement=name) for name in option.statements)
    yield from (("caution", caution.text, caution.cites) for caution in knowledge.cautions)
    yield from (("assumption", name, assumption.cites) for name, assumption in knowledge.assumptions.items())
    yield from (("term", term.words[0], term.cites) for term in knowledge.terms.values())
    yield "safety net", "the safety net", knowledge.frame.safety_net_cites
    yield "limits", "the limits of the page", knowledge.frame.limits_cites
