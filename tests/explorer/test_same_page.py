"""After any actions, however fast, the page is the one that a fresh tab shows at the same address."""

from __future__ import annotations

from random import Random

import pytest
from playwright.sync_api import Error, Page, expect

from tests.explorer.conftest import Opens, link
from tests.explorer.serving import PATIENCE

pytestmark = pytest.mark.browser

ACTIONS = 20

# One action, chosen by three numbers; none is waited for. What a link does not restore is not done: to pass over a question.
ACT = """([kind, which, much]) => {
  const page = document.querySelector(".explorer");
  const one = (selector) => {
    const found = page ? [...page.querySelectorAll(selector)].filter((one) => !one.disabled) : [];
    return found[Math.floor(which * found.length)];
  };
  if (kind < 0.5) one("input[type=radio][data-do]")?.click();
  else if (kind < 0.6) {
    const box = one("input.number[data-do]");
    if (box) {
      box.value = Math.floor(much * 20);
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  } else if (kind < 0.75) document.querySelector("[data-testid=stMain]").scrollTo(0, much * 9000);
  else if (kind < 0.8) history.back();
  else if (kind < 0.85) history.forward();
  else one("button[data-do]:not([data-do=skip], [data-do=unskip]), input[type=checkbox][data-do], button[data-open]")?.click();
}"""

# Once nothing is on its way any more; the address is written now, not after the next frame.
CALM = """async () => {
  const script = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/messages.js")).name;
  const [{ isPending }, { flushAddress }] = [await import(script), await import(script.replace("messages.js", "history.js"))];
  const calm = () => !isPending() && document.querySelector("[data-test-script-state=notRunning] .explorer h1") !== null;
  while (!calm()) await new Promise(requestAnimationFrame);
  flushAddress();
}"""

# Of every element its name, id and classes, what a link leads to and a field holds, and all text. Of this tab alone is what is
# said of the last thing done, what the scenario came from, what is open, and what the browser itself added.
TOLD = """() => {
  const own = "dialog, .meanings, #message, #live, .wrong, .scenario-title, .scenario-title + *, #all-questions";
  const field = (one) => (one.matches("[type=radio], [type=checkbox]") ? one.checked
    : one.ariaInvalid === "true" ? one.defaultValue : one.value);
  const told = (one) => {
    if (one.nodeType !== Node.ELEMENT_NODE) return one.data;
    if (one.matches(own)) return "";
    const classes = [...one.classList].filter((name) => name !== "idle").join(".");
    const holds = one.matches("input, select, textarea") ? field(one) : one.getAttribute("href") ?? "";
    return `\\n${one.tagName}#${one.id}.${classes} ${holds} ${[...one.childNodes].map(told).join("")}`;
  };
  return told(document.querySelector(".explorer"));
}"""


def same(page: Page, fresh: Page) -> None:
    """Fails where the page is not what a fresh tab shows."""
    page.evaluate(CALM)
    fresh.goto("about:blank")
    fresh.goto(page.url)
    fresh.locator(".explorer h1").wait_for(timeout=PATIENCE * 1000)
    fresh.evaluate(CALM)
    try:
        page.wait_for_function(f"told => ({TOLD})() === told", arg=fresh.evaluate(TOLD), timeout=PATIENCE * 1000)
    except Error:  # in time it was not
        assert page.evaluate(TOLD).splitlines() == fresh.evaluate(TOLD).splitlines()


@pytest.mark.parametrize(("seed", "width"), [(1, 1280), pytest.param(2, 390, marks=pytest.mark.soak)])
def test_the_page_is_what_a_fresh_tab_shows(opens: Opens, seed: int, width: int) -> None:
    chance = Random(seed)
    page, fresh = opens(link("driver-eight-weeks"), width=width), opens(width=width)
    page.evaluate(
        "for (let left = 0; left < 9; left++) history.pushState({}, '', location.href)"
    )  # nothing here goes back further
    for _ in range(ACTIONS):
        page.evaluate(ACT, [chance.random() for _ in range(3)])
        if chance.random() < 0.1:
            page.evaluate(CALM)
    same(page, fresh)


def test_parts_out_of_view_are_rendered_without_scrolling(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    page.evaluate("document.getElementById('reading-nice').click()")
    expect(page.locator("#group-not_advised #row-tens")).to_have_count(1)
    assert page.evaluate("scrollY") == 0
