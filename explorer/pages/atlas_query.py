"""The atlas query and its encoding in the address; an invalid one becomes the default query."""

from __future__ import annotations

from dataclasses import dataclass, replace

from explorer.pages.explore.view import View
from pathway import Knowledge
from pathway.knowledge.vocabulary import OFF_LADDER, ROUTE, STEP
from pathway.scenarios.walk import Answer

PARAMETER = "a"
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

    @property
    def counted(self) -> AtlasQuery:
        """The query without the boundary, which the counts don't depend on."""
        return replace(self, from_value="", to_value="")


def query_from_address(text: str, knowledge: Knowledge) -> AtlasQuery:
    """The query in an address parameter; the default query where it is invalid."""
    parts = text[:400].split(".")
    query = AtlasQuery(*parts) if len(parts) == len(AtlasQuery.__dataclass_fields__) else default_query(knowledge)
    return query if _is_valid(query, knowledge) else default_query(knowledge)


def default_query(knowledge: Knowledge) -> AtlasQuery:
    """What the atlas shows first."""
    return AtlasQuery(knowledge.outline.atlas.across, knowledge.outline.atlas.down)


def _is_valid(query: AtlasQuery, knowledge: Knowledge) -> bool:
    axes = {query.across, query.down}
    subject = query.subject in (STEP, ROUTE) or query.subject in knowledge.options
    return len(axes) == 2 and axes <= set(knowledge.findings) and subject and query.fixed in FIXED


def fixed_answers(view: View, query: AtlasQuery) -> dict[str, Answer]:
    """The answers shared by all counted scenarios."""
    kept = view.answers.items() if query.fixed == THIS else ()
    return {name: answer for name, answer in kept if name not in (query.across, query.down)}


def value_words(view: View, value: str) -> str:
    """A step, route or verdict in words; `none` is the step of scenarios off the ladder."""
    return "Off the ladder" if value == OFF_LADDER else view.title(value)
