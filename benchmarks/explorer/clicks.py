"""Measures clicks in pages that take turns, so that a busy machine slows all of them alike: compare the ratios."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, Page

IN_PAGE = (Path(__file__).parent / "in_page.js").read_text(encoding="utf-8")
PATIENCE = 60_000
"""Milliseconds to wait for a page."""
SHIFTED = "() => bench.shifted()"
QUIET = 250
"""Milliseconds between clicks, so that none waits for the work of an earlier one."""


@dataclass(frozen=True)
class Action:
    """JavaScript that clicks (given a rising number), and JavaScript that returns the text which the click changes."""

    name: str
    click: str
    sees: str
    at: str = ""
    """The selector of what must be in view before the click."""


EMPTY = Action(
    "an almost empty app",
    "() => document.querySelector('button').click()",
    "() => [...document.querySelectorAll('p')].find((one) => one.textContent.startsWith('Clicked:')).textContent",
)
# Today's explorer and the earlier revision have the same ids, wherever in the page they put them.
LADDER = "() => document.querySelector('.ladder-box').textContent"
ANSWER = Action(
    "an answer that changes verdicts",
    "(n) => document.getElementById(`a-course-${n % 2 ? 'improving' : 'persisting'}`).click()",
    LADDER,
    at="#q-course",
)
GUIDANCE = Action("the guidance switch", "(n) => document.getElementById(`reading-${n % 2 ? 'nice' : 'page'}`).click()", LADDER)
NEW = Action(
    "an answer never seen before",
    "(n) => { const box = document.getElementById('a-symptom_weeks');"
    " box.value = n; box.dispatchEvent(new Event('change', { bubbles: true })); }",
    "() => document.getElementById('a-symptom_weeks').getAttribute('value')",
    at="#q-symptom_weeks",
)


def opened(browser: Browser, address: str, action: Action) -> Page:
    """Open a page in a window of its own: Chromium paints background tabs at most once a second."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.wait_for_function(f"() => {{ try {{ return ({action.sees})() !== null }} catch {{ return false }} }}", timeout=PATIENCE)
    page.evaluate(IN_PAGE)
    if action.at:
        page.locator(action.at).scroll_into_view_if_needed()
    return page


@dataclass
class Clicked:
    """A page in which one action is repeated; for each time the milliseconds it took, and how far the layout shifted."""

    whose: str
    action: Action
    page: Page
    first: int = 1
    numbers: Iterator[int] = field(init=False)
    took: list[float] = field(default_factory=list)
    shifts: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers = count(self.first)

    def once(self) -> None:
        """Click, wait until the result is painted, then pause."""
        script = f"(n) => bench.click(() => ({self.action.click})(n), {self.action.sees})"
        self.page.evaluate(SHIFTED)
        self.took.append(float(self.page.evaluate(script, next(self.numbers))))
        self.page.wait_for_timeout(QUIET)
        self.shifts.append(float(self.page.evaluate(SHIFTED)))

    @property
    def p50(self) -> float:
        """The median time in milliseconds."""
        return statistics.median(self.took)

    @property
    def p95(self) -> float:
        """The time within which 95 of 100 clicks are shown, in milliseconds."""
        return statistics.quantiles(self.took, n=20)[-1]

    @property
    def shift(self) -> float:
        """The largest layout shift of one click."""
        return max(self.shifts)


def in_turn(clicked: Sequence[Clicked], warm_up: int, number: int) -> None:
    """Click in each that many times, and forget the first clicks."""
    for _ in range(warm_up + number):
        for clicker in clicked:
            clicker.once()
    for clicker in clicked:
        del clicker.took[:warm_up], clicker.shifts[:warm_up]
