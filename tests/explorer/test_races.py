"""What is done at the very moment at which something else happens: Back, a server that starts anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.explorer.conftest import ROOT, Opens, link
from tests.explorer.serving import PATIENCE, free_port, serving

pytestmark = pytest.mark.browser


def test_a_click_on_a_page_that_is_being_left_is_no_error(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Atlas").click()
    expect(page.get_by_role("table").first).to_be_visible()
    page.evaluate("history.back(); setTimeout(() => document.getElementById('atlas-go').click(), 5)")
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    page.locator("#reading-nice").check()
    expect(page.locator("#group-not_advised #row-tens")).to_have_count(1)


def test_a_server_that_started_anew_takes_the_next_click(opens: Opens, tmp_path: Path) -> None:
    port = free_port()
    with serving(ROOT, tmp_path / "before", port) as address:
        untouched, elsewhere = opens(link("driver-eight-weeks"), at=address), opens("/rules", at=address)
    with serving(ROOT, tmp_path / "after", port):
        untouched.locator("#reading-nice").check()
        elsewhere.get_by_role("navigation", name="Pages").get_by_role("link", name="Explore").click()
        expect(untouched.locator("#group-not_advised #row-tens")).to_have_count(1, timeout=PATIENCE * 1000)
        expect(elsewhere.get_by_text("0 of 37 answered")).to_be_visible(timeout=PATIENCE * 1000)
        untouched.close()
        elsewhere.close()


# As where a page is not painted in between: what an answer led to is not written yet when someone goes back.
BACK_BEFORE_IT_IS_WRITTEN = """async () => {
  const script = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/address.js")).name;
  const { leadsTo, written } = await import(script);
  window.requestAnimationFrame = () => 0;
  history.pushState({}, "", "?s=one-answer");
  leadsTo({ s: "another-answer" });
  const there = new Promise((done) => addEventListener("popstate", done, { once: true }));
  history.back();
  await there;
  written();
  return location.href;
}"""


def test_who_goes_back_is_not_sent_forward_by_an_answer_that_came_before(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    before = page.url
    assert page.evaluate(BACK_BEFORE_IT_IS_WRITTEN) == before
