"""A scenario file of an earlier edition: it opens under the ids of today, and says which it called otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from explorer.instrument.actions import apply
from explorer.instrument.session import Session
from pathway.cli.main import main
from pathway.errors import Unusable
from pathway.explanation.pathway import Pathway
from pathway.knowledge.models import FormerId
from pathway.knowledge.renaming import with_present_ids
from pathway.scenarios.scenario import scenario_from, scenario_in
from pathway.scenarios.walk import State
from pathway.yaml.document import parse
from tests.people import KNOWLEDGE
from tests.proof.spoil import changed

ENTRIES: list[dict[str, Any]] = [
    {"kind": "finding", "former": "bones", "present": "fragile_bones"},
    {"kind": "finding", "former": "shoe_size", "gone": "No rule read it."},
    {"kind": "answer", "finding": "injection", "former": "refused", "present": "declined"},
    {"kind": "answer", "finding": "injection", "former": "perhaps", "gone": "It said nothing."},
    {"kind": "answer", "finding": "fragile_bones", "former": "there", "present": "present"},
    {"kind": "assumption", "former": "operation-weeks", "present": "surgery-weeks"},
]
NOW = changed(
    KNOWLEDGE, renamed=tuple(FormerId.model_validate({"file": "data/renamed.yaml", "line": 1, **entry}) for entry in ENTRIES)
)
OLD = """\
title: An old one
assumptions: {operation-weeks: 20}
visits:
  - answers:
      bones: there
      shoe_size: 43
      age: 40
  - after: 6
    course: worsening
    answers:
      injection: refused
"""
NOTES = [
    "it.yaml:2: operation-weeks is called surgery-weeks now, and was read so",
    "it.yaml:5: bones is called fragile_bones now, and was read so",
    "it.yaml:6: shoe_size was left out: No rule read it.",
    "it.yaml:5: there is called present now, and was read so",
    "it.yaml:11: refused is called declined now, and was read so",
]


def test_an_old_file_is_read_under_the_ids_of_today_and_says_so() -> None:
    document, notes = with_present_ids(parse(OLD, "it.yaml"), NOW)
    scenario = scenario_in(document, NOW)
    assert sorted(map(str, notes)) == sorted(NOTES)
    assert scenario.assumptions == {"surgery-weeks": 20}
    assert [visit.answers for visit in scenario.visits] == [{"fragile_bones": "present", "age": 40}, {"injection": "declined"}]


def test_former_ids_are_read_from_python_too() -> None:
    assert scenario_from({"answers": {"bones": "there", "injection": "perhaps"}}, NOW).answers == {"fragile_bones": "present"}


def test_a_fault_beside_a_former_id_keeps_its_line() -> None:
    with pytest.raises(Unusable, match=r"it\.yaml:3: broken is not an answer for fragile_bones"):
        scenario_in(parse("answers:\n  age: 40\n  bones: broken\n", "it.yaml"), NOW)


def test_a_file_with_both_names_of_a_finding_is_refused() -> None:
    with pytest.raises(Unusable, match="there is no finding bones"):
        scenario_in(parse("answers: {bones: present, fragile_bones: absent}", "it.yaml"), NOW)


@pytest.mark.parametrize(
    "text", ["- a", "a", "answers: [a]", "visits: {a: b}", "visits: [a]\nassumptions: [b]", "answers: {age: null}"]
)
def test_a_file_without_a_scenario_is_reported_as_before(text: str) -> None:
    with pytest.raises(Unusable) as now:
        scenario_in(parse(text, "it.yaml"), NOW)
    with pytest.raises(Unusable) as before:
        scenario_in(parse(text, "it.yaml"), KNOWLEDGE)
    assert now.value.faults == before.value.faults


@pytest.mark.parametrize("command", [["explain"], ["link"], ["why-not", "tens"]])
def test_a_command_reports_a_rename_on_standard_error(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathway.cli.inputs.the_pathway", lambda: Pathway(NOW))
    (tmp_path / "it.yaml").write_text("answers: {bones: present}", "utf-8")
    name, *more = command
    result = CliRunner().invoke(main, [name, str(tmp_path / "it.yaml"), *more])
    assert result.exit_code == 0, result.output
    assert result.stderr.endswith("it.yaml:1: bones is called fragile_bones now, and was read so\n")


def test_the_explorer_reports_a_rename_when_a_file_is_opened() -> None:
    session = Session()
    state = apply(State(knowledge=NOW), {"do": "file", "text": "answers: {bones: there}"}, session)
    assert state.visits[0].new_answers == {"fragile_bones": "present"}
    assert session.message == "bones is called fragile_bones now, and was read so; there is called present now, and was read so"
