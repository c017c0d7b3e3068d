"""Slides of a visit with a red flag: they take the place of the step, have the route as their heading, and say what to do."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.markup.html import el
from explorer.markup.icons import icon
from explorer.pages.explore.view import View
from explorer.present.references import doubts, rule_references
from explorer.present.slide import Block, Slide, paragraph, slides, together
from pathway.explanation.result import RedFlagResult


def red_flag_slides(view: View, above: str, anchor: str) -> list[Slide]:
    """The red flags of a visit, that the ladder is on hold, and where sources differ. `above`: the line over the heading."""
    route = view.result.route
    lead = paragraph(icon(view.shape(route)), " ", view.says(route), class_="lead", size=1.3)
    caveats = dict.fromkeys(sentence for flag in view.result.red_flags for sentence in doubts(view, flag))  # once, if of several
    differences = [paragraph(sentence, class_="differs", size=0.8) for sentence in caveats]
    on_hold = paragraph(el("b", "The ladder is on hold. "), view.says("on_hold"))
    flags = [_flag(view, flag) for flag in view.result.red_flags]
    return slides(
        view.title(route),
        [lead, *flags, on_hold, *differences],
        above,
        anchor,
        f"flag r-{view.shape(route)}",
    )


def _flag(view: View, flag: RedFlagResult) -> Block:
    value = view.answers.get(flag.finding)
    answer = f": {view.answer_words(flag.finding, value).lower()}" if value is not None else ""
    title = Block(el("h3", f"{view.title(flag.route)}. {view.finding_label(flag.finding)}{answer}"), 1.6)
    return together(title, *_meaning_and_action(view, flag))


def _meaning_and_action(view: View, flag: RedFlagResult) -> Iterator[Block]:
    yield paragraph(el("b", "What it may mean: "), flag.because, references=rule_references(view, flag))
    yield paragraph(el("b", "What to do: "), flag.do)
