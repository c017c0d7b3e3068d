"""The native pages in a real browser: links, Back, what axe-core finds, what moves on arrival, paper, and narrow screens."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from explorer.pages.titles import titles
from tests.explorer.axe import violations
from tests.explorer.conftest import Opens, link
from tests.explorer.test_axe_grid import WIDEST

pytestmark = pytest.mark.browser

DRIVER = link("driver-eight-weeks")[1:]
LAST = {
    "compare": "Safety net",
    "atlas": "Where the result changes",
    "rules": "Specialist assessment (13)",
    "source": "Such a professional can judge the case",
    "sources": "foraminotomy-2014",
    "about": "How to report a problem",
}
"""What comes last on each page."""
LIKE = "article"
"""Entries of a page that are made alike."""
USUAL = ("atlas", "rules")
"""The pages that every run looks at: with a chart and a table, and the longest."""


def arrived(page: Page, name: str) -> None:
    """Waits for the whole page."""
    expect(page.get_by_role("heading", level=1, name=titles()[name])).to_be_visible()
    expect(page.get_by_text(LAST[name]).last).to_be_attached()
    expect(page.get_by_role("combobox" if name != "source" else "link").last).to_be_attached()


def parameters(page: Page) -> dict[str, list[str]]:
    """The parameters of the page's address."""
    return parse_qs(urlsplit(page.url).query)


def test_links_and_back_keep_the_scenario_and_what_is_not_ours(opens: Opens) -> None:
    first, *others = ("compare", "about")  # the links of every page: test_native_pages.py
    page = opens(f"/{first}{DRIVER}&embed=true&utm_source=course")
    arrived(page, first)
    before = parameters(page)
    for other in (*others, "explore"):
        page.get_by_role("link", name=titles()[other.removeprefix("explore")], exact=True).click()
        expect(
            page.get_by_role("heading", level=2, name="Injection") if other == "explore" else page.locator("h1")
        ).to_be_visible()
        page.wait_for_url(f"**/{other.removeprefix('explore')}?**")
        assert parameters(page) == before
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(titles()[others[-1]])
    assert parameters(page) == before


SHIFTS = """const moved = (list) => window.shifts.push(...list.getEntries().map(({ value }) => value));
const watch = () => new PerformanceObserver(moved).observe({ type: "layout-shift" });
new MutationObserver(() => {
  if (window.shifts || !document.querySelector("h1")) return;
  window.shifts = [];
  requestAnimationFrame(() => requestAnimationFrame(watch));
}).observe(document, { childList: true, subtree: true });"""
"""By how much each thing moves once the heading is painted: until then, Streamlit puts up its own frame."""


GROUNDS = """() => {
  const found = [];
  for (let one = document.querySelector("h1"); one; one = one.parentElement) found.push(getComputedStyle(one).backgroundColor);
  return found.filter((colour) => !["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(colour));
}"""
INKS = """() => [...new Set([...document.querySelectorAll("h1, h2, p, td, th, li, label")].filter((one) => one.checkVisibility())
  .map((one) => getComputedStyle(one).color))]"""


# One load of a page serves all of this: a load costs more than they do. Other sizes and themes: test_axe_grid.py.
@pytest.mark.parametrize("name", [pytest.param(name, marks=[] if name in USUAL else pytest.mark.soak) for name in LAST])
def test_a_page_moves_little_fits_a_dark_phone_passes_axe_and_prints_black(opens: Opens, name: str) -> None:
    page = opens(f"/{name}{DRIVER}&t={DRIVER[3:]}", theme="dark", first=SHIFTS)
    arrived(page, name)
    page.evaluate("async () => { for (let left = 30; left; left--) await new Promise(requestAnimationFrame); }")
    assert sum(page.evaluate("window.shifts")) <= 0.01
    assert page.title() == f"{titles()[name]} – Nerve root pathway explorer"
    page.set_viewport_size({"width": 320, "height": 900})
    assert max(page.evaluate(WIDEST)) <= 0
    expect(page.locator(".st-key-pages")).to_have_css("overflow-y", "visible")  # else it cuts off its last row
    assert violations(page, LIKE) == []
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_function(f"() => !({GROUNDS})().length")
    assert page.evaluate(INKS) == ["rgb(0, 0, 0)"]
    if name == "compare":
        for letter in "AB":
            expect(page.get_by_role("heading", name=f"{letter}: A driver whose leg pain persists")).to_be_visible()
    if name in ("rules", "source"):  # nothing is folded away on paper
        entries = page.get_by_role("article")
        assert entries.count() > 90
        assert entries.evaluate_all("all => all.every((one) => one.checkVisibility() && one.offsetHeight > 20)")
    page.close()


def test_a_rule_is_found_opened_and_left_by_back_and_its_terms_tell_their_meaning(opens: Opens) -> None:
    page = opens(f"/rules{DRIVER}")
    page.get_by_role("searchbox").or_(page.get_by_label("Search what the rules say and cite")).first.fill("numb skin")
    expect(page.get_by_role("status").filter(has_text="found")).to_contain_text("found")
    page.get_by_role("combobox", name="Open a rule").click()
    page.keyboard.type("tens-on-the-page")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Rule tens-on-the-page")).to_be_visible()
    page.wait_for_url("**rule=tens-on-the-page**")
    page.go_back()
    expect(page.get_by_text("Rule tens-on-the-page")).to_have_count(0)
    page.go_forward()
    expect(page.get_by_text("Rule tens-on-the-page")).to_be_visible()
    page.get_by_role("button", name="TENS", exact=True).first.click()
    expect(page.get_by_role("note", name="TENS")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("note", name="TENS")).to_be_hidden()
    page.get_by_role("link", name="A driver whose leg pain persists").click()
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()


@pytest.mark.soak
def test_a_reason_on_explore_links_to_its_rule(opens: Opens) -> None:
    page = opens(f"/{DRIVER}")
    page.locator("#open-tens").evaluate("one => one.click()")  # it may be folded away
    page.get_by_role("dialog").get_by_role("link", name="tens-on-the-page").first.click()
    expect(page.locator(".st-key-page").get_by_text("Rule tens-on-the-page")).to_be_visible()
    assert parameters(page)["rule"] == ["tens-on-the-page"]
