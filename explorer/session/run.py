"""One Streamlit run: from the address to the page that is sent to the browser."""

from __future__ import annotations

from collections.abc import Callable
from random import randrange

import streamlit as st

from explorer.links.address import PARAMETER, state_from_link, view_of
from explorer.links.browser_address import COMPARE_PARAM, others, pop_address, token
from explorer.pages.atlas import atlas_page
from explorer.pages.compare import compare_page
from explorer.pages.explore.drawers import drawer_content
from explorer.pages.explore.frame import NAME, PAGE_TITLES, error_page
from explorer.pages.explore.layout import explore
from explorer.pages.explore.view import View
from explorer.pages.rules import rules_page
from explorer.pages.shell import PAGES
from explorer.pages.source import source_page
from explorer.server.log import log_error
from explorer.session.component import mount
from explorer.session.handle_events import on_event
from explorer.session.messages import current_message
from explorer.session.page_parts import PageParts, patch_message, single_part_page
from explorer.session.session_actions import forget_scenario
from pathway import Unusable
from pathway.errors import summary_lines

NATIVE_PAGES = {"compare": compare_page, "atlas": atlas_page, "rules": rules_page, "source": source_page}
"""The pages that Streamlit's own elements make; Explore is sent to the component."""


def show() -> None:
    """Run the page that the address names; an error page where it can't be shown."""
    st.set_page_config(page_title=NAME, layout="wide", initial_sidebar_state="collapsed")
    pages = {
        name: st.Page(NATIVE_PAGES.get(name, _explore_page), title=title, url_path=name, default=not name)
        for name, title in PAGE_TITLES.items()
    }
    st.session_state[PAGES] = pages
    here = st.navigation(list(pages.values()), position="hidden")
    requested = st.session_state.pop("go", None)
    if requested in pages and pages[requested] is not here:
        st.switch_page(pages[requested], query_params={**others(), **pop_address()})
    if here.url_path in NATIVE_PAGES:
        forget_scenario()  # its links may lead to another scenario, where nothing was skipped
        here.run()
        return
    with st.container(key="sent"):
        here.run()


@st.fragment  # after an event only this runs: the list of pages is not sent again
def _explore_page() -> None:
    if "go" in st.session_state:
        st.rerun()
    try:
        _run_explore()
    except Unusable as error:
        lines = ["The knowledge in data/ has errors. `pathway check` lists them all.", *summary_lines(error.faults)]
        _send_error_page("The knowledge can’t be used", lines)
    except Exception as error:  # any exception: the page says what to do, the log has the traceback
        log_error("a page could not be shown", error)
        _send_error_page(
            "This page can’t be shown", ["Something went wrong here. Nothing was stored.", "Starting again usually helps."]
        )


def _run_explore() -> None:
    state, message = state_from_link(token(PARAMETER))
    session = st.session_state
    context = {
        "skipped": frozenset(session.get("skipped", ())),
        "previously_relevant": session.get("seen", frozenset()),
        "compare_link": token(COMPARE_PARAM),
        "pending_work": session.get("work", ""),
    }
    view = view_of(state, current_message() or message, **context)
    session["seen"] = view.previously_relevant | view.relevant_findings
    _send(explore(view), "explore", view.token, _drawer(view), on_event)


def _send(page: PageParts, name: str, link: str, drawer: dict[str, str] | None, on_event: Callable[[], None]) -> None:
    """Send only the changed parts if the browser confirmed the previous page; otherwise the whole page."""
    # A random start, so that two sessions hardly ever share numbers.
    number, before = st.session_state.get("sent", (randrange(2**40), {}))
    base = number if st.session_state.pop("have", 0) == number else 0
    st.session_state["sent"] = (number + 1, page.fingerprints)
    envelope = {"drawer": drawer, "page": name, "shown": link, "ack": st.session_state.get("ack", 0), "address": pop_address()}
    mount({**envelope, **patch_message(page, before, number + 1, base)}, on_event)


def _send_error_page(title: str, lines: list[str]) -> None:
    _send(single_part_page(error_page(title, lines)), "calm", "", None, _nothing)


def _drawer(view: View) -> dict[str, str] | None:
    name = str(st.session_state.get("open", ""))
    return {"name": name, "html": drawer_content(view, name, st.context.url)} if name else None


def _nothing() -> None:
    """The callback of an error page, which has no actions."""
