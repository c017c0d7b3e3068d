"""The address in the browser, as a run has it: what an event was sent from, and what becomes of it.

The browser itself writes it, once the page is painted: through Streamlit a click would take half as long again.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from explorer.links.address import PARAMETER
from explorer.pages.atlas_query import PARAMETER as ATLAS_PARAM
from pathway.links.token import single

COMPARE_PARAM = "t"
NAMES = (PARAMETER, COMPARE_PARAM, ATLAS_PARAM)
LONGEST = 20_000
KEY, LAST_ADDRESS = "whereabouts", "led"


def address() -> dict[str, str]:
    """What the address says: of an event, as it was when it was sent, with what was written since."""
    found = st.session_state.get(KEY)
    return {name: single(st.query_params.get_all(name)) for name in st.query_params} if found is None else dict(found)


def set_sender(query: str) -> None:
    """An event was sent from this address."""
    found = dict(parse_qsl(query[:LONGEST].lstrip("?"), max_num_fields=None))
    st.session_state[KEY] = {name: found[name] for name in NAMES if found.get(name)}


def token(name: str) -> str:
    """What the address says under a name."""
    return address().get(name, "")


def write(name: str, value: str) -> None:
    """Puts a value into the address, or takes it out."""
    kept = {other: found for other, found in address().items() if other in NAMES and other != name}
    st.session_state[KEY] = {**kept, name: value} if value else kept


def remember_address() -> None:
    """What was sent last has led to the address as it is now."""
    st.session_state[LAST_ADDRESS] = address()


def restore_address() -> None:
    """What was sent again leads where it led when it came first."""
    st.session_state[KEY] = st.session_state.get(LAST_ADDRESS, {})


def others() -> dict[str, list[str]]:
    """Parameters that are not ours, such as utm_source: they belong to whoever made the link, and stay."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in NAMES}


def pop_address() -> dict[str, str]:
    """The address at the end of a run, which is forgotten with this: the next run has its own."""
    found = address()
    st.session_state.pop(KEY, None)
    return {name: found[name] for name in NAMES if found.get(name)}
