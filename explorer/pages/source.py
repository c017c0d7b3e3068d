"""The Source page: the page statement by statement, paraphrased, with its use; and a comparison with a copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import streamlit as st

from explorer.links.address import PARAMETER
from explorer.links.browser_address import RULE_PARAM, STATEMENT_PARAM
from explorer.markup.html import Child, Html, el, items, join
from explorer.markup.words import capitalise, literal, pluralise
from explorer.pages.explore.evidence import editor_note, sources_line
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.view import View
from explorer.pages.shell import page_link, parameter, query, show_page
from pathway import Unusable
from pathway.explanation.english import assumption_label
from pathway.knowledge.base import Knowledge
from pathway.source import Account, Difference, Statement, account, sentences
from pathway.yaml.document import decode_utf8

KINDS = {"encoded": "Encoded", "context": "Background", "contradicted": "Not followed", "out_of_scope": "Left out"}
LARGEST_COPY = 200_000
MOST_DIFFERENCES = 200
"""The most differences shown: an unrelated text differs in every sentence."""


def source_page() -> None:
    """The page."""
    show_page("source", _source_page)


def _source_page(view: View) -> None:
    ledger, frame = view.knowledge.ledger, view.knowledge.frame
    count = pluralise(len(ledger.statements), "statement")
    st.markdown(f":small[{literal(ledger.title)}: {count}, paraphrased. The page itself is not stored here.]")
    _opened_statement(view)
    with st.expander("What the page leaves out or overstates", expanded=True):
        st.markdown("\n".join(f"- {literal(limit)}" for limit in frame.page_limits))
        st.html(sources_line(frame.limits_cites, query()))
    originals = _copy(view.knowledge)
    uses = _uses(view.knowledge)
    for section, statements in groupby(ledger.statements, key=lambda statement: statement.place.section):
        with st.expander(section.replace("-", " ").capitalize(), expanded=True):
            st.html(join([_statement(entry, uses.get(entry.id, ()), originals.get(entry.id)) for entry in statements]))


def _opened_statement(view: View) -> None:
    """The statement that the address names, with links to the rules that use it."""
    uses, rules = _uses(view.knowledge), {rule.id for rule in view.knowledge.rules()}
    for entry in (statement for statement in view.knowledge.ledger.statements if statement.id == parameter(STATEMENT_PARAM)):
        with st.expander(str(entry.place), expanded=True), st.container(key="links", gap="xsmall"):
            st.html(_statement(entry, uses.get(entry.id, ()), None))
            for name in (use for use in uses.get(entry.id, ()) if use in rules):
                page_link("rules", f"Rule {name}", **{PARAMETER: parameter(PARAMETER), RULE_PARAM: name})


def _copy(knowledge: Knowledge) -> Mapping[str, str]:
    """The uploader of a copy, and the comparison with it; returns the copy's sentence for each statement."""
    with st.expander("Compare with a copy of the page"):
        file = st.file_uploader("Open a copy of the page (text file)", type="txt", max_upload_size=1, key="copy")
        st.markdown(":small[It stays in this session. Leaving this page removes it.]")
        if file is None:
            return {}
        try:
            copy = decode_utf8(file.getvalue(), "this file", LARGEST_COPY)
        except Unusable as error:
            st.error(" ".join(f"{capitalise(fault.file)} {literal(fault.says)}." for fault in error.faults))
            return {}
        st.html(join(account_lines(account(knowledge.ledger, copy, frozenset(_uses(knowledge))))))
    return originals_in(knowledge, copy)


def originals_in(knowledge: Knowledge, copy: str) -> Mapping[str, str]:
    """For each statement its sentence in a copy of the page."""
    ledger = knowledge.ledger
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


def _statement(statement: Statement, uses: tuple[str, ...], original: str | None) -> Html:
    hedge = f" The page says “{statement.hedge}”." if statement.hedge else None
    used = el("p", "Used in: ", *(part for use in uses for part in (el("code", use), " "))) if uses else None
    body: list[Child] = [
        el("p", str(statement.place), " ", el("span", KINDS[statement.kind], class_="tag"), hedge),
        el("blockquote", original) if original else None,
        el("p", with_glossary(statement.says)),
        editor_note(statement),
        used,
    ]
    return el("article", *body)


def _uses(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """By statement, the options, rules and assumptions that cite it."""
    by_statement: dict[str, dict[str, None]] = {}
    for option in knowledge.options.values():
        for name in option.statements:
            by_statement.setdefault(name, {})[option.name] = None
    cited = [(rule.id, rule.cites) for rule in knowledge.rules()]
    cited += [(assumption_label(name, knowledge), assumption.cites) for name, assumption in knowledge.assumptions.items()]
    for name, cites in cited:
        for statement in (cite.statement for cite in cites if cite.statement):
            by_statement.setdefault(statement, {})[name] = None
    return {name: tuple(uses) for name, uses in by_statement.items()}
