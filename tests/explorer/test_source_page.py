"""The Source page: every statement with its use and our note, every source, a copy of the page, and the place a link opens."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

import pathway
from explorer.pages.source import KINDS, LARGEST_COPY, MOST_DIFFERENCES
from tests.explorer.native import html, links, opened, ran, token, words

KNOWLEDGE = pathway.load()
LEDGER = KNOWLEDGE.ledger
DRIVER = token("driver-eight-weeks")


def flat(text: str | None) -> str:
    """A text on one line."""
    return " ".join((text or "").split())


def with_copy(copy: bytes) -> AppTest:
    """The page once a file is opened."""
    test = opened("source")
    test.file_uploader[0].upload("page.txt", copy, "text/plain")
    return ran(test)


def test_the_page_has_every_statement_and_what_became_of_it() -> None:
    page_text = words(opened("source"))
    for statement in LEDGER.statements:
        assert flat(statement.says) in page_text
    assert all(kind in page_text for kind in KINDS.values())


def test_the_page_says_why_statements_are_left_out() -> None:
    page_text, noted = words(opened("source")), [statement for statement in LEDGER.statements if statement.note]
    assert any("no guideline" in str(statement.note) for statement in noted)
    assert page_text.count("Our note:") == len(noted) and all(flat(statement.note) in page_text for statement in noted)


def test_the_page_has_the_limits_of_the_clinic_s_page_and_their_sources() -> None:
    test = opened("source", s=DRIVER)
    assert KNOWLEDGE.frame.page_limits and all(flat(limit) in words(test) for limit in KNOWLEDGE.frame.page_limits)
    assert f'href="./sources?s={DRIVER}&amp;source=ng59"' in html(test)


def test_a_copy_is_accounted_for_sentence_by_sentence() -> None:
    page_text = words(with_copy(b"Quite another page. It has <b>two</b> sentences."))
    assert f"0 of {len(LEDGER.sentences)} sentences accounted for" in page_text and "Quite another page." in page_text


def test_a_copy_cannot_inject_markup() -> None:
    assert "<b>two</b>" not in html(with_copy(b"It has <b>two</b> sentences."))


def test_without_a_copy_the_page_quotes_nothing() -> None:
    assert "<blockquote>" not in html(opened("source")) and "accounted for" not in words(opened("source"))


def test_an_unrelated_copy_lists_only_some_differences() -> None:
    test = with_copy(b"Ab.\n" * 5000)
    assert html(test).count("<q>") <= MOST_DIFFERENCES and "more differences" in words(test)


@pytest.mark.parametrize(
    ("copy", "says"),
    [
        (b"x" * (LARGEST_COPY + 1), "This file is larger than 200 kB; such a file is not read."),
        (b"caf\xe9", "This file is not UTF-8 text; save it as UTF-8."),
    ],
    ids=["too large", "another encoding"],
)
def test_a_copy_that_cannot_be_read_is_refused(copy: bytes, says: str) -> None:
    test = with_copy(copy)
    assert says in words(test) and "accounted for" not in words(test)


def test_a_copy_that_is_closed_is_gone() -> None:
    test = with_copy(b"Quite another page.")
    test.file_uploader[0].set_value(None)
    assert "Quite another page." not in words(ran(test))


def test_a_link_opens_a_statement_and_links_to_its_rules() -> None:
    test = opened("source", s=DRIVER, at="tens-blocks-pain-signals")
    place = next(str(statement.place) for statement in LEDGER.statements if statement.id == "tens-blocks-pain-signals")
    assert test.expander[0].label == place and test.expander[0].proto.expanded
    assert ("Rule tens-on-the-page", "rules", {"s": DRIVER, "rule": "tens-on-the-page"}) in links(test)
    del test.query_params["at"]
    assert ran(test).expander[0].label == "What the page leaves out or overstates"


def test_an_unknown_statement_in_the_address_opens_nothing() -> None:
    assert opened("source", at="<b>").expander[0].label == "What the page leaves out or overstates"
