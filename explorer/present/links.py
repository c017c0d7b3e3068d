"""Links from a slide to the same presentation with something changed."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.links.address import codes
from explorer.markup.html import Child, Html, el
from explorer.pages.explore.view import View
from pathway.scenarios.edits import named
from pathway.scenarios.walk import Answer, State


def anchor(number: int, part: str = "") -> str:
    """The place in an address of a visit's first slide, or of another `part` of it."""
    return f"visit-{number + 1}{f'-{part}' if part else ''}"


def changed_link(view: View, state: State, place: str, *words: Child, class_: str = "choice") -> Html:
    """A link to the presentation of a changed state, opened at `place`."""
    return el("a", *words, href=f"./present?s={codes().encode(named(state, view.scenarios.values()))}#{place}", class_=class_)


def answer_link(view: View, answers: Mapping[str, Answer | None], place: str, *words: Child) -> Html:
    """A link that gives answers at the visit that is shown."""
    return changed_link(view, view.state.answered(answers), place, *words)
