"""The card that asks next, and "no to all of these": open questions, earlier answers, and the words at the end."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

import pathway
from explorer.links.address import codes, scenarios
from pathway.knowledge.models import Group
from pathway.scenarios.walk import new_walk
from tests.explorer.conftest import Opens, back, link, press_elsewhere
from tests.explorer.test_deliberate_answers import BLADDER, SADDLE, ask_next, choice

pytestmark = pytest.mark.browser

FINDINGS = pathway.load().findings
DRIVER = dict(scenarios()["driver-eight-weeks"].answers)
NONE = "No to all of these"
SEX, LEGS = "Is there a new loss of genital feeling, erection or orgasm?", "Are both legs weak?"


def given(answers: dict[str, str | int]) -> str:
    return f"/?s={codes().encode(new_walk(answers))}"


def none_of_these(page: Page) -> Locator:
    return page.get_by_role("checkbox", name=NONE).first


def test_unticking_none_of_these_restores_earlier_answers(opens: Opens) -> None:
    page = opens()
    for words in (BLADDER, SADDLE):
        choice(page, words, "Absent").check()
        expect(choice(page, words, "Absent")).to_have_attribute("checked", "")
    expect(page.locator(".strip")).to_contain_text("16 safety questions are open")
    none_of_these(page).check()
    expect(page.locator(".strip")).to_contain_text("14 safety questions are open")
    press_elsewhere(page)
    none_of_these(page).uncheck()
    expect(page.locator(".strip")).to_contain_text("16 safety questions are open")
    for words, answer in {BLADDER: "Absent", SADDLE: "Absent", SEX: "Not asked yet", LEGS: "Not asked yet"}.items():
        expect(choice(page, words, answer)).to_be_checked()
    back(page)
    expect(page.locator(".strip")).to_contain_text("14 safety questions are open")
    back(page)
    expect(page.locator(".strip")).to_contain_text("16 safety questions are open")


@pytest.mark.soak
def test_later_single_answers_survive_unticking_none_of_these(opens: Opens) -> None:
    page = opens()
    none_of_these(page).check()
    expect(page.locator(".strip")).to_contain_text("14 safety questions are open")
    back(page)
    expect(page.locator(".strip")).to_contain_text("18 safety questions are open")
    for number, words in enumerate((BLADDER, SADDLE, SEX, LEGS), 1):
        choice(page, words, "Absent").check()
        expect(page.locator(".strip")).to_contain_text(f"{18 - number} safety questions are open")
    press_elsewhere(page)
    none_of_these(page).uncheck()
    expect(page.locator(".strip")).to_contain_text("18 safety questions are open")


@pytest.mark.soak
def test_the_card_lists_only_unanswered_questions(opens: Opens) -> None:
    page = opens()
    expect(ask_next(page).get_by_role("listitem").filter(has_text=BLADDER)).to_have_count(1)
    choice(page, BLADDER, "Absent").check()
    expect(ask_next(page).get_by_role("listitem").filter(has_text=BLADDER)).to_have_count(0)
    expect(ask_next(page).get_by_role("listitem").filter(has_text=SADDLE)).to_have_count(1)
    ask_next(page).get_by_role("button", name=NONE).press("Enter")
    expect(choice(page, BLADDER, "Absent")).to_be_checked()
    expect(page.locator(".strip")).to_contain_text("14 safety questions are open")


SAFETY = [group for group in pathway.load().groups if group.is_safety_group]
NUMBERS = {group.id: sum(finding.group == group.id for finding in FINDINGS.values()) for group in SAFETY}
FEWEST = min(SAFETY, key=lambda group: NUMBERS[group.id])


@pytest.mark.parametrize(
    "group", [pytest.param(group, id=group.id, marks=[] if group == FEWEST else pytest.mark.soak) for group in SAFETY]
)
def test_every_safety_group_is_asked_with_the_same_button(opens: Opens, group: Group) -> None:
    """Those with one question too: a hurried person would leave out what looks unlike the others."""
    card = ask_next(opens(given({name: answer for name, answer in DRIVER.items() if FINDINGS[name].group != group.id})))
    expect(card.get_by_role("heading", level=2)).to_have_text(group.title)
    button = card.get_by_role("button", name=str(group.none_of_these))
    expect(button).to_have_css("background-color", "rgb(11, 107, 99)")
    button.press("Enter")
    expect(card).to_contain_text("All questions that matter are answered")


def test_the_open_count_falls_with_each_skipped_question(opens: Opens) -> None:
    page = opens(link("gardener-nothing-asked"))
    for left, skipped in (
        (17, "1 skipped question is still open"),
        (16, "2 skipped questions are still open"),
        (15, "3 skipped questions are still open"),
    ):
        ask_next(page).get_by_role("button", name="Skip this question").press("Enter")
        expect(page.locator(".strip")).to_contain_text(f"{left} safety questions are open. {skipped}.")


def test_after_the_last_question_the_closing_line_has_the_focus(opens: Opens) -> None:
    page = opens(given({name: answer for name, answer in DRIVER.items() if name != "age"}))
    ask_next(page).get_by_role("textbox").fill("45")
    ask_next(page).get_by_role("textbox").press("Enter")
    words = page.get_by_text("All questions that matter are answered.")
    expect(words).to_be_focused()
