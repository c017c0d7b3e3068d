"""What axe-core says of a page: anything on it that someone with a screen reader, a keyboard or weak eyes can't use."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")

OPTIONS = "{ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }"
"""Every rule that axe-core runs by itself, and WCAG 2.2's on the size of targets."""

UNSTUCK = ".explorer .always { position: static }"
"""The foot that stays in sight: of a button that is half below it axe-core measures the half, though one can scroll it free."""
FEW = 3
EACH = """([css, most]) => {
  window.alike = css ? [...document.querySelectorAll(css)].slice(most) : [];
  return window.alike.length;
}"""


def violations(page: Page, alike: str = "") -> list[str]:
    """What axe-core finds wrong; of elements that are alike, named by a selector, it looks at the first few."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    where = "{ include: document, exclude: window.alike }" if page.evaluate(EACH, [alike, FEW]) else "document"
    style = page.add_style_tag(content=UNSTUCK)
    issues = page.evaluate(f"async () => (await axe.run({where}, {OPTIONS})).violations")
    style.evaluate("style => style.remove()")
    return [f"{violation['id']}: {node['html'][:120]}" for violation in issues for node in violation["nodes"]]
