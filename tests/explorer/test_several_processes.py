"""Several processes behind one address, as docs/many.md says: and what is lost when one of them ends."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.explorer.conftest import ROOT, answer, link
from tests.explorer.nginx import NGINX, command, nginx, written
from tests.explorer.serving import PATIENCE, free_port, serving

needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is missing; on Debian: apt-get install nginx-light")


@needs_nginx
def test_nginx_reads_the_file(tmp_path: Path) -> None:
    written(tmp_path, free_port(), (8501, 8502))
    done = subprocess.run(command(tmp_path, "-t"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_ports_of_the_unit_are_those_of_the_proxy() -> None:
    unit, proxy = ((ROOT / "docs/serving" / name).read_text(encoding="utf-8") for name in ("explorer@.service", "nginx.conf"))
    assert re.findall(r"explorer@(\d+)", unit) == re.findall(r"server 127\.0\.0\.1:(\d+);", proxy)


@pytest.fixture
def ended_first(tmp_path: Path) -> Iterator[ExitStack]:
    """What ends the first process; the second is started by the test."""
    with ExitStack() as stack:
        yield stack


@needs_nginx
@pytest.mark.browser
@pytest.mark.soak  # with one process that is started again: test_races.py
def test_when_its_process_ends_the_page_goes_on_in_the_other_with_every_answer(
    browser: BrowserContext, ended_first: ExitStack, tmp_path: Path
) -> None:
    front, first, other = free_port(), free_port(), free_port()
    with nginx(tmp_path, front, (first, other)) as address:
        ended_first.enter_context(serving(ROOT, tmp_path / "one.log", first))
        page = browser.new_page()
        page.goto(f"{address}{link('driver-eight-weeks')}")
        answer(page, "course", "improving")
        expect(page).to_have_url(re.compile("s="))
        assert "explorer" in {cookie.get("name") for cookie in browser.cookies(address)}
        with serving(ROOT, tmp_path / "other.log", other):
            ended_first.close()
            answer(page, "saddle_numbness", "present")
            expect(page.get_by_role("alert")).to_contain_text("Emergency", timeout=PATIENCE * 1000)
            page.reload()
            expect(page.locator("#a-course-improving")).to_be_checked()
            page.close()
