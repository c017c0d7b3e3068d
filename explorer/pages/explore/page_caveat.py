"""Statements that the page itself takes back: always visible, whatever the result."""

from __future__ import annotations

from explorer.markup.html import Html, el, heading
from explorer.pages.explore.evidence import badge, citations, full_note
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.verdicts import badge_of
from explorer.pages.explore.view import View
from pathway.explanation.pathway import the_pathway
from pathway.knowledge.models import Recommendation


def page_caveats(view: View) -> Html:
    """Statements that the page itself takes back: always visible, whatever the result; empty if there are none."""
    rules = [rule for rule in view.knowledge.recommendations.values() if rule.overrides and rule.basis == "page"]
    caveats = [_caveat(view, rule, option) for rule in rules for option in rule.options]
    title = f"A caveat on {view.page_name}"
    return el("section", heading(2, title), *caveats, class_="caveat", id="caveat", aria_label=title) if caveats else Html("")


def _caveat(view: View, rule: Recommendation, name: str) -> Html:
    """What a rule takes back about an option, with the option's verdict and the positions of other sources."""
    option, cited = view.result.options[name], the_pathway().rule_texts.reasons[rule.id].citations
    title = heading(3, view.knowledge.options[name].name, " ", badge(badge_of(view, option)))
    notes = (full_note(view, note) for note in option.notes)
    return el("div", title, el("p", with_glossary(rule.because)), citations(view, cited), *notes)
