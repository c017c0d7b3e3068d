"""The Rules page: every rule, what a search finds, the rule that a link opens, and its examples."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

import pathway
from explorer.links.address import scenarios, state_from_link
from explorer.pages.explore.view import view_of
from explorer.pages.rules import example_links
from pathway.scenarios.walk import State
from tests.explorer.native import links, opened, ran, token, words

KNOWLEDGE = pathway.load()
DRIVER = token("driver-eight-weeks")


def searched(test: AppTest, search: str) -> AppTest:
    """The page once this is searched for."""
    test.text_input(key="find").set_value(search)
    return ran(test)


def chosen(test: AppTest, rule: str | None) -> AppTest:
    """The page once a rule is chosen, or none."""
    test.selectbox[0].set_value(rule)
    return ran(test)


def found(search: str) -> set[str]:
    """The ids of the rules that a search finds."""
    test = searched(opened("rules"), search)
    results = [section.get("html")[0].proto.body for section in test.expander if section.label == "Search results"]
    return {re.findall("<code>([^<]*)", entry)[0] for entry in "".join(results).split("<article")[1:]}


def test_the_page_has_every_rule_with_its_reason() -> None:
    page_text = words(opened("rules"))
    for rule in KNOWLEDGE.rules():
        assert rule.id in page_text and " ".join(rule.because.split()) in page_text
    assert "Where the page and NICE differ" in page_text


def test_the_page_says_why_the_numbers_of_its_parts_add_up_to_more_than_all_rules() -> None:
    test = opened("rules")
    listed = [int(re.findall(r"\((\d+)\)$", section.label)[0]) for section in test.expander if section.label.endswith(")")]
    assert sum(listed) > len(list(KNOWLEDGE.rules()))
    assert f"{len(list(KNOWLEDGE.rules()))} rules" in words(test)
    assert "A rule about several options is listed under each, so the numbers below add up to more." in words(test)


def test_a_search_finds_what_a_rule_says_and_cites() -> None:
    assert found("tens-on-numb-skin") == {"tens-on-numb-skin"}
    assert "bladder-or-bowel-change" in found("cauda equina syndrome")
    cited = found("BMJ Best Practice")
    assert cited and all(
        any("BMJ" in KNOWLEDGE.sources[cite.source].publisher for cite in rule.cites if cite.source)
        for rule in KNOWLEDGE.rules()
        if rule.id in cited
    )


@pytest.mark.parametrize("name", ["driver-eight-weeks", "gardener-first-days", "pregnant-pharmacist"])
def test_a_search_does_not_find_a_rule_by_the_people_it_fires_for(name: str) -> None:
    assert not found(scenarios()[name].title)


def test_a_search_says_how_many_rules_it_found() -> None:
    test = opened("rules")
    assert "1 rule found" in words(searched(test, "tens-on-numb-skin"))
    assert test.expander[0].label == "Search results" and test.expander[0].proto.expanded
    assert "No rules found" in words(searched(test, "zzzz"))
    assert test.expander[0].label == "Where the page and NICE differ"


def test_a_link_opens_a_rule_and_back_closes_it() -> None:
    test = opened("rules", s=DRIVER, rule="tens-on-the-page")
    assert test.expander[0].label == "Rule tens-on-the-page" and test.expander[0].proto.expanded
    assert test.selectbox[0].value == "tens-on-the-page"
    del test.query_params["rule"]
    assert ran(test).expander[0].label == "Where the page and NICE differ" and test.selectbox[0].value is None


def test_choosing_a_rule_writes_it_into_the_address() -> None:
    test = opened("rules", s=DRIVER, utm_source="course")
    chosen(test, "tens-on-the-page")
    assert test.query_params == {"s": DRIVER, "utm_source": "course", "rule": "tens-on-the-page"}
    assert chosen(test, None).query_params == {"s": DRIVER, "utm_source": "course"}


def test_an_unknown_rule_in_the_address_opens_nothing() -> None:
    assert opened("rules", rule="<b>").expander[0].label == "Where the page and NICE differ"


@pytest.mark.parametrize("guidance", ["page", "nice"])
def test_every_example_of_a_rule_fires_it(guidance: str) -> None:
    view = view_of(State(guidance=guidance))
    examples = {rule.id: [link for _, link in example_links(view, rule.id)] for rule in KNOWLEDGE.rules()}
    assert sum(bool(tokens) for tokens in examples.values()) > 50
    for rule, tokens in examples.items():
        for link in tokens:
            trace = view_of(state_from_link(link)[0]).result.trace
            considered = (*trace.route, *trace.step, *(entry for traced in trace.options.values() for entry in traced))
            assert any(entry.rule == rule and entry.holds for entry in considered), rule


def test_an_opened_rule_links_to_its_examples_and_its_place_on_the_page() -> None:
    test = opened("rules", s=DRIVER, rule="tens-on-the-page")
    pages = {(page, tuple(sorted(parameters))) for _, page, parameters in links(test)}
    assert pages == {("source", ("at", "s")), ("about", ("rule", "s")), ("", ("s",))}
    assert f"Holds in {len([page for _, page, _ in links(test) if not page])} example cases" in words(test)
    assert scenarios()["driver-eight-weeks"].title in [label for label, _, _ in links(test)]
