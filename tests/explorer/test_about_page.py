"""The About page: its text, the reviews, and the lines to copy for a doubt."""

from __future__ import annotations

import pytest

import pathway
from explorer.pages.about import REPORT_TO, report_text, send_to
from explorer.pages.explore.view import view_of
from pathway.knowledge.about import load_about
from pathway.scenarios.walk import State
from tests.explorer.native import opened, ran, token, words
from tests.explorer.test_source_page import flat

KNOWLEDGE = pathway.load()
DRIVER = token("driver-eight-weeks")


def test_the_page_has_both_texts() -> None:
    test = opened("about")
    page_text, documents = words(test), load_about(KNOWLEDGE)
    for section in (*documents.about, *documents.accessibility):
        assert section.title in [heading.value for heading in (*test.header, *test.subheader)]
        assert all(flat(point.says) in page_text and flat(point.done) in page_text for point in section.points)


def test_the_lines_to_copy_name_edition_link_and_rule() -> None:
    test = opened("about", s=DRIVER, rule="tens-on-the-page")
    copied = str(test.code[0].value).splitlines()
    assert copied[:2] == [f"Edition: {KNOWLEDGE.frame.edition}", f"Knowledge version: {KNOWLEDGE.hash}"]
    assert copied[2].endswith(f"/?s={DRIVER}") and copied[3:] == ["Rule: tens-on-the-page"]
    test.selectbox[0].set_value(None)
    assert "Rule:" not in str(ran(test).code[0].value) and test.query_params == {"s": DRIVER}


def test_the_link_keeps_the_path_under_which_it_is_served() -> None:
    copied = report_text(view_of(State()), "", "https://example.org/teaching/about?rule=x")
    assert "Link: https://example.org/teaching/?s=" in copied


def test_an_unknown_rule_is_not_repeated() -> None:
    assert "Rule" not in report_text(view_of(State()), "<b>no-rule", None)


def test_by_default_nobody_is_named_and_the_server_may_name_someone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REPORT_TO, raising=False)
    assert "This copy does not say where to send them." in words(opened("about"))
    monkeypatch.setenv(REPORT_TO, "doubts@example.org")
    assert "Send them to doubts@example.org." in words(opened("about"))
    assert send_to("[x](javascript:1)") == r"Send them to \[x\]\(javascript\:1\)."
