"""One Streamlit run: from the address to the page that is sent to the browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import randrange

import streamlit as st

from explorer.links.address import PARAMETER, read, state_from_link, view_of
from explorer.links.browser_address import COMPARE_PARAM, others, pop_address, token
from explorer.pages import rules, source
from explorer.pages.atlas import atlas
from explorer.pages.atlas_query import PARAMETER as ATLAS_PARAM
from explorer.pages.atlas_query import query_from_address
from explorer.pages.compare import compare
from explorer.pages.explore.drawers import drawer_content
from explorer.pages.explore.frame import NAME, PAGE_TITLES, error_page
from explorer.pages.explore.layout import explore
from explorer.pages.explore.view import View
from explorer.server.log import log_error
from explorer.session.component import mount
from explorer.session.handle_events import on_event
from explorer.session.messages import current_message, current_undo
from explorer.session.page_parts import PageParts, patch_message, single_part_page
from pathway import Unusable
from pathway.errors import summary_lines
from pathway.links.link import InvalidLink


def show() -> None:
    """Run the page that the address names; an error page where it can't be shown."""
    st.set_page_config(page_title=NAME, layout="wide", initial_sidebar_state="collapsed")
    pages = {
        name: st.Page(_page_function(name), title=title, url_path=name, default=not name) for name, title in PAGE_TITLES.items()
    }
    here = st.navigation(list(pages.values()), position="hidden")
    requested = st.session_state.pop("go", None)
    if requested in pages and pages[requested] is not here:
        st.switch_page(pages[requested], query_params={**others(), **pop_address()})
    with st.container(key="sent"):
        here.run()


def _page_function(name: str) -> Callable[[], None]:
    @st.fragment  # after an event only this runs: the list of pages is not sent again
    def page() -> None:
        if "go" in st.session_state:
            st.rerun()
        try:
            _run_page(name)
        except Unusable as error:
            lines = ["The knowledge in data/ has errors. `pathway check` lists them all.", *summary_lines(error.faults)]
            _send_error_page("The knowledge can’t be used", lines)
        except Exception as error:  # any exception: the page says what to do, the log has the traceback
            log_error("a page could not be shown", error)
            _send_error_page(
                "This page can’t be shown", ["Something went wrong here. Nothing was stored.", "Starting again usually helps."]
            )

    page.__name__ = name or "explore"
    return page


def _run_page(name: str) -> None:
    state, message = state_from_link(token(PARAMETER))
    session = st.session_state
    context = {
        "skipped": frozenset(session.get("skipped", ())),
        "previously_relevant": session.get("seen", frozenset()),
        "compare_link": token(COMPARE_PARAM),
        "pending_work": session.get("work", ""),
    }
    said = current_message()  # it forgets what is of another address, with its undo
    view = view_of(state, said or message, undo=current_undo(), **context)
    session["seen"] = view.previously_relevant | view.relevant_findings
    _send(PAGE_BUILDERS[name](view), name or "explore", view.token, _drawer(view), on_event)


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


def _compare_page(view: View) -> PageParts:
    against = token(COMPARE_PARAM)
    try:
        opened = read(against) if against else None
    except InvalidLink as error:
        return single_part_page(compare(replace(view, message=f"The scenario to compare with can’t be read: {error}."), None))
    if opened and opened.left_out:
        view = replace(view, message=f"{view.message} In the scenario to compare with: {opened.left_out}".strip())
    return single_part_page(compare(view, view_of(opened.state) if opened else None))


def _source_page(view: View) -> PageParts:
    return single_part_page(source.source_page(view, st.session_state.get("copy", "")))


def _atlas_page(view: View) -> PageParts:
    return atlas(view, query_from_address(token(ATLAS_PARAM), view.knowledge))


PAGE_BUILDERS: dict[str, Callable[[View], PageParts]] = {
    "": explore,
    "compare": _compare_page,
    "atlas": _atlas_page,
    "rules": lambda view: single_part_page(rules.rules(view)),
    "source": _source_page,
}


def _nothing() -> None:
    """The callback of an error page, which has no actions."""
