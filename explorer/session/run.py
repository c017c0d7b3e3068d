"""One run of one session: what was done, the state in the address, its result, and the page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import randrange

import streamlit as st

from explorer.instrument import explore
from explorer.instrument.drawers import opened
from explorer.instrument.frame import NAME, PAGES, calm
from explorer.instrument.view import View
from explorer.links.address import PARAMETER, in_address, read, viewed
from explorer.links.browser_address import OTHER, left, others, token
from explorer.pages import rules, source
from explorer.pages.atlas import atlas
from explorer.pages.atlas_query import PARAMETER as ASKED
from explorer.pages.atlas_query import asked_in
from explorer.pages.compare import compare
from explorer.server.log import went_wrong
from explorer.session.component import mount
from explorer.session.handle_events import happened
from explorer.session.messages import said
from explorer.session.page_parts import Page, as_sent, whole_page
from pathway import Unusable
from pathway.errors import listing
from pathway.links.link import BadLink


def show() -> None:
    """Shows the page that the address names, or a calm message where it can't be shown."""
    st.set_page_config(page_title=NAME, layout="wide", initial_sidebar_state="collapsed")
    pages = {name: st.Page(_shown(name), title=title, url_path=name, default=not name) for name, title in PAGES.items()}
    here = st.navigation(list(pages.values()), position="hidden")
    go = st.session_state.pop("go", None)
    if go in pages and pages[go] is not here:
        st.switch_page(pages[go], query_params={**others(), **left()})
    with st.container(key="sent"):
        here.run()


def _shown(name: str) -> Callable[[], None]:
    @st.fragment  # after an event it runs alone: neither the list of pages nor anything else is sent again
    def page() -> None:
        if "go" in st.session_state:
            st.rerun()
        try:
            _page(name)
        except Unusable as error:
            lines = ["The knowledge in data/ has errors. `pathway check` lists them all.", *listing(error.faults)]
            _calmly("The knowledge can’t be used", lines)
        except Exception as error:  # whatever it is, a person sees what to do, and the server's log says where it was
            went_wrong("a page could not be shown", error)
            _calmly(
                "This page can’t be shown", ["Something went wrong here. Nothing was stored.", "Starting again usually helps."]
            )

    page.__name__ = name or "explore"
    return page


def _page(name: str) -> None:
    state, message = in_address(token(PARAMETER))
    kept = st.session_state
    aside = {
        "skipped": frozenset(kept.get("skipped", ())),
        "seen": kept.get("seen", frozenset()),
        "against": token(OTHER),
        "working": kept.get("work", ""),
    }
    view = viewed(state, said() or message, **aside)
    kept["seen"] = view.seen | view.mattering
    _mount(LAID_OUT[name](view), name or "explore", view.token, _drawer(view), happened)


def _mount(page: Page, name: str, shown: str, drawer: dict[str, str] | None, done: Callable[[], None]) -> None:
    """Sends what is not as the browser has it: all of it, unless the browser has just said what it has."""
    number, before = st.session_state.get("sent", (randrange(2**40), {}))  # so that no two sessions number alike
    base = number if st.session_state.pop("have", 0) == number else 0
    st.session_state["sent"] = (number + 1, page.prints)
    aside = {"drawer": drawer, "page": name, "shown": shown, "ack": st.session_state.get("ack", 0), "address": left()}
    mount({**aside, **as_sent(page, before, number + 1, base)}, done)


def _calmly(title: str, lines: list[str]) -> None:
    _mount(whole_page(calm(title, lines)), "calm", "", None, _nothing)


def _drawer(view: View) -> dict[str, str] | None:
    name = str(st.session_state.get("open", ""))
    return {"name": name, "html": opened(view, name, st.context.url)} if name else None


def _compared(view: View) -> Page:
    against = token(OTHER)
    try:
        opened = read(against) if against else None
    except BadLink as error:
        return whole_page(compare(replace(view, message=f"The scenario to compare with can’t be read: {error}."), None))
    if opened and opened.left_out:
        view = replace(view, message=f"{view.message} In the scenario to compare with: {opened.left_out}".strip())
    return whole_page(compare(view, viewed(opened.state) if opened else None))


def _sourced(view: View) -> Page:
    return whole_page(source.source(view, st.session_state.get("copy", "")))


def _mapped(view: View) -> Page:
    return atlas(view, asked_in(token(ASKED), view.knowledge))


LAID_OUT: dict[str, Callable[[View], Page]] = {
    "": explore.explore,
    "compare": _compared,
    "atlas": _mapped,
    "rules": lambda view: whole_page(rules.rules(view)),
    "source": _sourced,
}


def _nothing() -> None:
    """Nothing can be done on a page that only says what is wrong."""
