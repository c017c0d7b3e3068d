"""Edits of a scenario: the checks, the answers that stay, and edits without an effect."""

from __future__ import annotations

import pytest

from pathway import Unusable
from pathway.scenarios import edits
from pathway.scenarios.scenario import Scenario
from pathway.scenarios.walk import MOST_VISITS, MOST_WEEKS, State, Visit, new_walk

START = State()
LATER = START.add_visit(6, "same", care=False)
BUNDLED = [Scenario(title="A neck", answers={"region": "neck"})]


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (State(guidance="nobody"), "no reading nobody"),
        (new_walk({"region": "moon"}), "moon"),
        (LATER.answered({"age": 400}), "age can't be 400; write a whole number of years from 0 to 120"),
        (State(assumptions={"surgery-weeks": 27}), "from 6 to 26"),
    ],
)
def test_a_state_that_the_knowledge_does_not_know_is_refused(state: State, says: str) -> None:
    assert edits.checked(START) == START
    with pytest.raises(Unusable, match=says):
        edits.checked(state)


def test_withdrawing_the_answer_to_an_unknown_question_does_nothing() -> None:
    assert edits.with_answers(LATER, {"nobody": None}) == LATER


def test_no_to_all_answers_a_group_and_overwrites_no_sign() -> None:
    answered = edits.with_no_to_all(START, "cauda-equina")
    assert answered.answers == dict.fromkeys(edits.group_answers(START, "cauda-equina"), "absent")
    sign = new_walk({"saddle_numbness": "present"})
    assert edits.with_no_to_all(sign, "cauda-equina") == sign


@pytest.mark.parametrize("value", [None, 12])
def test_an_assumption_without_a_value_or_with_its_default_is_set_back(value: int | None) -> None:
    longer = edits.with_assumption(START, "surgery-weeks", 20)
    assert longer.assumptions == {"surgery-weeks": 20}
    assert edits.with_assumption(longer, "surgery-weeks", value) == START


@pytest.mark.parametrize("weeks", [None, "", "6,5", -1, MOST_WEEKS + 1])
def test_a_visit_after_no_number_of_weeks_is_refused(weeks: str | int | None) -> None:
    with pytest.raises(Unusable, match=f"whole number from 0 to {MOST_WEEKS}"):
        edits.with_next_visit(START, weeks, "same", care=True)


def test_no_visit_is_added_beyond_the_most_or_with_an_unknown_trend() -> None:
    full = State((Visit(), *(Visit(1),) * (MOST_VISITS - 1)))
    assert edits.with_next_visit(full, 6, "same", care=True) == full
    assert edits.with_next_visit(START, 6, "sideways", care=True) == START
    assert len(edits.with_next_visit(START, 6, "same", care=True).visits) == 2


@pytest.mark.parametrize("at", [None, "1", -1, 2])
def test_a_visit_that_is_not_there_is_not_opened(at: str | int | None) -> None:
    assert edits.at_visit(LATER, at) == LATER


def test_a_scenario_takes_the_title_of_the_bundled_one_that_it_is() -> None:
    neck = new_walk({"region": "neck"})
    assert edits.named(neck, BUNDLED).title == "A neck"
    assert edits.named(State(title="Mine", visits=neck.visits), BUNDLED).title == "Mine"
    assert edits.named(START, [Scenario(title="Nobody")]).title == ""
