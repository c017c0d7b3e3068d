"""The frame of every native page, and links to it that are old, invalid, or have parameters that are not ours."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

import pathway
from explorer.instrument.page import SESSION
from explorer.instrument.session import Session
from explorer.navigation import NATIVE as NATIVE_PAGES
from explorer.pages import rules, shell
from explorer.pages.shell import links_at_the_top
from explorer.pages.titles import titles
from pathway import Fault, Unusable
from tests.explorer.native import html, links, opened, plain, ran, token, words

pytestmark = pytest.mark.usefixtures("query_made_once")

DRIVER, ROOFER = token("driver-eight-weeks"), token("roofer-both-legs-numb")
FRAME = pathway.load().frame
everywhere = pytest.mark.parametrize("page", NATIVE_PAGES)


def test_every_page_but_explore_is_native() -> None:
    assert {*NATIVE_PAGES, ""} == set(titles())


@everywhere
def test_each_page_has_its_heading_the_notice_and_when_to_get_help(page: str) -> None:
    test = opened(page)
    assert [title.value for title in test.title] == [titles()[page]]
    page_text = words(test)
    assert FRAME.notice in page_text and FRAME.in_short in page_text
    assert all(line in page_text for line in pathway.explain(pathway.Scenario()).safety_net)
    assert 'popovertarget="safety-net"' in html(test) and "source=" in html(test)


@everywhere
def test_links_to_the_pages_carry_both_scenarios_and_foreign_parameters(page: str) -> None:
    test = opened(page, s=DRIVER, t=ROOFER, a="x", rule="x", at="x", utm_source="a course", x=["1", "2"])
    assert [title.value for title in test.title] == [titles()[page]]
    row = test.page_link[: len(links_at_the_top())]
    assert [(link.label, link.proto.page) for link in row] == [(title, name) for name, title in links_at_the_top().items()]
    both = {"s": [DRIVER], "t": [ROOFER], "utm_source": ["a course"], "x": ["1", "2"]}
    for link in row:
        own = {"a": ["x"]} if link.label == "Atlas" else {}
        assert parse_qs(link.proto.query_string) == {**both, **own}


@everywhere
def test_a_bad_link_is_explained_on_the_page(page: str) -> None:
    test = opened(page, s=DRIVER[:-6])
    assert "This link can’t be used: it was cut or altered on the way" in plain(test.warning[0].value)


@pytest.mark.parametrize("page", [pytest.param(page, marks=[] if page == "rules" else pytest.mark.soak) for page in NATIVE_PAGES])
def test_two_scenarios_in_one_address_are_refused(page: str) -> None:
    assert "names two different scenarios" in words(opened(page, s=[DRIVER, ROOFER]))


@everywhere
def test_an_error_ends_in_plain_words_and_not_in_a_traceback(page: str, monkeypatch: pytest.MonkeyPatch) -> None:

    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(shell, "view_of", broken)
    test = opened(page)
    assert "This page can’t be shown" in words(test) and "Nothing was stored" in words(test)
    assert "secret" not in words(test) and links(test) == [] and len(test.title) == 1


@everywhere
def test_knowledge_that_cannot_be_used_is_reported_with_file_and_line(page: str, monkeypatch: pytest.MonkeyPatch) -> None:

    def unusable(*_: object) -> None:
        raise Unusable([Fault("data/labels.yaml", 2, "titel is not known")])

    monkeypatch.setattr(shell, "view_of", unusable)
    test = opened(page)
    assert "The knowledge can’t be used" in words(test) and "data/labels.yaml:2" in words(test)


def test_an_error_in_the_middle_of_a_page_leaves_one_main_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("rules")
    monkeypatch.setattr(rules, "contrasts", lambda *_: 1 / 0)
    assert [title.value for title in ran(test).title] == ["Rules"]
    assert [header.value for header in test.header] == ["This page can’t be shown"]


def test_going_to_a_native_page_forgets_the_skipped_questions() -> None:
    test = opened("rules", s=DRIVER)
    test.session_state[SESSION] = Session(next_page="source", skipped=frozenset({"age"}))
    ran(test)
    assert test.session_state[SESSION].skipped == frozenset()
