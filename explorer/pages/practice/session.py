"""The state of practice in a session: the open set and the report on it. It is never stored on the server."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from explorer.pages.practice.query import Query
from explorer.pages.practice.sets import set_of_query
from pathway.practice.feedback_words import Block
from pathway.practice.practice import the_practice
from pathway.practice.report import Report, is_report, opened_report
from pathway.yaml.document import decode_utf8, parse

KEY = "practice"
"""The session key of the open set."""


@dataclass
class OpenSet:
    """The report on the open set, the origin of the set, and notes about it."""

    origin: str
    """The set's query in the address; empty for a set from a file."""
    report: Report
    notes: tuple[str, ...] = ()
    feedback: dict[tuple[str, int], tuple[Block, ...]] = field(default_factory=dict)
    """The feedback that was shown, by case and visit."""
    arrival: str = ""
    """The place that the next run brings into view: the answer that was just given, or the start of another case."""


def current_set() -> OpenSet | None:
    """The set that is open in this session, if any."""
    current: OpenSet | None = st.session_state.get(KEY)
    return current


def open_query(query: Query) -> OpenSet:
    """Open the set of a query, unless it is open already. Raises Unusable."""
    current = current_set()
    if current is None or current.origin != query.encoded:
        opened = set_of_query(query)
        current = st.session_state[KEY] = OpenSet(query.encoded, Report(case_set=opened.case_set), opened.notes)
    return current


def open_file(name: str, content: bytes) -> OpenSet:
    """Open the set, or the report, in a file. Raises Unusable with every fault; then nothing changes."""
    document = parse(decode_utf8(content, name), name)
    if is_report(document):
        report, notes = opened_report(document, the_practice())
    else:
        opened = the_practice().opened(document)
        report, notes = Report(case_set=opened.case_set), opened.notes
    current = st.session_state[KEY] = OpenSet("", report, notes)
    return current


def close_set() -> None:
    """Close the open set, and forget its report."""
    st.session_state.pop(KEY, None)
