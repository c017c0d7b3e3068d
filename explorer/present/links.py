"""Links from a slide to the same presentation with something changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from explorer.markup.html import Child, Html, el
from explorer.pages.explore.view import View
from pathway.scenarios.walk import Answer, State


def anchor(number: int, part: str = "") -> str:
    """The place in an address of a visit's first slide, or of another `part` of it."""
    return f"visit-{number + 1}{f'-{part}' if part else ''}"


def changed_link(view: View, state: State, place: str, *words: Child, class_: str = "choice") -> Html:
    """A link to the presentation of a changed state, opened at `place`."""
    return el("a", *words, href=f"./present?s={view.link_for(named(view, state))}#{place}", class_=class_)


def answer_link(view: View, answers: Mapping[str, Answer | None], place: str, *words: Child) -> Html:
    """A link that gives answers at the visit that is shown."""
    return changed_link(view, view.state.answered(answers), place, *words)


def named(view: View, state: State) -> State:
    """The state with the title of its bundled scenario, so that it keeps the title when it changes."""
    first = view.state.answers_at(0)
    same = (scenario.title for scenario in view.scenarios.values() if first and scenario.answers == first)
    return state if state.title else replace(state, title=next(same, ""))
