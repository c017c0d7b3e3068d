"""What the start of the explorer loads: the first visitor waits for each of these."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from explorer.pages.explore import layout
from explorer.pages.explore.view import View
from explorer.server import warm_up
from tests.explorer.conftest import ROOT

SERVER = """
import sys
import app
print(*sys.modules)
"""
WARM = """
import asyncio
import explorer
async def started():
    async with explorer.lifespan(None):
        explorer.server.warm_up.wait()
asyncio.run(started())
from explorer.pages.explore import layout, view
view.the_pathway = layout._frame = None  # nothing is decided or laid out from here on
"""
FIRST_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("app.py", default_timeout=60).run()
assert "This page can" not in page.get("bidi_component")[0].proto.json and not page.exception
print(*sys.modules)
"""
OURS = {"pathway", "pydantic", "ruamel.yaml", "jinja2", "genanki", "explorer.navigation", "explorer.server.responses"}
SLOW_TO_LOAD = {"pandas", "numpy", "pyarrow", "altair", "ibis", "duckdb", "openpyxl", "z3"}


def loaded_by(program: str) -> set[str]:
    """The modules that a process has when this has run."""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_first_page_loads_nothing_for_tables_and_charts() -> None:
    assert not SLOW_TO_LOAD & loaded_by(FIRST_PAGE)


def test_the_server_listens_before_the_knowledge_and_the_pages_are_loaded() -> None:
    assert not OURS & loaded_by(SERVER)


def test_once_the_server_has_warmed_up_the_first_page_is_decided_and_laid_out() -> None:
    assert "explorer.navigation" in loaded_by(WARM + FIRST_PAGE)


def test_an_error_while_the_server_warms_up_is_left_to_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out = []

    def fail(view: View) -> None:
        laid_out.append(view)
        raise RuntimeError

    monkeypatch.setattr(layout, "explore", fail)
    monkeypatch.setattr(warm_up, "_warm_up", None)
    turns = sys.getswitchinterval()
    with ThreadPoolExecutor() as apart:  # another test's loop may run in this thread
        apart.submit(asyncio.run, _start()).result()
    assert laid_out and sys.getswitchinterval() == turns


async def _start() -> None:
    async with warm_up.lifespan(None):
        warm_up.wait()
