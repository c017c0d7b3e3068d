"""The end of the print sheet: assumptions, answers, sources, date and version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from explorer.markup.html import Child, Html, el, external_link, items, join
from explorer.pages.explore.view import View
from explorer.paper.options import cites, numbered
from pathway.explanation.result import Citation
from pathway.explanation.visit_summary import carried_lines
from pathway.knowledge.models import Source
from pathway.phrases import day, with_unit


def assumptions(view: View) -> Html:
    """The assumptions in use, each with its value."""
    return el("section", el("h2", "Assumptions"), items(_assumption(view, name) for name in view.result.assumptions))


def _assumption(view: View, name: str) -> Html:
    assumption = view.knowledge.assumptions[name]
    value = view.state.assumptions.get(name, assumption.value)
    in_use = f" Value: {with_unit(value, assumption.unit)}." if value is not None else ""
    default = f" (Default: {assumption.value}.)" if value != assumption.value else ""
    return el("span", f"{assumption.says}{in_use}{default} ", el("span", name, class_="small"))


def answers(view: View) -> Html:
    """The answers, grouped where several findings share one; then the questions without an answer."""
    by_words: dict[str, list[str]] = {}
    for name, answer in view.answers.items():
        by_words.setdefault(view.answer_words(name, answer), []).append(view.finding_label(name))
    several = [f"{words}: {', '.join(names)}." for words, names in by_words.items() if len(names) > 1]
    single = [f"{names[0]}: {words}" for words, names in by_words.items() if len(names) == 1]
    unknown = [view.finding_label(name) for name in view.knowledge.findings if name not in {*view.answers, *view.result.ask_next}]
    rest = [f"{_unanswered(view)}: {', '.join(unknown)}."] if unknown else []
    carried = carried_lines(view.result, view.knowledge)
    lines = (f"{'; '.join(single) or 'None'}.", *several, *rest, *carried)
    return el("section", el("h2", "Answers"), *(el("p", line) for line in lines))


def _note_sources(view: View) -> set[str]:
    """The sources whose position on some option is on the sheet."""
    return {position.source for option in view.knowledge.options.values() for position in option.positions}


def _unanswered(view: View) -> str:
    return "Also not answered" if view.result.ask_next else "Not answered"


def sources(view: View) -> Html:
    """The sources cited on the sheet, the meaning of the evidence levels, the date and the version."""
    cited_here = {source.source_id for source in (*cites(view), *_result_citations(view))} | _note_sources(view)
    used = [source for source in view.knowledge.sources.values() if source.id in cited_here]
    names = join([["; " if number else "", *_source(source)] for number, source in enumerate(used)])
    meanings = " ".join(f"{view.title(word)}: {view.says(word)}" for word in ("secondary", "unchecked", "unsourced"))
    seen_on = f"Sources looked up {view.knowledge.frame.sources_seen}, in stored copies."
    levels = f"{seen_on} Without a mark: {view.says('primary')} {meanings}"
    edition = view.result.knowledge
    printed = f"Printed {day(date.today())}. Edition {edition.edition}. Knowledge version {edition.hash}."
    paragraphs = (el("p", words, class_="small") for words in ([names, "."], levels))
    return el("section", el("h2", "Sources"), *paragraphs, el("p", printed))


def _source(source: Source) -> list[Child]:
    return [f"{numbered(source.id)}: {source.publisher}, ", external_link(source.address, source.title), f" ({source.edition})"]


def _result_citations(view: View) -> Iterator[Citation]:
    for flag in view.result.red_flags:
        yield from flag.citations
    for reason in view.result.step_reasons:
        yield from reason.citations
