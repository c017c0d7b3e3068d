"""Writes the review sheet as one HTML page that prints: no script, and nothing from elsewhere."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from pathway.explanation.wording import Wording
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import OFF_LADDER, ROUTE, STEP
from pathway.phrases import day
from pathway.review.form import form, part_name
from pathway.review.sheet import Sheet


def html(sheet: Sheet) -> str:
    """Return the sheet as HTML. Every text in it is escaped."""
    knowledge = sheet.knowledge
    by_scenario: dict[str, dict[str, dict[str, str]]] = {}
    for results in sheet.results:
        by_scenario.setdefault(results.title, {})[results.guidance] = results.by_subject
    return _template().render(
        sheet=sheet,
        part=part_name(sheet.of, knowledge),
        notice=knowledge.frame.notice,
        form=[field.label for field in form(knowledge) if field.filled_in],
        states=knowledge.frame.review.states if knowledge.frame.review else {},
        new=[row for row in sheet.rows if row.is_new],
        subjects=_subjects(sheet),
        guidances={reading.id: reading.title for reading in knowledge.outline.readings},
        by_scenario=by_scenario,
        day=day,
        title=_titles(knowledge),
    )


def _titles(knowledge: Knowledge) -> object:
    words = Wording(knowledge)
    return lambda word: "–" if word == OFF_LADDER else words.title(word)


def _subjects(sheet: Sheet) -> list[tuple[str, str]]:
    """The columns of results that the sheet's points can change, each with its name."""
    used = {subject for row in sheet.rows for subject in row.subjects}
    named = {ROUTE: "Route", STEP: "Step", **{name: option.name for name, option in sheet.knowledge.options.items()}}
    return [(subject, name) for subject, name in named.items() if subject in used]


@cache
def _template() -> Template:
    loader = PackageLoader("pathway.review", "")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("sheet.html.jinja")
