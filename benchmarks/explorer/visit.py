"""Measures a first visit: the time until it is painted, the bytes with an empty cache, and how far the layout shifts."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from benchmarks.explorer.clicks import IN_PAGE, PATIENCE, SHIFTED
from benchmarks.explorer.wire import wire

PAINTED = "() => new Promise(bench.frame).then((at) => performance.timeOrigin + at)"


def painted(page: Page, address: str, selector: str) -> float:
    """Return when the first frame with the page was painted, in seconds since the epoch."""
    page.add_init_script(IN_PAGE)
    page.goto(address)
    page.locator(selector).first.wait_for(timeout=PATIENCE)
    return float(page.evaluate(PAINTED)) / 1000


def first_visit(browser: Browser, server: str, selector: str) -> tuple[float, float]:
    """Return the megabytes on the wire until the network is idle, with an empty cache, and the layout shift."""
    with wire(server) as between, browser.new_context() as context:
        page = context.new_page()
        painted(page, between.address, selector)
        page.wait_for_load_state("networkidle")
        return between.received / 1e6, float(page.evaluate(SHIFTED))
