"""The start, shown until someone is described: the ladder in brief, and cases to begin with."""

from __future__ import annotations

from explorer.markup.html import Html, disclosure, el, heading, items, join
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.view import View
from pathway import Scenario
from pathway.knowledge.models import Theme


def start(view: View) -> Html:
    """The ladder with one sentence a step, then a case for each theme."""
    return el("div", _ladder_in_brief(view), _cases(view), class_="opening")


def _ladder_in_brief(view: View) -> Html:
    steps = (join([el("b", view.title(step)), " ", el("span", with_glossary(view.says(step)))]) for step in view.knowledge.rungs)
    page = el("a", "Read the page sentence by sentence", href="./source", data_go="source")
    interpretation = f"This order is our interpretation of {view.page_name}. Safety questions come before every step."
    about = el("a", "What this is for, and what it is not for", href="./about", data_go="about")
    return el("div", items(steps, "ol", class_="stairs"), el("p", interpretation, " ", page, ". ", about, ".", class_="small"))


def _cases(view: View) -> Html:
    cases = (_case(view, theme.scenarios[0], theme) for theme in view.knowledge.themes)
    return el("section", heading(2, "Start with a case"), items(cases, class_="cases"), aria_label="Start with a case")


def _case(view: View, name: str, theme: Theme) -> Html:
    words = [el("span", theme.title, class_="small"), el("b", view.scenarios[name].title)]
    return el("button", *words, type="button", data_do="scenario", data_value=name, class_="scenario", id=f"case-{name}")


def scenario_list(view: View) -> Html:
    """All bundled scenarios by theme; the teaching point of each is shown on demand."""
    return join(_theme(view, theme) for theme in view.knowledge.themes)


def _theme(view: View, theme: Theme) -> Html:
    entries = (_entry(name, view.scenarios[name]) for name in theme.scenarios)
    return el("section", heading(3, theme.title), items(entries, class_="all-cases"), aria_label=theme.title)


def _entry(name: str, scenario: Scenario) -> Html:
    choose = el("button", el("b", scenario.title), type="button", data_do="scenario", data_value=name, class_="scenario")
    return join([choose, disclosure("Teaching point", el("p", scenario.about)) if scenario.about else None])
