"""The address: what is said of a link that opens only in part, what a scenario is called, and what is not ours stays."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

import pathway
from explorer.links.address import codes, scenarios, state_from_link, view_of
from explorer.session.scenario_actions import Events
from pathway.links.codes import code
from pathway.links.link import Codes
from pathway.links.token import check
from pathway.scenarios.walk import State, Visit, started
from tests.explorer.conftest import ROOT, Opens, answer, link, shown
from tests.explorer.serving import PATIENCE

KNOWLEDGE = pathway.load()
DRIVER = scenarios()["driver-eight-weeks"]
OLD = Codes(KNOWLEDGE.model_copy(update={"hash": "0123456789ab"}))
ACTING = Events(KNOWLEDGE, scenarios())


def test_nothing_is_said_of_a_link_that_is_whole() -> None:
    assert state_from_link(codes().written(started(DRIVER.answers)))[1] == ""


def test_a_link_of_another_edition_says_so() -> None:
    assert "(0123456789ab; now" in state_from_link(OLD.written(started(DRIVER.answers)))[1]


def test_a_link_of_form_1_says_that_it_can_not_be_checked() -> None:
    state, said = state_from_link(f"1~{KNOWLEDGE.hash}~p~~0~{code('age', 3)}40")
    assert state == started({"age": 40})
    assert said == "This is an older kind of link. It can’t show whether it was cut or altered. Check the answers."


def test_what_was_left_out_is_named_on_the_page() -> None:
    body = f"2_{KNOWLEDGE.hash}_p0_0s-{code('age', 3)}40-zzzab"
    page = shown(f"{body}_{check(body)}")
    assert "Left out: one answer (code zzz)." in page and "40" in page


def test_a_link_that_was_cut_is_refused_on_the_page() -> None:
    assert "was cut or altered on the way" in shown(codes().written(started(DRIVER.answers))[:-6])


# --- what a scenario is called


def opened(text: str) -> State:
    return ACTING.apply(State(guidance="nice"), {"do": "file", "text": text})


def test_a_title_of_ones_own_is_shown_and_is_in_the_link() -> None:
    state = opened("title: Mrs Teaching Case 7\nanswers: {region: neck}\n")
    assert view_of(state_from_link(codes().written(state))[0]).name == "Mrs Teaching Case 7"


def test_a_scenario_that_was_changed_keeps_its_name_through_the_link() -> None:
    state = ACTING.apply(State(), {"do": "scenario", "value": "driver-eight-weeks"})
    assert view_of(state).name == DRIVER.title
    changed = ACTING.apply(state, {"do": "answer", "finding": "numbness", "value": "present"})
    assert view_of(state_from_link(codes().written(changed))[0]).name == f"{DRIVER.title}, changed"


def test_a_link_without_a_title_that_has_a_scenarios_answers_is_called_by_it_and_stays_so() -> None:
    changed = ACTING.apply(started(DRIVER.answers), {"do": "answer", "finding": "numbness", "value": "present"})
    assert view_of(changed).name == f"{DRIVER.title}, changed"


def test_a_later_visit_is_called_as_the_first() -> None:
    walk = replace(started(DRIVER.answers), title=DRIVER.title).later(6, "worse", care=False)
    assert view_of(walk).name == DRIVER.title


def test_nothing_in_a_title_is_markup_or_turns_the_page_around() -> None:
    page = shown(State(visits=(Visit(own={"age": 40}),), title="<script>alert(1)</script>\u202eedih"))
    assert "<script>alert" not in page and "\u202e" not in page and "&lt;script&gt;" in page


# --- what is not ours


@pytest.mark.browser
def test_what_else_the_address_says_stays_through_clicks_and_pages(opens: Opens) -> None:
    page = opens(f"{link('driver-eight-weeks')}&embed=true&embed_options=light_theme&utm_source=a%20course&x=1&x=2")
    others = ["embed=true", "embed_options=light_theme", "utm_source=a%20course", "x=1", "x=2"]
    answer(page, "numbness", "present")
    expect(page.locator(".scenario-title")).to_have_text(f"{DRIVER.title}, changed")
    page.wait_for_url(lambda url: link("driver-eight-weeks")[4:] not in url)
    assert set(urlsplit(page.url).query.split("&")) >= set(others)
    page.locator("nav a", has_text="Rules").click()
    page.wait_for_url("**/rules?**")
    said = urlsplit(page.url).query.replace("+", "%20").split("&")
    assert [part for part in others if part not in said] == []


def test_an_address_that_names_two_scenarios_is_refused_on_the_page() -> None:
    people = ("driver-eight-weeks", "roofer-both-legs-numb")
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    test.query_params["s"] = [codes().written(started(scenarios()[name].answers)) for name in people]
    test.run()
    assert "names two different scenarios" in test.get("bidi_component")[0].proto.json
