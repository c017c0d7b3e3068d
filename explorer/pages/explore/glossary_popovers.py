"""Glossary terms in texts: the first mention of a term is a button that opens a popover with its meaning."""

from __future__ import annotations

import re

import pathway
from explorer.markup.html import Child, Html, el, join
from explorer.per_pathway import per_pathway
from pathway import Knowledge
from pathway.knowledge.glossary import Glossary
from pathway.knowledge.models import CitationRef, Term
from pathway.phrases import sentence_case


@per_pathway(maxsize=2)
def _glossary() -> Glossary:
    return Glossary(pathway.load().terms.values())


def with_glossary(text: str) -> Html:
    """A text of the knowledge, escaped, with the first mention of each term as a button. Markup is returned unchanged.

    Never inside another button, a link, a summary or a label: a button in one of those can't be reached or pressed by itself.
    Only for texts of the knowledge: results are cached, and what a person wrote must not be.
    """
    return text if isinstance(text, Html) else _cached_with_glossary(text)


@per_pathway(maxsize=4096)
def _cached_with_glossary(text: str) -> Html:
    explained = set[str]()
    return join([_piece(words, term, explained) for words, term in _glossary().pieces(text)])


def _piece(words: str, term: Term | None, explained: set[str]) -> Child:
    if term is None or term.id in explained:
        return words
    explained.add(term.id)
    return el("button", words, type="button", class_="term", popovertarget=f"term-{term.id}")


@per_pathway(maxsize=2)
def glossary_popovers() -> Html:
    """A popover for every term, hidden until its button is pressed. It is on a page once, outside all redrawn parts."""
    knowledge = pathway.load()
    return el(
        "div", *(_popover(knowledge, term) for term in knowledge.terms.values()), class_="meanings", id="meanings", data_keep=True
    )


def with_popovers(markup: Html) -> Html:
    """Markup together with the popovers of its terms: in an open drawer, nothing outside of it can be read."""
    named = dict.fromkeys(re.findall(r'popovertarget="term-([^"]+)"', markup))
    knowledge = pathway.load()
    own = (_popover(knowledge, knowledge.terms[term], "drawer-") for term in named)
    return join([Html(markup.replace('popovertarget="', 'popovertarget="drawer-')), *own])


def _popover(knowledge: Knowledge, term: Term, where: str = "") -> Html:
    name = sentence_case(term.words[0])
    meaning = el("p", el("b", name), " ", term.meaning)
    cited = [el("p", _cited(knowledge, cite), class_="small") for cite in term.cites if cite.source]
    place = f"{where}term-{term.id}"
    return el(
        "div", meaning, *cited, id=place, class_="meaning", popover=True, autofocus=True, role="note", tabindex="-1",
        aria_label=name,
    )  # fmt: skip


def _cited(knowledge: Knowledge, cite: CitationRef) -> str:
    assert cite.source and cite.checked, "loading refuses a citation of neither a statement nor a source"
    source = knowledge.sources[cite.source]
    return f"{source.publisher}: {source.title} ({source.edition}), {cite.at} ({knowledge.label(cite.checked).title})"
