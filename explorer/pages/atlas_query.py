"""The atlas query: its encoding in the address, where an invalid one becomes the default query, and boxes that write it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from streamlit.delta_generator import DeltaGenerator

from explorer.links.browser_address import ATLAS_PARAM
from explorer.pages.explore.view import View
from explorer.pages.shell import choice, write_parameter
from pathway import Knowledge
from pathway.knowledge.vocabulary import OFF_LADDER, ROUTE, STEP

LADDER, ALL, THIS = FIXED = ("ladder", "all", "this")
"""Which scenarios are counted: those on the ladder, all, or those like the current one."""


@dataclass(frozen=True)
class AtlasQuery:
    """Two findings as axes, the result to count, which scenarios; and the two values of the boundary."""

    across: str
    down: str
    subject: str = STEP
    fixed: str = LADDER
    from_value: str = ""
    to_value: str = ""

    @property
    def encoded(self) -> str:
        """The query as an address parameter."""
        return ".".join((self.across, self.down, self.subject, self.fixed, self.from_value, self.to_value))

    def box(self, at: DeltaGenerator, label: str, name: str, words: Mapping[str, str], empty: str = "", **resets: str) -> None:
        """A box for one field. It writes the query with what is chosen; `resets`: other fields that get these values then."""

        def write(value: str | None) -> None:
            write_parameter(ATLAS_PARAM, replace(self, **{name: value or "", **resets}).encoded)

        with at:
            choice(label, words, getattr(self, name), write, empty)


def query_from_address(text: str, knowledge: Knowledge) -> AtlasQuery:
    """The query in an address parameter; where it is invalid, what the pathway shows first."""
    usual = AtlasQuery(knowledge.outline.atlas.across, knowledge.outline.atlas.down)
    parts = text[:400].split(".")
    query = AtlasQuery(*parts) if len(parts) == len(AtlasQuery.__dataclass_fields__) else usual
    return query if _is_valid(query, knowledge) else usual


def _is_valid(query: AtlasQuery, knowledge: Knowledge) -> bool:
    are_known = {query.across, query.down} <= knowledge.findings.keys() and query.subject in (STEP, ROUTE, *knowledge.options)
    return are_known and query.across != query.down and query.fixed in FIXED


def value_words(view: View, value: str) -> str:
    """A step, route or verdict in words; `none` is the step of scenarios off the ladder."""
    return "Off the ladder" if value == OFF_LADDER else view.title(value)
