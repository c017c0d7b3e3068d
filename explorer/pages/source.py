"""The Source page: the page statement by statement, paraphrased, with its use; and a comparison with a copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import streamlit as st

from explorer.links.browser_address import RULE_PARAM, STATEMENT_PARAM
from explorer.markup.html import Html, el, items, join
from explorer.markup.words import literal
from explorer.pages.explore.evidence import editor_note, sources_line
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.view import View
from explorer.pages.shell import folded, page_link, parameter, query, refusals
from pathway.knowledge.base import Knowledge
from pathway.knowledge.cited_by import CitingEntry, citing_entries
from pathway.phrases import pluralise
from pathway.source import Account, Difference, Ledger, Statement, account, sentences
from pathway.yaml.document import decode_utf8

KINDS = {"encoded": "Encoded", "context": "Background", "contradicted": "Not followed", "out_of_scope": "Left out"}
LARGEST_COPY = 200_000
MOST_DIFFERENCES = 200
"""The most differences shown: an unrelated text differs in every sentence."""
Uses = Mapping[str, Sequence[CitingEntry]]


def source_page(view: View) -> None:
    """The page."""
    ledger, frame, uses = view.knowledge.ledger, view.knowledge.frame, _uses(view.knowledge)
    count = pluralise(len(ledger.statements), "statement")
    st.markdown(f":small[{literal(ledger.title)}: {count}, paraphrased. The page itself is not stored here.]")
    _opened_statement(ledger, uses)
    with st.expander("What the page leaves out or overstates", expanded=True):
        st.markdown("\n".join(f"- {literal(limit)}" for limit in frame.page_limits))  # as HTML it comes late, and all else moves
        st.html(sources_line(frame.limits_cites, query()))
    originals = _copy(ledger, uses)
    for section, statements in groupby(ledger.statements, key=lambda statement: statement.place.section):
        entries = (_statement(entry, uses.get(entry.id, ()), originals.get(entry.id)) for entry in statements)
        folded(section.replace("-", " ").capitalize(), *entries, expanded=True)


def _opened_statement(ledger: Ledger, uses: Uses) -> None:
    """The statement that the address names, with links to the rules that use it."""
    for entry in (statement for statement in ledger.statements if statement.id == parameter(STATEMENT_PARAM)):
        with st.expander(str(entry.place), expanded=True), st.container(key="links", gap="xsmall"):
            st.html(_statement(entry, uses.get(entry.id, ())))
            for rule in (use.name for use in uses.get(entry.id, ()) if use.kind == "rule"):
                page_link("rules", f"Rule {rule}", **{RULE_PARAM: rule})


def _copy(ledger: Ledger, uses: Uses) -> Mapping[str, str]:
    """The uploader of a copy, and the comparison with it; for each statement its sentence there."""
    with st.expander("Compare with a copy of the page"), refusals("This file"):
        file = st.file_uploader("Open a copy of the page (text file)", type="txt", max_upload_size=1, key="copy")
        st.markdown(":small[It stays in this session. Leaving this page removes it.]")
        if file:
            copy = decode_utf8(file.getvalue(), "this file", LARGEST_COPY)
            st.html(join(account_lines(account(ledger, copy, uses.keys()))))
            return originals_in(ledger, copy)
    return {}


def originals_in(ledger: Ledger, copy: str) -> Mapping[str, str]:
    """For each statement its sentence in a copy of the page."""
    prints = {entry.fingerprint for entry in ledger.sentences}
    texts = {sentence.fingerprint: sentence.text for sentence in sentences(copy, ledger.sections, prints)}
    return {entry.id: texts[entry.fingerprint] for entry in ledger.statements if entry.fingerprint in texts}


def account_lines(comparison: Account) -> Iterator[Html]:
    """How many sentences are accounted for, and what differs."""
    expected, checks = pluralise(comparison.expected, "sentence"), pluralise(comparison.checks, "check")
    yield el("p", el("b", f"{comparison.accounted} of {expected} accounted for in {checks}."), role="status")
    yield items(map(_difference, comparison.differences[:MOST_DIFFERENCES]))
    if (hidden := len(comparison.differences) - MOST_DIFFERENCES) > 0:
        yield el("p", f"And {pluralise(hidden, 'more difference')}.")


def _difference(difference: Difference) -> Html:
    place = f" {difference.place or difference.after or ''}: "
    return el("span", el("b", difference.kind), place, el("q", difference.text) if difference.text else None)


def _statement(statement: Statement, uses: Sequence[CitingEntry], original: str | None = None) -> Html:
    hedge = f" The page says “{statement.hedge}”." if statement.hedge else None
    used = [part for use in uses for part in (el("code", use.name), " ")]
    return el(
        "article",
        el("p", str(statement.place), " ", el("span", KINDS[statement.kind], class_="tag"), hedge),
        el("blockquote", original) if original else None,
        el("p", with_glossary(statement.says)),
        editor_note(statement),
        el("p", "Used in: ", used) if used else None,
    )


def _uses(knowledge: Knowledge) -> Uses:
    """By statement, the rules, options and assumptions that cite it."""
    by_statement = defaultdict[str, list[CitingEntry]](list)
    for entry in citing_entries(knowledge)[knowledge.ledger.source]:
        if entry.kind in ("rule", "option", "assumption"):
            by_statement[entry.at].append(entry)
    return by_statement
