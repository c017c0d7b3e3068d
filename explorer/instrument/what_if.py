"""What would change it: the smallest sets of answers that would make an option apply, or no longer, each to be tried."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from explorer.instrument.status import STEP_DRAWER
from explorer.instrument.thresholds import COMPARE, TRY, nearest_thresholds
from explorer.instrument.view import View
from explorer.markup.html import Child, Html, disclosure, el, heading, items
from explorer.markup.icons import icon
from pathway.explanation.pathway import the_pathway
from pathway.knowledge.vocabulary import STEPS, UNDETERMINED
from pathway.scenarios.walk import Pairs, paired

if TYPE_CHECKING:  # the solver is slow to load, and most visits never ask it
    from pathway.proof import WhyNot
    from pathway.proof.counterfactual.what_if_result import Way

MAX_WAYS_UNFOLDED = 5
"""Sets that stand open; the others are folded."""
SECONDS_PER_STEP = 0.4
"""Seconds: a drawer asks about each of the steps."""


def what_if(view: View, of: str) -> Html:
    """What would make an option apply, or no longer; worked out once the drawer stands open."""
    if view.pending_work != of:
        return _wait(of)
    return _ways(view, _what_if(view, of, 1.0))


def _wait(of: str) -> Html:
    return el("p", icon("later"), "Working this out …", class_="small", data_wait=of, role="status")


class _Incomplete(Exception):
    """There was no time to find all of it. The cache keeps what is returned, and not this: asked again, there may be more."""

    def __init__(self, found: WhyNot) -> None:
        self.found = found


def _what_if(view: View, of: str, seconds: float) -> WhyNot:
    try:
        return _cached_what_if(paired(view.answers), of, view.state.guidance, paired(view.state.assumptions), seconds)
    except _Incomplete as cut:
        return cut.found


@lru_cache(maxsize=256)
def _cached_what_if(answers: Pairs, of: str, guidance: str, assumptions: Pairs, seconds: float) -> WhyNot:
    from pathway.proof import why_not

    found = why_not(the_pathway(), {"answers": dict(answers)}, of, guidance, dict(assumptions), seconds=seconds)
    if found.more:
        raise _Incomplete(found)
    return found


def _ways(view: View, found: WhyNot) -> Html:
    """Every set, the fewest changes first; or why there is none."""
    lead = "This option would apply with:" if found.wanted else "This option would no longer apply with:"
    return el("div", el("p", lead, class_="small") if found.ways else None, *_listed(view, found), class_="ways")


def _listed(view: View, found: WhyNot) -> Iterable[Child]:
    if found.none_because:
        yield el("p", el("b", "No change would do this: "), found.none_because)
    shown = [_way(view, way) for way in found.ways]
    yield items(shown[:MAX_WAYS_UNFOLDED])
    if shown[MAX_WAYS_UNFOLDED:]:
        yield disclosure(f"Show {len(shown) - MAX_WAYS_UNFOLDED} more", items(shown[MAX_WAYS_UNFOLDED:]), name=f"ways-{found.of}")
    if found.more:
        yield el("p", "There are more ways. These need the fewest changes.", class_="small")
    if found.left_open:
        links = items((el("a", view.finding_label(name), href=f"#q-{name}") for name in found.left_open), class_="deciding")
        yield el("div", el("p", "Open questions that could still lead to this:", class_="small"), links)


def _way(view: View, way: Way) -> Html:
    from pathway.proof.counterfactual.what_if_result import way_words

    changes = json.dumps({change.finding: change.after for change in way.changes})
    words = way_words(way, view.knowledge)
    named = [COMPARE if way.compared else TRY, el("span", f": {words}", class_="sr")]
    trial = el("button", *named, type="button", class_="quiet", data_do="apply-changes", data_changes=changes)
    return el("div", el("span", words), trial, class_="way")


def step_drawer(view: View) -> Html:
    """What would lead to each of the other steps."""
    title = heading(2, "What would change this?", id="drawer-title", tabindex="-1")
    note = el("p", "The engine has tried each of these. The browser’s Back button undoes a trial.", class_="small")
    if view.pending_work != STEP_DRAWER:
        return el("div", title, note, _wait(STEP_DRAWER))
    others = [name for name in STEPS if name not in (view.result.step, UNDETERMINED)]
    return el("div", title, note, *(_ways_to_step(view, name) for name in others), nearest_thresholds(view))


def _ways_to_step(view: View, name: str) -> Html:
    found = _what_if(view, name, SECONDS_PER_STEP)
    return el("section", heading(3, view.title(name)), *_listed(view, found), class_="ways", aria_label=view.title(name))
