"""The introduction shown with an empty scenario: what the tool does, and three terms that need explaining."""

from __future__ import annotations

from explorer.markup.html import Html, disclosure, el
from explorer.markup.words import capitalise
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.ladder import LADDER_STEPS
from explorer.pages.explore.view import View


def introduction(view: View) -> Html:
    """The introduction; folded on a phone, where the next question comes first."""
    lead = "Answer for a made-up person. The ladder then shows the current step. Each option says why it applies or not."
    return el("div", disclosure("About this tool", el("p", lead), _definitions(view), name="what", wide=True), class_="opening")


def _definitions(view: View) -> Html:
    source = view.knowledge.sources["page"].title
    page = [
        source,
        ". Each statement taken from it names its place there. ",
        el("a", "Show it sentence by sentence", href="./source", data_go="source"),
    ]
    steps = ", then ".join(view.title(step).lower() for step in LADDER_STEPS)
    read = ["The switch chooses which one decides where the two differ. ", with_glossary(view.says("nice"))]
    definitions = {
        "The clinic’s page": page,
        "The ladder": [f"{capitalise(steps)}: our interpretation of the page."],
        "Guidance": read,
    }
    return el("dl", *(el("div", el("dt", word), el("dd", *says)) for word, says in definitions.items()))
