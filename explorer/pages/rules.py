"""The Rules page: every rule in plain English with its basis, citations and the example scenarios that fire it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import product

import pathway
from explorer.links.address import codes, scenarios
from explorer.markup.html import Child, Html, disclosure, el, heading, items
from explorer.markup.icons import icon
from explorer.markup.words import pluralise
from explorer.pages.explore.evidence import basis_tag, citations
from explorer.pages.explore.frame import article_page
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.view import View
from pathway import Scenario
from pathway.explanation.english import condition_lines
from pathway.explanation.pathway import the_pathway
from pathway.explanation.result import Citation
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.models import Recommendation, Rule
from pathway.knowledge.vocabulary import GUIDANCE
from pathway.scenarios.walk import new_walk


def rules(view: View) -> Html:
    """The page."""
    known = view.knowledge
    parts: list[Child] = [nice_contrasts(view), _section(view, "red-flags", "Red flags, checked first", known.red_flags.values())]
    parts += [_section(view, "ladder-rules", "The ladder: the first rule that holds gives the step", known.step_rules.values())]
    for option in known.options.values():
        parts += [_section(view, f"of-{option.id}", option.name, known.rules_by_option[option.id])]
    find = el(
        "input",
        type="search",
        id="find",
        placeholder="Search the rules",
        aria_label="Search the rules",
        data_find=True,
        data_keep=True,
    )
    match_count = el("p", "", id="found", class_="small", role="status", data_keep=True)
    count = sum(1 for _ in known.rules())
    lead = el("p", f"{pluralise(count, 'rule')}, exactly as the engine uses them.", class_="small")
    searched = el("div", find, match_count, class_="answers")
    return article_page(view, "rules", heading(1, "Rules"), lead, searched, el("div", *parts, class_="rest"))


def _section(view: View, name: str, title: str, entries: Iterable[Rule]) -> Html:
    shown = [_rule(view, rule, name) for rule in entries]
    head = heading(2, title, el("span", str(len(shown)), class_="count"))
    return disclosure(head, *shown, name=name, class_="fold box rules")


def _rule(view: View, rule: Rule, where: str) -> Html:
    says = getattr(rule, "says", "")
    verdict = el("span", icon(says), view.title(says), class_=f"badge v-{says}")
    when = "\n".join(condition_lines(rule.when, view.knowledge, {**defaults(view.knowledge), **view.state.assumptions}))
    body = [
        el("p", verdict, " ", el("code", rule.id), " ", basis_tag(view, rule.basis)),
        el("p", with_glossary(rule.because)),
        el("pre", when, tabindex="0", aria_label="When"),
        _overrides(rule),
        citations(view, the_pathway().rule_texts.reasons[rule.id].citations),
        _examples(view, rule.id, where),
    ]
    return el("article", *body, class_="rule-entry", data_search=True)


def _examples(view: View, rule: str, where: str) -> Html:
    """Links to the bundled scenarios in which a rule fires."""
    fired = example_scenarios_by_rule(view.knowledge.hash).get(rule, {})
    if not fired:
        return el("p", "Holds in no example.", class_="small")
    named = items(_example_link(view, name, readings) for name, readings in fired.items())
    return disclosure(f"Holds in {pluralise(len(fired), 'example')}", named, name=f"fired-{where}-{rule}")


def _example_link(view: View, name: str, readings: tuple[str, ...]) -> Html:
    """A link to a scenario in which a rule fires, with the current guidance if it fires with that."""
    here = view.state.guidance
    reading = here if here in readings else readings[0]
    token = _example_token(view.knowledge.hash, name, reading)
    words = [view.scenarios[name].title, "" if reading == here else f" (guidance: {view.guidance_name(reading)})"]
    return el("a", *words, href=f"./?s={token}", data_go="explore", data_token=token)


@cache
def _example_token(edition: str, name: str, reading: str) -> str:
    scenario = scenarios()[name]
    return codes().encode(replace(new_walk(scenario.answers, reading), title=scenario.title))


def _overrides(rule: Rule) -> Child:
    """The rules that this one overrides; None without any."""
    if not isinstance(rule, Recommendation) or not rule.overrides:
        return None
    return el("p", "Overrides ", *(el("code", name) for name in rule.overrides), class_="small")


def nice_contrasts(view: View) -> Html:
    """A table of all places where the page and NICE differ."""
    by_option: dict[tuple[str, str], dict[Citation, None]] = {}
    for rule in view.knowledge.recommendations.values():
        for name in rule.options if rule.nice_contrast else ():
            cited = dict.fromkeys(the_pathway().rule_texts.reasons[rule.id].citations)
            by_option.setdefault((view.knowledge.options[name].name, str(rule.nice_contrast)), {}).update(cited)
    rows = [
        el("tr", el("th", *key[:1], scope="row"), el("td", key[1]), el("td", citations(view, cited)))
        for key, cited in by_option.items()
    ]
    head = el("thead", el("tr", *(el("th", word, scope="col") for word in ("Option", "How they differ", "NICE reference"))))
    table = el("table", el("caption", "Where the page and NICE differ"), head, el("tbody", *rows))
    return el(
        "div",
        table,
        id="contrasts",
        class_="box table stacked",
        tabindex="0",
        role="region",
        aria_label="Where the page and NICE differ",
    )


@cache
def example_scenarios_by_rule(edition: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By rule, the bundled scenarios in which it fires, each with the guidances that make it fire."""
    by_rule: dict[str, dict[str, tuple[str, ...]]] = {}
    for (name, scenario), reading in product(scenarios().items(), GUIDANCE):
        for rule in _rules_that_hold(scenario, reading):
            examples = by_rule.setdefault(rule, {})
            examples[name] = (*examples.get(name, ()), reading)
    return by_rule


def _rules_that_hold(scenario: Scenario, reading: str) -> frozenset[str]:
    trace = pathway.explain(scenario, reading).trace
    considered = (trace.route, trace.step, *trace.options.values())
    return frozenset(rule.rule for rules in considered for rule in rules if rule.holds)
