"""The Population page: where many people stand, who is undecided, what page and NICE say, who would move."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

import pathway
from explorer.links.address import codes, state_from_link
from explorer.pages.explore.view import view_of
from explorer.pages.population_charts import COLOURS, bands, bars
from explorer.pages.population_query import query_from_address
from pathway.scenarios.walk import new_walk
from pathway.tables.population import Population, made_up, population_in, results_csv
from pathway.tables.sheets.template import excel_template, write_template
from tests.explorer.native import chart_inks, links, opened, ran, words
from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, TRIED, explained, without
from tests.tables.test_sheets import HEADERS, person

pytestmark = pytest.mark.usefixtures("query_made_once")

USUAL = {name: entry.value for name, entry in KNOWLEDGE.assumptions.items() if entry.value is not None}
PAGE = {**USUAL, "guidance": "page"}
STANDING = {step or route for route, step in KNOWLEDGE.places} | {"undetermined"}


def csv_of(*rows: list[Any]) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in (HEADERS, *rows)).encode()


UNDECIDED = without(TRIED, "course")
RIGHT = [QUIET, TRIED, OPERATED_ON, UNDECIDED, UNDECIDED]
WRONG = [{**TRIED, "course": "sideways"}, {**TRIED, "symptom_weeks": 3}]


@pytest.fixture(scope="module")
def people() -> Population:
    """The people of a sheet; two of its rows have a fault."""
    rows = [person("", answers) for answers in (*WRONG, *RIGHT)]
    return population_in("people.csv", csv_of(*rows), KNOWLEDGE)


def test_made_up_people_are_the_same_for_the_same_seed_and_stand_everywhere() -> None:
    people, again = made_up(KNOWLEDGE, 300, 3), made_up(KNOWLEDGE, 300, 3)
    assert people.answers.equals(again.answers) and people.size == 300
    assert set(people.under(PAGE).places) == STANDING


def test_people_of_a_sheet_stand_where_explain_says_and_faults_are_left_out(people: Population) -> None:
    assert (people.size, people.left_out) == (len(RIGHT), len(WRONG))
    assert people.numbers.tolist() == [4, 5, 6, 7, 8]  # as the spreadsheet counts: its headers are row 1
    assert results_csv(people, people.under(PAGE)).splitlines()[1].startswith("4,stepped_care,,,")
    assert list(people.faults) == [
        "column course: sideways is not an answer for course; write improving, persisting, worsening or unknown",
        "There are more weeks of conservative care than of symptoms.",
    ]
    assert people.under(PAGE).places.tolist() == [explained(answers).step for answers in RIGHT]
    assert [people.person(row) for row in range(people.size)] == RIGHT


def test_people_of_a_sheet_with_blank_rows_have_the_numbers_of_the_spreadsheet() -> None:
    people = population_in("people.csv", csv_of([], [], person("", QUIET), [], person("", TRIED)), KNOWLEDGE)
    assert (people.numbers.tolist(), people.size, people.left_out) == ([4, 6], 2, 0)


def test_page_and_nice_differ_where_two_explanations_do(people: Population) -> None:
    different: Counter[str] = Counter()
    for answers in RIGHT:
        mine, nice = (explained(answers, guidance).options for guidance in ("page", "nice"))
        different.update(name for name in mine if mine[name].verdict != nice[name].verdict)
    assert people.under(PAGE).differences(people.under({**PAGE, "guidance": "nice"}), KNOWLEDGE) == different


def test_those_who_move_are_listed_by_row(people: Population) -> None:
    nice = {**PAGE, "guidance": "nice"}
    later = people.places_under(nice)
    assert later.tolist() == people.under(nice).places.tolist()
    assert sorted(row for rows in people.under(PAGE).moves(later).values() for row in rows) == list(range(len(RIGHT)))


def test_the_question_that_decides_is_the_one_that_is_not_answered(people: Population) -> None:
    assert people.questions_that_decide(PAGE) == {"course": 2}


def test_bands_of_the_flow_are_as_wide_as_the_people_in_them_on_both_sides() -> None:
    moves = {("a", "a"): 6, ("a", "b"): 3, ("b", "a"): 1}
    points = list(bands(moves, ["a", "b"]))
    for pair, number in moves.items():
        widths = {round(point["high"] - point["low"], 9) for point in points if (point["from"], point["to"]) == pair}
        assert widths == {number / 10}


@pytest.fixture(scope="module")
def page() -> AppTest:
    return opened("population")


def test_the_axis_of_two_people_has_no_halves_of_a_person() -> None:
    drawn = bars({("Emergency", "On hold"): 2}, ["Emergency"], {"On hold": COLOURS[0]}, "people")
    axis = drawn.to_dict()["encoding"]["x"]["axis"]
    assert (axis["tickMinStep"], axis["format"]) == (1, ",d")


def test_the_page_shows_where_made_up_people_stand_and_says_that_they_are_made_up(page: AppTest) -> None:
    assert "These 1,000 people are made up" in words(page)
    assert [header.value for header in page.header] == [
        "Steps and routes", "Not decided yet", "Where the page and NICE differ", "What if an assumption were different?",
    ]  # fmt: skip
    assert {KNOWLEDGE.label(word).title for word in STANDING} >= {str(cell) for cell in page.table[0].value["Where"]}


def test_a_moved_slider_shows_who_moves_and_opens_some_of_them(page: AppTest) -> None:
    weeks = next(slider for slider in page.slider if slider.label == "Conservative trial weeks")
    weeks.set_value(12)
    shown = links(ran(page))
    assert "of 1,000 move." in words(page) and 0 < len(shown) <= 10
    assert chart_inks(page) == [{"currentColor"}] * 2
    for label, page_name, parameters in shown:
        state, message = state_from_link(parameters["s"])
        assert (page_name, message, dict(state.assumptions)) == ("", "", {"conservative-trial-weeks": 12})
        result = view_of(state).result
        place = pathway.load().label(result.step or result.route).title.lower()
        assert label.endswith(f"then {place}")


def test_the_address_holds_the_people_the_option_the_guidance_and_the_assumptions() -> None:
    state = replace(new_walk(QUIET, "nice"), assumptions={"conservative-trial-weeks": 9})
    test = opened("population", s=codes().encode(state), people="200.7.tens")
    assert "These 200 people are made up" in words(test)
    assert [box.value for box in test.selectbox] == [200, "tens"] and test.number_input[0].value == 7
    assert [radio.value for radio in test.radio][:2] == ["made-up", "nice"]
    assert test.slider(key="assume conservative-trial-weeks").value == 9
    test.selectbox(key="choose Show the verdicts of").set_value("nsaids")
    test.slider(key="assume conservative-trial-weeks").set_value(12)
    ran(test)
    assert test.query_params["people"] == "200.7.nsaids"
    assert state_from_link(test.query_params["s"])[0] == replace(state, assumptions={"conservative-trial-weeks": 12})


@pytest.mark.parametrize("text", ["200", "200.1.no-such-option", "7.1.tens", "200.x.tens", "200.99999.tens", "\u0662.1.tens"])
def test_an_invalid_query_shows_the_usual_people(text: str) -> None:
    assert query_from_address(text, KNOWLEDGE) == query_from_address("", KNOWLEDGE)


def test_a_sheet_is_asked_for_and_a_bad_one_is_refused() -> None:
    test = opened("population")
    test.radio[0].set_value("A sheet")
    assert not ran(test).header and "The sheet stays in this session" in words(test)
    with pytest.raises(pathway.Unusable, match="the column course is missing"):
        population_in("people.csv", ",".join(without(dict.fromkeys(HEADERS), "course")).encode(), KNOWLEDGE)


def test_an_empty_sheet_to_fill_in_can_be_downloaded(tmp_path: Path) -> None:
    test = opened("population")
    test.radio[0].set_value("A sheet")
    (button,) = ran(test).get("download_button")
    assert button.proto.label == "Download an empty sheet (Excel)"
    write_template(tmp_path / "empty.xlsx", KNOWLEDGE)
    empty, by_command = (load_workbook(book) for book in (BytesIO(excel_template(KNOWLEDGE)), tmp_path / "empty.xlsx"))
    assert [list(page.values) for page in empty] == [list(page.values) for page in by_command]


def test_an_assumption_of_yes_or_no_reads_as_on_explore(page: AppTest) -> None:
    assert "Change an assumption to see how many people move" in words(opened("population"))
    assert page.radio(key="assume injection-first").options == ["Yes", "No"]


def test_an_opened_sheet_stays_in_the_session_until_another_is_asked_for(people: Population) -> None:
    test = opened("population")
    test.radio[0].set_value("A sheet")
    test.session_state["population"] = ("people.csv", people)
    shown = words(ran(test))
    assert "people.csv, in this session only." in shown and "Left out: 2 rows with a fault." in shown
    assert "sideways is not an answer for course" in shown and "How many rows" in shown
    test.button[0].click()
    assert not ran(test).header
