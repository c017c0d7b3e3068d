"""A first visit: a student with a person in mind is at a firm step in a few clicks, and sees at each one what it changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from explorer.links.address import scenarios
from explorer.pages.explore.ask_next import next_question
from explorer.pages.explore.first_card import first_card, is_open, is_starting
from explorer.pages.explore.start import scenario_list, start
from explorer.pages.explore.view import view_of
from pathway.scenarios.walk import State, new_walk
from tests.explorer.conftest import Opens, press_elsewhere
from tests.people import KNOWLEDGE

MOST_CLICKS, MOST_NUMBERS = 6, 3
TYPED = {"Age years": "40", "For how many whole weeks? weeks": "8"}
PRESSED = ("Low back, down one leg", "Nothing yet")
FIRM = "A 40-year-old, 8 weeks: the conservative care step. No open question can change this step."
SAFETY_GROUPS = [group for group in KNOWLEDGE.groups if group.is_safety_group]


def typed(page: Page, label: str) -> None:
    page.get_by_role("textbox", name=label).fill(TYPED[label])
    page.get_by_role("textbox", name=label).press("Tab")


def describe(page: Page) -> None:
    """Fills in the first card: two numbers, and a click for each other question."""
    for label in TYPED:
        typed(page, label)
    for words in PRESSED:
        page.locator("#first").get_by_role("button", name=words, exact=True).click()


@pytest.mark.browser
@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 390])
def test_a_student_comes_to_a_firm_step_in_six_clicks_and_sees_each_change_it(opens: Opens, width: int) -> None:
    page = opens(width=width, height=844)
    sentence = page.locator(".strip")
    expect(sentence).to_have_text("No one is described yet. 18 safety questions are open.")
    typed(page, "Age years")
    expect(sentence).to_have_text("A 40-year-old: so far conservative care. 18 safety questions are open.")
    describe(page)
    expect(page.locator("#first")).to_have_count(0)
    expect(page.locator("#ask-title")).to_be_focused()
    expect(page.locator("#ask-title")).to_be_in_viewport()
    for group in SAFETY_GROUPS:
        expect(page.locator("#ask-title")).to_have_text(group.title)
        press_elsewhere(page)
        page.locator("#ask").get_by_role("button", name=str(group.none_of_these), exact=True).click()
    expect(sentence).to_have_text(FIRM)
    assert len(PRESSED) + len(SAFETY_GROUPS) <= MOST_CLICKS
    assert len(TYPED) <= MOST_NUMBERS


DESCRIBED = new_walk({"age": 40, "region": "low_back", "nerve_pain": "one_side", "symptom_weeks": 8})
UNDER_WAY = DESCRIBED.answered({"conservative_care": "under_way", "injection": "not_tried"})


def test_an_answer_that_sets_several_findings_is_shown_as_chosen() -> None:
    card = first_card(view_of(DESCRIBED))
    assert 'id="first-where-0" aria-pressed="true"' in card
    assert card.count('aria-pressed="true"') == 1


def test_the_weeks_of_care_are_asked_once_there_is_care() -> None:
    assert "first-conservative_weeks" not in first_card(view_of(DESCRIBED))
    assert "first-conservative_weeks" in first_card(view_of(UNDER_WAY))
    assert is_open(view_of(UNDER_WAY))
    assert not is_open(view_of(UNDER_WAY.answered({"conservative_weeks": 8})))


def test_a_skipped_question_does_not_keep_the_card_open() -> None:
    skipped = frozenset({"conservative_care"})
    assert is_open(view_of(DESCRIBED))
    assert not is_open(view_of(DESCRIBED, skipped=skipped))


def test_the_card_is_for_a_person_of_ones_own_at_the_first_visit() -> None:
    bundled = new_walk(scenarios()["gardener-nothing-asked"].answers)
    for state in (bundled, replace(DESCRIBED, title="A mason"), DESCRIBED.add_visit(6, "same", care=True)):
        assert not is_open(view_of(state))


def test_questions_of_the_card_are_not_asked_again_below_it() -> None:
    below = next_question(view_of(DESCRIBED, skipped=frozenset(safety_questions()))).partition('class="eyebrow"')[2]
    assert 'id="ask-region' not in below and 'id="ask-conservative_care' not in below


def test_questions_after_the_safety_questions_are_asked_one_by_one() -> None:
    assert not is_open(view_of(DESCRIBED.answered(safety_questions())))


def safety_questions() -> dict[str, str | int]:
    """Every safety question, with no sign present."""
    groups = {group.id for group in SAFETY_GROUPS}
    return {finding.id: finding.benign_answer for finding in KNOWLEDGE.findings.values() if finding.group in groups}


def test_a_red_flag_closes_the_card() -> None:
    assert not is_open(view_of(State().answered({"saddle_numbness": "present"})))


def test_the_page_begins_with_the_ladder_until_a_safety_question_is_answered() -> None:
    assert is_starting(view_of(State())) and is_starting(view_of(DESCRIBED))
    assert not is_starting(view_of(DESCRIBED.answered({"cord_signs": "absent"})))


def test_each_theme_offers_a_case_and_no_title_tells_its_point() -> None:
    view = view_of(State())
    first = start(view)
    for theme in KNOWLEDGE.themes:
        assert f'id="case-{theme.scenarios[0]}"' in first
    assert not any(scenario.about[:40] in first for scenario in scenarios().values())
    every = scenario_list(view)
    assert all(every.count(f'data-value="{name}"') == 1 for name in scenarios())
