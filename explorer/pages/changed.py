"""The page What changed: the changes of the knowledge, their reasons and sources, and the scenarios with another result."""

from __future__ import annotations

import streamlit as st

from explorer.links.address import codes, scenarios
from explorer.links.browser_address import SCENARIO_PARAM
from explorer.markup.html import el, join
from explorer.pages.explore.evidence import source_link
from explorer.pages.explore.view import View
from explorer.pages.shell import page_link, query
from pathway.knowledge.what_changed import KnowledgeChange, load_what_changed
from pathway.phrases import day
from pathway.scenarios.walk import new_walk


def changed_page(view: View) -> None:
    """The page."""
    edition = view.result.knowledge
    st.html(el("p", "This edition: ", edition.edition, ". Knowledge version ", el("code", edition.hash), "."))
    for number, entry in enumerate(load_what_changed(view.knowledge)):
        st.header(day(entry.on), anchor=False)
        _entry(view, entry, number)


def _entry(view: View, entry: KnowledgeChange, number: int) -> None:
    named = [source_link(name, view.knowledge.sources[name].title, query()) for name in entry.sources]
    sources = el("p", "Sources: ", join([["; " if at else "", link] for at, link in enumerate(named)])) if named else None
    answered = "Answered differently since then:" if entry.scenarios else "No bundled case is answered differently."
    st.html(
        el(
            "article",
            el("ul", [el("li", what) for what in entry.what]),
            el("p", el("b", "Why: "), entry.why),
            sources,
            el("p", answered),
        )
    )
    if entry.scenarios:
        _cases(entry, number)


def _cases(entry: KnowledgeChange, number: int) -> None:
    with st.container(key=f"links-{number}", gap="xsmall"):
        for name in entry.scenarios:
            scenario = scenarios()[name]
            page_link("", scenario.title, **{SCENARIO_PARAM: codes().encode(new_walk(scenario.answers))})
