"""One run of Explore: from the address, or from the last message, to the page that is sent to the browser."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import streamlit as st

from explorer.instrument.component import KEY, mount
from explorer.instrument.messages import receive
from explorer.instrument.session import Address, Session
from explorer.links.address import state_from_link
from explorer.links.browser_address import COMPARE_PARAM, SCENARIO_PARAM, here
from explorer.markup.html import Html
from explorer.markup.parts import PageParts, patch_message, single_part_page
from explorer.pages.explore.drawers import drawer, drawer_content
from explorer.pages.explore.frame import NOTHING_STORED, PAGE_FAILED, error_page
from explorer.pages.explore.layout import explore
from explorer.pages.explore.view import View, view_of
from explorer.pages.knowledge_errors import KNOWLEDGE_UNUSABLE, knowledge_errors
from explorer.server.log import log_error
from pathway import Unusable

SESSION = "session"


def session() -> Session:
    """This tab's session."""
    current: Session = st.session_state.setdefault(SESSION, Session())
    return current


def explore_page() -> None:
    """Show Explore; where it can't be shown, a page that says why in plain words."""
    current = session()
    address = here() if current.address is None else current.address
    current.address = None
    try:
        view = _view(address, current)
        page = explore(view).with_part("drawer", _drawer(view, current.drawer))
        _send(page, current, address, view.token)
    except Unusable as error:
        lines = knowledge_errors(error.faults)
        _send(single_part_page(error_page(KNOWLEDGE_UNUSABLE, lines)), current, address)
    except Exception as error:  # any exception: the page says what to do, the log has the traceback
        log_error("a page could not be shown", error)
        _send(single_part_page(error_page(PAGE_FAILED, NOTHING_STORED)), current, address)


def _view(address: Address, current: Session) -> View:
    link = address.get(SCENARIO_PARAM, "")
    state, link_message = state_from_link(link)
    message = current.message_for(link) or link_message
    session_context = {
        "undo": current.undo, "skipped": current.skipped, "previously_relevant": current.previously_relevant,
        "compare_link": address.get(COMPARE_PARAM, ""), "pending_work": current.work,
    }  # fmt: skip
    view = view_of(state, message, **session_context)
    current.previously_relevant |= view.relevant_findings
    return view


def _drawer(view: View, name: str) -> Html:
    return drawer(name, drawer_content(view, name, st.context.url)) if name else Html("")


def _send(page: PageParts, current: Session, address: Address, token: str = "") -> None:
    """Send only the changed parts if the browser confirmed the previous page; otherwise the whole page."""
    base = current.number if current.confirmed == current.number else 0
    patch = patch_message(page, current.sent, current.number + 1, base)
    current.number, current.sent, current.confirmed = current.number + 1, page.fingerprints, 0
    mount({"session": current.name, "ack": current.applied, "address": address, "token": token, **patch}, _on_message)


def _on_message() -> None:
    component = st.session_state.get(KEY)
    if component is not None and component.message is not None:
        receive(component.message, session())
    if session().clears:
        session().clears = False
        forget_other_pages(st.session_state)


def forget_other_pages(kept: MutableMapping[Any, Any]) -> None:
    """Forget whatever another page keeps in the session, such as a report on practice or the people of a sheet."""
    for key in [key for key in kept if key not in (SESSION, KEY)]:
        del kept[key]
