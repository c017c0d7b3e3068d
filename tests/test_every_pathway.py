"""Both pathways that come with this project: each is complete, does what its files expect, and runs with every command."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pathway.cli.exit_codes import INVALID_INPUT
from pathway.cli.inspections import inspect
from pathway.cli.main import main
from pathway.explanation.expectations import unmet_expectations
from pathway.explanation.result import Result
from pathway.knowledge.loader import load
from pathway.knowledge.vocabulary import VERDICTS
from pathway.practice.case_set import as_yaml
from pathway.practice.generate import case_title
from pathway.practice.practice import Practice
from pathway.scenarios.examples import bundled_scenarios, scenario_document, scenario_files
from pathway.scenarios.expectations import expectations_in
from pathway.yaml.document import parse
from tests.pathways import BICYCLE, FOLDERS, pathway_named

pytestmark = pytest.mark.usefixtures("query_made_once")
SCENARIOS = [(name, scenario) for name, folder in FOLDERS.items() for scenario in scenario_files(folder)]
OF_THE_FIRST = re.compile(
    r"(?i)\b(nice|ng59|clinic\w*|radicul\w*|injection|surg\w+|doctor|patients?|conservative|region|spine|symptoms?|referral|medic\w*"
    r"|registered|people|persons?|someone)\b"
)
"""Words that only the first pathway has."""
SET_OF_A_LAMP = """title: A lamp
pathway: {id: lamp, name: a lamp that stays dark}
cases:
  - {id: dark, scenario: {answers: {lights: no}}, options: [new-bulb]}
"""


def run(folder: Path, *words: str) -> str:
    """What a command prints, of the pathway in a folder; it must succeed."""
    result = CliRunner().invoke(main, ["--data", str(folder), *words])
    assert result.exit_code == 0, result.output
    return result.stdout


@cache
def results(name: str) -> tuple[Result, ...]:
    """The result of each scenario of a pathway by each reading."""
    pathway = pathway_named(name)
    files = scenario_files(FOLDERS[name]).values()
    return tuple(pathway.explain(file, reading) for file in files for reading in pathway.knowledge.readings)


@pytest.mark.parametrize(("name", "scenario"), SCENARIOS)
def test_a_scenario_is_answered_as_its_file_expects_by_every_reading(name: str, scenario: str) -> None:
    pathway, document = pathway_named(name), scenario_document(scenario_files(FOLDERS[name])[scenario])
    readings = pathway.knowledge.readings
    expected = {(entry.subject, entry.guidance) for entry in expectations_in(document, pathway.knowledge)}
    assert expected >= {(subject, reading) for subject in ("route", "step") for reading in readings}
    assert list(map(str, unmet_expectations(document, pathway))) == []


@pytest.mark.parametrize("name", FOLDERS)
def test_every_scenario_has_a_title_and_no_warning(name: str) -> None:
    assert [result.title for result in results(name) if result.warnings or not result.title] == []


@pytest.mark.parametrize("name", FOLDERS)
def test_every_route_step_and_verdict_occurs(name: str) -> None:
    knowledge = pathway_named(name).knowledge
    assert {result.route for result in results(name)} == {*knowledge.routes, "undetermined"}
    assert {result.step for result in results(name)} == {*knowledge.steps, "undetermined", None}
    assert {option.verdict for result in results(name) for option in result.options.values()} == set(VERDICTS)


def test_the_bicycle_has_no_fault_and_its_laws_are_proved() -> None:
    outcomes = inspect(BICYCLE)
    assert [fault for outcome in outcomes for fault in outcome.faults] == []
    proofs = next(outcome.report for outcome in outcomes if outcome.report)
    assert proofs.holds and len(proofs.proofs) >= 10


def commands(folder: Path) -> Iterator[tuple[str, ...]]:
    """Commands that read a pathway, with its own names."""
    outline = load(folder).outline
    scenario, example = outline.example.scenario, outline.example
    for reading in outline.readings:
        yield "explain", scenario, "--guidance", reading.id
        yield "why-not", scenario, example.option, "--guidance", reading.id
    yield from (("explain", name) for name in scenario_files(folder))
    yield from (("scenarios",), ("rules",), ("thresholds", scenario), ("link", scenario))
    yield "line", example.option, "applies", example.verdict
    yield "atlas", outline.atlas.across, outline.atlas.down
    yield "diff", str(folder), str(folder)


def test_every_command_runs_for_the_bicycle_and_says_nothing_of_the_first_pathway() -> None:
    for words in commands(BICYCLE):
        printed = run(BICYCLE, *words)
        assert printed and not OF_THE_FIRST.findall(printed), words


def test_a_table_of_bicycles_says_what_explain_says(tmp_path: Path) -> None:
    """The first pathway's tables have tests of their own, in tests/tables/."""
    pathway, sheet = pathway_named("bicycle"), tmp_path / "cases.csv"
    cases = [scenario.answers for _, scenario in bundled_scenarios(pathway.knowledge)]
    names = list(pathway.knowledge.findings)
    lines = [",".join(names), *(",".join(str(answers.get(name, "")) for name in names) for answers in cases)]
    sheet.write_text("\n".join(lines) + "\n", "utf-8")
    run(BICYCLE, "table", str(sheet), "-o", str(tmp_path / "decided.csv"))
    rows = list(csv.DictReader((tmp_path / "decided.csv").read_text("utf-8").splitlines()))
    results = [pathway.explain({"answers": answers}) for answers in cases]
    assert [(row["route"], row["step"]) for row in rows] == [(result.route, result.step or "") for result in results]
    option = pathway.knowledge.outline.example.option
    assert [row[option] for row in rows] == [result.options[option].verdict for result in results]


def test_every_sentence_of_the_bicycles_page_is_accounted_for() -> None:
    assert "no differences found" in run(BICYCLE, "source", str(BICYCLE / "page.txt"))


def test_the_files_that_are_written_say_nothing_of_the_first_pathway(tmp_path: Path) -> None:
    made = tmp_path / "set.yaml"
    run(BICYCLE, "set", "--new", "--cases", "2", "--seed", "1", "-o", str(made))
    kinds = {"html": "html", "handout": "html", "answers": "html", "facilitator": "html", "moodle": "xml"}
    run(
        BICYCLE,
        "set",
        str(made),
        *(part for kind, end in kinds.items() for part in (f"--{kind}", str(tmp_path / f"{kind}.{end}"))),
    )
    run(BICYCLE, "review", str(tmp_path / "sheet"))
    run(BICYCLE, "table", str(tmp_path / "people.csv"), "--template")
    files = list(tmp_path.iterdir())
    assert len(files) == 9
    assert {path.name: OF_THE_FIRST.findall(written_in(path)) for path in files if OF_THE_FIRST.findall(written_in(path))} == {}


def written_in(path: Path) -> str:
    """What people read in a file: of a spreadsheet its cells, of HTML its text."""
    if path.suffix == ".xlsx":
        return " ".join(str(cell) for page in load_workbook(path) for row in page.values for cell in row if cell)
    markup = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", path.read_text("utf-8"))
    return re.sub("<[^>]+>", " ", markup)


@pytest.mark.parametrize("command", ["set", "practice"])
def test_a_set_of_another_pathway_is_reported_by_its_name_and_nothing_else_is(command: str, tmp_path: Path) -> None:
    made = tmp_path / "set.yaml"
    made.write_text(SET_OF_A_LAMP, "utf-8")
    result = CliRunner().invoke(main, ["--data", str(BICYCLE), command, str(made)])
    assert result.exit_code == INVALID_INPUT
    assert result.stderr.strip() == (
        f"{made}:2: this set is for another pathway, about a lamp that stays dark; "
        "this one is about a bicycle that brakes badly; open it with --data and its folder"
    )


@pytest.mark.parametrize("name", FOLDERS)
def test_a_set_names_its_pathway_or_belongs_to_the_one_that_opens_it(name: str) -> None:
    practice, outline = Practice(pathway_named(name)), pathway_named(name).knowledge.outline
    made = practice.chosen_set([outline.example.scenario])
    text = as_yaml(made)
    assert f'pathway:\n  id: "{outline.id}"\n  name: "{outline.name}"\n' in text
    without = re.sub(r"pathway:\n.*\n.*\n", "", text, count=1)
    opened = [practice.opened(parse(words, "set.yaml")) for words in (text, without)]
    assert [(each.case_set.hash, each.notes) for each in opened] == [(made.hash, ())] * 2


def test_a_drawn_case_is_called_by_the_words_of_its_answers() -> None:
    knowledge = pathway_named("bicycle").knowledge
    title = case_title({"brake_kind": "rim", "weeks": 3}, knowledge)
    assert knowledge.findings["brake_kind"].answers["rim"] in title


def test_an_option_without_a_rule_for_a_case_is_a_fault_of_its_file(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BICYCLE, tmp_path / "bicycle"))
    remedies = folder / "options" / "remedies.yaml"
    text = re.sub(r"(?ms)^  - id: adjusting-not-yet\n.*?(?=^  - id: |^cautions:)", "", remedies.read_text("utf-8"))
    remedies.write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["--data", str(folder), "explain", "neighbour-rides-on"])
    assert "no recommendation covers tighten-cable here" in result.output
    assert result.exit_code == INVALID_INPUT
