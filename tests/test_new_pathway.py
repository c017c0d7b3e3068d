"""`pathway new` makes a small pathway that passes every check, in a folder that was not there, or changes nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import pathway
from pathway.cli import inspections
from pathway.cli.main import main
from pathway.links.link import codec_of
from pathway.scenarios.examples import bundled_scenarios
from pathway.schemas.kinds import KINDS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the command has made."""
    folder = tmp_path_factory.mktemp("new") / "Lamp 2"
    assert ran("new", str(folder)).exit_code == 0
    return folder


def ran(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_it_passes_every_check(made: Path) -> None:
    outcomes = inspections.inspect(made)
    assert [outcome.name for outcome in outcomes] == ["knowledge", "scenarios", "practice", "laws"]
    assert [outcome.faults for outcome in outcomes] == [()] * 4


def test_a_new_pathway_decides_each_of_its_cases(made: Path) -> None:
    knowledge = pathway.load(made)
    results = {name: pathway.explain(case, knowledge=knowledge) for name, case in bundled_scenarios(knowledge)}
    assert {name: (result.route, result.step) for name, result in results.items()} == {
        "dark-lamp": ("go_on", "battery"),
        "hot-lamp": ("stop", None),
    }


def test_an_editor_finds_the_schema_of_every_file(made: Path) -> None:
    assert ran("schema", str(made)).output.splitlines() == [f"Wrote {len(KINDS) + 1} schemas to {made / 'schemas'}."]


def test_a_new_pathway_is_named_after_its_folder_so_links_differ(made: Path) -> None:
    knowledge = pathway.load(made)
    assert knowledge.outline.id == "lamp-2" and codec_of(knowledge).book.mark


@pytest.mark.parametrize("words", ["explain dark-lamp", "rules", "why-not dark-lamp new-bulb", "atlas battery_changed lights"])
def test_commands_run_on_a_new_pathway(made: Path, words: str) -> None:
    assert ran("--data", str(made), *words.split()).exit_code == 0


def test_a_new_pathway_gets_no_empty_heading_and_its_one_setting_is_singular(made: Path) -> None:
    assert "Assumptions used" not in ran("--data", str(made), "explain", "dark-lamp").output
    assert "1 setting of guidance and assumptions" in " ".join(ran("--data", str(made), "check").output.split())


def test_the_commands_that_new_suggests_can_be_run(made: Path, tmp_path: Path) -> None:
    lines = ran("new", str(tmp_path / "mine")).output.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["pathway", "pathway"]
    assert all(ran(*line.split()[1:]).exit_code == 0 for line in lines[1:])


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    refused = ran("new", str(tmp_path / "mine"))
    assert refused.exit_code == 2 and "is there already, and nothing was changed" in refused.output
    assert list((tmp_path / "mine").iterdir()) == []


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("at", ["pathway.knowledge.template._name", "pathway.schemas.write.write_whole"])
def test_an_interrupted_new_leaves_nothing(at: str, stop: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise stop

    monkeypatch.setattr(at, stopped)
    refused = ran("new", str(tmp_path / "mine"))
    assert refused.exit_code == (130 if isinstance(stop, KeyboardInterrupt) else 2)
    assert list(tmp_path.iterdir()) == [] and f".mine.{os.getpid()}" not in refused.output


def test_on_a_full_disk_it_is_not_the_name_that_is_to_blame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise shutil.Error([("a", "b", "[Errno 28] No space left on device")])

    monkeypatch.setattr(shutil, "copytree", full)
    refused = ran("new", str(tmp_path / "mine"))
    assert refused.exit_code == 2 and "mine: can't be made (not every file could be written)" in refused.output


def test_where_no_folder_can_be_made_that_is_reported_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "no").write_text("a file", encoding="utf-8")
    refused = ran("new", str(tmp_path / "no" / "mine"))
    assert refused.exit_code == 2 and "can't be made" in refused.output
    assert [path.name for path in tmp_path.iterdir()] == ["no"]
