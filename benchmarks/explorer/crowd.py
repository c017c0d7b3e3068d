"""Many people at once: each in a page and a session of its own, each clicking once in ten seconds."""

from __future__ import annotations

import time
from statistics import median

from playwright.sync_api import Browser, Page

from benchmarks.explorer.clicks import NEW, Clicked, opened

PEOPLE = 50
SECONDS = 10
SOON = 2
"""Seconds until the first of them clicks: until then all have been told when."""
APART = 10
"""Between the answers of two people, so that none is answered from another's."""

WAIT = f"""([at, n]) => {{
  const act = () => bench.click(() => ({NEW.click})(n), {NEW.sees});
  window.took = new Promise((done) => setTimeout(() => done(act()), at - Date.now()));
}}"""


def open_pages(browser: Browser, address: str, number: int = PEOPLE) -> list[Page]:
    """As many sessions, each shown."""
    return [opened(browser, address, NEW) for _ in range(number)]


def measured(pages: list[Page], rounds: int = 2, alone: int = 12) -> tuple[float, float]:
    """The median of one person's clicks while the others are still, and of everyone's; in turn, in milliseconds."""
    one, everyone = Clicked(NEW, pages[0], first=1_000), list[float]()
    one.once()  # the first is dropped, as everywhere
    one.took.clear()
    for turn in range(rounds):
        for _ in range(alone):
            one.once()
        everyone += _together(pages, turn)
    for _ in range(alone):
        one.once()
    return one.middle, median(everyone)


def _together(pages: list[Page], turn: int) -> list[float]:
    start = (time.time() + SOON) * 1000
    for number, page in enumerate(pages):
        page.evaluate(WAIT, [start + number * SECONDS * 1000 / len(pages), 100 + number * APART + turn])
    return [float(page.evaluate("() => window.took")) for page in pages]
