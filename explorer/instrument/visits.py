"""Walking the time: visit after visit, each decided by the engine, each row saying what changed and why."""

from __future__ import annotations

from explorer.instrument.care_buttons import marks
from explorer.instrument.carried import carried, found_before
from explorer.instrument.evidence import badge
from explorer.instrument.number_box import number_box
from explorer.instrument.view import View
from explorer.markup.html import Child, Html, el, heading
from explorer.markup.icons import icon
from explorer.markup.words import counted
from explorer.pages.differences import alike, change_list, changes, standing
from explorer.session.page_parts import place
from pathway.knowledge.changes import TRENDS
from pathway.scenarios.walk import MOST_VISITS, MOST_WEEKS


def walk(view: View) -> dict[str, Html]:
    """The visits so far, what was tried by the one looked at, and the next."""
    rows = [_row(view, number) for number in range(len(view.state.visits))]
    shown = el("ol", *rows, class_="visits")
    lead = el("p", "Each visit asks the safety questions again. Other answers stay from one visit to the next.", class_="small")
    walked = el(
        "section",
        heading(2, "Visits"),
        lead,
        shown,
        place("marks"),
        _next(view),
        class_="box walk",
        id="walk",
        aria_label="Visits",
    )
    return {"walk": walked, **marks(view)}


def _row(view: View, number: int) -> Html:
    seen = view.at_visit(number)
    here = number == view.state.at
    look = el(
        "button",
        el("b", f"Visit {number + 1}"),
        _when(view, number),
        type="button",
        class_="visit",
        data_do="visit",
        data_value=str(number),
        id=f"visit-{number}",
        aria_current="true" if here else None,
    )
    changed: Child = None
    if number:
        changed = change_list(alike(changes(view.at_visit(number - 1), seen)), "Nothing changed.")
    again = el("p", icon("undetermined"), words, class_="small") if (words := found_before(seen)) else None
    return el("li", look, badge(standing(seen)), again, changed, carried(seen) if here else None, class_="here" if here else None)


def _when(view: View, number: int) -> str:
    visit = view.state.visits[number]
    now = counted(view.state.weeks_at(number), "week")
    return f"{counted(visit.weeks, 'week')} later: {visit.trend}, {now} in all" if number else "the start"


def _next(view: View) -> Html:
    last = len(view.state.visits)
    drop = (
        el("button", icon("close"), f"Delete visit {last}", type="button", class_="quiet", data_do="drop-visit") if last > 1 else None
    )
    if last >= MOST_VISITS:
        return el("div", el("p", f"{MOST_VISITS} visits are the most.", class_="small"), drop, class_="answers next-visit")
    weeks, wrong = _weeks()
    asked = [el("b", "Next visit:"), weeks, el("span", "weeks later:"), *map(_later, TRENDS), _meanwhile()]
    return el("div", *asked, drop, wrong, class_="answers next-visit")


def _weeks() -> tuple[Html, Html]:
    label = "Weeks until the next visit"
    return number_box("weeks", "weeks", 0, MOST_WEEKS, "No visit was added.", value=6, data_keep=True, aria_label=label)


TREND_WORDS = {"better": "Better", "same": "The same", "worse": "Worse"}


def _later(trend: str) -> Html:
    return el(
        "button", TREND_WORDS[trend], type="button", class_="answer", data_do="add-visit", data_value=trend, data_from="weeks",
        id=f"later-{trend}",
    )  # fmt: skip


def _meanwhile() -> Html:
    box = el("input", type="checkbox", id="meanwhile", data_keep=True, checked=True)
    return el("label", box, "with conservative care until then", class_="small")
