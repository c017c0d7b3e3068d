"""The address: messages about links that open only in part, titles of scenarios, and parameters that are not ours."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

import pathway
from explorer.instrument.actions import apply
from explorer.instrument.session import Session
from explorer.links.address import codes, scenarios, state_from_link
from explorer.pages.explore.view import view_of
from pathway.links.codes import code
from pathway.links.link import LinkCodec
from pathway.links.token import check
from pathway.scenarios.walk import State, Visit, new_walk
from tests.explorer.conftest import ROOT, Opens, answer, link, shown
from tests.explorer.serving import PATIENCE

KNOWLEDGE = pathway.load()
DRIVER = scenarios()["driver-eight-weeks"]
OLD = LinkCodec(KNOWLEDGE.model_copy(update={"hash": "0123456789ab"}))


def test_a_complete_link_shows_no_message() -> None:
    assert state_from_link(codes().encode(new_walk(DRIVER.answers)))[1] == ""


def test_a_link_made_with_another_version_says_so() -> None:
    assert "(0123456789ab; now" in state_from_link(OLD.encode(new_walk(DRIVER.answers)))[1]


def test_a_link_of_form_1_says_it_cannot_be_checked() -> None:
    state, said = state_from_link(f"1~{KNOWLEDGE.hash}~p~~0~{code('age', 3)}40")
    assert state == new_walk({"age": 40})
    assert said == "This is an older kind of link. It can’t show whether it was cut or altered. Check the answers."


def test_answers_left_out_of_a_link_are_named_on_the_page() -> None:
    body = f"2_{KNOWLEDGE.hash}_p0_0s-{code('age', 3)}40-zzzab"
    page = shown(f"{body}_{check(body)}")
    assert "Left out: one answer (code zzz)." in page and "40" in page


def test_a_truncated_link_is_refused_on_the_page() -> None:
    assert "was cut or altered on the way" in shown(codes().encode(new_walk(DRIVER.answers))[:-6])


# --- what a scenario is called


def opened(text: str) -> State:
    return apply(State(guidance="nice"), {"do": "file", "text": text}, Session())


def test_an_own_title_is_shown_and_kept_in_the_link() -> None:
    state = opened("title: Mrs Teaching Case 7\nanswers: {region: neck}\n")
    assert view_of(state_from_link(codes().encode(state))[0]).name == "Mrs Teaching Case 7"


def test_a_changed_scenario_keeps_its_name_in_the_link() -> None:
    state = apply(State(), {"do": "scenario", "value": "driver-eight-weeks"}, Session())
    assert view_of(state).name == DRIVER.title
    changed = apply(state, {"do": "answer", "finding": "numbness", "value": "present"}, Session())
    assert view_of(state_from_link(codes().encode(changed))[0]).name == f"{DRIVER.title}, changed"


def test_an_untitled_link_gets_the_name_of_the_scenario_with_its_answers() -> None:
    changed = apply(new_walk(DRIVER.answers), {"do": "answer", "finding": "numbness", "value": "present"}, Session())
    assert view_of(changed).name == f"{DRIVER.title}, changed"


def test_a_later_visit_keeps_the_name() -> None:
    walk = replace(new_walk(DRIVER.answers), title=DRIVER.title).add_visit(6, "worse", care=False)
    assert view_of(walk).name == DRIVER.title


def test_a_title_cannot_inject_markup_or_reverse_the_text() -> None:
    page = shown(State(visits=(Visit(new_answers={"age": 40}),), title="<script>alert(1)</script>\u202eedih"))
    assert "<script>alert" not in page and "\u202e" not in page and "&lt;script&gt;" in page


# --- what is not ours


@pytest.mark.browser
def test_foreign_address_parameters_survive_clicks_and_pages(opens: Opens) -> None:
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


def test_an_address_with_two_scenarios_is_refused() -> None:
    people = ("driver-eight-weeks", "roofer-both-legs-numb")
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    test.query_params["s"] = [codes().encode(new_walk(scenarios()[name].answers)) for name in people]
    test.run()
    assert "names two different scenarios" in test.get("bidi_component")[0].proto.json
