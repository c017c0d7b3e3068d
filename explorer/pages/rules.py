"""The Rules page: every rule in plain English, with its basis, its citations and the examples in which it holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from itertools import chain, groupby, product

import streamlit as st

import pathway
from explorer.links.address import scenarios
from explorer.links.browser_address import RULE_PARAM, SCENARIO_PARAM, STATEMENT_PARAM
from explorer.markup.html import Html, el, items
from explorer.pages.explore.evidence import basis_tag, citations, review_line
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.view import View, view_of
from explorer.pages.shell import LINK, chosen, field, folded, page_link, query
from explorer.per_pathway import per_pathway
from pathway.explanation.english import condition_lines
from pathway.explanation.pathway import the_pathway
from pathway.explanation.result import Citation
from pathway.knowledge.models import Recommendation, Rule
from pathway.phrases import pluralise
from pathway.scenarios.walk import Pairs, State, hashable

UNDER_EACH_OPTION = " A rule about several options is listed under each, so the numbers below add up to more."


def rules_page(view: View) -> None:
    """The page."""
    entries = _entries(hashable(view.state.assumptions), query())
    sections = [(title, rules) for title, rules in _sections(view) if rules]
    repeated = UNDER_EACH_OPTION if sum(len(rules) for _, rules in sections) > len(entries) else ""
    st.markdown(f":small[{pluralise(len(entries), 'rule')}, exactly as the engine uses them.{repeated}]")
    _search(view, entries)
    if differences := contrasts(view):
        folded(f"Where {view.knowledge.all_readings} differ", differences)
    for title, rules in sections:
        folded(f"{title} ({len(rules)})", *(entries[rule.id] for rule in rules))


def _search(view: View, entries: Mapping[str, Html]) -> None:
    """A search, and a box to open a rule; below them what they lead to."""
    left, right = st.columns(2)
    with left, field():
        words = st.text_input("Search what the rules say and cite", type="search", live=True, key="find") or ""
    with right:
        opened = chosen("Open a rule", {name: name for name in entries}, RULE_PARAM, "Any rule")
    matching = [entry for entry in entries.values() if words.strip() and matches(entry, words)]
    count = f"{pluralise(len(matching), 'rule')} found" if matching else "No rules found. Try fewer or different words."
    with st.container(height=LINK, border=False):
        st.html(el("p", count if words.strip() else "", role="status"))
    with st.container():  # there even if empty: what follows keeps its place, so that the browser does not draw it again
        if opened:
            _opened_rule(view, opened, entries[opened])
        if matching:
            folded("Search results", *matching, expanded=True)


def matches(entry: Html, words: str) -> bool:
    """Whether a rule's entry has each of the words; the tags around them don't count."""
    text = unescape(re.sub("<[^>]*>", " ", entry)).lower()
    return all(word in text for word in words.lower().split())


def _sections(view: View) -> Iterator[tuple[str, Collection[Rule]]]:
    """The titles of the sections, and their rules."""
    knowledge = view.knowledge
    yield "Red flags, checked first", knowledge.red_flags.values()
    yield "The ladder: the first rule that holds gives the step", knowledge.step_rules.values()
    for option in knowledge.options.values():
        yield option.name, knowledge.rules_by_option[option.id]


@per_pathway(maxsize=16)
def _entries(assumptions: Pairs, kept: str) -> Mapping[str, Html]:
    """The entry of every rule, by its id, with these assumptions. `kept`: the part of the address that its links keep."""
    view = view_of(State(assumptions=dict(assumptions)))
    return {rule.id: _entry(view, rule, kept) for rule in view.knowledge.rules()}


def _entry(view: View, rule: Rule, kept: str) -> Html:
    values = {**view.knowledge.default_values, **view.state.assumptions}
    examples = len(list(example_links(view, rule.id)))
    return el(
        "article",
        el("p", el("b", view.title(getattr(rule, "says", ""))), " ", el("code", rule.id), " ", basis_tag(view, rule.basis)),
        el("p", with_glossary(rule.because)),
        el("pre", "\n".join(condition_lines(rule.when, view.knowledge, values)), tabindex="0", role="group", aria_label="When"),
        _options(view, rule),
        citations(view, _cited(rule.id), kept),
        review_line(view, rule.id),
        el("p", f"Holds in {pluralise(examples, 'example case')}." if examples else "Holds in no example case."),
    )


def _options(view: View, rule: Rule) -> Iterator[Html]:
    """The options that a recommendation is about, and the rules that it overrides."""
    if isinstance(rule, Recommendation):
        yield el("p", "Options: ", ", ".join(view.knowledge.options[name].name for name in rule.options), ".")
        if rule.overrides:
            yield el("p", "Overrides ", *(el("code", name) for name in rule.overrides))


def _cited(rule: str) -> tuple[Citation, ...]:
    return tuple(the_pathway().rule_texts.reasons[rule].citations)


def _opened_rule(view: View, rule: str, entry: Html) -> None:
    """The rule that the address names, with links to what it cites on the page and to its examples."""
    with st.expander(f"Rule {rule}", expanded=True), st.container(key="links", gap="xsmall"):
        st.html(entry)
        for statement in dict.fromkeys(cited.statement for cited in _cited(rule) if cited.statement):
            page_link("source", f"On {view.page_name}: {statement}", **{STATEMENT_PARAM: statement})
        page_link("about", "Report a doubt about this rule", **{RULE_PARAM: rule})
        for title, token in example_links(view, rule):
            page_link("", title, **{SCENARIO_PARAM: token})


def example_links(view: View, rule: str) -> Iterator[tuple[str, str]]:
    """Title and link token of each example in which a rule holds, with the current guidance if it holds with that."""
    here = view.state.guidance
    for title, examples in groupby(_examples().get(rule, ()), key=lambda example: example.name):
        example = min(examples, key=lambda example: example.state.guidance != here)
        other = "" if (guidance := example.state.guidance) == here else f" (guidance: {view.guidance_name(guidance)})"
        yield f"{title}{other}", example.token


def contrasts(view: View) -> Html:
    """All places where the readings differ: for each option how, and the reference; empty where there is none."""
    by_option = defaultdict[tuple[str, str], dict[Citation, None]](dict)
    for rule in view.knowledge.recommendations.values():
        for name in rule.options if rule.contrast else ():
            by_option[view.knowledge.options[name].name, str(rule.contrast)] |= dict.fromkeys(_cited(rule.id))
    return items([el("b", option), ": ", how, citations(view, cited, query())] for (option, how), cited in by_option.items())


@per_pathway(maxsize=2)
def _examples() -> Mapping[str, list[View]]:
    """By rule, the bundled scenarios in which it holds, with each guidance with which it does."""
    by_rule = defaultdict[str, list[View]](list)
    for scenario, guidance in product(scenarios().values(), pathway.load().readings):
        example = view_of(State(guidance=guidance).restarted_with(scenario.answers, scenario.title))
        trace = example.result.trace
        for rule in chain(trace.route, trace.step, *trace.options.values()):
            if rule.holds:
                by_rule[rule.rule].append(example)
    return by_rule
