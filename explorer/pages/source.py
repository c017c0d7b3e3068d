"""The page, statement by statement, in other words: what each became or why not, and its limits; a person's own copy."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from explorer.instrument.evidence import basis_tag, editor_note, source_address, sources_line
from explorer.instrument.frame import article_page
from explorer.instrument.glossary_popovers import with_glossary
from explorer.instrument.view import View
from explorer.markup.html import Child, Html, el, external_link, heading, items
from explorer.markup.words import pluralise
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Source
from pathway.source import Account, Difference, Statement, account, sentences

KINDS = {"encoded": "Encoded", "context": "Background", "contradicted": "Not followed", "out_of_scope": "Left out"}
MOST_DIFFERENCES = 200
"""As many as are shown: another text altogether differs in every sentence."""


def source_page(view: View, copy: str = "") -> Html:
    """The page of statements; beside them, where there is one, the person's own copy."""
    ledger = view.knowledge.ledger
    originals, found = _matched_copy(view.knowledge, copy) if copy else ({}, None)
    uses = _uses(view.knowledge)
    sections = [
        _section(name, [_statement(one, uses.get(one.id, ()), originals.get(one.id)) for one in statements])
        for name, statements in groupby(ledger.statements, key=lambda statement: statement.place.section)
    ]
    lead = el(
        "p",
        f"{ledger.title}: {pluralise(len(ledger.statements), 'statement')}, paraphrased. The page itself is not stored here.",
        class_="small",
    )
    rest = el("div", *sections, _sources(view), class_="rest")
    return article_page(view, "source", heading(1, "Source"), lead, _limits(view), _copy_section(found), rest)


def _limits(view: View) -> Html:
    title = "What the page leaves out or overstates"
    frame = view.knowledge.frame
    limits = items(frame.page_limits, class_="limits")
    return el("section", heading(2, title), limits, sources_line(frame.limits_cites), class_="box", aria_label=title)


def _sources(view: View) -> Html:
    """Where citations lead, and what is to be known of each."""
    shown = items((_source(view, one) for one in view.knowledge.sources.values()), class_="sources")
    return el("section", heading(2, "All sources"), shown, class_="box", aria_label="All sources", id="sources")


def _source(view: View, one: Source) -> Html:
    head = el("p", el("b", one.publisher), f", {one.title} ({one.edition}) ", el("code", one.id))
    at = el("p", source_address(view, one.address), class_="small") if one.address else None
    note = el("p", one.note, class_="small") if one.note else None
    return el("div", head, at, _seen(view, one), note, id=f"source-{one.id}")


def _seen(view: View, one: Source) -> Child:
    """How a source was seen at best, and in whose copy."""
    if one.seen_as is None:
        return None
    copy = one.copy_seen
    where = [", in a copy: ", external_link(copy.address, copy.by)] if copy else []
    return el("p", "Seen: ", basis_tag(view, one.seen_as), *where, class_="small")


def _copy_section(found: Account | None) -> Html:
    pick = el("input", type="file", id="copy", accept=".txt,text/plain", data_file="copy", data_keep=True)
    label = el("label", el("b", "Open a copy of the page (text file)"), pick, class_="file")
    why = el("p", "It stays in this session. Closing the tab removes it.", class_="small")
    return el("section", label, why, *_account_lines(found), class_="box", aria_label="Copy of the page")


def _account_lines(found: Account | None) -> list[Child]:
    if found is None:
        return []
    words = f"{found.accounted} of {pluralise(found.expected, 'sentence')} accounted for in {pluralise(found.checks, 'check')}."
    left = len(found.differences) - MOST_DIFFERENCES
    more = el("p", f"And {pluralise(left, 'more difference')}.", class_="small") if left > 0 else None
    differing = items(map(_difference, found.differences[:MOST_DIFFERENCES]), class_="differences")
    return [el("p", el("b", words), role="status"), differing, more]


def _difference(one: Difference) -> Html:
    return el("span", el("b", one.kind), f" {one.place or one.after or ''}: ", el("q", one.text) if one.text else "")


def _matched_copy(knowledge: Knowledge, copy: str) -> tuple[Mapping[str, str], Account]:
    """For each statement its sentence in the copy, and the account of the copy."""
    ledger = knowledge.ledger
    prints = {entry.fingerprint for entry in ledger.sentences}
    texts = {one.fingerprint: one.text for one in sentences(copy, ledger.sections, prints)}
    found = {statement.id: texts[statement.fingerprint] for statement in ledger.statements if statement.fingerprint in texts}
    return found, account(ledger, copy, frozenset(_uses(knowledge)))


def _section(name: str, shown: list[Html]) -> Html:
    return el("section", heading(2, name.replace("-", " ").capitalize()), *shown, class_="box", aria_label=name)


def _statement(one: Statement, uses: tuple[str, ...], original: str | None) -> Html:
    became: list[Child] = [el("span", KINDS[one.kind], class_=f"tag k-{one.kind}")]
    became += [el("span", f" The page says “{one.hedge}”.", class_="small")] if one.hedge else []
    used = el("p", "Used in: ", *(part for use in uses for part in (el("code", use), " ")), class_="small") if uses else None
    theirs = el("blockquote", original) if original else None
    head = el("p", el("span", str(one.place), class_="small"), " ", *became)
    return el(
        "article", head, theirs, el("p", with_glossary(one.says)), editor_note(one), used, class_="statement", id=f"s-{one.id}"
    )


def _uses(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """For each statement the options, rules and assumptions that stand on it."""
    found: dict[str, dict[str, None]] = {}
    for option in knowledge.options.values():
        for name in option.statements:
            found.setdefault(name, {})[option.id] = None
    cited = [(rule.id, rule.cites) for rule in knowledge.rules()]
    cited += [(name, assumption.cites) for name, assumption in knowledge.assumptions.items()]
    for name, cites in cited:
        for statement in (cite.statement for cite in cites if cite.statement):
            found.setdefault(statement, {})[name] = None
    return {name: tuple(uses) for name, uses in found.items()}
