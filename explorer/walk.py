"""Walking the time: visit after visit, each decided by the engine, each row saying what changed and why."""

from __future__ import annotations

from explorer.carried import carried, found_before
from explorer.differences import alike, change_list, changes, standing
from explorer.evidence import badge
from explorer.html import Child, Html, el, heading
from explorer.icons import icon
from explorer.marks import marks
from explorer.page import place
from explorer.view import View
from explorer.words import counted
from pathway.changes import TRENDS
from pathway.walk import MOST_VISITS, MOST_WEEKS


def walk(view: View) -> dict[str, Html]:
    """The visits so far, what was tried by the one looked at, and the next."""
    rows = [_row(view, number) for number in range(len(view.state.visits))]
    shown = el("ol", *rows, class_="visits")
    lead = el(
        "p", "Each visit asks the safety questions again; other answers are carried from the visits before it.", class_="small"
    )
    walked = el(
        "section",
        heading(2, "Walk the time"),
        lead,
        shown,
        place("marks"),
        _next(view),
        class_="box walk",
        id="walk",
        aria_label="Walk the time",
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
    return f"after {counted(visit.weeks, 'week')}: {visit.trend}, now {now}" if number else "the start"


def _next(view: View) -> Html:
    last = len(view.state.visits)
    drop = el("button", icon("close"), f"Drop visit {last}", type="button", class_="quiet", data_do="drop") if last > 1 else None
    if last >= MOST_VISITS:
        return el("div", el("p", f"A walk has at most {MOST_VISITS} visits.", class_="small"), drop, class_="answers next-visit")
    asked = [el("span", "After"), _weeks(), el("span", "weeks:"), *map(_later, TRENDS), _meanwhile()]
    return el("div", *asked, drop, class_="answers next-visit")


def _weeks() -> Html:
    return el(
        "input", type="number", id="weeks", value=6, min=0, max=MOST_WEEKS, step=1, data_keep=True,
        aria_label="Weeks until the next visit",
    )  # fmt: skip


def _later(trend: str) -> Html:
    return el(
        "button", trend.capitalize(), type="button", class_="answer", data_do="later", data_value=trend, data_from="weeks",
        id=f"later-{trend}",
    )  # fmt: skip


def _meanwhile() -> Html:
    box = el("input", type="checkbox", id="meanwhile", data_keep=True, checked=True)
    return el("label", box, "with care meanwhile", class_="small")
