"""By keyboard alone: what has the focus is seen, and no bar stands before it."""

from __future__ import annotations

import pytest

from tests.explorer.conftest import Opens, link

pytestmark = pytest.mark.browser

COVERED = """() => {
  const one = document.activeElement, edge = (name, side) => document.querySelector(name).getBoundingClientRect()[side];
  if (!one.closest(".explorer") || one.closest(".always")) return null;
  const strip = document.querySelector(".strip").checkVisibility() && edge(".strip", "top") <= 0;
  const box = one.getBoundingClientRect();
  const hidden = box.bottom > edge(".always", "top") + 1 || (strip && box.top < edge(".strip", "bottom") - 1);
  return hidden ? one.id || one.textContent : null;
}"""
STOPS = 120


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("path", ["/", link("driver-eight-weeks")], ids=["empty", "answered"])
def test_a_bar_never_covers_the_focused_element(opens: Opens, path: str, width: int, height: int) -> None:
    page = opens(path, width=width, height=height)
    covered = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        covered.append(page.evaluate(COVERED))
    assert [one for one in covered if one] == []
