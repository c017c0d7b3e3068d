"""One click after the other, in pages that take turns, so that a busy machine slows all alike: read the ratios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

IN_PAGE = (Path(__file__).parent / "in_page.js").read_text(encoding="utf-8")
PATIENCE = 60_000
QUIET = 250
"""Milliseconds between clicks, so that none waits for what an earlier one left to do."""


@dataclass(frozen=True)
class Act:
    """What is clicked, with a number that goes up, and what then shows another text; both in the page's own language."""

    name: str
    click: str
    sees: str
    at: str = ""
    """What has to be in sight, as it is for a person who clicks it."""


EMPTY = Act(
    "an almost empty app",
    "() => document.querySelector('[data-testid=stBaseButton-secondary]').click()",
    "() => document.querySelector('[data-testid=stMarkdown]').textContent",
)
LADDER = "() => document.querySelector('.ladder-box').textContent"
ANSWER = Act(
    "an answer that changes verdicts",
    "(n) => document.getElementById(`a-course-${n % 2 ? 'improving' : 'persisting'}`).click()",
    LADDER,
    at="#q-course",
)
READING = Act("the other reading", "(n) => document.getElementById(`reading-${n % 2 ? 'nice' : 'page'}`).click()", LADDER)
NEW = Act(
    "an answer never seen before",
    "(n) => { const box = document.getElementById('a-symptom_weeks');"
    " box.value = n; box.dispatchEvent(new Event('change', { bubbles: true })); }",
    "() => document.getElementById('a-symptom_weeks').getAttribute('value')",
    at="#q-symptom_weeks",
)


def opened(browser: Browser, address: str, act: Act) -> Page:
    """A page in a window of its own: Chromium paints the tabs behind another once a second at most."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.wait_for_function(f"() => {{ try {{ return ({act.sees})() !== null }} catch {{ return false }} }}", timeout=PATIENCE)
    page.evaluate(IN_PAGE)
    if act.at:
        page.locator(act.at).scroll_into_view_if_needed()
    return page


@dataclass
class Clicked:
    """A page in which one act is done again and again, and what each took, in milliseconds."""

    act: Act
    page: Page
    first: int = 1
    numbers: Iterator[int] = field(init=False)
    took: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers = count(self.first)

    def once(self) -> None:
        """Clicks, waits until it is painted, and then until all is quiet."""
        script = f"(n) => bench.click(() => ({self.act.click})(n), {self.act.sees})"
        self.took.append(float(self.page.evaluate(script, next(self.numbers))))
        self.page.wait_for_timeout(QUIET)

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.took)


def in_turn(clicked: Sequence[Clicked], warm_up: int, number: int) -> dict[str, float]:
    """The median of each, in milliseconds; the first clicks of each are dropped."""
    for _ in range(warm_up + number):
        for one in clicked:
            one.once()
    for one in clicked:
        del one.took[:warm_up]
    return {one.act.name: one.middle for one in clicked}
