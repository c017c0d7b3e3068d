"""The Sources page: every source with what rests on it, the source that a link opens, and the way from a citation and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import pathway
from explorer.pages.explore.evidence import citations
from explorer.pages.explore.view import view_of
from explorer.pages.sources import _source
from pathway.explanation.pathway import the_pathway
from pathway.knowledge.cited_by import citing_entries
from pathway.knowledge.models import Rule
from pathway.scenarios.walk import State
from tests.explorer.conftest import Opens, link
from tests.explorer.native import html, links, opened, ran, token, words
from tests.explorer.test_native_browser import parameters
from tests.explorer.test_source_page import flat

KNOWLEDGE = pathway.load()
DRIVER = token("driver-eight-weeks")


def test_the_page_has_every_source_with_edition_address_and_how_surely_it_is_known() -> None:
    test = opened("sources")
    content = words(test)
    assert (
        f"{len(KNOWLEDGE.sources)} sources. Their texts were last looked up on {KNOWLEDGE.frame.sources_seen}, in stored copies."
        in content
    )
    for source in KNOWLEDGE.sources.values():
        assert all(flat(text) in content for text in (source.publisher, source.title, source.edition, source.note))
        assert not source.address or f"{source.address} , looked up in a stored copy on {KNOWLEDGE.frame.sources_seen}" in content
    assert "At best: second-hand" in content and "In a copy: a practice that syndicates it" in content


def test_every_citation_is_among_what_rests_on_its_source() -> None:
    citing = citing_entries(KNOWLEDGE)
    for rule in KNOWLEDGE.rules():
        for cite in rule.cites:
            source = KNOWLEDGE.ledger.source if cite.statement else str(cite.source)
            assert any(entry.name == rule.id and entry.at in (cite.at, cite.statement) for entry in citing[source])
    assert {entry.kind for entries in citing.values() for entry in entries} == {
        "rule", "caution", "option", "assumption", "term", "safety net", "limits"
    }  # fmt: skip


def test_a_source_without_an_address_is_called_unsourced() -> None:
    view, source = view_of(State()), KNOWLEDGE.sources["ng59"].model_copy(update={"address": None})
    assert "Widely taught, but no named source was found." in _source(view, source, citing_entries(KNOWLEDGE)["ng59"])


def test_a_link_opens_a_source_and_links_to_the_rules_that_cite_it() -> None:
    test = opened("sources", s=DRIVER, source="houghton-2010")
    assert test.expander[0].label == KNOWLEDGE.sources["houghton-2010"].title and test.expander[0].proto.expanded
    assert ("Rule tens-on-numb-skin", "rules", {"s": DRIVER, "rule": "tens-on-numb-skin"}) in links(test)
    del test.query_params["source"]
    assert ran(test).expander[0].label == "All sources"


def test_choosing_a_source_writes_it_into_the_address() -> None:
    test = opened("sources", s=DRIVER, utm_source="course")
    test.selectbox[0].set_value("ng59")
    assert ran(test).query_params == {"s": DRIVER, "utm_source": "course", "source": "ng59"}


def test_an_unknown_source_in_the_address_opens_nothing() -> None:
    assert opened("sources", source="<b>").expander[0].label == "All sources"


def test_citations_on_the_rules_page_keep_the_rest_of_the_address() -> None:
    markup = html(opened("rules", s=DRIVER, utm_source="a course"))
    assert f'href="./sources?s={DRIVER}&amp;utm_source=a+course&amp;source=houghton-2010"' in markup


@pytest.mark.parametrize("rule", list(pathway.load().rules()), ids=lambda rule: rule.id)
def test_every_citation_of_a_rule_is_a_link_to_its_source(rule: Rule) -> None:
    view = view_of(State())
    cited = the_pathway().rule_texts.reasons[rule.id].citations
    markup = citations(view, cited)
    assert re.findall('data-source="([^"]*)"', markup) == [each.source_id for each in cited]


@pytest.mark.browser
@pytest.mark.soak  # the links that it follows: above; the way to a page and back: test_native_browser.py
def test_one_click_leads_from_a_citation_to_its_source_and_one_back(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    page.locator("#open-tens").evaluate("one => one.click()")  # it may be folded away
    page.get_by_role("dialog").locator("[data-source=page]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources")
    expect(page.get_by_role("combobox", name="Open a source")).to_have_value(re.compile("A clinic"))
    assert parameters(page) == {"s": [DRIVER], "source": ["page"]}
    page.go_back()
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    assert parameters(page)["s"] == [DRIVER]
