"""What a session knows of practice: the set in hand, and what was done with it. Nothing of it is kept on the server."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from explorer.pages.practice.query import Query
from explorer.pages.practice.sets import set_of_query
from pathway.practice.feedback_words import Block
from pathway.practice.practice import the_practice
from pathway.practice.report import KIND, Report, opened_report
from pathway.yaml.document import decode_utf8, parse

KEY = "practice"


@dataclass
class InHand:
    """The report on the set in hand, where the set came from, and notes about it."""

    origin: str
    """The set's query in the address; empty for a set from a file."""
    report: Report
    notes: tuple[str, ...] = ()
    feedback: dict[tuple[str, int], tuple[Block, ...]] = field(default_factory=dict)
    """The feedback that was shown, by case and visit."""
    arrival: str = ""
    """The place that the next run brings into view: the answer that was just given, or the start of another case."""


def in_hand() -> InHand | None:
    """The set in hand in this session, if any."""
    hand: InHand | None = st.session_state.get(KEY)
    return hand


def take(query: Query) -> InHand:
    """Take the set of a query in hand, unless it is. Raises Unusable."""
    hand = in_hand()
    if hand is None or hand.origin != query.encoded:
        opened = set_of_query(query)
        hand = st.session_state[KEY] = InHand(query.encoded, Report(case_set=opened.case_set), opened.notes)
    return hand


def open_file(name: str, content: bytes) -> InHand:
    """Take in hand the set, or the report, in a file. Raises Unusable with every fault; then nothing changes."""
    text = decode_utf8(content, name)
    document = parse(text, name)
    if isinstance(document.value, dict) and document.value.get("kind") == KIND:
        report, notes = opened_report(text, name, the_practice())
    else:
        opened = the_practice().opened(document)
        report, notes = Report(case_set=opened.case_set), opened.notes
    hand = st.session_state[KEY] = InHand("", report, notes)
    return hand


def put_away() -> None:
    """Forget the set in hand."""
    st.session_state.pop(KEY, None)
