"""The Compare page: which scenarios it compares, their results and differences, and how its widgets change the address."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

import pathway
from explorer.links.address import codes, scenarios, state_from_link
from pathway.links.codes import code
from pathway.links.token import check
from pathway.scenarios.walk import State, Visit, new_walk
from tests.explorer.native import links, opened, plain, ran, token, words

KNOWLEDGE = pathway.load()
DRIVER, GARDENER = token("driver-eight-weeks", "nice"), token("gardener-first-days")
GARDENERS_TITLE = scenarios()["gardener-first-days"].title


def chosen(test: AppTest, title: str | None) -> AppTest:
    """The page once the scenario of this title is chosen to compare with, or none."""
    test.selectbox[0].set_value(title)
    return ran(test)


def headers(test: AppTest) -> list[str]:
    """The headings of the page's parts."""
    return [plain(header.value) for header in test.header]


def test_both_scenarios_stand_side_by_side_with_their_names() -> None:
    test = opened("compare", s=DRIVER, t=GARDENER)
    titles = (GARDENERS_TITLE, scenarios()["driver-eight-weeks"].title)
    assert headers(test)[:2] == [f"{letter}: {title}" for letter, title in zip("AB", titles, strict=True)]
    assert links(test) == [("Open A in Explore", "", {"s": GARDENER}), ("Open B in Explore", "", {"s": DRIVER})]


def test_the_current_scenario_has_no_letter_until_another_is_chosen() -> None:
    test = opened("compare", s=DRIVER)
    assert headers(test)[0] == "The current scenario" and scenarios()["driver-eight-weeks"].title in words(test)
    assert links(test) == [("Open in Explore", "", {"s": DRIVER})]


def test_the_differences_come_with_reasons_and_the_different_answers() -> None:
    test = opened("compare", s=token("driver-eight-weeks"), t=GARDENER)
    assert "**The step**: Conservative care becomes Injection" in words(test) and "different answers" in words(test)
    symptom_weeks = next(row for row in test.table[0].value.to_numpy().tolist() if row[0] == "Symptom weeks")
    assert symptom_weeks == ["Symptom weeks", "0 weeks", "8 weeks"]


def test_equal_scenarios_have_no_differences() -> None:
    test = opened("compare", s=DRIVER, t=DRIVER)
    assert "The route, the step and all verdicts are the same." in words(test) and not test.table


@pytest.mark.parametrize(("name", "route"), [("courier-cauda-equina", "Emergency"), ("pregnant-pharmacist", "Other pathway")])
def test_a_scenario_off_the_ladder_has_its_route_as_its_word(name: str, route: str) -> None:
    test = opened("compare", s=DRIVER, t=token(name))
    assert any(markdown.value.startswith(f"**{route}.** ") for markdown in test.markdown)


def test_a_chosen_scenario_gets_the_guidance_and_goes_into_the_address() -> None:
    test = chosen(opened("compare", s=DRIVER, utm_source="course"), GARDENERS_TITLE)
    expected = replace(new_walk(scenarios()["gardener-first-days"].answers, "nice"), title=GARDENERS_TITLE)
    assert state_from_link(test.query_params["t"]) == (expected, "")
    assert test.query_params["s"] == DRIVER and test.query_params["utm_source"] == "course"
    assert headers(test)[0] == f"A: {GARDENERS_TITLE}" and test.selectbox[0].value == test.query_params["t"]


def test_the_box_is_emptied_and_back_fills_it() -> None:
    test = opened("compare", s=DRIVER, t=GARDENER)
    assert test.selectbox[0].value == GARDENER
    assert "t" not in chosen(test, None).query_params and test.selectbox[0].value is None
    assert headers(test)[0] == "The current scenario" and test.selectbox[0].placeholder == "Choose a scenario"
    test.query_params["t"] = GARDENER  # as Back does
    assert headers(ran(test))[0] == f"A: {GARDENERS_TITLE}" and test.selectbox[0].value == GARDENER


def test_an_empty_scenario_can_be_compared_with() -> None:
    assert headers(opened("compare", s=DRIVER, t=codes().encode_always(State())))[0] == "A: New scenario"


def test_a_saved_scenario_of_ones_own_is_named() -> None:
    own = State(visits=(Visit(new_answers={"age": 40}),), title="*Mine* [x](y) <b>")
    test = opened("compare", s=DRIVER, t=codes().encode(own))
    assert headers(test)[0] == "A: *Mine* [x](y) <b>" and "*Mine* [x](y) <b>" in test.selectbox[0].options
    assert "*Mine*" not in test.header[0].value and "[x]" not in test.header[0].value, "it must stay text"


def test_a_link_to_compare_with_that_cannot_be_read_is_reported() -> None:
    test = opened("compare", s=DRIVER, t=GARDENER[:-6])
    assert "The scenario to compare with: This link can’t be used: it was cut or altered" in words(test)
    assert headers(test)[0] == "A: New scenario" and not chosen(test, None).warning


def test_answers_left_out_of_the_compared_link_are_reported() -> None:
    body = f"2_{KNOWLEDGE.hash}_p0_0s-{code('age', 3)}40-zzzab"
    page_text = words(opened("compare", s=DRIVER, t=f"{body}_{check(body)}"))
    assert "The scenario to compare with: The knowledge no longer has everything" in page_text
    assert "Left out: one answer (code zzz)." in page_text


def test_each_scenario_shows_its_changed_assumptions() -> None:
    driver = new_walk(scenarios()["driver-eight-weeks"].answers)
    varied, page_text = (
        codes().encode(replace(driver, assumptions={"conservative-trial-weeks": 12})),
        "conservative trial weeks 12, usually 6",
    )
    assert words(opened("compare", s=DRIVER, t=varied)).count(page_text) == 1
    assert words(opened("compare", s=varied, t=varied)).count(page_text) == 2


def test_the_safety_net_is_on_the_page() -> None:
    page_text = words(opened("compare", s=DRIVER))
    assert all(line in page_text for line in KNOWLEDGE.frame.safety_net)
