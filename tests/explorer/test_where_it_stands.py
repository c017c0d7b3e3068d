"""What the card that says where a person stands must not leave to be found out further down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.address import scenarios, viewed
from explorer.compare import compare
from pathway.walk import State, started
from tests.explorer.conftest import shown

DRIVER = started(scenarios()["driver-eight-weeks"].answers)
VARIED = replace(DRIVER, assumptions={"conservative-trial-weeks": 12})
SAID = "conservative trial weeks 12, usually 6"
NO_OPERATION_OF_THE_NECK = DRIVER.answered({"region": "neck", "pain_severity": "severe"})


@pytest.mark.parametrize("page", ["", "atlas"])
def test_an_assumption_that_was_varied_is_said(page: str) -> None:
    assert SAID in shown(VARIED, page)
    assert SAID not in shown(DRIVER, page)


def test_a_step_of_which_no_option_fits_says_so() -> None:
    assert "none of this step’s options fits" in shown(NO_OPERATION_OF_THE_NECK)
    assert "none of this step’s options fits" not in shown(DRIVER)


@pytest.mark.parametrize(
    ("state", "says"), [(DRIVER, "injection is possible"), (State(), "The step is open")], ids=["firm", "open"]
)
def test_the_reason_for_the_step_comes_with_the_answers_or_with_what_is_open(state: State, says: str) -> None:
    folded = shown(state).partition("why-step")[2]
    assert says in folded.partition("</details>")[0]


def test_each_side_of_a_comparison_says_what_is_assumed_otherwise() -> None:
    assert compare(viewed(DRIVER), viewed(VARIED)).count(SAID) == 1
    assert compare(viewed(VARIED), viewed(VARIED)).count(SAID) == 2
