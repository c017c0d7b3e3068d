"""Counterfactuals: the smallest sets of answer changes that would make an option apply or not, or lead to a step."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from explorer.markup.html import Child, Html, disclosure, el, heading, items
from explorer.markup.icons import icon
from explorer.pages.explore.result_card import STEP_DRAWER
from explorer.pages.explore.thresholds import COMPARE, TRY, nearest_thresholds
from explorer.pages.explore.view import View
from explorer.per_pathway import per_pathway
from pathway.explanation.pathway import the_pathway
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.scenarios.walk import Pairs, hashable

if TYPE_CHECKING:  # the solver is slow to load, and most visits never ask it
    from pathway.proof import WhyNot
    from pathway.proof.counterfactual.what_if_result import ChangeSet

MAX_WAYS_UNFOLDED = 5
"""Change sets shown; the others are folded."""
SECONDS, SECONDS_PER_STEP = 1.0, 0.4
"""Time limits: for an option, and for each of the steps that one drawer asks about."""


def what_if(view: View, subject: str) -> Html:
    """The change sets for an option; a placeholder until the browser has asked for the computation."""
    if view.pending_work != subject:
        return _wait(subject)
    return _ways(view, _what_if(view, subject, SECONDS))


def _wait(subject: str) -> Html:
    return el("p", icon("later"), "Working this out …", class_="small", data_wait=subject, role="status")


class _Incomplete(Exception):
    """Raised with a partial result when time ran out, so that the cache does not store it: a later call may find more."""

    def __init__(self, result: WhyNot) -> None:
        self.result = result


def _what_if(view: View, subject: str, seconds: float) -> WhyNot:
    try:
        return _cached_what_if(hashable(view.answers), subject, view.state.guidance, hashable(view.state.assumptions), seconds)
    except _Incomplete as error:
        return error.result


@per_pathway(maxsize=256)
def _cached_what_if(answers: Pairs, subject: str, guidance: str, assumptions: Pairs, seconds: float) -> WhyNot:
    from pathway.proof import why_not

    result = why_not(the_pathway(), {"answers": dict(answers)}, subject, guidance, dict(assumptions), seconds=seconds)
    if result.more:
        raise _Incomplete(result)
    return result


def _ways(view: View, result: WhyNot) -> Html:
    """All change sets, those with the fewest changes first; or the reason for having none."""
    lead = "This option would apply:" if result.wanted else "This option would no longer apply:"
    return el("div", el("p", lead, class_="small") if result.ways else None, *_listed(view, result), class_="ways")


def _listed(view: View, result: WhyNot) -> Iterable[Child]:
    if result.none_because:
        yield el("p", el("b", "No change would do this: "), result.none_because)
    entries = [_way(view, way) for way in result.ways]
    yield items(entries[:MAX_WAYS_UNFOLDED])
    if entries[MAX_WAYS_UNFOLDED:]:
        yield disclosure(
            f"Show {len(entries) - MAX_WAYS_UNFOLDED} more", items(entries[MAX_WAYS_UNFOLDED:]), name=f"ways-{result.of}"
        )
    if result.more:
        yield el("p", "There are more ways. These need the fewest changes.", class_="small")
    if result.left_open:
        links = items((el("a", view.finding_label(name), href=f"#q-{name}") for name in result.left_open), class_="deciding")
        yield el("div", el("p", "Open questions that could still lead to this:", class_="small"), links)


def _way(view: View, way: ChangeSet) -> Html:
    from pathway.proof.counterfactual.what_if_result import change_set_words

    changes = json.dumps({change.finding: change.after for change in way.changes})
    words = change_set_words(way, view.knowledge)
    label = [COMPARE if way.compared else TRY, el("span", f": {words}", class_="sr")]
    trial = el("button", *label, type="button", class_="quiet", data_do="apply-changes", data_changes=changes)
    return el("div", el("span", words), trial, class_="way")


def step_drawer(view: View) -> Html:
    """The drawer with the change sets that lead to each other step, and the nearest thresholds."""
    title = heading(2, "What would change this?", id="drawer-title", tabindex="-1")
    note = el("p", "The engine has tried each of these. The browser’s Back button undoes a trial.", class_="small")
    if view.pending_work != STEP_DRAWER:
        return el("div", title, note, _wait(STEP_DRAWER))
    others = [name for name in view.knowledge.steps if name not in (view.result.step, UNDETERMINED)]
    return el("div", title, note, *(_ways_to_step(view, name) for name in others), nearest_thresholds(view))


def _ways_to_step(view: View, name: str) -> Html:
    result = _what_if(view, name, SECONDS_PER_STEP)
    return el("section", heading(3, view.title(name)), *_listed(view, result), class_="ways", aria_label=view.title(name))
