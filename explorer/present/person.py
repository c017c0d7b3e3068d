"""The first slide: who the person is, in facts, without the result."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.markup.html import el
from explorer.pages.explore.foundations import CHANGED_ASSUMPTIONS
from explorer.pages.explore.view import View
from explorer.present.person_facts import facts, other_groups
from explorer.present.safety import safety_line
from explorer.present.slide import Block, Slide, paragraph, slides
from pathway.knowledge.assumptions import varied_words


def person_slides(view: View) -> list[Slide]:
    """The facts at the first visit, group by group; what the safety questions found; the assumptions that were changed."""
    first = view.at_visit(0)
    several = "At the first visit" if len(view.state.visits) > 1 else ""
    return slides(
        view.knowledge.outline.case.title, [*_message(view), *_facts(first), *_safety(first), *changed(view)], several, "case"
    )


def _message(view: View) -> Iterator[Block]:
    if view.message:
        yield paragraph(view.message, class_="warning")


def _facts(view: View) -> Iterator[Block]:
    for group in other_groups(view):
        if texts := list(facts(view, group)):
            yield paragraph(el("b", f"{group.title}. "), f"{'; '.join(texts)}.")
    if view.is_empty:
        yield paragraph("Nothing is known yet.")


def _safety(view: View) -> Iterator[Block]:
    yield paragraph(el("b", "Safety questions. "), safety_line(view))


def changed(view: View) -> Iterator[Block]:
    """The assumptions that differ from their defaults; nothing where none does."""
    if words := varied_words(view.state.assumptions, view.knowledge):
        yield paragraph(el("b", CHANGED_ASSUMPTIONS), f"{words}.", class_="changed")
