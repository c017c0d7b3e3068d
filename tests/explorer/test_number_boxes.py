"""Numbers that a person types, with commas too: one that can't be read says so beside the box, and no old number is kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.explorer.conftest import WRITTEN, Opens, link

VISIT_2 = re.compile("^Visit 2")
pytestmark = pytest.mark.browser

WEEKS = "For how many whole weeks have the symptoms lasted?"
ASKS = "Enter a whole number of weeks from"
UNREADABLE = ["6,5", "6.5", "8 weeks", "5-6", "65+", "-", "-3", "1e1", "six", "99999", "1 2", "٦"]
# What the box's own script makes of each text: null is unreadable.
PARSED = """async ([name, texts]) => {
  const script = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/number_boxes.js")).name;
  const { parsedNumber } = await import(script), box = document.getElementById(name);
  return texts.map((text) => { box.value = text; return parsedNumber(box); });
}"""


def question(page: Page, words: str) -> Locator:
    return page.get_by_role("group", name=words)


def box(page: Page, words: str = WEEKS) -> Locator:
    return question(page, words).get_by_role("textbox")


def typed(field: Locator, text: str) -> None:
    """As by hand, key by key: the browser may refuse a key, and then it is not in the box."""
    field.clear()
    field.press_sequentially(text)
    field.press("Tab")


def test_an_invalid_entry_shows_an_error_and_counts_as_not_known(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    alert, not_known = question(page, WEEKS).get_by_role("alert"), question(page, WEEKS).get_by_role("button", name="Not known")
    typed(box(page), "6,5")
    expect(alert).to_contain_text(ASKS)
    expect(alert).to_contain_text("“6,5”")
    expect(alert).to_contain_text("Until then this answer is not known.")
    expect(box(page)).to_have_value("6,5")
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    expect(box(page)).to_have_accessible_description(re.compile(ASKS))
    expect(not_known).to_have_attribute("aria-pressed", "true")
    typed(box(page), "8")
    expect(not_known).to_have_attribute("aria-pressed", "false")
    age = "How old is the person"
    typed(box(page, age), "300")
    expect(question(page, age).get_by_role("alert")).to_contain_text("from 0 to 120")
    typed(box(page), "5-6")
    expect(not_known).to_have_attribute("aria-pressed", "true")
    page.evaluate(WRITTEN)
    page.reload()
    page.get_by_role("checkbox", name="Show questions that make no difference yet").check()
    expect(box(page)).to_have_value("")


def test_only_whole_numbers_are_read_also_with_blanks_in_full_width_digits_or_none(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    assert page.evaluate(PARSED, ["a-symptom_weeks", UNREADABLE]) == [None] * len(UNREADABLE)
    assert page.evaluate(PARSED, ["a-symptom_weeks", ["8", " 12 ", "007", ""]]) == ["8", "12", "7", ""]
    not_known = question(page, WEEKS).get_by_role("button", name="Not known")
    for text, number in {" 12 ": "12", "\uff11\uff13 ": "13", "0": "0"}.items():
        typed(box(page), text)
        expect(box(page)).to_have_value(number)
        expect(question(page, WEEKS).get_by_role("alert")).to_have_count(0)
        expect(not_known).to_have_attribute("aria-pressed", "false")
    typed(box(page), "5-6")
    expect(not_known).to_have_attribute("aria-pressed", "true")
    typed(box(page), "")
    expect(question(page, WEEKS).get_by_role("alert")).to_have_count(0)
    expect(not_known).to_have_attribute("aria-pressed", "true")


def test_an_invalid_entry_stays_and_stays_selected_until_it_is_corrected(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    typed(box(page), "5-6")
    box(page).select_text()
    page.evaluate("document.getElementById('a-course-worsening').click()")
    expect(page.get_by_text("A driver whose leg pain persists after eight weeks of treatment, changed")).to_be_visible()
    expect(box(page)).to_have_value("5-6")
    expect(question(page, WEEKS).get_by_role("alert")).to_contain_text(ASKS)
    page.keyboard.press("Delete")
    expect(box(page)).to_have_value("")
    typed(box(page), "6")
    expect(question(page, WEEKS).get_by_role("alert")).to_have_count(0)
    expect(box(page)).not_to_have_attribute("aria-invalid", "true")
    expect(box(page)).to_have_value("6")


# A load costs more than any of these, so they share one.
def test_back_restores_a_number_and_wheel_and_arrows_leave_it(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    before = page.url
    typed(box(page), "5-6")
    expect(page).not_to_have_url(before)
    page.go_back()
    expect(box(page)).to_have_value("8")
    expect(question(page, WEEKS).get_by_role("alert")).to_have_count(0)
    expect(page).to_have_url(before)
    changed_several_times(page)
    used_by_wheel_and_arrow_keys(page)


def changed_several_times(page: Page) -> None:
    """However often a number is changed, it is one step back."""
    before = page.url
    for text in ("9", "10", "11"):
        typed(box(page), text)
        expect(question(page, WEEKS).locator(f"input[value='{text}']")).to_have_count(1)
    expect(page).not_to_have_url(before)
    page.go_back()
    expect(box(page)).to_have_value("8")
    expect(page).to_have_url(before)


def used_by_wheel_and_arrow_keys(page: Page) -> None:
    """Neither changes a number."""
    before = page.url
    box(page).scroll_into_view_if_needed()
    box(page).focus()
    box(page).hover()
    page.mouse.wheel(0, -300)
    for _ in range(5):
        page.keyboard.press("ArrowUp")
    expect(box(page)).to_have_value("8")
    page.keyboard.press("Tab")
    assert page.url == before


def asked_for_age(opens: Opens) -> Page:
    """A page that asks next how old the person is."""
    page = opens(link("driver-eight-weeks"))
    before = page.url
    question(page, "How old is the person").get_by_role("button", name="Not known").click()
    expect(page).not_to_have_url(before)
    expect(page.get_by_role("region", name="Next question")).to_contain_text("How old is the person")
    return page


def test_the_next_question_card_accepts_only_numbers(opens: Opens) -> None:
    page = asked_for_age(opens)
    card = page.get_by_role("region", name="Next question")
    before = page.url
    typed(card.get_by_role("textbox"), "4,5")
    card.get_by_role("button", name="Answer", exact=True).click()
    expect(card.get_by_role("alert")).to_contain_text("Enter a whole number of years from")
    expect(card.get_by_role("textbox")).to_be_focused()
    assert page.url == before
    card.get_by_role("textbox").fill("45")
    card.get_by_role("textbox").press("Enter")
    expect(box(page, "How old is the person")).to_have_value("45")


def test_invalid_weeks_add_no_visit(opens: Opens) -> None:
    page = opens(link("gardener-first-days"))
    walk = page.get_by_role("region", name="Visits")
    weeks = walk.get_by_role("textbox", name="Weeks until the next visit")
    for text in ("6,5", ""):
        weeks.fill(text)
        walk.get_by_role("button", name="Worse", exact=True).press("Enter")
        expect(walk.get_by_role("alert")).to_contain_text(ASKS)
        expect(walk.get_by_role("alert")).to_contain_text("No visit was added.")
        expect(weeks).to_be_focused()
        expect(walk.get_by_role("button", name=VISIT_2)).to_have_count(0)
    weeks.fill("4")
    walk.get_by_role("button", name="Worse", exact=True).press("Enter")
    expect(walk.get_by_role("button", name=VISIT_2)).to_contain_text("4 weeks later")
    expect(walk.get_by_role("alert")).to_have_count(0)


@pytest.mark.soak
def test_enter_in_the_weeks_moves_to_the_trend_buttons(opens: Opens) -> None:
    page = opens(link("gardener-first-days"))
    walk = page.get_by_role("region", name="Visits")
    weeks = walk.get_by_role("textbox", name="Weeks until the next visit")
    weeks.fill("six")
    weeks.press("Enter")
    expect(walk.get_by_role("alert")).to_contain_text(ASKS)
    expect(weeks).to_be_focused()
    weeks.fill("4")
    weeks.press("Enter")
    expect(walk.get_by_role("button", name="Better", exact=True)).to_be_focused()
    expect(walk.get_by_role("button", name=VISIT_2)).to_have_count(0)


def test_an_invalid_assumption_says_which_value_stays(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    field = page.get_by_role("textbox", name="Conservative care is tried for this many weeks")
    before = page.url
    for text in ("6,5", "500"):
        typed(field, text)
        expect(page.get_by_text(f"{ASKS} 4 to 12")).to_contain_text("The value stays at 6 weeks.")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_value(text)
    assert page.url == before
    typed(field, "12")
    expect(page.get_by_role("heading", level=2, name="Conservative care", exact=True)).to_be_visible()
    expect(field).not_to_have_attribute("aria-invalid", "true")
