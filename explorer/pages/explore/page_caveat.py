"""Statements that the page itself takes back: always visible, whatever the result."""

from __future__ import annotations

from explorer.markup.html import Child, Html, el, heading
from explorer.pages.explore.evidence import badge, citations, full_note
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.verdicts import badge_of
from explorer.pages.explore.view import View
from pathway.explanation.pathway import the_pathway


def page_caveats(view: View) -> Html:
    """Statements that the page itself takes back: always visible, whatever the result; empty if there are none."""
    library = the_pathway().rule_texts
    caveats: list[Child] = []
    for rule in view.knowledge.recommendations.values():
        for name in rule.options if rule.overrides and rule.basis == "page" else ():
            option = view.result.options[name]
            title = heading(3, view.knowledge.options[name].name, " ", badge(badge_of(view, option)))
            notes = [full_note(view, note) for note in option.notes]
            caveats.append(
                el(
                    "div",
                    title,
                    el("p", with_glossary(rule.because)),
                    citations(view, library.reasons[rule.id].citations),
                    *notes,
                )
            )
    if not caveats:
        return Html("")
    return el(
        "section",
        heading(2, f"A caveat on {view.page_name}"),
        *caveats,
        class_="caveat",
        id="caveat",
        aria_label=f"A caveat on {view.page_name}",
    )
