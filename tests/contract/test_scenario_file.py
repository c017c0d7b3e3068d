"""A scenario file, as the contract has it: its visits, reading and assumptions; and every walk comes back from its file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

import pathway
from explorer.links.address import scenarios, viewed
from explorer.session.scenario_actions import Events
from pathway.cli.main import main
from pathway.errors import Unusable
from pathway.scenarios.scenario import Scenario, scenario_from, scenario_in
from pathway.scenarios.walk import State, started
from pathway.scenarios.walk_file import as_yaml, scenario_of, state_of
from pathway.yaml.document import parse
from tests.people import KNOWLEDGE, QUIET
from tests.walks import walks

FILE = """\
title: A gardener whose leg pain got worse
about: Two visits.
guidance: nice
assumptions: {conservative-trial-weeks: 8}
visits:
  - answers: {region: low_back, nerve_pain: one_side, symptom_weeks: 8, pain_severity: mild}
  - after: 6
    course: worsening
    answers: {saddle_numbness: absent, pain_severity: unknown}
"""
EVENTS = Events(KNOWLEDGE, scenarios())


def written(text: str) -> Scenario:
    """The scenario in a text."""
    return scenario_in(parse(text, "it.yaml"), KNOWLEDGE)


def run(*words: str, given: str = FILE) -> Result:
    return CliRunner().invoke(main, ["explain", "-", *words], input=given)


def opened(text: str, before: State | None = None) -> State:
    """The state once a file was opened in the explorer."""
    return EVENTS.applied(before or State(), {"do": "file", "text": text})


def test_it_is_answered_for_the_last_visit_by_its_own_reading_and_assumptions() -> None:
    result = pathway.explain(written(FILE))
    last = {
        "region": "low_back",
        "nerve_pain": "one_side",
        "symptom_weeks": 14,
        "course": "worsening",
        "saddle_numbness": "absent",
    }
    alone = pathway.explain({"title": result.title, "answers": last}, "nice", {"conservative-trial-weeks": 8})
    assert result.model_copy(update={"visit": None}) == alone
    assert result.visit and (result.visit.number, result.visit.of, result.visit.weeks) == (2, 2, 6)


def test_it_is_answered_for_another_visit_where_that_is_named() -> None:
    first = pathway.explain(written(FILE), visit=1)
    answers = {"region": "low_back", "nerve_pain": "one_side", "symptom_weeks": 8, "pain_severity": "mild"}
    assert first.visit is None and first.guidance == "nice"
    assert first.model_copy(update={"title": ""}) == pathway.explain(
        {"answers": answers}, "nice", {"conservative-trial-weeks": 8}
    )


def test_what_is_asked_for_wins_over_the_file() -> None:
    result = pathway.explain(written(FILE), "page", {"conservative-trial-weeks": 6})
    assert result.guidance == "page" and result == pathway.explain(
        {**written(FILE).as_written(), "guidance": "page", "assumptions": {}}
    )


def test_an_assumption_that_is_asked_for_leaves_the_others_of_the_file() -> None:
    both = {**written(FILE).as_written(), "assumptions": {"conservative-trial-weeks": 8, "surgery-weeks": 20}}
    assert pathway.explain(written(FILE), assumptions={"surgery-weeks": 20}) == pathway.explain(both)


@pytest.mark.parametrize("words", [(), ("--visit", "1"), ("--guidance", "page"), ("--assume", "conservative-trial-weeks=12")])
def test_the_command_says_what_python_says(words: tuple[str, ...]) -> None:
    options = dict(zip(words[::2], words[1::2], strict=True))
    varied = {"conservative-trial-weeks": 12} if "--assume" in options else {}
    visit = int(options["--visit"]) if "--visit" in options else None
    found = json.loads(run(*words, "--json").stdout)
    assert found == pathway.explain(written(FILE), options.get("--guidance"), varied, visit).model_dump(mode="json")


def test_the_command_says_what_is_carried_and_from_which_visit() -> None:
    said = " ".join(run().stdout.split())
    assert "Visit 2 of 2, 6 weeks after the first." in said
    assert "As at visit 1: region, nerve pain." in said
    assert "Counted on from visit 1: symptom weeks (now 14 weeks)." in said
    assert "Visit" not in run("--visit", "1").stdout


def test_the_command_says_what_is_asked_again_as_it_was() -> None:
    text = FILE.replace("pain_severity: mild", "saddle_numbness: present, weakness: none")
    said = " ".join(run(given=text.replace("saddle_numbness: absent, ", "")).stdout.split())
    assert "Ask again: saddle numbness (at visit 1: present); 1 more without a finding before." in said


@pytest.mark.parametrize(
    ("visit", "says"), [("3", "visit: there is no visit 3; write a number from 1 to 2"), ("0", "visit: there is no")]
)
def test_a_visit_that_is_not_there_is_told(visit: str, says: str) -> None:
    result = run("--visit", visit)
    assert result.exit_code == 2 and result.stderr.startswith(says) and result.stdout == ""


def test_of_one_visit_the_second_is_not_there() -> None:
    with pytest.raises(Unusable, match="visit: there is no visit 2; it has one visit; write 1"):
        pathway.explain({"answers": {}}, visit=2)


def test_a_course_that_is_left_out_is_not_known() -> None:
    for course in ("", ", course: unknown"):
        assert "course" not in opened(f"visits: [{{answers: {{age: 40}}}}, {{after: 6{course}}}]").answers


def test_why_not_asks_of_the_last_visit_by_the_reading_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "it.yaml").write_text(FILE, encoding="utf-8")
    found = CliRunner().invoke(main, ["why-not", str(tmp_path / "it.yaml"), "tens", "--json"])
    assert json.loads(found.stdout)["guidance"] == "nice"


def test_one_visit_read_as_usual_is_written_in_the_plain_form() -> None:
    scenario = scenario_of(replace(started(QUIET), title="It"), KNOWLEDGE)
    assert scenario.as_written() == {"title": "It", "answers": QUIET}


@pytest.mark.parametrize("name", scenarios())
def test_a_bundled_scenario_comes_back_from_its_file(name: str) -> None:
    found = scenarios()[name]
    assert written(as_yaml(found)) == found
    assert scenario_of(state_of(found, KNOWLEDGE, State()), KNOWLEDGE) == found


@given(walks())
def test_every_walk_comes_back_from_its_file(walk: State) -> None:
    scenario = scenario_of(walk, KNOWLEDGE)
    text = as_yaml(scenario)
    assert written(text) == scenario
    assert opened(text) == walk
    assert scenario_from(scenario, KNOWLEDGE) == scenario


@settings(max_examples=30)
@given(walks(most=3))
def test_the_command_and_the_explorer_explain_the_same_visit(walk: State) -> None:
    result, shown = pathway.explain(scenario_of(walk, KNOWLEDGE)), viewed(walk).result
    assert result == shown.model_copy(update={"title": result.title})


def test_opening_a_file_restores_its_words_its_visits_its_reading_and_its_assumptions() -> None:
    state = opened(FILE, replace(started({"age": 3}), assumptions={"surgery-weeks": 20}))
    assert (state.title, state.about, state.guidance) == ("A gardener whose leg pain got worse", "Two visits.", "nice")
    assert state.assumptions == {"conservative-trial-weeks": 8} and len(state.visits) == 2 and state.at == 1
    assert viewed(state).name == "A gardener whose leg pain got worse"


def test_answers_alone_are_read_as_the_page_was() -> None:
    before = State(guidance="nice", assumptions={"surgery-weeks": 20})
    state = opened("title: It\nanswers: {age: 40}", before)
    assert (state.title, state.guidance, state.assumptions) == ("It", "nice", {"surgery-weeks": 20})
