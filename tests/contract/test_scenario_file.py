"""Scenario files: their visits, guidance and assumptions, and every walk survives being saved and loaded."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

import pathway
from explorer.instrument.actions import apply
from explorer.instrument.session import Session
from explorer.links.address import scenarios
from explorer.pages.explore.view import view_of
from pathway.cli.main import main
from pathway.errors import Unusable
from pathway.scenarios.scenario import Scenario, scenario_from, scenario_in
from pathway.scenarios.walk import State, new_walk
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


def written(text: str) -> Scenario:
    """The scenario in a YAML text."""
    return scenario_in(parse(text, "it.yaml"), KNOWLEDGE)


def run(*words: str, stdin: str = FILE) -> Result:
    return CliRunner().invoke(main, ["explain", "-", *words], input=stdin)


def opened(text: str, before: State | None = None) -> State:
    """The explorer's state after a file was opened."""
    return apply(before or State(), {"do": "file", "text": text}, Session())


def test_a_file_is_explained_at_its_last_visit_with_its_own_settings() -> None:
    result = pathway.explain(written(FILE))
    last = {
        "region": "low_back",
        "nerve_pain": "one_side",
        "symptom_weeks": 14,
        "course": "worsening",
        "saddle_numbness": "absent",
    }
    alone = pathway.explain({"title": result.title, "answers": last}, "nice", {"conservative-trial-weeks": 8})
    assert result.model_copy(update={"visit": None, "sentence": alone.sentence}) == alone
    assert "visit 2 of 2" in result.sentence
    assert result.visit and (result.visit.number, result.visit.of, result.visit.weeks) == (2, 2, 6)


def test_a_file_is_explained_at_another_visit_on_request() -> None:
    first = pathway.explain(written(FILE), visit=1)
    answers = {"region": "low_back", "nerve_pain": "one_side", "symptom_weeks": 8, "pain_severity": "mild"}
    assert first.visit and first.visit.number == 1 and first.guidance == "nice"
    alone = pathway.explain({"answers": answers}, "nice", {"conservative-trial-weeks": 8})
    assert first.model_copy(update={"title": "", "visit": None, "sentence": alone.sentence}) == alone


def test_arguments_override_the_settings_of_the_file() -> None:
    result = pathway.explain(written(FILE), "page", {"conservative-trial-weeks": 6})
    assert result.guidance == "page" and result == pathway.explain(
        {**written(FILE).as_written(), "guidance": "page", "assumptions": {}}
    )


def test_an_assumption_argument_keeps_the_other_assumptions_of_the_file() -> None:
    both = {**written(FILE).as_written(), "assumptions": {"conservative-trial-weeks": 8, "surgery-weeks": 20}}
    assert pathway.explain(written(FILE), assumptions={"surgery-weeks": 20}) == pathway.explain(both)


@pytest.mark.parametrize("words", [(), ("--visit", "1"), ("--guidance", "page"), ("--assume", "conservative-trial-weeks=12")])
def test_the_command_and_python_give_the_same_result(words: tuple[str, ...]) -> None:
    options = dict(zip(words[::2], words[1::2], strict=True))
    varied = {"conservative-trial-weeks": 12} if "--assume" in options else {}
    visit = int(options["--visit"]) if "--visit" in options else None
    data = json.loads(run(*words, "--json").stdout)
    assert data == pathway.explain(written(FILE), options.get("--guidance"), varied, visit).model_dump(mode="json")


def test_the_command_prints_which_answers_come_from_which_visit() -> None:
    output = " ".join(run().stdout.split())
    assert "Visit 2 of 2, 6 weeks after the first." in output
    assert "Answered at visit 1: region, nerve pain." in output
    assert "Answered at visit 1, with the weeks since then added: symptom weeks (now 14 weeks)." in output
    first = run("--visit", "1").stdout
    assert "Visit 1 of 2." in first and "Answered at visit" not in first


def test_the_command_prints_the_last_answers_to_questions_to_ask_again() -> None:
    text = FILE.replace("pain_severity: mild", "saddle_numbness: present, weakness: none")
    output = " ".join(run(stdin=text.replace("saddle_numbness: absent, ", "")).stdout.split())
    assert "Ask again: saddle numbness (at visit 1: present); 1 more, negative before." in output


@pytest.mark.parametrize(
    ("visit", "says"), [("3", "visit: there is no visit 3; write a number from 1 to 2"), ("0", "visit: there is no")]
)
def test_a_missing_visit_is_refused(visit: str, says: str) -> None:
    result = run("--visit", visit)
    assert result.exit_code == 2 and result.stderr.startswith(says) and result.stdout == ""


def test_the_second_visit_of_a_single_one_is_refused() -> None:
    with pytest.raises(Unusable, match="visit: there is no visit 2; the scenario has one; write 1, or leave it out"):
        pathway.explain({"answers": {}}, visit=2)


def test_a_course_that_is_left_out_is_not_known() -> None:
    for course in ("", ", course: unknown"):
        assert "course" not in opened(f"visits: [{{answers: {{age: 40}}}}, {{after: 6{course}}}]").answers


def test_why_not_uses_the_guidance_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "it.yaml").write_text(FILE, encoding="utf-8")
    done = CliRunner().invoke(main, ["why-not", str(tmp_path / "it.yaml"), "tens", "--json"])
    assert json.loads(done.stdout)["guidance"] == "nice"


def test_one_visit_with_default_settings_is_saved_in_the_short_form() -> None:
    scenario = scenario_of(replace(new_walk(QUIET), title="It"), KNOWLEDGE)
    assert scenario.as_written() == {"title": "It", "answers": QUIET}


@pytest.mark.parametrize("name", scenarios())
def test_a_bundled_scenario_survives_saving_and_loading(name: str) -> None:
    scenario = scenarios()[name]
    assert written(as_yaml(scenario)) == scenario
    assert scenario_of(state_of(scenario, KNOWLEDGE, State()), KNOWLEDGE) == scenario


@given(walks())
def test_every_walk_survives_saving_and_loading(walk: State) -> None:
    scenario = scenario_of(walk, KNOWLEDGE)
    text = as_yaml(scenario)
    assert written(text) == scenario
    assert opened(text) == walk
    assert scenario_from(scenario, KNOWLEDGE) == scenario


@settings(max_examples=30)
@given(walks(most=3))
def test_the_command_and_the_explorer_explain_the_same_visit(walk: State) -> None:
    result, view_result = pathway.explain(scenario_of(walk, KNOWLEDGE)), view_of(walk).result
    assert result == view_result.model_copy(update={"title": result.title})


@settings(max_examples=30)
@given(walks(most=3))
def test_the_order_of_the_answers_changes_nothing(walk: State) -> None:
    scenario = scenario_of(walk, KNOWLEDGE)
    visits = [replace(visit, new_answers=dict(reversed(list(visit.new_answers.items())))) for visit in walk.visits]
    reordered = scenario_of(replace(walk, visits=tuple(visits)), KNOWLEDGE)
    assert pathway.explain(reordered) == pathway.explain(scenario)


def test_opening_a_file_restores_title_visits_guidance_and_assumptions() -> None:
    state = opened(FILE, replace(new_walk({"age": 3}), assumptions={"surgery-weeks": 20}))
    assert (state.title, state.about, state.guidance) == ("A gardener whose leg pain got worse", "Two visits.", "nice")
    assert state.assumptions == {"conservative-trial-weeks": 8} and len(state.visits) == 2 and state.current_visit == 1
    assert view_of(state).name == "A gardener whose leg pain got worse"


def test_a_file_of_answers_alone_keeps_the_explorers_settings() -> None:
    before = State(guidance="nice", assumptions={"surgery-weeks": 20})
    state = opened("title: It\nanswers: {age: 40}", before)
    assert (state.title, state.guidance, state.assumptions) == ("It", "nice", {"surgery-weeks": 20})
