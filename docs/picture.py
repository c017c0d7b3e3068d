"""Takes the picture in README.md: the explorer with a scenario at the injection step. `make picture` runs it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

from tests.explorer.conftest import CHROMIUM, FLAGS, ROOT, link
from tests.explorer.serving import PATIENCE, serving

SCENARIO = "driver-eight-weeks"
PICTURE = ROOT / "docs" / "explorer.png"
MAX_BYTES = 500_000
"""The largest size in bytes: everyone who reads README.md loads the picture."""


def take(page: Page, address: str) -> None:
    """Open the scenario, wait until it is painted, and save a screenshot."""
    expect.set_options(timeout=PATIENCE * 1000)
    page.goto(f"{address}{link(SCENARIO)}")
    expect(page.get_by_role("heading", level=2, name="Injection", exact=True)).to_be_visible()
    expect(page.locator(".rung[aria-current=step]")).to_contain_text("Current step")
    expect(page.locator(".i").first).to_be_visible()
    page.evaluate("() => document.fonts.ready.then(() => undefined)")
    page.screenshot(path=PICTURE, animations="disabled", caret="hide")


def main() -> None:
    """Serve the explorer and take its picture."""
    with (
        TemporaryDirectory() as folder,
        serving(ROOT, Path(folder) / "log") as address,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as chromium,
    ):
        take(chromium.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light", locale="en-GB"), address)
    assert PICTURE.stat().st_size < MAX_BYTES


if __name__ == "__main__":
    main()
