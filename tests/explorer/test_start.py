"""What the start of the explorer loads: whoever opens it waits for each of these."""

from __future__ import annotations

import subprocess
import sys

from tests.explorer.conftest import ROOT

FIRST_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("app.py", default_timeout=60).run()
assert page.get("bidi_component") and not page.exception
print(*sys.modules)
"""
SLOW_TO_LOAD = {"pandas", "numpy", "pyarrow", "altair", "ibis", "duckdb", "openpyxl", "z3"}


def loaded_by(program: str) -> set[str]:
    """The modules that a process has when this has run."""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_first_page_loads_nothing_for_tables_and_charts() -> None:
    assert not SLOW_TO_LOAD & loaded_by(FIRST_PAGE)
