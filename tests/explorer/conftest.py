"""One server and a browser for the journeys, and the page as Streamlit's own test runner sees it."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect, sync_playwright
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from explorer.links.address import codes, scenarios
from explorer.markup import parts as sent
from explorer.markup.html import Html
from pathway.scenarios.walk import State, new_walk
from tests.explorer.serving import PATIENCE, serving

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

Opens = Callable[..., Page]
Listeners = dict[Any, Callable[[Any], None]]
Theme = Literal["light", "dark"]


class QueryParams(dict[str, str]):
    """The parameters of an address, as Streamlit has them."""

    def get_all(self, name: str) -> list[str]:
        """Every value of a name."""
        return [self[name]]


def shown(state: State | str = "") -> Html:
    """The markup of Explore in a state (or with a token), through Streamlit."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    token = state if isinstance(state, str) else codes().encode(state)
    if token:
        test.query_params["s"] = token
    test.run()
    assert not test.exception
    parts = {name: Html(html) for name, html in json.loads(test.get("bidi_component")[0].proto.json)[0]["parts"].items()}
    return sent.PageParts(parts.pop(sent.FRAME), parts).assembled()


def awaited(work: Coroutine[Any, Any, None]) -> None:
    """Runs it to its end, in a thread of its own: where a browser is open, this thread has a loop that runs already."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, work).result()


def link(name: str, guidance: str = "page") -> str:
    """The address of a bundled scenario."""
    return f"/?s={codes().encode(new_walk(scenarios()[name].answers, guidance))}"


def answer(page: Page, finding: str, value: str) -> None:
    """Answers a question in the list; where its group is folded, opens that first."""
    choice = page.locator(f"#a-{finding}-{value}")
    for fold in page.locator("details.flags:not([open])", has=choice).all():
        fold.locator("summary").click()
    choice.check()


# The address is written some frames after the result is painted; a busy machine paints late.
WRITTEN = """async () => {
  const script = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/history.js")).name;
  (await import(script)).flushAddress();
}"""


PRESSED = """() => {
  document.querySelector(".explorer").dispatchEvent(new PointerEvent("pointerdown", { clientX: -99, clientY: -99 }));
}"""


def press_elsewhere(page: Page) -> None:
    """Keeps the next press, in the same place, from counting as a double click, however fast the machine."""
    page.evaluate(PRESSED)


def back(page: Page) -> None:
    """Goes back one step, from what is shown."""
    page.evaluate(WRITTEN)
    page.go_back()


@pytest.fixture(scope="session", autouse=True)
def components_are_sought_once() -> Iterator[None]:
    """For each AppTest, Streamlit reads what is installed, in search of components: a second of work, the same each time."""
    with patch.object(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)):
        yield


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the explorer is served."""
    with serving(ROOT, tmp_path_factory.mktemp("server") / "log") as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[BrowserContext]:
    """Debian's Chromium; it keeps what it fetched once. Each page in it is a session of its own to the server."""
    if not CHROMIUM.exists():
        assert not os.environ.get("CI"), f"{CHROMIUM} is missing; on Debian: apt-get install chromium"
        pytest.skip(f"{CHROMIUM} is missing, and the journeys need it; on Debian: apt-get install chromium")
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = chromium.new_context()
        context.set_default_timeout(PATIENCE * 1000)
        yield context
        chromium.close()


@pytest.fixture(scope="session")
def tabs() -> list[Page]:
    """Tabs that a test before has left: to open a new one takes three times as long as to go elsewhere in one."""
    return []


@pytest.fixture
def opens(browser: BrowserContext, address: str, tabs: list[Page]) -> Iterator[Opens]:
    """Opens a page; it fails when anything is asked of another host, or when a script fails."""
    used, wrong = list[tuple[Page, Listeners]](), list[str]()

    def opening(
        path: str = "/", width: int = 1280, height: int = 900, theme: Theme = "light", at: str = address, first: str = ""
    ) -> Page:
        page = tabs.pop() if tabs and not first else browser.new_page()
        if first:  # a script that runs before the page's own, in this tab for ever: who asks for it closes the tab
            page.add_init_script(first)
        listeners = watching(at, wrong)
        used.append((page, listeners))
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme, media="null", forced_colors="null", reduced_motion="null")
        for event, listener in listeners.items():
            page.on(event, listener)
        page.goto(f"{at}{path}")
        page.locator("h1").first.wait_for()
        return page

    yield opening
    for page, listeners in used:
        if not page.is_closed():
            left(page, listeners)
            tabs.append(page)
    assert not wrong


def watching(at: str, wrong: list[str]) -> Listeners:
    """What notes down that anything is asked of another host, or that a script fails."""
    host = at.split("//")[1]
    return {
        "request": lambda request: None if request.url.startswith((at, "data:", "blob:")) else wrong.append(request.url),
        "websocket": lambda socket: None if host in socket.url else wrong.append(socket.url),
        "pageerror": lambda error: wrong.append(str(error)),
    }


def left(page: Page, listeners: Listeners) -> None:
    """As a new tab would be, for the next test."""
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    try:
        page.goto("about:blank")
    except Error:  # a step back that the test left under way took its place
        page.goto("about:blank")
