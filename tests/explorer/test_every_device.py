"""The explorer on every device: paper, the system's colours, translators, screen readers, phones."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, expect

from tests.explorer.conftest import Opens, link
from tests.explorer.test_axe_grid import WIDEST
from tests.explorer.test_deliberate_answers import ask_next, choice
from tests.explorer.test_next_question import DRIVER, FINDINGS, NONE, given
from tests.explorer.test_number_boxes import VISIT_2, question

pytestmark = pytest.mark.browser

WRAPPED = """() => {
  const texts = document.createTreeWalker(document.querySelector(".explorer"), NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode);
  for (const text of found) {
    const outer = document.createElement("font"), inner = document.createElement("font");
    text.replaceWith(outer);
    outer.append(inner);
    inner.append(text);
  }
}"""
"""As a translator in the browser does with every text."""


def test_answers_work_by_a_click_on_a_translated_word(opens: Opens) -> None:
    page = opens()
    page.evaluate(WRAPPED)
    question(page, "Are both legs weak?").get_by_text("Absent", exact=True).click()
    expect(choice(page, "Are both legs weak?", "Absent")).to_be_checked()
    expect(page.locator(".strip")).to_contain_text("17 safety questions are open")


BORDER = """one => {
  const { borderTopWidth, borderTopStyle, borderTopColor, outlineStyle, outlineWidth } = getComputedStyle(one);
  return [borderTopWidth, borderTopStyle, borderTopColor, outlineStyle === "none" ? "" : outlineWidth].join(" ");
}"""


def border(element: Locator) -> str:
    return str(element.evaluate(BORDER))


def test_in_forced_colours_button_chosen_answer_and_page_look_different(opens: Opens) -> None:
    page = opens(given({name: answer for name, answer in DRIVER.items() if FINDINGS[name].group != "cauda-equina"}))
    page.emulate_media(forced_colors="active")
    assert re.match(r"[2-9]px solid", border(ask_next(page).get_by_role("button", name=NONE)))
    pages = page.get_by_role("navigation", name="Pages")
    assert border(pages.get_by_role("link", name="Explore")) != border(pages.get_by_role("link", name="Rules"))
    age = question(page, "How old is the person").get_by_role("button", name="Not known")
    expect(age).to_have_attribute("aria-pressed", "false")
    before = border(age)
    age.click()
    expect(age).to_have_attribute("aria-pressed", "true")
    assert border(age) != before


def test_an_answer_that_changes_nothing_is_announced_each_time(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    live, heard = page.locator("#live"), list[str]()
    for words in ("Over", "Not started", "Under way"):
        choice(page, "Is there an exercise programme?", words).check()
        expect(live).to_contain_text("Noted. No change: A 38-year-old, 8 weeks: the injection step.")
        expect(choice(page, "Is there an exercise programme?", words)).to_have_attribute("checked", "")
        heard.append(str(live.text_content()))
    assert all(before != after for before, after in pairwise(heard))


@pytest.mark.soak
def test_a_new_visit_scrolls_into_view_on_a_phone(opens: Opens) -> None:
    page = opens(link("gardener-first-days"), width=390, height=844)
    page.get_by_role("button", name="Worse", exact=True).click()
    expect(page.get_by_role("button", name=VISIT_2)).to_be_in_viewport()


def test_on_a_phone_the_menu_button_stays_where_it_was_pressed(opens: Opens) -> None:
    page = opens(width=390, height=844)
    menu = page.locator(".menu > summary")
    before = menu.bounding_box()
    menu.click()
    expect(page.locator("#share")).to_be_in_viewport()
    assert menu.bounding_box() == before


@pytest.mark.parametrize("path", ["/", pytest.param("/rules", marks=pytest.mark.soak)])
def test_at_a_zoom_of_200_per_cent_nothing_is_too_wide(opens: Opens, path: str) -> None:
    page = opens(f"{path}{link('driver-eight-weeks')[1:]}", width=640, height=450)  # what 1280 by 900 shows of CSS's pixels
    expect(page.locator("h1").first).to_be_in_viewport()
    assert max(page.evaluate(WIDEST)) <= 0


SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
"""As WCAG 1.4.12 asks."""
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (!one.checkVisibility() || one.clientWidth < 2 || !one.textContent.trim() || one.closest("svg")) return false;
  const { overflowX, overflowY } = getComputedStyle(one), hides = (how) => how === "hidden" || how === "clip";
  const wider = one.scrollWidth - one.clientWidth, higher = one.scrollHeight - one.clientHeight;
  return (hides(overflowX) && wider > 3) || (hides(overflowY) && higher > 3); // an icon in a line of text may reach over its edge
}).map((one) => `${one.nodeName} ${one.className}: ${one.textContent.slice(0, 60)}`)"""


@pytest.mark.parametrize("path", ["/", *(pytest.param(path, marks=pytest.mark.soak) for path in ("/rules", "/about"))])
def test_with_wide_text_spacing_no_text_is_cut_off(opens: Opens, path: str) -> None:
    page = opens(f"{path}{link('driver-eight-weeks')[1:]}", width=390, height=844)
    page.add_style_tag(content=SPACED)
    assert page.evaluate(CUT_OFF) == []
    assert max(page.evaluate(WIDEST)) <= 0


MOVING = """() => document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime > 0)
  .map(({ effect }) => effect.target.outerHTML.slice(0, 80))"""


def test_with_reduced_motion_nothing_moves(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("() => scrollTo(0, 0)")
    page.locator("a[href='#safety-net']").first.click()
    expect(page.locator("#safety-net")).to_be_in_viewport()  # at once: a smooth scroll would still be on its way
    page.locator("#open-tens").evaluate("one => one.click()")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate(MOVING) == []
