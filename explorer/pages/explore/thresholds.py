"""The nearest thresholds: for each number, the next value up and down at which the result changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from explorer.markup.html import Child, Html, el, heading, items
from explorer.markup.icons import icon
from explorer.pages.explore.view import View
from explorer.per_pathway import per_pathway
from pathway.explanation.pathway import the_pathway
from pathway.knowledge.vocabulary import OFF_LADDER
from pathway.scenarios.walk import Pairs, hashable

if TYPE_CHECKING:  # the solver is slow to load, and most visits never ask it
    from pathway.proof.counterfactual.boundary_result import OutcomeChange, Threshold, Thresholds

MAX_CHANGES_NAMED = 3
TRY, COMPARE = "Try it", "Try for comparison"


def nearest_thresholds(view: View) -> Html:
    """The nearest values of each number that change the result, each with a button to try it."""
    result = _cached_thresholds(hashable(view.answers), view.state.guidance, hashable(view.state.assumptions))
    title = heading(3, "Numbers that would change this")
    if not result.thresholds:
        return el("section", title, el("p", "No other number would.", class_="small"), class_="ways")
    lead = el("p", "The nearest number on each side. Those in between change nothing.", class_="small")
    return el("section", title, lead, items(_threshold(view, threshold) for threshold in result.thresholds), class_="ways")


@per_pathway(maxsize=256)
def _cached_thresholds(answers: Pairs, guidance: str, assumptions: Pairs) -> Thresholds:
    from pathway.proof import thresholds

    return thresholds(the_pathway(), {"answers": dict(answers)}, guidance, dict(assumptions))


def _threshold(view: View, threshold: Threshold) -> Html:
    name, value = view.finding_label(threshold.finding), view.answer_words(threshold.finding, threshold.other)
    arrow = [el("span", "becomes ", class_="sr"), icon("next")]
    head: list[Child] = [el("b", f"{name}: "), f"{threshold.now} ", *arrow, f" {value}"]
    head += [] if threshold.can_follow else [el("span", " (for comparison only: this can’t happen)", class_="small")]
    moves = "; ".join(_outcome_change(view, outcome) for outcome in threshold.moves[:MAX_CHANGES_NAMED])
    more = f"; and {len(threshold.moves) - MAX_CHANGES_NAMED} more" if len(threshold.moves) > MAX_CHANGES_NAMED else ""
    description = el("div", el("p", *head), el("p", f"{moves}{more}.", class_="small"))
    words = [TRY if threshold.can_follow else COMPARE, el("span", f": {name} {value}", class_="sr")]
    changes = json.dumps({threshold.finding: threshold.other})
    trial = el("button", *words, type="button", class_="quiet", data_do="apply-changes", data_changes=changes)
    return el("div", description, trial, class_="way")


def _outcome_change(view: View, move: OutcomeChange) -> str:
    name = view.knowledge.options[move.of].name if move.of in view.knowledge.options else f"the {move.of}"
    return f"{name}: {_word(view, move.before)} becomes {_word(view, move.after)}"


def _word(view: View, value: str) -> str:
    return "none" if value == OFF_LADDER else view.title(value).lower()
