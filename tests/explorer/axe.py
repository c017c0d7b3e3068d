"""What axe-core says of a page: anything on it that someone with a screen reader, a keyboard or weak eyes can't use."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")

OPTIONS = "{ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }"
"""Every rule that axe-core runs by itself, and WCAG 2.2's on the size of targets."""


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(f"async () => (await axe.run(document, {OPTIONS})).violations")
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
