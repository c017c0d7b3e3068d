"""A first visit: how long from the start of the server until it is painted, and how many bytes an empty cache costs."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.explorer.clicks import IN_PAGE, PATIENCE

PAINTED = "() => new Promise(bench.frame).then((at) => performance.timeOrigin + at)"
BINARY = 2


def painted(page: Page, address: str, there: str) -> float:
    """When the first frame with the page was painted, in seconds since the epoch."""
    page.add_init_script(IN_PAGE)
    page.goto(address)
    page.locator(there).first.wait_for(timeout=PATIENCE)
    return float(page.evaluate(PAINTED)) / 1000


def bytes_of_a_first_visit(browser: Browser, address: str, there: str) -> int:
    """All that comes over the wire until nothing more comes, the web socket's messages too (as if not compressed)."""
    context = browser.new_context()
    page, sizes = context.new_page(), list[float]()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    for event in ("Network.webSocketFrameReceived", "Network.webSocketFrameSent"):
        wire.on(event, lambda told: sizes.append(_payload(told["response"])))
    painted(page, address, there)
    page.wait_for_load_state("networkidle")
    context.close()
    return int(sum(sizes))


def _payload(frame: dict[str, Any]) -> float:
    length = len(frame["payloadData"])
    return length * 3 / 4 if frame["opcode"] == BINARY else length
