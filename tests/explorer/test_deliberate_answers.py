"""An answer is given on purpose, once: by key or click, never by moving about, by a second click, or by a key held down."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.explorer.conftest import Opens, link
from tests.explorer.test_number_boxes import VISIT_2, question

pytestmark = pytest.mark.browser

BLADDER = "In this episode, is there any new trouble with the bladder or bowel?"
SADDLE = "Does the skin between the legs feel numb or odd?"
NUMB = "numbness or tingling"


def choice(page: Page, words: str, answer: str) -> Locator:
    return question(page, words).get_by_role("radio", name=answer, exact=True)


def ask_next(page: Page) -> Locator:
    return page.get_by_role("region", name="Next question")


def test_arrow_keys_move_between_answers_without_answering(opens: Opens) -> None:
    page = opens()
    choice(page, BLADDER, "Not asked yet").focus()
    for key, answer in (("ArrowUp", "Present"), ("ArrowUp", "Absent"), ("ArrowRight", "Present"), ("ArrowDown", "Not asked yet")):
        page.keyboard.press(key)
        expect(choice(page, BLADDER, answer)).to_be_focused()
        expect(choice(page, BLADDER, "Not asked yet")).to_be_checked()
    page.keyboard.press("Tab")
    expect(choice(page, SADDLE, "Not asked yet")).to_be_focused()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert "?" not in page.url


def test_a_key_answers_and_one_back_undoes_it_and_the_same_keys_choose_the_guidance(opens: Opens) -> None:
    page = opens()
    before = page.url
    for key in ("Space", "Enter"):
        choice(page, BLADDER, "Not asked yet").focus()
        page.keyboard.press("ArrowUp")
        page.keyboard.press(key)
        expect(page.get_by_role("alert")).to_contain_text("Emergency")
        expect(choice(page, BLADDER, "Present")).to_be_checked()
        expect(page).not_to_have_url(before)
        page.go_back()
        expect(choice(page, BLADDER, "Not asked yet")).to_be_checked()
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page).to_have_url(before)
    page.get_by_role("radio", name="The clinic’s page").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="NICE NG59")).to_be_focused()
    expect(page.get_by_role("radio", name="The clinic’s page")).to_be_checked()
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="NICE NG59")).to_be_checked()


def middle(button: Locator) -> tuple[float, float]:
    box = button.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


STOPPED = "() => { const now = Date.now(); Date.now = () => now; }"
"""Half a second never passes: on a machine that is busy, the second click would come too late to be one of two."""
HALF_A_SECOND_ON = "() => { const now = Date.now() + 600; Date.now = () => now; }"


def test_a_double_click_answers_only_one_question(opens: Opens) -> None:
    page = opens(link("gardener-nothing-asked"), height=1100)
    page.evaluate(STOPPED)
    absent = ask_next(page).get_by_role("button", name="Absent", exact=True)
    x, y = middle(absent)
    page.mouse.click(x, y)
    expect(ask_next(page).get_by_role("heading", level=3)).to_have_text(SADDLE)
    page.mouse.click(x, y)
    page.mouse.click(x, y)
    choice(page, "new loss of genital feeling", "Absent").check()
    expect(choice(page, "new loss of genital feeling", "Absent")).to_be_checked()
    expect(page.locator(".strip")).to_contain_text("16 safety questions are open")
    expect(choice(page, BLADDER, "Absent")).to_be_checked()
    expect(choice(page, SADDLE, "Not asked yet")).to_be_checked()
    page.evaluate(HALF_A_SECOND_ON)
    ask_next(page).get_by_role("button", name="Absent", exact=True).click()
    expect(choice(page, SADDLE, "Absent")).to_be_checked()


@pytest.mark.soak
def test_a_double_click_on_worse_makes_one_visit(opens: Opens) -> None:
    page = opens(link("gardener-first-days"))
    page.evaluate(STOPPED)
    walk = page.get_by_role("region", name="Visits")
    walk.get_by_role("button", name="Worse", exact=True).dblclick()
    expect(walk.get_by_role("button", name=VISIT_2)).to_be_visible()
    walk.get_by_role("button", name="Visit 1").click()
    expect(walk.get_by_role("button", name="Visit 1")).to_have_attribute("aria-current", "true")
    expect(walk.get_by_role("button", name=re.compile("^Visit"))).to_have_count(2)


@pytest.mark.soak
def test_a_key_held_down_makes_one_visit(opens: Opens) -> None:
    page = opens(link("gardener-first-days"))
    walk = page.get_by_role("region", name="Visits")
    walk.get_by_role("button", name="Worse", exact=True).focus()
    for _ in range(5):
        page.keyboard.down("Enter")  # from the second time on, as the browser repeats it
    page.keyboard.up("Enter")
    expect(walk.get_by_role("button", name=VISIT_2)).to_be_visible()
    walk.get_by_role("button", name="Visit 1").click()
    expect(walk.get_by_role("button", name="Visit 1")).to_have_attribute("aria-current", "true")
    expect(walk.get_by_role("button", name=re.compile("^Visit"))).to_have_count(2)
