"""The visits: each with its result, what changed and why, and the form for the next visit."""

from __future__ import annotations

from explorer.markup.html import Child, Html, el, heading
from explorer.markup.icons import icon
from explorer.markup.parts import slot
from explorer.pages.differences import change_list, changes, merged_changes, standing_badge
from explorer.pages.explore.care_buttons import care_buttons
from explorer.pages.explore.carried_answers import carried_answers, earlier_signs
from explorer.pages.explore.evidence import badge
from explorer.pages.explore.number_box import number_box
from explorer.pages.explore.view import View
from pathway.knowledge.changes import TRENDS
from pathway.phrases import pluralise
from pathway.scenarios.walk import MOST_VISITS, MOST_WEEKS

TREND_WORDS = {"better": "Better", "same": "The same", "worse": "Worse"}


def visits_section(view: View) -> dict[str, Html]:
    """The list of visits, the treatment buttons of the current one, and the next-visit form; by part name."""
    rows = [_row(view, number) for number in range(len(view.state.visits))]
    visit_list = el("ol", *rows, class_="visits")
    lead = el("p", "Each visit asks the safety questions again. Other answers stay from one visit to the next.", class_="small")
    parts = (heading(2, "Visits"), lead, visit_list, slot("marks"), _next_visit(view))
    return {"walk": el("section", *parts, class_="box walk", id="walk", aria_label="Visits"), **care_buttons(view)}


def _row(view: View, number: int) -> Html:
    visit_view, is_current = view.at_visit(number), number == view.state.current_visit
    signs = earlier_signs(visit_view)
    parts: list[Child] = [_visit_button(view, number, is_current), badge(standing_badge(visit_view))]
    parts += [el("p", icon("undetermined"), signs, class_="small")] if signs else []
    parts += [_changes_since(view.at_visit(number - 1), visit_view)] if number else []
    parts += [carried_answers(visit_view)] if is_current else []
    return el("li", *parts, class_="here" if is_current else None)


def _visit_button(view: View, number: int, is_current: bool) -> Html:
    return el(
        "button", el("b", f"Visit {number + 1}"), _when(view, number), type="button", class_="visit", data_do="visit",
        data_value=str(number), id=f"visit-{number}", aria_current="true" if is_current else None,
    )  # fmt: skip


def _changes_since(before: View, after: View) -> Html:
    return change_list(merged_changes(changes(before, after)), "Nothing changed.")


def _when(view: View, number: int) -> str:
    """The weeks since the visit before, the trend, and from the third visit on the weeks since the first."""
    if not number:
        return "the start"
    visit = view.state.visits[number]
    since_first = f", {pluralise(view.state.weeks_at(number), 'week')} after visit 1" if number > 1 else ""
    return f"{pluralise(visit.weeks, 'week')} later: {visit.trend}{since_first}"


def _next_visit(view: View) -> Html:
    last = len(view.state.visits)
    drop = (
        el("button", icon("close"), f"Delete visit {last}", type="button", class_="quiet", data_do="drop-visit")
        if last > 1
        else None
    )
    if last >= MOST_VISITS:
        return el("div", el("p", f"{MOST_VISITS} visits are the most.", class_="small"), drop, class_="answers next-visit")
    weeks, wrong = _weeks()
    first = el("button", type="submit", hidden=True)  # so that Enter in the weeks adds no visit
    buttons = map(_add_visit_button, TRENDS)
    fields = [el("b", "Next visit:"), weeks, el("span", "weeks later:"), first, *buttons, _care_until_then(view), drop, wrong]
    return el("form", *fields, class_="answers next-visit", data_do="add-visit", novalidate=True)


def _weeks() -> tuple[Html, Html]:
    return number_box(
        "weeks", "weeks", 0, MOST_WEEKS, "No visit was added.", name="weeks", value=6, required=True, data_keep=True,
        aria_label="Weeks until the next visit",
    )  # fmt: skip


def _add_visit_button(trend: str) -> Html:
    return el(
        "button", TREND_WORDS[trend], type="submit", class_="answer", name="value", value=trend, id=f"later-{trend}",
    )  # fmt: skip


def _care_until_then(view: View) -> Child:
    """The choice whether care begins until the next visit; None where it would change nothing."""
    care = care_meanwhile(view)
    box = el("input", type="checkbox", id="meanwhile", name="care", data_keep=True, checked=True)
    return el("label", box, f"with {care} until then", class_="small") if care else None


def care_meanwhile(view: View) -> str | None:
    """The care that could begin until the next visit; None where it has begun, was not asked about, or the pathway names none."""
    return view.knowledge.outline.between_visits.care if view.state.can_begin_care else None
