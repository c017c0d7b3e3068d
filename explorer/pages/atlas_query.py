"""What the atlas is asked, as it stands in the address; whatever can't be asked gives way to the usual question."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.instrument.view import View
from explorer.markup.html import Html, el
from pathway import Knowledge
from pathway.scenarios.walk import Answer

PARAMETER = "a"
LADDER, ALL, THIS = FIXED = ("ladder", "all", "this")
"""Of which scenarios: those on the ladder, all, or those like the one that is looked at."""


@dataclass(frozen=True)
class AtlasQuery:
    """Two findings, what is asked of them, of which scenarios; and the two values between which a line is drawn."""

    across: str = "conservative_weeks"
    down: str = "pain_severity"
    of: str = "step"
    fixed: str = LADDER
    one: str = ""
    other: str = ""

    @property
    def written(self) -> str:
        """As the address has it."""
        return ".".join((self.across, self.down, self.of, self.fixed, self.one, self.other))


def query_from_address(text: str, knowledge: Knowledge) -> AtlasQuery:
    """What an address asks."""
    parts = text[:400].split(".")
    found = AtlasQuery(*parts) if len(parts) == len(AtlasQuery.__dataclass_fields__) else AtlasQuery()
    return found if _is_valid(found, knowledge) else AtlasQuery()


def _is_valid(found: AtlasQuery, knowledge: Knowledge) -> bool:
    axes = {found.across, found.down}
    subject = found.of in ("step", "route") or found.of in knowledge.options
    return len(axes) == 2 and axes <= set(knowledge.findings) and subject and found.fixed in FIXED


def fixed_answers(view: View, asked: AtlasQuery) -> dict[str, Answer]:
    """The answers that every scenario in it has."""
    kept = view.answers.items() if asked.fixed == THIS else ()
    return {name: answer for name, answer in kept if name not in (asked.across, asked.down)}


def value_words(view: View, value: str) -> str:
    """A step, a route or a verdict in words; "none" is the step of those who are off the ladder."""
    return "Off the ladder" if value == "none" else view.title(value)


def select_box(name: str, label: str, words: dict[str, str], chosen: str) -> Html:
    """A list to choose one of."""
    options = [el("option", shown, value=value, selected=value == chosen) for value, shown in words.items()]
    return el("label", el("span", label, class_="small"), el("select", *options, id=name), class_="choice")
