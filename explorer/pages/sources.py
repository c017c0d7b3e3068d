"""The Sources page: each source with its publisher, edition and address, how surely it is known, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import streamlit as st

from explorer.links.browser_address import RULE_PARAM, SOURCE_PARAM
from explorer.markup.html import Child, Html, el, external_link, items, join
from explorer.pages.explore.evidence import evidence_level, source_address
from explorer.pages.explore.view import View
from explorer.pages.shell import chosen, folded, page_link, query
from pathway.knowledge.cited_by import CitingEntry, Kind, citing_entries
from pathway.knowledge.models import Source
from pathway.phrases import pluralise, sentence_case

KINDS: dict[Kind, tuple[str, str]] = {
    "rule": ("rule", ""), "caution": ("caution", ""), "option": ("option", ""), "assumption": ("assumption", ""),
    "term": ("glossary entry", "glossary entries"), "safety net": ("the safety net", ""),
    "limits": ("the limits of the page", ""),
}  # fmt: skip
"""What each kind is called, and its plural where that is not with an s."""


def sources_page(view: View) -> None:
    """The page."""
    sources, citing = view.knowledge.sources, citing_entries(view.knowledge)
    seen_on = view.knowledge.frame.sources_seen
    st.markdown(f":small[{pluralise(len(sources), 'source')}. Their texts were last looked up on {seen_on}, in stored copies.]")
    titles = {name: f"{source.publisher}: {source.title}" for name, source in sources.items()}
    name = chosen("Open a source", titles, SOURCE_PARAM, "Any source")
    with st.container():  # there even if empty: what follows keeps its place
        if name:
            _opened_source(view, sources[name], citing[name])
    folded("All sources", *(_source(view, source, citing[source.id]) for source in sources.values()))


def _opened_source(view: View, source: Source, citing: tuple[CitingEntry, ...]) -> None:
    """The source that the address names, with links to the rules and to the places on the page that rest on it."""
    with st.expander(source.title, expanded=True), st.container(key="links", gap="xsmall"):
        st.html(_source(view, source, citing))
        for name in dict.fromkeys(entry.name for entry in citing if entry.kind == "rule"):
            page_link("rules", f"Rule {name}", **{RULE_PARAM: name})
        if source.id == view.knowledge.ledger.source:
            page_link("source", f"{sentence_case(view.page_name)}, sentence by sentence")


def _source(view: View, source: Source, citing: tuple[CitingEntry, ...]) -> Html:
    head = el("p", el("b", source.publisher), f": {source.title} ", el("code", source.id))
    body = [head, el("p", f"Edition: {source.edition}."), _address(view, source), _seen(view, source)]
    body += [el("p", source.note)] if source.note else []
    return el("article", *body, _citing(citing))


def _address(view: View, source: Source) -> Html:
    """The address, as a link; for a source without one, that nobody can check it."""
    if source.address:
        return el("p", source_address(view, source.address))
    if source.id == view.knowledge.ledger.source:
        return el("p", "No address: the page is known by the fingerprints of its sentences.")
    return el("p", evidence_level(view, "unsourced"), " It has no address.")


def _seen(view: View, source: Source) -> Child:
    """How surely the source is known at best, and in whose copy it was read; None where that is not recorded."""
    if source.seen_as is None:
        return None
    copy = source.copy_seen
    where = [" In a copy: ", external_link(copy.address, copy.by), "."] if copy else []
    return el("p", "At best: ", evidence_level(view, source.seen_as), *where)


def _citing(citing: tuple[CitingEntry, ...]) -> Html:
    """What rests on a source, kind by kind."""
    by_kind = groupby(sorted(citing, key=lambda entry: list(KINDS).index(entry.kind)), key=lambda entry: entry.kind)
    return join([el("p", "What rests on it:"), items(_kind(kind, list(entries)) for kind, entries in by_kind)])


def _kind(kind: Kind, entries: list[CitingEntry]) -> Html:
    places: dict[str, list[str]] = {}
    for entry in entries:
        places.setdefault(entry.name, []).append(entry.at)
    singular, plural = KINDS[kind]
    named = [join([_name(kind, name), f" ({'; '.join(at)})"]) for name, at in places.items()]
    if kind in ("safety net", "limits"):
        return el("span", sentence_case(singular), f" ({'; '.join(next(iter(places.values())))})")
    return el("span", f"{pluralise(len(named), singular, plural)}: ", *_separated(named))


def _name(kind: Kind, name: str) -> Child:
    if kind == "rule":
        return el("a", el("code", name), href=f"./rules?{query()}{RULE_PARAM}={name}")
    return name


def _separated(parts: list[Html]) -> Iterator[Child]:
    for number, part in enumerate(parts):
        yield from ("; " if number else None, part)
