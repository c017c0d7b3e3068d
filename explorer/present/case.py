"""The slides of a practice case: each visit's story, then what the room asks and decides, and only then the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlencode

from explorer.links.browser_address import CASE_PARAM, SET_PARAM
from explorer.markup.html import Html, el
from explorer.pages.practice.query import case_number, set_query
from explorer.pages.practice.sets import set_of_query
from explorer.present.deck import slide_bar, slide_page
from explorer.present.next_visit import room_slides
from explorer.present.slide import Block, Slide, paragraph, slides, together
from explorer.server.lan_link import lan_link_to
from pathway import Unusable
from pathway.errors import Fault
from pathway.explanation.english import short_name
from pathway.phrases import decapitalised
from pathway.practice.case_set import CaseSet
from pathway.practice.feedback_words import guidance_words, place_title
from pathway.practice.paper import model_answer, revealed_rows, visit_heading
from pathway.practice.practice import the_practice
from pathway.practice.stage import ASK_OPTIONS, ASK_PLACE, ASK_REASON, Stage

NO_SET = "it names no set of practice cases; open the slides from the Practice page"
LARGE = 1.3
"""How large the story of a case is, against the rest."""


def case_presentation(set_name: str, number: str, explore: str, style: str, script: str) -> str:
    """The whole document as HTML. `explore`: the address of Explore, as the browser has it. Raises Unusable."""
    query = set_query(set_name)
    if query is None:
        raise Unusable([Fault("the link", None, NO_SET)])
    opened = set_of_query(query)
    case_set, at = opened.case_set, case_number(number, len(opened.case_set.cases))
    here = f"practice?{urlencode({SET_PARAM: set_name, CASE_PARAM: at})}"
    stages = the_practice().stages(case_set.cases[at - 1])
    visits = [slide for stage in stages for slide in visit_slides(stage, case_set)]
    room = room_slides(lan_link_to(here, explore))
    frame = the_practice().pathway.knowledge.frame
    top = _head(stages[0], case_set, opened.notes, frame.edition)
    bar = slide_bar(frame.in_short, f"./{here}")
    return slide_page(
        visit_heading(stages[0], case_set), top, [*room, *visits, *_next(set_name, at, case_set)], bar, style, script
    )


def visit_slides(stage: Stage, case_set: CaseSet) -> list[Slide]:
    """The slides of a visit. The answer comes last."""
    knowledge, above = stage.pathway.knowledge, visit_heading(stage, case_set)
    story = [*(paragraph(line, size=LARGE, class_="lead") for line in stage.presentation), paragraph(guidance_words(stage))]
    places = (place_title(route, step, knowledge) for route, step in knowledge.places)
    names = (knowledge.options[name].name for name in stage.case.options)
    return [
        *slides("The case", story, above),
        *slides("What would you ask?", list(_groups(stage)), above),
        *slides("Answers to the questions", list(_known(stage)), above),
        *slides(ASK_PLACE, _choices(places), above),
        *slides(ASK_REASON, _choices(map(stage.reason_text, stage.reasons)), above),
        *slides(ASK_OPTIONS, _choices(names), above),
        *slides(stage.ask_option_reason, _choices(map(stage.reason_text, stage.option_reasons)), above),
        *slides("The answer", list(_answer(stage)), above),
    ]


def _head(stage: Stage, case_set: CaseSet, notes: Iterable[str], edition: str) -> Html:
    """The set, the guidance and the edition; on every slide."""
    says = f"Set {case_set.hash}. {guidance_words(stage)} Edition {edition}."
    return el("header", el("div", el("h1", case_set.title), el("p", says), *(el("p", note) for note in notes)), class_="head")


def _groups(stage: Stage) -> Iterator[Block]:
    """The groups of questions that may be asked; the room decides which, and in what order."""
    titles = {group.id: group.title for group in stage.pathway.knowledge.groups}
    yield paragraph("Safety questions count double. Needless questions cost points.")
    groups = [titles[name] for name, _ in groupby(stage.askable, lambda name: stage.pathway.knowledge.findings[name].group)]
    yield Block(el("ul", *(el("li", title) for title in groups)), len(groups) * 1.5)


def _known(stage: Stage) -> Iterator[Block]:
    """The answers on record and in the story, then those that the room's questions reveal."""
    knowledge = stage.pathway.knowledge
    known = stage.answer_rows(
        [name for name in knowledge.findings if name in stage.known_findings], lambda name: short_name(name, knowledge)
    )
    for heading, rows in (("Known. ", known), ("On asking. ", revealed_rows(stage))):
        yield paragraph(el("b", heading), " ".join(f"{names}: {decapitalised(answer)}." for names, answer in rows))
    yield paragraph("Every other safety question was asked. The answer was no.")


def _choices(words: Iterable[str]) -> list[Block]:
    """Choices with letters, so that a room can call them out."""
    return [paragraph(el("b", f"{chr(ord('A') + at)}. "), each) for at, each in enumerate(words)]


def _answer(stage: Stage) -> Iterator[Block]:
    for block in model_answer(stage):
        yield together(paragraph(el("b", block.heading)), *map(paragraph, block.lines))


def _next(set_name: str, at: int, case_set: CaseSet) -> list[Slide]:
    """A link to the next case of the set; nothing after the last."""
    if at == len(case_set.cases):
        return []
    link = el(
        "a", f"Case {at + 1} of {len(case_set.cases)}", href=f"./present?{urlencode({SET_PARAM: set_name, CASE_PARAM: at + 1})}"
    )
    return slides("The next case", [paragraph(link, size=LARGE)])
