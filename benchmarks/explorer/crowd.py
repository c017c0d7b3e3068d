"""Measures many people at once: each has a page and a session, and clicks once in ten seconds."""

from __future__ import annotations

import time
from statistics import median

from playwright.sync_api import Browser, Page

from benchmarks.explorer.clicks import NEW, Clicked, opened

PEOPLE = 50
SECONDS = 10
SOON = 2
"""Seconds until the first click; until then every page gets its time."""
APART = 10
"""The distance between the answers of two people, so that none comes from another's cache."""

WAIT = f"""([at, n]) => {{
  const act = () => bench.click(() => ({NEW.click})(n), {NEW.sees});
  window.took = new Promise((done) => setTimeout(() => done(act()), at - Date.now()));
}}"""


def open_pages(browser: Browser, address: str, number: int = PEOPLE) -> list[Page]:
    """Open that many sessions."""
    return [opened(browser, address, NEW) for _ in range(number)]


def measured(pages: list[Page], rounds: int = 2, alone: int = 12) -> tuple[float, float]:
    """Return two medians in milliseconds, measured in turn: one person's clicks while the others wait, and everyone's."""
    single, everyone = Clicked("one person", NEW, pages[0], first=1_000), list[float]()
    single.once()  # warm-up
    single.took.clear()
    for turn in range(rounds):
        for _ in range(alone):
            single.once()
        everyone += _together(pages, turn)
    for _ in range(alone):
        single.once()
    return single.p50, median(everyone)


def _together(pages: list[Page], turn: int) -> list[float]:
    start = (time.time() + SOON) * 1000
    for number, page in enumerate(pages):
        page.evaluate(WAIT, [start + number * SECONDS * 1000 / len(pages), 100 + number * APART + turn])
    return [float(page.evaluate("() => window.took")) for page in pages]
