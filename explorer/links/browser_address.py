"""The address parameters during a run: where an event was sent from, and the address it leads to.

The browser itself writes it, once the page is painted: through Streamlit a click would take half as long again.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from explorer.links.address import PARAMETER
from explorer.pages.atlas_query import PARAMETER as ATLAS_PARAM
from pathway.links.token import single

COMPARE_PARAM = "t"
RULE_PARAM, STATEMENT_PARAM = "rule", "at"
"""The rule that the Rules page opens, and the statement that the Source page opens."""
NAMES = (PARAMETER, COMPARE_PARAM, ATLAS_PARAM, RULE_PARAM, STATEMENT_PARAM)
LONGEST = 20_000
KEY, LAST_ADDRESS = "address", "last_address"


def address() -> dict[str, str]:
    """The parameters: those the current event was sent from with later changes, else the browser's."""
    stored = st.session_state.get(KEY)
    return {name: single(st.query_params.get_all(name)) for name in st.query_params} if stored is None else dict(stored)


def set_sender(query: str) -> None:
    """Store the address that the current event was sent from."""
    query_values = dict(parse_qsl(query[:LONGEST].lstrip("?"), max_num_fields=None))
    st.session_state[KEY] = {name: query_values[name] for name in NAMES if query_values.get(name)}


def token(name: str) -> str:
    """The value of a parameter; empty where it is missing."""
    return address().get(name, "")


def write(name: str, value: str) -> None:
    """Set a parameter, or remove it with an empty value."""
    kept = {parameter: value_there for parameter, value_there in address().items() if parameter in NAMES and parameter != name}
    st.session_state[KEY] = {**kept, name: value} if value else kept


def remember_address() -> None:
    """Remember the address that the last event led to."""
    st.session_state[LAST_ADDRESS] = address()


def restore_address() -> None:
    """A resent event was already applied: restore the address that it led to the first time."""
    st.session_state[KEY] = st.session_state.get(LAST_ADDRESS, {})


def others() -> dict[str, list[str]]:
    """Parameters that are not ours, such as utm_source: they belong to whoever made the link, and stay."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in NAMES}


def pop_address() -> dict[str, str]:
    """Return the address at the end of a run and forget it: the next run has its own."""
    values = address()
    st.session_state.pop(KEY, None)
    return {name: values[name] for name in NAMES if values.get(name)}
