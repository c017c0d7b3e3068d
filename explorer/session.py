"""One run of one session: what was done, the state in the address, its result, and the page that shows it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import randrange

import streamlit as st

import pathway
from explorer import explore, rules, source
from explorer.address import PARAMETER, codes, in_address, read, scenarios, viewed
from explorer.aside import ASIDE
from explorer.atlas import atlas
from explorer.atlas_asked import PARAMETER as ASKED
from explorer.atlas_asked import asked_in
from explorer.compare import compare
from explorer.component import KEY, mount
from explorer.drawers import opened
from explorer.events import Event, Events, sent_in
from explorer.frame import NAME, PAGES, calm
from explorer.page import Page, as_sent, whole_page
from explorer.state import State
from explorer.token import BadLink
from explorer.view import View
from explorer.whereabouts import OTHER, led_before, led_here, left, sent_from, token, write
from pathway import Fault, Unusable
from pathway.faults import listing

MOST_FAULTS = 5
"""Of a file that is all wrong: what is said of it stands above the page."""


def show() -> None:
    """Shows the page that the address names, or a calm message where it can't be shown."""
    st.set_page_config(page_title=NAME, layout="wide", initial_sidebar_state="collapsed")
    pages = {name: st.Page(_shown(name), title=title, url_path=name, default=not name) for name, title in PAGES.items()}
    here = st.navigation(list(pages.values()), position="hidden")
    go = st.session_state.pop("go", None)
    if go in pages and pages[go] is not here:
        st.switch_page(pages[go], query_params=left())
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
            lines = ["The knowledge in data/ has faults. `pathway check` lists them all.", *listing(error.faults)]
            _calmly("The knowledge can’t be used", lines)
        except Exception:  # whatever it is, a person sees what to do, and the server's log says what it was
            logging.getLogger(__name__).exception("a page could not be shown")
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
        "base": kept.get("base"),
        "against": token(OTHER),
        "working": kept.get("work", ""),
    }
    view = viewed(state, kept.pop("message", "") or message, **aside)
    kept["seen"], kept["base"] = view.seen | view.mattering, view.scenario or view.base
    _mount(LAID_OUT[name](view), name or "explore", view.token, _drawer(view), _happened)


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
        other = viewed(read(against)[0]) if against else None
    except BadLink as error:
        view, other = replace(view, message=f"What this was compared with can’t be read: {error}."), None
    return whole_page(compare(view, other))


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


def _happened() -> None:
    """Takes what was done in the browser, in the order in which it was done."""
    told = st.session_state.get(KEY)
    if told is None or told.event is None:
        return  # it came from a page that was left meanwhile: the browser sends it again, from the one that is shown
    sent = sent_in(told.event)
    st.session_state["have"] = sent.have
    if sent.number <= st.session_state.get("ack", 0):
        led_before()
        return  # it was sent again, and had come already
    sent_from(sent.at)
    st.session_state["ack"] = sent.number
    before, _ = in_address(token(PARAMETER))
    state, acting = before, Events(pathway.load(), scenarios())
    for event in sent.events:
        state = _after(state, event, acting)
    # A link that can't be used stays, with what is said of it, until something is done to the scenario.
    if state != before or (state == State() and any(str(event.get("do")) in acting.doing for event in sent.events)):
        write(PARAMETER, codes().written(state))
    led_here()


def _after(state: State, event: Event, acting: Events) -> State:
    do = str(event.get("do"))
    try:
        if do in ASIDE:
            ASIDE[do](event)
        return acting.applied(state, event)
    except Unusable as error:
        st.session_state["message"] = _said(error.faults)
    except Exception:  # Streamlit would put its own words where the page was
        logging.getLogger(__name__).exception("what was done could not be taken")
        st.session_state["message"] = "Something went wrong here, and this was not done. Nothing was stored."
    return state


def _said(faults: Sequence[Fault]) -> str:
    more = len(faults) - MOST_FAULTS
    return " ".join([*(fault.says for fault in faults[:MOST_FAULTS]), *([f"And {more} more."] if more > 0 else [])])


def _nothing() -> None:
    """Nothing can be done on a page that only says what is wrong."""
