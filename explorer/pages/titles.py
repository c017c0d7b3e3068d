"""The titles of the explorer and its pages. The pathway in use gives some of them."""

from __future__ import annotations

import pathway
from pathway.knowledge.outline import Outline
from pathway.phrases import sentence_case

PAGE_TITLES = {
    "": "Explore",
    "compare": "Compare",
    "practice": "Practice",
    "atlas": "Atlas",
    "population": "Population",
    "rules": "Rules",
}
"""The pages that Explore links to in its header, by the last part of their address. More would take a row of their own there."""


def explorer_name() -> str:
    """What the explorer is called."""
    outline = _outline()
    return outline.title if outline else "Pathway explorer"


def other_titles() -> dict[str, str]:
    """The pages that Explore links to in its footer."""
    outline = _outline()
    page = outline.readings[0].name if outline else "page"
    source = sentence_case(page.removeprefix("the ").replace("'", "’"))
    return {"source": source, "sources": "Sources", "about": "About", "changed": "What changed"}


def titles() -> dict[str, str]:
    """Every page."""
    return PAGE_TITLES | other_titles()


def _outline() -> Outline | None:
    """What the pathway in use is made of; None where it can't be loaded, which the page itself says."""
    try:
        return pathway.load().outline
    except pathway.Unusable:
        return None
