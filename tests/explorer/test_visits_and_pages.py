"""Visits over time, the print sheet and downloads: all say the same results."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from gzip import decompress
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from streamlit import config

import explorer
import pathway
from explorer.instrument.actions import apply
from explorer.instrument.session import Session
from explorer.links.address import codes, scenarios
from explorer.pages.differences import changes
from explorer.pages.explore.drawers import drawer_content
from explorer.pages.explore.layout import explore
from explorer.pages.explore.share import share
from explorer.pages.explore.view import view_of
from pathway.scenarios.walk import MOST_VISITS, State, new_walk
from tests.explorer.conftest import awaited
from tests.explorer.test_explore_page import text
from tests.people import QUIET

KNOWLEDGE = pathway.load()
GARDENER = scenarios()["gardener-first-days"]
START = replace(new_walk(GARDENER.answers), title=GARDENER.title)


def response(path: str, token: str, routes: list[Route] | None = None) -> tuple[dict[str, str], str]:
    """The headers and the text with which the server's own routes answer a browser, which takes gzip."""
    sent: list[Any] = []

    async def asked() -> None:
        app = Starlette(routes=routes or explorer.routes(), middleware=explorer.middleware())
        query = urlencode({"s": token}).encode()
        scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "http_version": "1.1"}
        await app({**scope, "headers": [(b"accept-encoding", b"gzip")]}, receive, send)

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    awaited(asked())
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent)
    assert len(body) == int(headers["content-length"])
    return headers, (decompress(body) if headers.get("content-encoding") == "gzip" else body).decode()


def flat(words: str | None) -> str:
    """Words on one line."""
    return " ".join((words or "").split())


def test_weeks_grow_with_the_time_between_visits() -> None:
    later = START.add_visit(6, "same", care=True)
    assert later.answers["symptom_weeks"] == 6
    assert later.answers["conservative_weeks"] == 6
    assert later.answers["conservative_care"] == "under_way"
    assert later.answers["course"] == "persisting"
    assert later.add_visit(4, "better", care=True).answers["conservative_weeks"] == 10


def test_unknown_weeks_stay_unknown_over_time() -> None:
    assert State().add_visit(6, "worse", care=True).answers == {"course": "worsening"}


@pytest.mark.parametrize("name", scenarios())
def test_care_until_the_next_visit_is_a_choice_only_where_it_changes_something(name: str) -> None:
    state = new_walk(scenarios()[name].answers)
    for each in (state, state.add_visit(6, "same", care=False), state.add_visit(6, "same", care=True)):
        matters = each.add_visit(6, "same", care=True) != each.add_visit(6, "same", care=False)
        assert each.can_begin_care == matters
        assert ('id="meanwhile"' in explore(view_of(each)).parts["walk"]) == matters


def test_care_that_did_not_help_is_no_choice_until_the_next_visit() -> None:
    assert 'id="meanwhile"' in explore(view_of(START)).parts["walk"]
    assert 'id="meanwhile"' not in explore(view_of(new_walk({**QUIET, "conservative_care": "not_helped"}))).parts["walk"]


def test_a_change_to_an_earlier_visit_carries_over_to_later_ones() -> None:
    walk = START.add_visit(6, "same", care=True).answered({"injection": "declined"})
    back = State(walk.visits, current_visit=0).answered({"pain_severity": "severe"})
    assert len(back.visits) == 2
    assert back.answers_at(1)["pain_severity"] == "severe"
    assert back.answers_at(1)["injection"] == "declined"


def test_visits_reach_recovery_and_relapse() -> None:
    steps = []
    walk = START
    for trend, marks in (("same", {}), ("better", {"conservative_care": "helped"}), ("worse", {})):
        walk = walk.add_visit(6, trend, care=True).answered(marks)  # type: ignore[arg-type]  # a loop's words, which are wider
        steps.append(view_of(walk).result.step)
    assert steps == ["injection", "recovery", "conservative"]


def test_a_scenario_of_the_most_visits_fits_a_link() -> None:
    walk = START
    while len(walk.visits) < MOST_VISITS:
        walk = walk.add_visit(1, "same", care=True)
    assert codes().decode(codes().encode(walk)).state == walk


def test_differences_name_what_changed_and_why() -> None:
    found = changes(view_of(START), view_of(START.add_visit(6, "same", care=True).answered_as_before()))
    assert found[0].name == "The step"
    assert all(change.why for change in found)


@pytest.mark.parametrize("there", [True, False], ids=["to hospital", "and back"])
def test_a_red_flag_is_one_difference_and_not_one_for_each_option(there: bool) -> None:
    calm, flagged = view_of(START), view_of(START.answered({"saddle_numbness": "present"}))
    found = changes(calm, flagged) if there else changes(flagged, calm)
    assert {change.name for change in found} <= {"The route", "The step", "Specialist assessment"}
    badges = (found[0].before, found[0].after)
    assert [badge.words for badge in badges] == (["Stepped care", "Emergency"] if there else ["Emergency", "Stepped care"])


def test_equal_scenarios_have_no_differences() -> None:
    assert changes(view_of(START), view_of(START)) == []


def test_an_option_drawer_has_our_note_on_each_statement() -> None:
    noted = {statement.id: statement for statement in KNOWLEDGE.ledger.statements if statement.note}
    found = {
        name: [noted[statement] for statement in option.statements if statement in noted]
        for name, option in KNOWLEDGE.options.items()
    }
    assert any(found.values())
    for name, statements in found.items():
        drawer = text(drawer_content(view_of(START), name).split("On the clinic’s page")[-1])
        assert all(flat(statement.note) in drawer for statement in statements), name


def test_the_print_sheet_has_no_notes_or_limits_of_the_page() -> None:
    words = text(response("/print", codes().encode(START))[1])
    assert "Our note:" not in words and flat(KNOWLEDGE.frame.page_limits[0]) not in words


@pytest.mark.parametrize("name", scenarios())
def test_a_print_sheet_needs_no_other_file(name: str) -> None:
    headers, page = response("/print", codes().encode(new_walk(scenarios()[name].answers)))
    words = text(page)
    result = view_of(new_walk(scenarios()[name].answers)).result
    assert result.notice in words and result.knowledge.hash in words and all(line in words for line in result.safety_net)
    assert all(KNOWLEDGE.assumptions[found].says in words for found in result.assumptions)
    assert not re.search(r"<(script|link|img)", page) and headers["referrer-policy"] == "no-referrer"


def test_a_bad_link_to_the_print_sheet_says_so() -> None:
    assert "This link can’t be used" in text(response("/print", "1~<b>")[1])


@pytest.mark.parametrize("path", ["/scenario.yaml", "/result.json"])
def test_a_bad_link_downloads_nothing(path: str) -> None:
    headers, words = response(path, "1~<b>")
    assert words.startswith("This link can’t be used") and "content-disposition" not in headers
    assert headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/print", "/result.json"])
def test_an_error_in_a_download_is_a_plain_message(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("explorer.server.responses.view_of", broken)
    assert response(path, "")[1] == "This can’t be shown. Nothing was stored."


def test_a_script_is_served_whole_again_and_again() -> None:
    routes = explorer.routes()
    path = next(route.path for route in routes if route.path.endswith("/instrument.js"))
    headers, script = response(path, "", routes)
    assert headers["content-type"].startswith("text/javascript") and "export function show" in script
    assert response(path, "", routes) == (headers, script)


def test_extra_routes_use_the_base_path() -> None:
    config.set_option("server.baseUrlPath", "/teaching/")
    try:
        assert {route.path.rpartition("/")[0].split("/")[1] for route in explorer.routes()} == {"teaching"}
        assert "<h1>" in response("/teaching/print", codes().encode(START))[1]
    finally:
        config.set_option("server.baseUrlPath", "")


def test_downloads_reproduce_scenario_and_result() -> None:
    headers, scenario = response("/scenario.yaml", codes().encode(START))
    assert "attachment" in headers["content-disposition"]
    again = apply(State(), {"do": "file", "text": scenario}, Session())
    assert again == replace(START, about=GARDENER.about)
    result = json.loads(response("/result.json", codes().encode(START))[1])
    assert result == view_of(START).result.model_dump(mode="json")


@pytest.mark.parametrize(
    "content", ["", "{", "- a", "answers: {age: no}", "answers: &a {b: *a}", "[" * 5000, "x" * 300_000, "title: [\x00"]
)
def test_an_invalid_file_is_refused(content: str) -> None:
    with pytest.raises(pathway.Unusable):
        apply(State(), {"do": "file", "text": content}, Session())


def test_share_says_that_the_link_contains_the_answers() -> None:
    assert "contains the answers" in text(share(view_of(START)))


UNASKED = "undetermined"
FLAGGED = new_walk({**QUIET, "saddle_numbness": "present"})


def done(state: State, do: str, **event: str) -> State:
    return apply(state, {"do": do, **event}, Session())


def test_a_new_visit_is_open_until_safety_questions_are_asked_again() -> None:
    later = START.add_visit(6, "worse", care=True)
    assert view_of(later).result.route == UNASKED and view_of(later).result.provisional
    asked = done(later, "nothing-new")
    assert view_of(asked).result.route == "stepped_care"
    assert done(asked, "nothing-new") == asked


def test_the_ask_again_button_says_what_it_answers() -> None:
    later = FLAGGED.add_visit(6, "better", care=True)
    for part in ("ask", "again"):
        words = text(explore(view_of(later)).parts[part])
        assert "Asked again: nothing new Answers 18 questions as before: Saddle numbness: present at visit 1" in words
        assert "the other 17 with nothing found." in words
    assert "Asked again" not in text(explore(view_of(later.answered_as_before())).assembled())
    assert "Asked again" not in text(explore(view_of(START)).assembled())


def test_a_flag_of_an_earlier_visit_stays_visible() -> None:
    page = explore(view_of(FLAGGED.add_visit(6, "better", care=True)))
    assert text(page.parts["status"]).startswith("Ask again: Saddle numbness, at visit 1: present.")
    assert "Does the skin between the legs feel numb or odd?" in text(page.parts["ask"]).partition("one by one:")[2]
    assert "Saddle numbness, at visit 1: present." in text(page.parts["walk"])


def test_every_question_names_the_visit_of_its_answer() -> None:
    walk = START.add_visit(6, "same", care=True).add_visit(6, "same", care=True)
    groups = explore(view_of(walk)).parts
    assert "Answered at visit 1" in text(
        groups["group-person"]
    ) and "Answered at visit 1, with the weeks since then added" in text(groups["group-time"])
    assert "Answered at visit 2, with the weeks since then added" in text(groups["group-care-so-far"])
    assert "At visit 1: absent. Ask again." in text(groups["group-cauda-equina"])
    assert "visit" not in text("".join(part for name, part in explore(view_of(START)).parts.items() if name.startswith("group-")))


def test_weeks_that_depend_on_the_weakness_say_so() -> None:
    walk = new_walk({**QUIET, "weakness": "severe", "weakness_weeks": 14, "symptom_weeks": 20}).add_visit(6, "same", care=False)
    words = text(explore(view_of(walk)).parts["group-cord-nerves-vessels"])
    assert "At visit 1: 20 weeks, with the weeks since then added. Still true if the answer on weakness has not changed." in words


def test_a_visit_row_shows_the_weeks_since_the_first_and_the_last_can_be_deleted() -> None:
    walk = START.add_visit(6, "same", care=True).add_visit(6, "better", care=True)
    words = text(explore(view_of(walk)).parts["walk"])
    assert "Visit 2 6 weeks later: same" in words and "Visit 3 6 weeks later: better, 12 weeks after visit 1" in words
    assert "6 weeks after visit 1" not in words.partition("Visit 3")[0]
    assert "Delete visit 3" in words


def test_the_last_of_the_most_visits_can_be_deleted() -> None:
    walk = State((START.visits[0], *START.add_visit(1, "same", care=True).visits[1:] * (MOST_VISITS - 1)), MOST_VISITS - 1)
    words = text(explore(view_of(walk)).parts["walk"])
    assert f"{MOST_VISITS} visits are the most." in words and f"Delete visit {MOST_VISITS}" in words


@pytest.mark.parametrize(("name", "route"), [("courier-cauda-equina", "Emergency"), ("pregnant-pharmacist", "Other pathway")])
def test_visits_show_the_route_off_the_ladder(name: str, route: str) -> None:
    found = view_of(new_walk(scenarios()[name].answers))
    assert f"Visit 1 the start {route}" in text(explore(found).parts["walk"])


def test_changes_with_the_same_reason_are_one_entry() -> None:
    walk = text(explore(view_of(START.add_visit(6, "same", care=True))).parts["walk"])
    assert "Soft tissue mobilisation, Joint mobilisation, Spinal traction Applies becomes" in walk
    assert "Microdiscectomy, Laminectomy, Foraminotomy Later becomes" in walk


def test_an_own_title_stays_and_a_bundled_one_is_marked_changed() -> None:
    mine = done(State(), "file", text="title: Mrs Teaching Case 7\nabout: For week two.\nanswers: {age: 40}")
    assert view_of(mine).name == view_of(done(mine, "answer", finding="region", value="neck")).name == "Mrs Teaching Case 7"
    assert "For week two." in text(explore(view_of(mine)).parts["start"])
    bundled = done(State(), "scenario", value="gardener-first-days")
    assert view_of(bundled).name == "A gardener with two days of leg pain"
    assert (
        view_of(done(bundled, "answer", finding="region", value="neck")).name == "A gardener with two days of leg pain, changed"
    )


def test_a_trial_clears_dependent_answers() -> None:
    weak = new_walk({**QUIET, "weakness": "severe", "weakness_weeks": 14})
    assert "weakness_weeks" not in done(weak, "apply-changes", changes='{"weakness": "none"}').answers
    both = done(weak, "apply-changes", changes='{"weakness": "mild", "weakness_weeks": 3}')
    assert both.answers["weakness_weeks"] == 3


def test_five_visits_climb_pause_for_a_sign_and_end_in_recovery() -> None:
    walk, results = START, [view_of(START).result]
    for trend, found in (
        ("same", {}),
        ("worse", {"saddle_numbness": "present"}),
        ("same", {"saddle_numbness": "absent", "injection": "helped"}),
        ("better", {"conservative_care": "helped", "pain_severity": "mild"}),
    ):
        walk = walk.add_visit(6, trend, care=True)  # type: ignore[arg-type]  # a loop's words, which are wider
        assert view_of(walk).result.route == UNASKED
        walk = walk.answered(found).answered_as_before()
        results.append(view_of(walk).result)
    assert [(result.route, result.step) for result in results] == [
        ("stepped_care", "conservative"), ("stepped_care", "injection"), ("emergency", None), ("stepped_care", "recovery"),
        ("stepped_care", "recovery"),
    ]  # fmt: skip
    assert walk.answers["symptom_weeks"] == 24 and not results[-1].warnings
