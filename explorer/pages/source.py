"""The Source page: the clinic's page statement by statement, paraphrased, with its use; and a comparison with a copy."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from explorer.markup.html import Child, Html, el, external_link, heading, items
from explorer.markup.words import pluralise
from explorer.pages.explore.evidence import basis_tag, editor_note, source_address, sources_line
from explorer.pages.explore.frame import article_page
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.view import View
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Source
from pathway.source import Account, Difference, Statement, account, sentences

KINDS = {"encoded": "Encoded", "context": "Background", "contradicted": "Not followed", "out_of_scope": "Left out"}
MOST_DIFFERENCES = 200
"""The most differences shown: an unrelated text differs in every sentence."""


def source_page(view: View, copy: str = "") -> Html:
    """The page. `copy`: the text of a copy, shown beside the statements."""
    ledger = view.knowledge.ledger
    originals, comparison = _matched_copy(view.knowledge, copy) if copy else ({}, None)
    uses = _uses(view.knowledge)
    sections = [
        _section(
            name, [_statement(statement, uses.get(statement.id, ()), originals.get(statement.id)) for statement in statements]
        )
        for name, statements in groupby(ledger.statements, key=lambda statement: statement.place.section)
    ]
    lead = el(
        "p",
        f"{ledger.title}: {pluralise(len(ledger.statements), 'statement')}, paraphrased. The page itself is not stored here.",
        class_="small",
    )
    rest = el("div", *sections, _sources(view), class_="rest")
    return article_page(view, "source", heading(1, "Source"), lead, _limits(view), _copy_section(comparison), rest)


def _limits(view: View) -> Html:
    title = "What the page leaves out or overstates"
    frame = view.knowledge.frame
    limits = items(frame.page_limits, class_="limits")
    return el("section", heading(2, title), limits, sources_line(frame.limits_cites), class_="box", aria_label=title)


def _sources(view: View) -> Html:
    """The list of all sources."""
    shown = items((_source(view, entry) for entry in view.knowledge.sources.values()), class_="sources")
    return el("section", heading(2, "All sources"), shown, class_="box", aria_label="All sources", id="sources")


def _source(view: View, entry: Source) -> Html:
    head = el("p", el("b", entry.publisher), f", {entry.title} ({entry.edition}) ", el("code", entry.id))
    at = el("p", source_address(view, entry.address), class_="small") if entry.address else None
    note = el("p", entry.note, class_="small") if entry.note else None
    return el("div", head, at, _seen(view, entry), note, id=f"source-{entry.id}")


def _seen(view: View, entry: Source) -> Child:
    """How a source was read, and in whose copy; None where that is not recorded."""
    if entry.seen_as is None:
        return None
    copy = entry.copy_seen
    where = [", in a copy: ", external_link(copy.address, copy.by)] if copy else []
    return el("p", "Seen: ", basis_tag(view, entry.seen_as), *where, class_="small")


def _copy_section(comparison: Account | None) -> Html:
    pick = el("input", type="file", id="copy", accept=".txt,text/plain", data_file="copy", data_keep=True)
    label = el("label", el("b", "Open a copy of the page (text file)"), pick, class_="file")
    why = el("p", "It stays in this session. Closing the tab removes it.", class_="small")
    return el("section", label, why, *_account_lines(comparison), class_="box", aria_label="Copy of the page")


def _account_lines(comparison: Account | None) -> list[Child]:
    if comparison is None:
        return []
    expected, checks = pluralise(comparison.expected, "sentence"), pluralise(comparison.checks, "check")
    words = f"{comparison.accounted} of {expected} accounted for in {checks}."
    hidden = len(comparison.differences) - MOST_DIFFERENCES
    more = el("p", f"And {pluralise(hidden, 'more difference')}.", class_="small") if hidden > 0 else None
    differing = items(map(_difference, comparison.differences[:MOST_DIFFERENCES]), class_="differences")
    return [el("p", el("b", words), role="status"), differing, more]


def _difference(difference: Difference) -> Html:
    return el(
        "span",
        el("b", difference.kind),
        f" {difference.place or difference.after or ''}: ",
        el("q", difference.text) if difference.text else "",
    )


def _matched_copy(knowledge: Knowledge, copy: str) -> tuple[Mapping[str, str], Account]:
    """For each statement its sentence in the copy, and the account of the copy."""
    ledger = knowledge.ledger
    prints = {entry.fingerprint for entry in ledger.sentences}
    texts = {sentence.fingerprint: sentence.text for sentence in sentences(copy, ledger.sections, prints)}
    originals = {statement.id: texts[statement.fingerprint] for statement in ledger.statements if statement.fingerprint in texts}
    return originals, account(ledger, copy, frozenset(_uses(knowledge)))


def _section(name: str, shown: list[Html]) -> Html:
    return el("section", heading(2, name.replace("-", " ").capitalize()), *shown, class_="box", aria_label=name)


def _statement(statement: Statement, uses: tuple[str, ...], original: str | None) -> Html:
    became: list[Child] = [el("span", KINDS[statement.kind], class_=f"tag k-{statement.kind}")]
    became += [el("span", f" The page says “{statement.hedge}”.", class_="small")] if statement.hedge else []
    used = el("p", "Used in: ", *(part for use in uses for part in (el("code", use), " ")), class_="small") if uses else None
    theirs = el("blockquote", original) if original else None
    head = el("p", el("span", str(statement.place), class_="small"), " ", *became)
    return el(
        "article",
        head,
        theirs,
        el("p", with_glossary(statement.says)),
        editor_note(statement),
        used,
        class_="statement",
        id=f"s-{statement.id}",
    )


def _uses(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """By statement, the options, rules and assumptions that cite it."""
    by_statement: dict[str, dict[str, None]] = {}
    for option in knowledge.options.values():
        for name in option.statements:
            by_statement.setdefault(name, {})[option.id] = None
    cited = [(rule.id, rule.cites) for rule in knowledge.rules()]
    cited += [(name, assumption.cites) for name, assumption in knowledge.assumptions.items()]
    for name, cites in cited:
        for statement in (cite.statement for cite in cites if cite.statement):
            by_statement.setdefault(statement, {})[name] = None
    return {name: tuple(uses) for name, uses in by_statement.items()}
