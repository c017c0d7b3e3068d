"""Actions at the same moment as something else: Back, a restart of the server, a tab that is hidden."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.explorer.conftest import ROOT, Opens, answer, back, link
from tests.explorer.serving import PATIENCE, free_port, serving

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("other_page", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_a_restarted_server_keeps_each_view_and_handles_the_next_click(opens: Opens, tmp_path: Path, other_page: bool) -> None:
    port, path = free_port(), link("driver-eight-weeks")
    with serving(ROOT, tmp_path / "before", port) as address:
        drawer, typed = (opens(path, at=address) for _ in range(2))
        elsewhere = [opens("/rules", at=address)] if other_page else []
        drawer.locator("#reading-nice").check()
        expect(drawer).to_have_url(re.compile("_n0"))
        drawer.locator("#open-tens").evaluate("one => one.click()")  # it is folded away
        expect(drawer.get_by_role("dialog")).to_contain_text("All rules and their conditions")
        typed.locator("#a-age").fill("40")
    with serving(ROOT, tmp_path / "after", port):
        typed.locator("#a-age").press("Tab")
        for page in elsewhere:
            page.get_by_role("link", name="Explore", exact=True).click()
        expect(drawer.locator("dialog .badge").first).to_have_text("Not advised")
        back(drawer)
        expect(drawer.get_by_role("dialog")).to_be_hidden()
        expect(drawer.locator("#reading-nice")).to_be_checked()
        back(drawer)
        expect(drawer.locator("#reading-page")).to_be_checked()
        expect(typed.locator("#a-age[value='40']")).to_have_value("40", timeout=PATIENCE * 1000)
        for page in elsewhere:
            expect(page.locator(".strip")).to_contain_text("18 safety questions are open", timeout=PATIENCE * 1000)
        for page in (drawer, typed, *elsewhere):
            page.close()


# As where a page is not painted in between: what an answer led to is not written yet when someone goes back.
BACK_BEFORE_IT_IS_WRITTEN = """async () => {
  const script = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/history.js")).name;
  const { setPendingAddress, flushAddress } = await import(script);
  window.requestAnimationFrame = () => 0;
  history.pushState({}, "", "?s=one-answer");
  setPendingAddress({ s: "another-answer" }, "");
  const there = new Promise((done) => addEventListener("popstate", done, { once: true }));
  history.back();
  await there;
  flushAddress();
  return location.href;
}"""


def test_going_back_is_not_undone_by_an_earlier_response(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    before = page.url
    assert page.evaluate(BACK_BEFORE_IT_IS_WRITTEN) == before


# Goes back, and says whether the answer is still chosen when the page of then is shown first.
BACK = """() => new Promise((done) => {
  const one = document.getElementById("a-numbness-present");
  new MutationObserver(() => done(one.checked)).observe(one, { attributeFilter: ["checked"] });
  history.back();
})"""


def test_going_back_after_a_drawer_shows_the_earlier_answers(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    before = page.url
    answer(page, "numbness", "present")
    expect(page).not_to_have_url(before)
    page.locator("#how").click()
    expect(page.locator("dialog .drawer-in > div:not(.meaning)")).to_have_count(1)
    page.keyboard.press("Escape")
    page.wait_for_function("!history.state?.drawer")
    assert page.evaluate(BACK) is False


@pytest.mark.parametrize("place", ["#options", pytest.param("#q-age", marks=pytest.mark.soak)])
def test_a_link_to_an_anchor_reaches_it_and_back_returns(opens: Opens, place: str) -> None:
    page = opens(f"{link('driver-eight-weeks')}{place}")
    expect(page.locator(place)).to_be_in_viewport()
    before = page.url
    assert "#" not in before
    answer(page, "numbness", "present")
    expect(page).not_to_have_url(before)
    page.go_back()
    expect(page.locator("#a-numbness-present")).not_to_be_checked()


def test_an_anchor_typed_into_the_address_is_reached(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    before = page.url
    page.evaluate("location.hash = '#options'")
    expect(page.locator("#options")).to_be_in_viewport()
    expect(page).to_have_url(before)


# As where the tab is hidden: nothing is painted, and the browser may let the page go.
HIDDEN = """() => {
  window.requestAnimationFrame = () => 0;
  Object.defineProperty(document, "hidden", { value: true });
}"""


def test_answers_in_a_hidden_tab_reach_the_address(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    page.evaluate(HIDDEN)
    page.evaluate("document.getElementById('reading-nice').click()")
    expect(page).to_have_url(re.compile("_n0"))
    expect(page.locator("#group-not_advised #row-tens")).to_have_count(1)


def test_going_back_before_a_response_stays_there(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    before = page.url
    page.locator("#reading-nice").check()
    expect(page).to_have_url(re.compile("_n0"))
    page.evaluate("document.getElementById('a-numbness-present').click(); history.back()")
    expect(page.locator("#reading-page")).to_be_checked()
    # An answer after all that was on its way. By key: while the page moves, a pointer may come up beside the button.
    page.locator("#how").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("The route")
    page.keyboard.press("Escape")
    page.wait_for_function("!history.state?.drawer")
    expect(page).to_have_url(before)
    expect(page.locator("#reading-page")).to_be_checked()
    expect(page.locator("#a-numbness-present")).not_to_be_checked()
