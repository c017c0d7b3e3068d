"""Walking the time, comparing, printing and downloading: what each says, from the same results."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from streamlit import config

import explorer
import pathway
from explorer.address import codes, in_address, scenarios, viewed
from explorer.compare import compare
from explorer.differences import changes
from explorer.drawers import opened
from explorer.events import Events
from explorer.rules import rules
from explorer.share import share
from explorer.source import KINDS, MOST_DIFFERENCES, source
from pathway.walk import MOST_VISITS, State, started
from tests.explorer.conftest import awaited, shown
from tests.explorer.test_pages import text

KNOWLEDGE = pathway.load()
GARDENER = scenarios()["gardener-first-days"]
START = replace(started(GARDENER.answers), title=GARDENER.title)


def got(path: str, token: str) -> tuple[dict[str, str], str]:
    """The headers and the text with which the server's own routes answer."""
    sent: list[Any] = []

    async def asked() -> None:
        app = Starlette(routes=explorer.routes(), middleware=explorer.middleware())
        query = urlencode({"s": token}).encode()
        scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": [], "http_version": "1.1"}
        await app(scope, receive, send)

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    awaited(asked())
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent).decode()


def flat(words: str | None) -> str:
    """Words on one line."""
    return " ".join((words or "").split())


def test_time_that_passes_is_counted_on() -> None:
    later = START.later(6, "same", care=True)
    assert later.answers["symptom_weeks"] == 6
    assert later.answers["conservative_weeks"] == 6
    assert later.answers["conservative_care"] == "under_way"
    assert later.answers["course"] == "persisting"
    assert later.later(4, "better", care=True).answers["conservative_weeks"] == 10


def test_what_is_not_known_stays_so_as_time_passes() -> None:
    assert State().later(6, "worse", care=True).answers == {"course": "worsening"}


def test_a_change_to_an_earlier_visit_is_carried_on_and_later_visits_are_kept() -> None:
    walk = START.later(6, "same", care=True).answered({"injection": "declined"})
    back = State(walk.visits, at=0).answered({"pain_severity": "severe"})
    assert len(back.visits) == 2
    assert back.answers_at(1)["pain_severity"] == "severe"
    assert back.answers_at(1)["injection"] == "declined"


def test_a_walk_reaches_recovery_and_relapse() -> None:
    steps = []
    walk = START
    for trend, marks in (("same", {}), ("better", {"conservative_care": "helped"}), ("worse", {})):
        walk = walk.later(6, trend, care=True).answered(marks)  # type: ignore[arg-type]  # a loop's words, which are wider
        steps.append(viewed(walk).result.step)
    assert steps == ["injection", "recovery", "conservative"]


def test_a_walk_of_the_most_visits_fits_an_address() -> None:
    walk = START
    while len(walk.visits) < MOST_VISITS:
        walk = walk.later(1, "same", care=True)
    assert codes().read(codes().written(walk)).state == walk


def test_differences_name_what_changed_and_why() -> None:
    found = changes(viewed(START), viewed(START.later(6, "same", care=True).nothing_new()))
    assert found[0].name == "The step"
    assert all(one.why for one in found)


def test_the_same_has_no_differences() -> None:
    assert changes(viewed(START), viewed(START)) == []


def test_compare_says_what_differs() -> None:
    words = text(compare(viewed(START), viewed(started(scenarios()["driver-eight-weeks"].answers))))
    assert "A driver whose leg pain persists" in words and "answers that differ" in words


@pytest.mark.parametrize("guidance", ["page", "nice"])
def test_a_rule_opens_the_scenarios_in_which_it_holds(guidance: str) -> None:
    entries = rules(viewed(State(guidance=guidance))).split("<article")[1:]
    opened = [(re.findall("<code>([^<]*)", entry)[0], set(re.findall('data-token="([^"]*)"', entry))) for entry in entries]
    assert sum(bool(tokens) for _, tokens in opened) > 50
    for rule, tokens in opened:
        for token in tokens:
            trace = viewed(in_address(token)[0]).result.trace
            considered = (*trace.route, *trace.step, *(one for traced in trace.options.values() for one in traced))
            assert any(one.rule == rule and one.holds for one in considered), rule


def test_rules_holds_every_rule_with_its_reason() -> None:
    words = text(rules(viewed(State())))
    for rule in KNOWLEDGE.rules():
        assert rule.id in words and " ".join(rule.because.split()) in words
    assert "Where the page and NICE disagree" in words


def test_source_holds_every_statement_and_what_it_became() -> None:
    words = text(source(viewed(State())))
    for statement in KNOWLEDGE.ledger.statements:
        assert " ".join(statement.says.split()) in words
    assert all(kind in words for kind in KINDS.values())


def test_source_says_why_a_statement_is_left_out_and_what_no_guideline_supports() -> None:
    page = source(viewed(State()))
    noted = [one for one in KNOWLEDGE.ledger.statements if one.note]
    assert any("no guideline" in str(one.note) for one in noted)
    for one in KNOWLEDGE.ledger.statements:
        article = text(page.split(f'id="s-{one.id}"')[1].split("</article>")[0])
        assert ("Our note:" in article) == bool(one.note) and flat(one.note) in article


def test_source_starts_with_what_the_page_leaves_open_or_overstates() -> None:
    before = text(source(viewed(State())).split("<article")[0])
    assert "What the page leaves open or overstates" in before
    assert KNOWLEDGE.frame.page_limits and all(flat(limit) in before for limit in KNOWLEDGE.frame.page_limits)


def test_source_lists_every_source_with_its_history() -> None:
    page = source(viewed(State()))
    assert KNOWLEDGE.sources["ng59"].note
    for one in KNOWLEDGE.sources.values():
        entry = text(page.split(f'id="source-{one.id}"')[1].split("</div>")[0])
        assert all(flat(words) in entry for words in (one.publisher, one.title, one.edition, one.note))


def test_source_is_laid_out_through_streamlit() -> None:
    assert "What the page leaves open or overstates" in text(shown(page="source"))


def test_the_drawer_of_an_option_holds_our_note_on_each_of_its_statements() -> None:
    noted = {one.id: one for one in KNOWLEDGE.ledger.statements if one.note}
    found = {name: [noted[one] for one in option.statements if one in noted] for name, option in KNOWLEDGE.options.items()}
    assert any(found.values())
    for name, statements in found.items():
        drawer = text(opened(viewed(START), name).split("On the page")[-1])
        assert all(flat(one.note) in drawer for one in statements), name


def test_paper_holds_no_note_and_no_limit_of_the_page() -> None:
    words = text(got("/print", codes().written(START))[1])
    assert "Our note:" not in words and flat(KNOWLEDGE.frame.page_limits[0]) not in words


def test_a_copy_stands_beside_and_what_differs_is_marked() -> None:
    words = text(source(viewed(State()), "Quite another page. It has <b>two</b> sentences."))
    assert "sentences accounted for" in words and "Quite another page." in words
    assert "<b>two</b>" not in source(viewed(State()), "It has <b>two</b> sentences.")


def test_of_quite_another_text_not_every_difference_is_shown() -> None:
    page = source(viewed(State()), "Ab.\n" * 5000)
    assert page.count("<q>") <= MOST_DIFFERENCES and "more differences" in text(page)


@pytest.mark.parametrize("name", scenarios())
def test_a_printed_page_stands_alone(name: str) -> None:
    headers, page = got("/print", codes().written(started(scenarios()[name].answers)))
    words = text(page)
    result = viewed(started(scenarios()[name].answers)).result
    assert result.notice in words and result.knowledge.hash in words and all(line in words for line in result.safety_net)
    assert all(KNOWLEDGE.assumptions[found].says in words for found in result.assumptions)
    assert not re.search(r"<(script|link|img)", page) and headers["referrer-policy"] == "no-referrer"


def test_a_bad_link_to_paper_says_so() -> None:
    assert "This link can’t be used" in text(got("/print", "1~<b>")[1])


@pytest.mark.parametrize("path", ["/scenario.yaml", "/result.json"])
def test_a_bad_link_downloads_nothing(path: str) -> None:
    headers, words = got(path, "1~<b>")
    assert words.startswith("This link can’t be used") and "content-disposition" not in headers
    assert headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/print", "/result.json"])
def test_what_can_not_be_sent_is_said_calmly(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("explorer.server.viewed", broken)
    assert got(path, "")[1] == "This can’t be shown. Nothing was stored."


def test_what_is_served_beside_stands_under_the_base_path_too() -> None:
    config.set_option("server.baseUrlPath", "/teaching/")
    try:
        assert {route.path.rpartition("/")[0].split("/")[1] for route in explorer.routes()} == {"teaching"}
        assert "<h1>" in got("/teaching/print", codes().written(START))[1]
    finally:
        config.set_option("server.baseUrlPath", "")


def test_downloads_are_what_they_say() -> None:
    headers, scenario = got("/scenario.yaml", codes().written(START))
    assert "attachment" in headers["content-disposition"]
    again = Events(KNOWLEDGE, scenarios()).applied(State(), {"do": "file", "text": scenario})
    assert again == replace(START, about=GARDENER.about)
    result = json.loads(got("/result.json", codes().written(START))[1])
    assert result == viewed(START).result.model_dump(mode="json")


@pytest.mark.parametrize(
    "content", ["", "{", "- a", "answers: {age: no}", "answers: &a {b: *a}", "[" * 5000, "x" * 300_000, "title: [\x00"]
)
def test_a_file_that_can_not_be_used_is_refused_with_words(content: str) -> None:
    with pytest.raises(pathway.Unusable):
        Events(KNOWLEDGE, scenarios()).applied(State(), {"do": "file", "text": content})


def test_share_says_that_the_link_carries_the_answers() -> None:
    assert "carries the answers" in text(share(viewed(START)))
