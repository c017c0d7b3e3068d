"""The pages, their titles and addresses, and the way from one to another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from explorer.instrument.page import explore_page, session
from explorer.links.browser_address import here, others
from explorer.pages import about, atlas, changed, compare, population, rules, source, sources
from explorer.pages.practice.page import practice_page
from explorer.pages.shell import PAGES, show_page
from explorer.pages.titles import explorer_name, titles

NATIVE = {
    "compare": compare.compare_page,
    "atlas": atlas.atlas_page,
    "population": population.population_page,
    "practice": practice_page,
    "rules": rules.rules_page,
    "source": source.source_page,
    "sources": sources.sources_page,
    "about": about.about_page,
    "changed": changed.changed_page,
}
"""The pages that are made of Streamlit's own elements; Explore is a component."""


def show() -> None:
    """Run the page that the address names."""
    st.set_page_config(page_title=explorer_name(), layout="wide", initial_sidebar_state="collapsed")
    pages = {name: st.Page(_run(name), title=title, url_path=name, default=not name) for name, title in titles().items()}
    st.session_state[PAGES] = pages
    page = st.navigation(list(pages.values()), position="hidden")
    current = session()
    target, current.next_page = current.next_page, None
    if target in NATIVE:
        address, current.address = current.address, None
        current.forget_scenario()  # links on it may lead back to another page
        st.switch_page(pages[target], query_params={**others(), **(here() if address is None else address)})
    page.run()


def _run(name: str) -> Callable[[], None]:
    """The function that runs a page."""
    return partial(show_page, name, NATIVE[name]) if name in NATIVE else explore_page
