"""The page What changed: every entry with its reason, its sources and its cases; and the way there from the edition line."""

from __future__ import annotations

import pathway
from explorer.links.address import scenarios
from pathway.knowledge.what_changed import load_what_changed
from pathway.phrases import day
from tests.explorer.conftest import shown
from tests.explorer.native import html, links, opened, token, words
from tests.explorer.test_source_page import flat

KNOWLEDGE = pathway.load()
DRIVER = token("driver-eight-weeks")


def test_the_page_has_every_change_with_its_reason_sources_and_cases() -> None:
    test = opened("changed", s=DRIVER)
    page_text, changes = words(test), load_what_changed(KNOWLEDGE)
    assert [heading.value for heading in test.header] == [day(change.on) for change in changes]
    for change in changes:
        assert all(flat(sentence) in page_text for sentence in (*change.what, change.why))
        assert all(f'href="./sources?s={DRIVER}&amp;source={name}"' in html(test) for name in change.sources)
    named = [scenarios()[name].title for change in changes for name in change.scenarios]
    assert [label for label, _, _ in links(test)] == named
    assert "No bundled case is answered differently." in page_text and KNOWLEDGE.hash in page_text


def test_the_edition_line_leads_there_with_the_scenario() -> None:
    assert 'href="./changed" id="to-changed" data-here data-go="changed"' in shown()
    (line,) = [link for link in opened("rules", s=DRIVER).page_link if link.proto.page == "changed"]
    assert "What changed" in line.label and f"s={DRIVER}" in line.proto.query_string
