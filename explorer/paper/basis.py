"""The end of the sheet: the assumptions, the answers, the sources, and what gave this answer, when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from explorer.instrument.view import View
from explorer.markup.html import Child, Html, el, external_link, items, join
from explorer.paper.options import cites, numbered
from pathway.explanation.result import Citation
from pathway.explanation.visit_lines import carried_lines
from pathway.knowledge.models import Source


def assumptions(view: View) -> Html:
    """What the result rests on, and the value of each where it has one."""
    return el("section", el("h2", "Assumptions"), items(_assumption(view, name) for name in view.result.assumptions))


def _assumption(view: View, name: str) -> Html:
    found = view.knowledge.assumptions[name]
    value = view.state.assumptions.get(name, found.value)
    here = f" Value: {' '.join(str(word) for word in (value, found.unit) if word)}." if value is not None else ""
    usual = f" (Default: {found.value}.)" if value != found.value else ""
    return el("span", f"{found.says}{here}{usual} ", el("span", name, class_="small"))


def answers(view: View) -> Html:
    """The answers; what several findings share is said once, and what nobody knows is said too."""
    given: dict[str, list[str]] = {}
    for name, answer in view.answers.items():
        given.setdefault(view.answer_words(name, answer), []).append(view.finding_label(name))
    several = [f"{words}: {', '.join(names)}." for words, names in given.items() if len(names) > 1]
    single = [f"{names[0]}: {words}" for words, names in given.items() if len(names) == 1]
    unknown = [view.finding_label(name) for name in view.knowledge.findings if name not in {*view.answers, *view.result.ask_next}]
    rest = [f"{_unanswered(view)}: {', '.join(unknown)}."] if unknown else []
    carried = carried_lines(view.result, view.knowledge)
    lines = (f"{'; '.join(single) or 'None'}.", *several, *rest, *carried)
    return el("section", el("h2", "Answers"), *(el("p", line) for line in lines))


def _unanswered(view: View) -> str:
    return "Also not answered" if view.result.ask_next else "Not answered"


def sources(view: View) -> Html:
    """What is cited here, with its edition; what sureness means; and what gave this answer, when."""
    cited_here = {one.source_id for one in (*cites(view), *_standing_cites(view))} | {"ng59"}
    used = [one for one in view.knowledge.sources.values() if one.id in cited_here]
    listed = join([["; " if number else "", *_source(one)] for number, one in enumerate(used)])
    meant = " ".join(f"{view.title(word)}: {view.says(word)}" for word in ("secondary", "unchecked", "unsourced"))
    sure = f"Addresses last opened {view.knowledge.frame.sources_seen}. Without a mark: {view.says('primary')} {meant}"
    edition, today = view.result.knowledge, date.today()
    made = f"Printed {today.day} {today:%B %Y}. Edition {edition.edition}. Knowledge version {edition.hash}."
    told = (el("p", words, class_="small") for words in ([listed, "."], sure))
    return el("section", el("h2", "Sources"), *told, el("p", made))


def _source(one: Source) -> list[Child]:
    return [f"{numbered(one.id)}: {one.publisher}, ", external_link(one.address, one.title), f" ({one.edition})"]


def _standing_cites(view: View) -> Iterator[Citation]:
    for flag in view.result.red_flags:
        yield from flag.citations
    for found in view.result.step_reasons:
        yield from found.citations
