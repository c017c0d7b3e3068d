"""A visit with a red flag: it takes the place of the step, is called what it is, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.markup.html import el
from explorer.markup.icons import icon
from explorer.pages.explore.view import View
from explorer.present.references import doubts, of_entry
from explorer.present.slide import Block, Slide, paragraph, slides, together
from pathway.explanation.result import RedFlagResult


def red_flag_slides(view: View, above: str, anchor: str) -> list[Slide]:
    """The red flags of a visit, with what each may mean and what to do."""
    route = view.result.route
    lead = paragraph(icon(view.shape(route)), " ", view.says(route), class_="lead", size=1.3)
    differ = dict.fromkeys(words for flag in view.result.red_flags for words in doubts(view, flag))
    differences = [paragraph(words, class_="differs", size=0.8) for words in differ]
    hold = paragraph(el("b", "The ladder is on hold. "), view.says("on_hold"))
    flags = [_flag(view, flag) for flag in view.result.red_flags]
    return slides(
        view.title(route),
        [lead, *flags, hold, *differences],
        above,
        anchor,
        f"flag r-{view.shape(route)}",
    )


def _flag(view: View, flag: RedFlagResult) -> Block:
    said = view.answers.get(flag.finding)
    answer = f": {view.answer_words(flag.finding, said).lower()}" if said is not None else ""
    title = Block(el("h3", f"{view.title(flag.route)}. {view.finding_label(flag.finding)}{answer}"), 1.6)
    return together(title, *_says(view, flag))


def _says(view: View, flag: RedFlagResult) -> Iterator[Block]:
    yield paragraph(el("b", "What it may mean: "), flag.because, references=of_entry(view, flag))
    yield paragraph(el("b", "What to do: "), flag.do)
