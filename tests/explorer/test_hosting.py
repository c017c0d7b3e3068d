"""What docs/hosting.md says: the explorer under a path, behind a proxy, and in a frame of another site."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest
from playwright.sync_api import BrowserContext, Frame, expect

from tests.explorer.conftest import ROOT, answer, link
from tests.explorer.proxy import COURSE, PATH, proxy
from tests.explorer.serving import PATIENCE, STREAMLIT, free_port, running

HOSTING = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
SERVER = (*STREAMLIT, "--server.address", "127.0.0.1", "--server.baseUrlPath", PATH.strip("/"))


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer's address behind a proxy, under a path."""
    server, front = free_port(), free_port()
    log = tmp_path_factory.mktemp("hosted") / "log"
    with running(SERVER, ROOT, log, server, health=f"{PATH}/_stcore/health"), proxy(front, server) as address:
        yield address


@pytest.mark.browser
def test_under_a_path_behind_a_proxy_every_address_keeps_the_path(hosted: str, browser: BrowserContext) -> None:
    page = browser.new_page()
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    first = f"{hosted}{link('driver-eight-weeks')}"
    page.goto(first)
    answer(page, "course", "improving")
    expect(page).not_to_have_url(first)
    assert page.url.startswith(f"{hosted}/?s=")
    sheet = page.get_by_role("link", name="Print").first.get_attribute("href")
    page.reload()
    expect(page.locator("#a-course-improving")).to_be_checked()
    page.goto(f"{hosted}/rules")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert [url for url in asked if url.startswith("http") and not url.startswith(f"{hosted}/")] == []
    assert sheet and not sheet.startswith("/print")
    page.close()


@pytest.mark.browser
@pytest.mark.soak  # what is not ours stays in the address: test_address.py
def test_in_a_frame_of_another_site_the_embedding_survives_clicks_and_reloads(hosted: str, browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto(hosted.replace("127.0.0.1", "localhost").removesuffix(PATH) + COURSE)
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="A driver whose leg pain").first.click()
    frame.locator("#a-course-persisting").wait_for()
    inside = framed(page.frames, hosted)
    inside.wait_for_url(lambda url: "s=" in url)
    assert "embed=true" in inside.url
    inside.evaluate("location.reload()")
    expect(frame.locator("#a-course-persisting")).to_be_checked()
    assert "embed=true" in framed(page.frames, hosted).url
    page.close()


def framed(frames: list[Frame], address: str) -> Frame:
    """The frame that shows the explorer."""
    (frame,) = (frame for frame in frames if frame.url.startswith(address))
    return frame


def test_outside_its_path_nothing_is_served(hosted: str) -> None:
    opener = build_opener(ProxyHandler({}))
    with opener.open(f"{hosted}/_stcore/health", timeout=PATIENCE) as response:
        assert response.read() == b"ok"
    with pytest.raises(HTTPError):
        opener.open(hosted.removesuffix(PATH), timeout=PATIENCE)


@pytest.mark.parametrize("word", ["--server.baseUrlPath", "embed=true", "proxy_set_header Host", "/_stcore/health"])
def test_the_page_on_hosting_says_how(word: str) -> None:
    assert word in HOSTING
