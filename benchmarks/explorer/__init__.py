"""Measures the explorer in Chromium against an almost empty Streamlit app in the same run: clicks, bytes, a crowd, the start.

python -m benchmarks.explorer
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from benchmarks.explorer import clicks, crowd, visit
from tests.explorer.conftest import CHROMIUM, FLAGS, ROOT, link
from tests.explorer.serving import serving

SCENARIO = "driver-eight-weeks"
LOADED = ".explorer h1"
WARM_UP, NUMBER = 5, 60

ALMOST_EMPTY = """
import streamlit as st
from streamlit.starlette import App

app = App(__file__)

if __name__ == "__main__":
    st.session_state.clicks = st.session_state.get("clicks", 0) + st.button("Again")
    st.write(f"Clicked: {st.session_state.clicks}")
"""


@dataclass(frozen=True)
class Line:
    """A line of the table; `most` is the target, or None."""

    what: str
    measured: float
    unit: str
    most: float | None = None

    def __str__(self) -> str:
        if self.most is None:
            return f"{self.what:62}{self.measured:8.2f} {self.unit}"
        reached = "reached" if self.measured <= self.most else "NOT reached"
        return f"{self.what:62}{self.measured:8.2f} {self.unit:5}{self.most:8.2f}  {reached}"


def measured() -> Iterator[Line]:
    """Yield every measurement, from one run of two servers and one browser."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        browser = stack.enter_context(playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        empty = stack.enter_context(serving(_almost_empty(folder / "empty"), folder / "empty.log"))
        start = time.time()
        address = stack.enter_context(serving(ROOT, folder / "log"))
        stack.callback(browser.close)  # before the servers, which wait for open connections
        yield Line("Start of the server to first paint", _first_paint(browser, address) - start, "s")
        yield Line("First visit", visit.bytes_of_a_first_visit(browser, address, LOADED) / 1e6, "MB", 1.5)
        yield from _clicks(browser, empty, address)
        yield from _crowd(browser, address)


def _almost_empty(folder: Path) -> Path:
    folder.mkdir()
    (folder / "app.py").write_text(ALMOST_EMPTY, encoding="utf-8")
    for name in (".streamlit", "static"):
        copytree(ROOT / name, folder / name)
    return folder


def _first_paint(browser: Browser, address: str) -> float:
    with browser.new_page() as page:
        return visit.painted(page, address, LOADED)


def _clicks(browser: Browser, empty: str, address: str) -> Iterator[Line]:
    actions = (clicks.EMPTY, clicks.ANSWER, clicks.READING, clicks.NEW)
    addresses = {action: empty if action is clicks.EMPTY else f"{address}{link(SCENARIO)}" for action in actions}
    clicked = [clicks.Clicked(action, clicks.opened(browser, addresses[action], action), first=101) for action in actions]
    medians = clicks.in_turn(clicked, WARM_UP, NUMBER)
    for clicker in clicked:
        clicker.page.close()
    base = medians.pop(clicks.EMPTY.name)
    yield Line(f"Click to painted result, p50: {clicks.EMPTY.name}", base, "ms")
    for name, middle in medians.items():
        yield Line(f"  {name}", middle, "ms")
        yield Line("    to the almost empty app", middle / base, "times", 2.0)


def _crowd(browser: Browser, address: str) -> Iterator[Line]:
    pages = crowd.open_pages(browser, f"{address}{link(SCENARIO)}")
    alone, together = crowd.measured(pages)
    for page in pages:
        page.close()
    yield Line("One person, with 50 sessions open, p50", alone, "ms")
    yield Line("50 people, each clicking once in 10 s, p50", together, "ms")
    yield Line("    to one person", together / alone, "times", 3.0)


def report() -> None:
    """Print the table, or why there is none."""
    if not CHROMIUM.exists():
        print(f"\nThe explorer was not measured: {CHROMIUM} is missing. On Debian: apt-get install chromium")
        return
    print(f"\n{'The explorer':62}{'measured':>8}{'target':>14}")
    for line in measured():
        print(line, flush=True)
