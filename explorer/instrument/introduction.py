"""What an empty scenario begins with: what this is, and the three words that a newcomer can't know."""

from __future__ import annotations

from explorer.instrument.glossary_popovers import glossed
from explorer.instrument.ladder import CLIMBED
from explorer.instrument.view import View
from explorer.markup.html import Html, el, folded


def opening(view: View) -> Html:
    """Open from the start where there is room; on a phone what to ask comes first."""
    lead = (
        "Answer for a made-up person: the ladder shows where they would stand, and every option says why it applies or why not."
    )
    return el("div", folded("What this is", el("p", lead), _words(view), name="what", wide=True), class_="opening")


def _words(view: View) -> Html:
    source = view.knowledge.sources["page"].title
    page = [
        source,
        "; what is said from it names its place there. ",
        el("a", "Sentence by sentence", href="./source", data_go="source"),
    ]
    steps = ", then ".join(view.title(step).lower() for step in CLIMBED)
    read = [f"which of the two decides where they part: the page, or {view.title('nice')}. ", glossed(view.says("nice"))]
    told = {"The page": page, "The ladder": [f"{steps}: our reading of the page."], "Read by": read}
    return el("dl", *(el("div", el("dt", word), el("dd", *says)) for word, says in told.items()))
