"""For the wall: a short sequence of slides, turned by keyboard, of which nothing stays hidden."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from explorer.links.address import scenarios
from tests.explorer.axe import violations
from tests.explorer.conftest import Opens, answer, link

pytestmark = pytest.mark.browser

HIDDEN = """() => {
  const root = document.querySelector(".explorer"), edge = (one, side) => one.getBoundingClientRect()[side];
  const [back, next] = root.querySelectorAll(".slides [data-step]"), wrong = [];
  const total = Number(root.querySelector(".slides [role=status] > *").textContent.split(" ").at(-1));
  for (let number = 1; number <= total; number += 1) {
    const slide = root.querySelector(".slide"), notice = root.querySelector(".always");
    if (edge(slide, "top") < edge(notice, "bottom")) wrong.push(`${number}: its first line is behind the notice`);
    root.scrollTo(0, root.scrollHeight);
    const all = [slide, ...slide.querySelectorAll("*")].filter((one) => one.checkVisibility());
    const last = Math.max(...all.map((one) => edge(one, "bottom")));
    if (last > edge(root.querySelector(".slides"), "top")) wrong.push(`${number}: its last line is behind the bar`);
    if (root.scrollWidth > root.clientWidth) wrong.push(`${number}: it is too wide`);
    next.click();
  }
  for (let number = 1; number < total; number += 1) back.click();
  return wrong;
}"""
"""What can't be brought into sight, slide by slide."""


def presented(page: Page) -> list[str]:
    """Goes through all slides; the number that each one shows."""
    page.keyboard.press("F9")
    number, seen = page.locator(".slides [role=status] > :first-child"), list[str]()
    while number.inner_text() not in seen:
        seen.append(number.inner_text())
        page.keyboard.press("ArrowRight")
    return seen


def numbered(number: int) -> list[str]:
    return [f"{one} of {number}" for one in range(1, number + 1)]


def test_slides_turn_by_keyboard_and_escape_ends_presenting(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    status, shown = page.locator(".slides [role=status]"), page.locator(".slide")
    page.keyboard.press("p")  # a bare letter is no shortcut
    expect(shown).to_have_count(0)
    page.keyboard.press("F9")
    for key, title in {"F8": "Injection", "ArrowRight": "Safety questions", "PageDown": "Conservative care"}.items():
        page.keyboard.press(key)
        expect(shown).to_have_count(1)
        expect(shown.locator("h2, h3").first).to_contain_text(title)
        expect(status).to_contain_text(title)
    expect(page.locator("#status")).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    expect(status).to_contain_text("2 of 8")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#present")).to_be_focused()
    expect(page.locator(".slides")).to_be_hidden()
    expect(page.locator("#walk")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "number"), [("driver-eight-weeks", 8), ("courier-cauda-equina", 5), ("gardener-nothing-asked", 9)]
)
def test_there_are_few_slides(opens: Opens, name: str, number: int) -> None:
    assert presented(opens(link(name))) == numbered(number)


def test_the_visits_slide_has_no_form(opens: Opens) -> None:
    page = opens(link("gardener-first-days"))
    assert len(presented(page)) == 8
    page.keyboard.press("Escape")
    page.locator("#later-same").click()
    expect(page.locator("#visit-1")).to_be_visible()
    assert len(presented(page)) == 10, "one for the visits, and one for what is asked again"
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#visit-1")).to_be_visible()
    expect(page.locator("#walk .answer:visible")).to_have_count(0)


def test_the_bar_never_covers_a_slide(opens: Opens, address: str) -> None:
    page = opens()
    for name in scenarios():
        page.goto(f"{address}{link(name)}")
        page.locator(".explorer h1").wait_for()
        page.keyboard.press("F9")
        for width, height in ((1920, 1080), (1280, 720)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(HIDDEN) == [], (name, width)


def test_a_long_slide_scrolls_by_keyboard_and_the_next_starts_at_its_top(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"), width=1280, height=720)
    page.keyboard.press("F9")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('.explorer').scrollTop > 0")
    expect(page.locator(".slides [role=status]")).to_contain_text("3 of 8")
    page.keyboard.press("ArrowRight")
    assert page.locator(".explorer").evaluate("one => one.scrollTop") == 0


def test_type_is_large_on_a_projector(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"), width=1920, height=1080)
    page.keyboard.press("F9")
    small = ".always, .slides *:not(.sr), .small"
    sizes = (
        page.locator(small)
        .locator("visible=true")
        .evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    )
    assert len(sizes) > 5 and min(sizes) > 28


def test_presenting_can_start_right_after_an_answer(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    answer(page, "saddle_numbness", "present")
    expect(page.get_by_role("alert")).to_be_visible()
    page.keyboard.press("F9")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator("#a-saddle_numbness-present")).to_be_checked()


def test_a_red_flag_answered_on_a_slide_is_shown_first(opens: Opens) -> None:
    page = opens()
    page.keyboard.press("F9")
    page.keyboard.press("ArrowRight")
    page.locator("#ask [data-value=present]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".slides [role=status]")).to_contain_text("1 of")


def test_presenting_ends_on_a_page_without_slides(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    for name in ("Rules", "Explore"):
        page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).click()
        expect(page.locator("[aria-current=page]")).to_have_text(name)
    page.keyboard.press("F9")
    expect(page.locator(".slides")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Rules")).to_be_visible()
    expect(page.locator(".slides")).to_be_hidden()
    page.keyboard.press("F9")
    expect(page.locator(".explorer.present")).to_have_count(0)


def test_every_slide_fits_a_wall(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"), width=1920, height=1080)
    number = len(presented(page))
    assert page.locator(".always").inner_text().endswith("Guidance: the clinic’s page")
    for _ in range(number):
        assert page.locator(".explorer").evaluate("one => one.scrollHeight - one.clientHeight") == 0
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.style.fontSize") == ""
