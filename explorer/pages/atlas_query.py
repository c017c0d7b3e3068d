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

    def box(self, at: DeltaGenerator, label: str, name: str, words: Mapping[str, str], empty: str = "", **dropped: str) -> None:
        """A box for one field. It writes the query with what is chosen; `dropped`: fields that go back to a value then."""

        def write(value: str | None) -> None:
            write_parameter(ATLAS_PARAM, replace(self, **{name: value or "", **dropped}).encoded)

        with at:
            choice(label, words, getattr(self, name), write, empty)


def query_from_address(text: str, knowledge: Knowledge) -> AtlasQuery:
    """The query in an address parameter; the default query where it is invalid."""
    parts = text[:400].split(".")
    query = AtlasQuery(*parts) if len(parts) == len(AtlasQuery.__dataclass_fields__) else None
    return query if query and _is_valid(query, knowledge) else default_query(knowledge)


def default_query(knowledge: Knowledge) -> AtlasQuery:
    """What the atlas shows first."""
    return AtlasQuery(knowledge.outline.atlas.across, knowledge.outline.atlas.down)


def _is_valid(query: AtlasQuery, knowledge: Knowledge) -> bool:
    axes = {query.across, query.down}
    subject = query.subject in (STEP, ROUTE) or query.subject in knowledge.options
    return len(axes) == 2 and axes <= set(knowledge.findings) and subject and query.fixed in FIXED


def value_words(view: View, value: str) -> str:
    """A step, route or verdict in words; `none` is the step of scenarios off the ladder."""
    return "Off the ladder" if value == OFF_LADDER else view.title(value)
