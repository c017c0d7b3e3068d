"""The button that was just pressed stays where it is on the screen, whatever appears or disappears above it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.explorer.conftest import Opens, link, press_elsewhere

pytestmark = pytest.mark.browser

STILL = 2
"""Pixels."""
# What is out of sight is drawn two frames after the rest, and may push it on: all has come once ten frames in a row are alike.
PAINTED = """async () => {
  const laid = () => {
    const { top, height } = document.querySelector(".explorer").getBoundingClientRect();
    return `${top} ${height} ${document.querySelectorAll(".explorer *").length}`;
  };
  for (let before = "", alike = 0; alike < 10; ) {
    await new Promise(requestAnimationFrame);
    alike = laid() === before ? alike + 1 : 0;
    before = laid();
  }
}"""
TOP = "id => document.getElementById(id).closest('label, button').getBoundingClientRect().top"
DESK = pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.soak)])
PHONE = pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.soak)])


def moved(page: Page, name: str) -> float:
    """How far the control of this id moves on the screen when it is pressed."""
    page.evaluate("id => document.getElementById(id).scrollIntoView({ block: 'center' })", name)
    press_elsewhere(page)
    page.evaluate(PAINTED)
    before, address = page.evaluate(TOP, name), page.url
    page.locator(f"#{name}").click()
    expect(page).not_to_have_url(address)
    page.evaluate(PAINTED)
    after: float = page.evaluate(TOP, name)
    return abs(after - float(before))


@PHONE
def test_a_new_visit_scrolls_into_view_instead(opens: Opens, width: int) -> None:
    page = opens(link("gardener-first-days"), width=width)
    for number, name in enumerate(("later-same", "later-better", "later-worse"), 1):
        page.locator(f"#{name}").click()
        expect(page.locator(f"#visit-{number}")).to_be_in_viewport()


@pytest.mark.soak
@DESK
def test_a_pressed_care_button_stays_in_place(opens: Opens, width: int) -> None:
    page = opens(link("gardener-first-days"), width=width)
    page.locator("#later-same").click()
    expect(page.locator("#visit-1")).to_be_attached()
    marks = ("mark-injection-declined", "mark-conservative_care-helped", "mark-injection-unknown")
    assert [name for name in marks if moved(page, name) >= STILL] == []


@PHONE
def test_an_answered_question_stays_in_place(opens: Opens, width: int) -> None:
    page = opens(link("driver-eight-weeks"), width=width)
    if width < 900:
        page.locator("#questions > summary").click()
    names = ("a-pain_severity-mild", "a-course-worsening", "a-injection-declined")
    assert [name for name in names if moved(page, name) >= STILL] == []


def test_a_red_flag_still_scrolls_into_view(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"), width=390, height=844)
    page.locator("#questions > summary").click()
    page.locator("#g-cord-nerves-vessels > summary").click()
    moved(page, "a-suspected_vascular-present")
    expect(page.locator("#takeover-title")).to_be_in_viewport()
