"""For a group: the slides of a case, the address of the set for phones in the room, and the codes that pairs compare."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from explorer.links.browser_address import CASE_PARAM, MINE_PARAM, PARTNER_PARAM, SET_PARAM
from explorer.markup.words import literal
from explorer.pages.practice.session import OpenSet
from explorer.pages.practice.sets import only_case, whole_query
from explorer.pages.shell import page_link
from explorer.server.lan_link import QR_ALT, LanLink, lan_link_to, qr_image
from pathway.practice.decision_code import LONGEST_PASTE, decision_code
from pathway.practice.practice import the_practice

QR_WIDTH = 300
"""Pixels: the largest code has 125 squares a side, and each is still wider than two."""
BY_HASH = "h."
"""Begins the name of a set that was opened as a file: its hash follows."""
TOO_LONG = "This case is too long for a link. Send the set as a file, and open it in each browser."
PAIRS = (
    "In a pair, both decide, each in their own browser. Then each reads out this code, or sends it. Compare shows both "
    "decisions side by side."
)


def group_section(current: OpenSet, number: int) -> None:
    """What a group needs of the case that is shown."""
    with st.expander("For a group"):
        place = shared_place(current, number)
        if place is None:
            st.markdown(TOO_LONG)
        else:
            st.markdown("Slides show the case, let the room decide, and then show the answer.")
            st.link_button("Slides of this case", f"./present?{place}")
            if st.toggle("Show the address for phones in the room, as a QR code"):
                _room(room_link(place))
        _pairs(current, number)


def set_name(current: OpenSet) -> str:
    """The name of the set in a code: its query in the address, or the hash of a set that was opened as a file."""
    query = current.origin
    is_short = 0 < len(query) <= 200 and query == query.lower() and "_" not in query
    return query if is_short else f"{BY_HASH}{current.report.case_set.hash}"


def shared_place(current: OpenSet, number: int) -> str | None:
    """The query of an address that opens the case on another device: of its set, or of this case alone; None if too long."""
    case_set = current.report.case_set
    if current.origin:
        return urlencode({SET_PARAM: current.origin, CASE_PARAM: number})
    alone = whole_query(only_case(case_set, number))
    return urlencode({SET_PARAM: alone.encoded}) if alone else None


def room_link(place: str) -> LanLink:
    """The address of a case for phones in the room, with its QR code."""
    explore = (st.context.url or "").partition("?")[0].removesuffix("/").removesuffix("practice")
    return lan_link_to(f"practice?{place}", explore)


def _room(link: LanLink) -> None:
    """The QR code, the address as text, and where it works."""
    if link.address and (image := qr_image(link.address)):
        st.image(image, width=QR_WIDTH, alt=QR_ALT)
    if link.address:
        st.code(link.address, language=None, wrap_lines=True)
    st.markdown(literal(link.note))


def _pairs(current: OpenSet, number: int) -> None:
    """My code, once the case is decided, and a field for the partner's."""
    st.subheader("In pairs", anchor=False)
    mine = decision_code(set_name(current), current.report, number, the_practice())
    if mine is None:
        st.markdown("Once this case is decided, its code is shown here.")
        return
    st.markdown(PAIRS)
    st.code(mine, language=None, wrap_lines=True)
    key = f"partner {current.report.case_set.hash} {number}"
    theirs = st.text_input("My partner's code or link", key=key, max_chars=LONGEST_PASTE)
    page_link("compare", literal("Compare both decisions"), **{MINE_PARAM: mine, PARTNER_PARAM: theirs.strip()})
