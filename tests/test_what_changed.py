"""The list of what changed: it is up to date with `data/`, and every source and scenario that it names exists."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import pathway
from pathway.cli.main import main
from pathway.errors import Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import data_folder, load
from pathway.knowledge.what_changed import RECORDS, content_hash, load_what_changed
from pathway.scenarios.examples import bundled_scenarios
from tests.pathways import FOLDERS
from tests.people import GUIDANCE, KNOWLEDGE

pytestmark = pytest.mark.usefixtures("unchanged_files_are_read_once")


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_the_newest_entry_is_of_the_knowledge_as_it_is(folder: Path) -> None:
    (newest, *_), current_hash = load_what_changed(load(folder)), content_hash(folder)
    says = f'{folder} changed: say what in the newest entry of its what_changed.yaml, and write there hash: "{current_hash}"'
    assert newest.hash == current_hash, says


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder(), tmp_path / "data"))


@pytest.mark.parametrize("name", ["options/4-pain-management.yaml", "laws.yaml", "scenarios/driver-eight-weeks.yaml"])
def test_a_changed_word_changes_the_hash_and_a_comment_does_not(name: str, data: Path) -> None:
    before, file = content_hash(data), data / name
    file.write_text("# A comment.\n" + file.read_text("utf-8"), "utf-8")
    assert content_hash(data) == before
    file.write_text(" that ".join(file.read_text("utf-8").rsplit(" the ", 1)), "utf-8")
    assert content_hash(data) != before


def test_records_about_the_knowledge_do_not_change_its_hash(data: Path) -> None:
    before = content_hash(data)
    for name in RECORDS:
        (data / name).write_text("[]\n", "utf-8")
    assert content_hash(data) == before


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("sources: [page, ng59]", "sources: [page, ng590]", "there is no source ng590; did you mean ng59"),
        ("[gardener-nothing-asked]", "[gardner-nothing-asked]", "there is no scenario gardner-nothing-asked; did you mean"),
        ("on: 2026-11-23", "on: 2026-11-28", "2026-11-28 comes after 2026-11-24, which is above it; the newest is first"),
        ("on: 2026-11-23", "on: yesterday", "on must be a day, written as 2026-12-31, not yesterday"),
        ("  hash:", "  # hash:", "the newest change needs hash"),
    ],
    ids=["no source", "no scenario", "out of order", "no day", "no hash"],
)
def test_a_mistake_in_the_list_is_reported_with_file_and_line(old: str, new: str, says: str, data: Path) -> None:
    text = (data / "what_changed.yaml").read_text("utf-8")
    assert old in text
    (data / "what_changed.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Unusable, match=rf"data/what_changed\.yaml:\d+: .*{says}"):
        load_what_changed(KNOWLEDGE.model_copy(update={"folder": data}))


def test_diff_names_the_scenarios_that_are_answered_differently(data: Path) -> None:
    file = data / "options" / "6-medicines.yaml"
    old, new = "when: {is: {nsaid_risk: contraindicated}}", "when: {is: {nsaid_risk: [caution, contraindicated]}}"
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    output = CliRunner().invoke(main, ["diff", str(KNOWLEDGE.folder), str(data)]).stdout
    before, after = _verdicts_on_nsaids(KNOWLEDGE), _verdicts_on_nsaids(load(data))
    expected = [name for name in before if before[name] != after[name]]
    assert expected, "no bundled scenario has a reason for caution with NSAIDs"
    assert f"Bundled scenarios that are answered differently: {', '.join(expected)}." in " ".join(output.split())


def _verdicts_on_nsaids(knowledge: Knowledge) -> dict[str, list[str]]:
    """For each bundled scenario the verdicts on NSAIDs, one for each guidance."""
    return {
        name: [pathway.explain(scenario, guidance, knowledge=knowledge).options["nsaids"].verdict for guidance in GUIDANCE]
        for name, scenario in bundled_scenarios(knowledge)
    }
