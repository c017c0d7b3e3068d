"""Measures a first visit: the time until it is painted, the bytes with an empty cache, and how far the layout shifts."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.explorer.clicks import IN_PAGE, PATIENCE, SHIFTED

PAINTED = "() => new Promise(bench.frame).then((at) => performance.timeOrigin + at)"
BINARY = 2


def painted(page: Page, address: str, selector: str) -> float:
    """Return when the first frame with the page was painted, in seconds since the epoch."""
    page.add_init_script(IN_PAGE)
    page.goto(address)
    page.locator(selector).first.wait_for(timeout=PATIENCE)
    return float(page.evaluate(PAINTED)) / 1000


def first_visit(browser: Browser, address: str, selector: str) -> tuple[float, float]:
    """Return the megabytes received until the network is idle, web socket messages uncompressed, and the layout shift."""
    context = browser.new_context()
    page, sizes = context.new_page(), list[float]()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    for event in ("Network.webSocketFrameReceived", "Network.webSocketFrameSent"):
        wire.on(event, lambda message: sizes.append(_payload(message["response"])))
    painted(page, address, selector)
    page.wait_for_load_state("networkidle")
    shift = float(page.evaluate(SHIFTED))
    context.close()
    return sum(sizes) / 1e6, shift


def _payload(frame: dict[str, Any]) -> float:
    length = len(frame["payloadData"])
    return length * 3 / 4 if frame["opcode"] == BINARY else length
