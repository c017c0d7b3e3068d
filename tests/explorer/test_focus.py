"""By keyboard alone: the focused element is always visible, and no bar covers it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.explorer.conftest import Opens, link

pytestmark = pytest.mark.browser

COVERED = """() => {
  const one = document.activeElement, edge = (name, side) => document.querySelector(name).getBoundingClientRect()[side];
  if (!one.closest(".explorer") || one.closest(".always")) return { stop: null, hidden: false };
  const strip = document.querySelector(".strip").checkVisibility() && edge(".strip", "top") <= 0;
  const box = one.getBoundingClientRect();
  const hidden = box.bottom > edge(".always", "top") + 1 || (strip && box.top < edge(".strip", "bottom") - 1);
  return { stop: one.id || one.textContent, hidden };
}"""
STOPS = 120
FEWEST = 30
"""Different ones among them that stand between the bars: with fewer, nothing was looked at."""


def stops(page: Page, number: int) -> list[dict[str, Any]]:
    """What has the focus after each of so many tabs, and whether a bar hides it."""
    focused = []
    for _ in range(number):
        page.keyboard.press("Tab")
        focused.append(page.evaluate(COVERED))
    return [entry for entry in focused if entry["stop"] is not None]


@pytest.mark.parametrize(
    ("path", "width", "height"),
    [
        pytest.param("/", 390, 844, id="empty-phone"),
        pytest.param(link("driver-eight-weeks"), 1280, 800, id="answered-desk", marks=pytest.mark.soak),
        pytest.param("/", 1280, 800, id="empty-desk", marks=pytest.mark.soak),
        pytest.param(link("driver-eight-weeks"), 390, 844, id="answered-phone", marks=pytest.mark.soak),
    ],
)
def test_a_bar_never_covers_the_focused_element(opens: Opens, path: str, width: int, height: int) -> None:
    focused = stops(opens(path, width=width, height=height), STOPS)
    assert len({entry["stop"] for entry in focused}) >= FEWEST
    assert [entry["stop"] for entry in focused if entry["hidden"]] == []


BARS = (".explorer .always { height: 70vh }", ".explorer .strip { display: block; position: sticky; top: 0; height: 70vh }")


def test_a_covered_focused_element_would_be_noticed(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"), width=390, height=844)
    for bar in BARS:
        style = page.add_style_tag(content=bar)
        assert any(stop["hidden"] for _ in range(STOPS) for stop in stops(page, 1)), bar
        style.evaluate("one => one.remove()")
