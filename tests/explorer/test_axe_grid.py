"""Every page, size and theme, plain, with an error, with a red flag and with drawers open: axe-core, and nothing too wide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from explorer.pages.titles import titles
from tests.explorer.axe import violations
from tests.explorer.conftest import Opens, Theme, link

pytestmark = [pytest.mark.browser, pytest.mark.soak]

SIZES = {"wide": (1280, 900), "tablet": (768, 1024), "phone": (390, 844), "zoomed": (640, 450)}
"""In pixels of CSS. A screen of 1280 by 900 at a zoom of 200% shows 640 by 450 of them, each two dots wide."""
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDEST = """() => [document.documentElement, ...document.querySelectorAll("[data-testid=stMain], dialog[open]")]
  .map((one) => one.scrollWidth - one.clientWidth)"""

Seen = dict[str, list[str]]


def opened(opens: Opens, path: str, size: str, theme: Theme) -> Page:
    """A page at a size; zoomed where the size says so."""
    width, height = SIZES[size]
    page = opens(path, width=width, height=height, theme=theme)
    if size == "zoomed":
        metrics = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": False}
        page.context.new_cdp_session(page).send("Emulation.setDeviceMetricsOverride", metrics)
    return page


def found(page: Page) -> list[str]:
    """The faults that axe-core finds on the open page, and whether it is too wide."""
    wide = [f"{by} pixels too wide" for by in page.evaluate(WIDEST) if by > 0]
    return [*violations(page), *wide]


def drawers(page: Page) -> Iterator[str]:
    """Opens each drawer in turn (of the options the first), and closes it; what was clicked."""
    chip = page.locator(".chip[data-open]").first.get_attribute("data-open")
    others = page.locator("[data-open]:visible:not(.chip):not(dialog *)").evaluate_all("all => all.map(one => one.dataset.open)")
    named = dict.fromkeys(name for name in others if page.locator(f".chip[data-open='{name}']").count() == 0)
    for name in (chip, *named):
        page.locator(f"[data-open='{name}']:visible").first.click()
        expect(page.locator("dialog[open] .drawer-in > :nth-child(2)")).not_to_be_empty()
        expect(page.locator("dialog[open] > :first-child")).to_have_attribute("data-name", str(name))
        yield f"drawer {name}"
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)


CASES = list(product(titles(), SIZES, THEMES))
NAMES = ["-".join((name or "explore", size, theme)) for name, size, theme in CASES]
everywhere = pytest.mark.parametrize(("name", "size", "theme"), CASES, ids=NAMES)


@everywhere
def test_axe_finds_nothing_on_any_page_size_and_theme(opens: Opens, name: str, size: str, theme: Theme) -> None:
    by_state: Seen = {}
    for state in ("driver-eight-weeks", "courier-cauda-equina"):  # the second has a red flag
        page = opened(opens, f"/{name}{link(state)[1:]}", size, theme)
        by_state[state] = found(page)
        if name == "":
            by_state |= {f"{state}, {drawer}": found(page) for drawer in drawers(page)}
    assert {state: wrong for state, wrong in by_state.items() if wrong} == {}


@everywhere
def test_axe_finds_nothing_on_a_page_with_a_bad_link(opens: Opens, name: str, size: str, theme: Theme) -> None:
    page = opened(opens, f"/{name}?s=nonsense", size, theme)
    assert found(page) == []
    expect(page.get_by_text("This link can’t be used").first).to_be_visible()
