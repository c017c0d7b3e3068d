"""Measures the explorer in Chromium, in one run with an almost empty Streamlit app and with an earlier revision of itself.

python -m benchmarks.explorer
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from benchmarks.explorer import clicks, crowd, earlier, visit
from benchmarks.explorer.clicks import ANSWER, EMPTY, GUIDANCE, NEW, Action, Clicked
from tests.explorer.conftest import CHROMIUM, FLAGS, ROOT, link
from tests.explorer.serving import serving

SCENARIO = "driver-eight-weeks"
LOADED = ".explorer h1"
WARM_UP, NUMBER, STARTS = 5, 60, 5
NOBODY, TODAY, EARLIER = "", "today's explorer", f"revision {earlier.REVISION}"
TO_EMPTY, TO_EARLIER = 3.2, {ANSWER: 1.4, NEW: 1.4, GUIDANCE: 2.0}
"""How many times as long as in the almost empty app an answer may take; and each action, as in the earlier revision."""
SHIFT = 0.01

ALMOST_EMPTY = """
import streamlit as st
from streamlit.starlette import App

app = App(__file__)

if __name__ == "__main__":
    st.session_state.clicks = st.session_state.get("clicks", 0) + st.button("Again")
    st.write(f"Clicked: {st.session_state.clicks}")
"""


Measured = Mapping[tuple[str, Action], Clicked]


@dataclass(frozen=True)
class Line:
    """A line of the table; `most` is the target, or None."""

    what: str
    measured: float
    unit: str
    most: float | None = None

    def __str__(self) -> str:
        if self.most is None:
            return f"{self.what:62}{self.measured:9.3f} {self.unit}"
        reached = "reached" if self.measured <= self.most else "NOT reached"
        return f"{self.what:62}{self.measured:9.3f} {self.unit:5}{self.most:9.3f}  {reached}"


def measured() -> Iterator[Line | str]:
    """Yield every measurement, from one run of three servers and one browser."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        browser = stack.enter_context(playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        empty = _almost_empty(folder / "empty")
        yield from _starts(browser, {NOBODY: empty, TODAY: ROOT}, folder)
        address = stack.enter_context(serving(ROOT, folder / "log"))
        yield from _first_visit(browser, address)
        pages = {TODAY: f"{address}{link(SCENARIO)}"}
        pages[NOBODY] = stack.enter_context(serving(empty, folder / "empty.log"))
        if old := earlier.unpacked(ROOT, folder / "earlier"):
            pages[EARLIER] = stack.enter_context(serving(old, folder / "earlier.log")) + earlier.link(old, SCENARIO)
        else:
            yield f"This clone has no revision {earlier.REVISION}: today's explorer is not compared with it."
        stack.callback(browser.close)  # before the servers, which wait for open connections
        clicked = _clicked(browser, pages)
        yield from _table(clicked)
        yield from _targets(clicked)
        yield from _crowd(browser, pages[TODAY])


def _almost_empty(folder: Path) -> Path:
    folder.mkdir()
    (folder / "app.py").write_text(ALMOST_EMPTY, encoding="utf-8")
    copytree(ROOT / ".streamlit", folder / ".streamlit")
    return folder


def _starts(browser: Browser, folders: Mapping[str, Path], logs: Path) -> Iterator[Line]:
    """From the start of a server to the first painted page, with the almost empty app and the explorer in turn.

    Each starts once before, as on a machine that is set up: modules are compiled, and the knowledge is checked.
    """
    took: dict[str, list[float]] = {whose: [] for whose in folders}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for turn in range(STARTS + 1):
        for whose, folder in folders.items():
            start = time.time()
            with serving(folder, logs / "start.log") as address, browser.new_context() as context:
                page = context.new_page()
                seconds = visit.painted(page, address, LOADED if whose else "button") - start
                took[whose] += [seconds] if turn else []
    empty, today = (statistics.median(took[whose]) for whose in (NOBODY, TODAY))
    yield Line("Start of an almost empty app to first paint", empty, "s")
    yield Line("Start of the explorer to first paint", today, "s", 1.5)
    yield Line("  to the almost empty app", today / empty, "times")


def _first_visit(browser: Browser, address: str) -> Iterator[Line]:
    megabytes, shift = visit.first_visit(browser, address, LOADED)
    yield Line("First visit", megabytes, "MB", 1.2)
    yield Line("  layout shift", shift, "", SHIFT)


def _clicked(browser: Browser, pages: Mapping[str, str]) -> Measured:
    """Every action in every explorer, and the click in the almost empty app, in turn."""
    actions = [(whose, action) for whose in pages for action in ((EMPTY,) if whose == NOBODY else TO_EARLIER)]
    clicked = {
        (whose, action): Clicked(whose, action, clicks.opened(browser, pages[whose], action), first=101)
        for whose, action in actions
    }
    clicks.in_turn(list(clicked.values()), WARM_UP, NUMBER)
    for clicker in clicked.values():
        clicker.page.close()
    return clicked


def _table(clicked: Measured) -> Iterator[str]:
    yield f"\n{'Click to painted result, of ' + str(NUMBER):62}{'p50':>11}{'p95':>11}   largest layout shift"
    for clicker in clicked.values():
        name = ": ".join(filter(None, (clicker.whose, clicker.action.name)))
        yield f"{name:62}{clicker.p50:8.1f} ms{clicker.p95:8.1f} ms{clicker.shift:10.4f}"
    yield ""


def _targets(clicked: Measured) -> Iterator[Line]:
    base = clicked[NOBODY, EMPTY].p50
    for action, most in TO_EARLIER.items():
        now, before = clicked[TODAY, action], clicked.get((EARLIER, action))
        yield Line(
            f"{action.name}: p50, to the almost empty app", now.p50 / base, "times", None if action is GUIDANCE else TO_EMPTY
        )
        if before:
            yield Line(f"  p50, to {EARLIER}", now.p50 / before.p50, "times", most)
        yield Line("  p95", now.p95, "ms", 3 * base + 100)
        yield Line("  layout shift", now.shift, "", SHIFT)


def _crowd(browser: Browser, address: str) -> Iterator[Line]:
    pages = crowd.open_pages(browser, address)
    alone, together = crowd.measured(pages)
    for page in pages:
        page.close()
    yield Line("One person, with 50 sessions open, p50", alone, "ms")
    yield Line("50 people, each clicking once in 10 s, p50", together, "ms")
    yield Line("  to one person", together / alone, "times", 3.0)


def report() -> None:
    """Print the table, or why there is none."""
    if not CHROMIUM.exists():
        print(f"\nThe explorer was not measured: {CHROMIUM} is missing. On Debian: apt-get install chromium")
        return
    print(f"\n{'The explorer':62}{'measured':>9}{'at most':>15}")
    for line in measured():
        print(line, flush=True)
