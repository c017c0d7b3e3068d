"""In the explorer, "What would change this?": every change set works when it is tried, and so does every threshold."""

from __future__ import annotations

import re
from html import unescape
from itertools import product

import pytest

import pathway
from explorer.instrument.actions import apply
from explorer.instrument.session import Session
from explorer.links.address import scenarios
from explorer.pages.explore.drawers import drawer_content
from explorer.pages.explore.result_card import STEP_DRAWER
from explorer.pages.explore.view import view_of
from pathway.proof.symbolic.z3_solver import within
from pathway.scenarios.walk import State, new_walk
from tests.explorer.test_explore_page import text

DRIVER = new_walk(scenarios()["driver-eight-weeks"].answers)
FLAGGED = new_walk(scenarios()["courier-cauda-equina"].answers)
ASKED = ["tens", "microdiscectomy", "epidural-steroid-injection", "therapeutic-ultrasound", "nsaids"]


def drawer(state: State, of: str) -> str:
    """The drawer of an option or of the step, worked out."""
    return drawer_content(view_of(state, pending_work=of), of)


def trials(markup: str) -> list[str]:
    """What each "Try it" sends."""
    return [unescape(changes) for changes in re.findall(r'data-do="apply-changes" data-changes="([^"]*)"', markup)]


def tried(state: State, changes: str) -> pathway.Result:
    """The result once it was tried."""
    return view_of(apply(state, {"do": "apply-changes", "changes": changes}, Session())).result


NAMES = ("driver-eight-weeks", "walker-with-stenosis", "gardener-nothing-asked")
SLOW = ("gardener-nothing-asked", "epidural-steroid-injection")
"""As many ways as there are to the microdiscectomy from there."""


@pytest.mark.parametrize(
    ("name", "of"),
    [pytest.param(*pair, marks=pytest.mark.soak if pair == SLOW else []) for pair in product(NAMES, ASKED)],
)
def test_every_change_set_works_when_tried(name: str, of: str) -> None:
    state = new_walk(scenarios()[name].answers)
    applies = view_of(state).result.options[of].verdict == "applies"
    markup = drawer(state, of)
    proposals = trials(markup)
    assert proposals or "No change would do this:" in text(markup)
    for changes in proposals:
        assert (tried(state, changes).options[of].verdict == "applies") is not applies


def test_every_change_set_for_a_step_leads_there() -> None:
    sections = re.findall(r'<section class="ways" aria-label="([^"]*)">(.*?)</section>', drawer(DRIVER, STEP_DRAWER))
    titles = {view_of(DRIVER).title(step): step for step in ("recovery", "conservative", "surgery")}
    assert [name for name, _ in sections] == list(titles)
    for name, markup in sections:
        assert trials(markup)
        for changes in trials(markup):
            assert tried(DRIVER, changes).step == titles[name]


def test_impossible_changes_are_offered_for_comparison_only() -> None:
    ways = re.findall(r'<div class="way"><span>(.*?)</span><button[^>]*>(.*?)<span', drawer(DRIVER, STEP_DRAWER))
    assert {words.startswith("For comparison:") for words, _ in ways} == {True, False}
    for words, button in ways:
        assert button == ("Try for comparison" if words.startswith("For comparison:") else "Try it"), words


def test_the_line_above_the_ways_reads_on_into_each_of_them() -> None:
    assert "This option would no longer apply: If " in text(drawer(DRIVER, "epidural-steroid-injection"))
    assert "This option would apply: If " in text(drawer(DRIVER, "microdiscectomy"))


def test_every_threshold_changes_the_result() -> None:
    points = drawer(DRIVER, STEP_DRAWER).split("Numbers that would change this")[1]
    assert trials(points)
    now = view_of(DRIVER).result
    for changes in trials(points):
        then = tried(DRIVER, changes)
        verdicts = {name: option.verdict for name, option in then.options.items()}
        assert (then.route, then.step, verdicts) != (
            now.route,
            now.step,
            {name: option.verdict for name, option in now.options.items()},
        )


def test_a_red_flag_is_the_reason_while_on_hold() -> None:
    assert "the red flag comes first" in text(drawer(FLAGGED, "tens"))
    assert trials(drawer(FLAGGED, "tens")) == []


def test_slow_work_waits_until_the_browser_asks() -> None:
    markup = drawer_content(view_of(DRIVER), "tens")
    assert 'data-wait="tens"' in markup and trials(markup) == []


def test_an_incomplete_search_is_not_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    asked_by_no_other_test = DRIVER.answered({"age": 93})
    monkeypatch.setattr("pathway.proof.counterfactual.what_if.within", lambda seconds: within(0))
    assert "There are more ways" in text(drawer(asked_by_no_other_test, "microdiscectomy"))
    monkeypatch.setattr("pathway.proof.counterfactual.what_if.within", lambda seconds: within(60))
    again = drawer(asked_by_no_other_test, "microdiscectomy")
    assert trials(again) and "There are more ways" not in text(again)


def test_a_trial_of_an_unknown_finding_is_refused() -> None:
    with pytest.raises(pathway.Unusable, match="nobody"):
        apply(DRIVER, {"do": "apply-changes", "changes": '{"nobody": "x"}'}, Session())
