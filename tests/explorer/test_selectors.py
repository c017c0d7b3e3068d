"""What the browser tests look for exists: the long ones run seldom, and a name that has changed would fail there alone."""

from __future__ import annotations

import re
from pathlib import Path

from explorer.instrument.component import ASSETS

BEGINNING = "data-"
FROM_ELSEWHERE = {"data-testid", "data-test", "data-test-script-state", "data-old"}
"""Streamlit's, with the beginning of its names, and the mark that a test itself sets on a page."""


def attributes(folder: Path) -> set[str]:
    """Return the data attributes that the files name: as in HTML, as an argument in Python, or as a script's `dataset`."""
    found = set[str]()
    for path in folder.rglob("*"):
        if path.suffix in (".py", ".js", ".css", ".jinja"):
            text = path.read_text("utf-8")
            found |= {BEGINNING + name.replace("_", "-") for name in re.findall(r"\bdata[-_]([a-z][a-z_-]*[a-z])", text)}
            found |= {
                BEGINNING + re.sub("[A-Z]", lambda upper: f"-{upper[0].lower()}", name)
                for name in re.findall(r"dataset\.(\w+)", text)
            }
    return found


def test_every_data_attribute_that_a_test_looks_for_is_on_a_page() -> None:
    looked_for = {
        name
        for path in Path(__file__).parent.glob("*.py")
        for name in re.findall(r"\bdata-[a-z-]*[a-z]", path.read_text("utf-8"))
    }
    assert looked_for - FROM_ELSEWHERE <= attributes(ASSETS.parent)
