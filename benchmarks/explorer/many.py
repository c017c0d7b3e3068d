"""Measures many people at processes behind one address: what a click takes, and what each person and process costs in memory.

`python -m benchmarks.explorer.many [PEOPLE]` measures it alone. If memory is short, fewer than PEOPLE pages are opened.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.explorer import crowd
from benchmarks.explorer.clicks import NEW, opened
from benchmarks.processes import usage
from tests.explorer.conftest import CHROMIUM, FLAGS, ROOT, link
from tests.explorer.nginx import NGINX, nginx
from tests.explorer.serving import STREAMLIT, free_port, running

PEOPLE, PROCESSES = 200, 2
SCENARIO = link("driver-eight-weeks")
LEAST_LEFT = 3_000
"""Megabytes that are left to this machine: no further page is opened."""
EVERY, ALONE = 20, 12
"""Pages after which the memory is printed, and clicks of one person before and after everyone's."""


def measured(people: int) -> Iterator[str]:
    """Yield what was measured."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        ports = [free_port() for _ in range(PROCESSES)]
        command = (*STREAMLIT, "--server.address", "127.0.0.1")
        servers = [stack.enter_context(running(command, ROOT, folder / f"{port}.log", port)) for port in ports]
        address = stack.enter_context(nginx(folder, free_port(), ports))
        playwright = stack.enter_context(sync_playwright())
        browser = stack.enter_context(playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        stack.callback(browser.close)  # before the servers, which wait for open connections
        pages: list[Page] = []
        for port in ports:  # a process loads most of what it needs with its first page
            opened(browser, f"http://127.0.0.1:{port}{SCENARIO}", NEW).close()
        start = sum(usage(server).memory for server in servers)
        for page in _opened(browser, f"{address}{SCENARIO}", people):
            pages.append(page)
            if len(pages) in (1, people) or len(pages) % EVERY == 0:
                yield f"{len(pages):5} people, processes of {_megabytes(servers)} MB"
        yield f"{len(pages)} of {people} people have a page open."
        before = sum(usage(server).processor for server in servers)
        alone, together = crowd.measured(pages, rounds=1, alone=ALONE)
        worked = sum(usage(server).processor for server in servers) - before
        grown = sum(usage(server).memory for server in servers) - start
        yield f"One person while the others wait, p50: {alone:.0f} ms"
        yield f"Each clicking once in {crowd.SECONDS} s, p50: {together:.0f} ms, {together / alone:.1f} times as long"
        click = 1_000 * worked / (1 + 2 * ALONE + len(pages))
        yield f"A click: {click:.0f} ms of a processor, which others on the machine change less"
        yield f"A process: {start / PROCESSES:.0f} MB after the first page, {_megabytes(servers)} MB at the end"
        yield f"Each person: {grown / len(pages):.1f} MB"


def _opened(browser: Browser, address: str, people: int) -> Iterator[Page]:
    for _ in range(people):
        if _memory_left() < LEAST_LEFT:
            return
        yield opened(browser, address, NEW)


def _memory_left() -> float:
    text = Path("/proc/meminfo").read_text(encoding="utf-8")
    return int(re.findall(r"^MemAvailable:\s+(\d+) kB$", text, re.MULTILINE)[0]) / 1_000


def _megabytes(servers: list[int]) -> str:
    return " and ".join(f"{usage(server).memory:.0f}" for server in servers)


def report(people: int = PEOPLE) -> None:
    """Print what was measured, or why nothing was."""
    print(f"\nMany people at {PROCESSES} processes behind one address")
    if NGINX is None or not CHROMIUM.exists():
        print("Not measured: it takes nginx and Chromium. On Debian: apt-get install nginx-light chromium")
        return
    for line in measured(people):
        print(line, flush=True)


if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
