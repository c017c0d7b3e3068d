"""The Rules page: every rule in plain English, with its basis, its citations and the examples that fire it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from itertools import product

import streamlit as st

import pathway
from explorer.links.address import PARAMETER, codes, scenarios
from explorer.links.browser_address import RULE_PARAM, STATEMENT_PARAM
from explorer.markup.html import Html, el, items, join
from explorer.markup.words import pluralise
from explorer.pages.explore.evidence import basis_tag, citations, review_line
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.view import View, view_of
from explorer.pages.shell import LINK, choice, field, page_link, parameter, query, show_page, write_parameter
from explorer.per_pathway import per_pathway
from pathway import Scenario
from pathway.explanation.english import condition_lines
from pathway.explanation.pathway import the_pathway
from pathway.explanation.result import Citation
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.models import Recommendation, Rule
from pathway.scenarios.walk import Pairs, State, hashable, new_walk


def rules_page() -> None:
    """The page."""
    show_page("rules", _rules)


def _rules(view: View) -> None:
    entries = _entries(hashable(view.state.assumptions), query())
    st.markdown(f":small[{pluralise(len(entries), 'rule')}, exactly as the engine uses them.]")
    left, right = st.columns(2)
    with left, field():
        words = st.text_input("Search what the rules say and cite", type="search", live=True, key="find") or ""
    with right:
        ids = {name: name for name in entries}
        choice("Open a rule", ids, parameter(RULE_PARAM), lambda name: write_parameter(RULE_PARAM, name), "Any rule")
    matching = [name for name, entry in entries.items() if matches(entry, words)]
    with st.container(height=LINK, border=False):
        st.html(el("p", _match_count(words, len(matching)), role="status"))
    with st.container():  # there even if empty: the elements below keep their place, so the browser does not redraw them
        if (opened := parameter(RULE_PARAM)) in entries:
            _opened_rule(view, opened, entries[opened])
        if words.strip() and matching:
            with st.expander("Search results", expanded=True):
                st.html(join(entries[name] for name in matching))
    if differences := contrasts(view):
        with st.expander(f"Where {view.knowledge.all_readings} differ"):
            st.html(differences)
    for title, names in ((title, names) for title, names in _sections(view) if names):
        with st.expander(f"{title} ({len(names)})"):
            st.html(join(entries[name] for name in names))


def _match_count(words: str, number: int) -> str:
    if not words.strip():
        return "\u00a0"
    return f"{pluralise(number, 'rule')} found" if number else "No rules found. Try fewer or different words."


def matches(entry: Html, words: str) -> bool:
    """Whether a rule's entry has each of the words; the tags around them don't count."""
    text = unescape(re.sub("<[^>]*>", " ", entry)).lower()
    return all(word in text for word in words.lower().split())


def _sections(view: View) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The titles of the sections, and the ids of their rules."""
    known = view.knowledge
    yield "Red flags, checked first", tuple(rule.id for rule in known.red_flags.values())
    yield "The ladder: the first rule that holds gives the step", tuple(rule.id for rule in known.step_rules.values())
    for option in known.options.values():
        yield option.name, tuple(rule.id for rule in known.rules_by_option[option.id])


@per_pathway(maxsize=16)
def _entries(assumptions: Pairs, kept: str) -> Mapping[str, Html]:
    """The entry of every rule, by its id, with these assumptions; `kept` of the address, its links keep."""
    view = view_of(State(assumptions=dict(assumptions)))
    return {rule.id: _entry(view, rule, kept) for rule in view.knowledge.rules()}


def _entry(view: View, rule: Rule, kept: str) -> Html:
    values = {**defaults(view.knowledge), **view.state.assumptions}
    fired = len(example_scenarios_by_rule(view.knowledge.hash).get(rule.id, {}))
    body = [
        el("p", el("b", view.title(getattr(rule, "says", ""))), " ", el("code", rule.id), " ", basis_tag(view, rule.basis)),
        el("p", with_glossary(rule.because)),
        el("pre", "\n".join(condition_lines(rule.when, view.knowledge, values)), tabindex="0", role="group", aria_label="When"),
        *_options(view, rule),
        citations(view, _cited(rule.id), kept),
        review_line(view, rule.id),
        el("p", f"Fires in {pluralise(fired, 'example')}." if fired else "Fires in no example."),
    ]
    return el("article", *body)


def _cited(rule: str) -> tuple[Citation, ...]:
    return tuple(the_pathway().rule_texts.reasons[rule].citations)


def _options(view: View, rule: Rule) -> Iterator[Html]:
    """The options that a recommendation is about, and the rules that it overrides."""
    if isinstance(rule, Recommendation):
        yield el("p", "Options: ", ", ".join(view.knowledge.options[name].name for name in rule.options), ".")
        if rule.overrides:
            yield el("p", "Overrides ", *(el("code", name) for name in rule.overrides))


def _opened_rule(view: View, rule: str, entry: Html) -> None:
    """The rule that the address names, with links to what it cites on the page and to its examples."""
    with st.expander(f"Rule {rule}", expanded=True), st.container(key="links", gap="xsmall"):
        st.html(entry)
        for statement in dict.fromkeys(filter(None, (cited.statement for cited in _cited(rule)))):
            page_link(
                "source", f"On {view.page_name}: {statement}", **{PARAMETER: parameter(PARAMETER), STATEMENT_PARAM: statement}
            )
        page_link("about", "Report a doubt about this rule", **{PARAMETER: parameter(PARAMETER), RULE_PARAM: rule})
        for title, token in example_links(view, rule):
            page_link("", title, **{PARAMETER: token})


def example_links(view: View, rule: str) -> Iterator[tuple[str, str]]:
    """Title and link token of each example that fires a rule, with the current guidance if that fires it."""
    here = view.state.guidance
    for name, guidances in example_scenarios_by_rule(view.knowledge.hash).get(rule, {}).items():
        guidance = here if here in guidances else guidances[0]
        other = "" if guidance == here else f" (guidance: {view.guidance_name(guidance)})"
        yield f"{view.scenarios[name].title}{other}", _example_token(view.knowledge.hash, name, guidance)


@per_pathway(maxsize=2)
def _example_token(edition: str, name: str, guidance: str) -> str:
    scenario = scenarios()[name]
    return codes().encode(replace(new_walk(scenario.answers, guidance), title=scenario.title))


def contrasts(view: View) -> Html:
    """All places where the readings differ: for each option how, and the reference; empty where there is none."""
    by_option: dict[tuple[str, str], dict[Citation, None]] = {}
    for rule in view.knowledge.recommendations.values():
        for name in rule.options if rule.contrast else ():
            key = view.knowledge.options[name].name, str(rule.contrast)
            by_option.setdefault(key, {}).update(dict.fromkeys(_cited(rule.id)))
    return items([el("b", option), ": ", how, citations(view, cited, query())] for (option, how), cited in by_option.items())


@per_pathway(maxsize=2)
def example_scenarios_by_rule(edition: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The bundled scenarios that fire each rule, with the guidances under which they do."""
    by_rule: dict[str, dict[str, tuple[str, ...]]] = {}
    for (name, scenario), guidance in product(scenarios().items(), pathway.load().readings):
        for rule in _rules_that_hold(scenario, guidance):
            examples = by_rule.setdefault(rule, {})
            examples[name] = (*examples.get(name, ()), guidance)
    return by_rule


def _rules_that_hold(scenario: Scenario, guidance: str) -> frozenset[str]:
    trace = the_pathway().explain(scenario, guidance, gaps=True).trace
    considered = (trace.route, trace.step, *trace.options.values())
    return frozenset(rule.rule for rules in considered for rule in rules if rule.holds)
