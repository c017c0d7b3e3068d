"""The result card: the facts that a reader must see there, and not only further down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.links.address import scenarios
from explorer.pages.explore.ladder import ladder
from explorer.pages.explore.layout import explore
from explorer.pages.explore.result_card import status, summary
from explorer.pages.explore.view import View, view_of
from pathway.cli.result_view import render
from pathway.knowledge.assumptions import defaults
from pathway.scenarios.walk import State, new_walk
from tests.explorer.conftest import shown

DRIVER = new_walk(scenarios()["driver-eight-weeks"].answers)
VARIED = replace(DRIVER, assumptions={"conservative-trial-weeks": 12})
SAID = "conservative trial weeks 12, usually 6"


def test_a_changed_assumption_is_shown() -> None:
    assert SAID in shown(VARIED)
    assert SAID not in shown(DRIVER)


NONE_FITS = "No operation fits this person"


def no_operation_fits() -> View:
    """Someone at the surgery step, but no operation fits."""
    view = view_of(DRIVER.answered({"region": "neck", "pain_severity": "severe"}))
    return replace(view, result=view.result.model_copy(update={"step": "surgery", "step_open": None}))


def test_a_step_without_a_fitting_option_says_so_in_its_headline() -> None:
    card = status(no_operation_fits())
    assert NONE_FITS in card.partition("<h2>")[2].partition("</h2>")[0]
    assert "Each of its options says why it is left out" in card
    assert NONE_FITS.lower() in summary(no_operation_fits()).lower()
    assert NONE_FITS in ladder(no_operation_fits())["rung-surgery"]
    assert NONE_FITS not in explore(view_of(DRIVER)).assembled()


def test_the_terminal_says_that_no_option_fits() -> None:
    view = no_operation_fits()
    values = defaults(view.knowledge)
    assert f"Step   {NONE_FITS}" in render(view.result, view.knowledge, values)
    assert NONE_FITS not in render(view_of(DRIVER).result, view.knowledge, values)


TOLD = State().answered({"cord_signs": "absent"})


@pytest.mark.parametrize(
    ("state", "says"), [(DRIVER, "injection is possible"), (TOLD, "The step is still open")], ids=["firm", "open"]
)
def test_reasons_come_with_answers_or_open_questions(state: State, says: str) -> None:
    folded = shown(state).partition("why-step")[2]
    assert says in folded.partition("</details>")[0]
