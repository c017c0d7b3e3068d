"""The list of what changed: it is kept when `data/` changes, and what it names is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pathway.cli.main import main
from pathway.errors import Unusable
from pathway.knowledge.loader import data_folder, load
from pathway.knowledge.what_changed import RECORDS, content_hash, load_what_changed
from tests.pathways import FOLDERS
from tests.people import KNOWLEDGE

pytestmark = pytest.mark.usefixtures("unchanged_files_are_read_once")


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_the_list_says_what_changed(folder: Path) -> None:
    (newest, *_), now = load_what_changed(load(folder)), content_hash(folder)
    says = f'{folder} changed: say what in the newest entry of its what_changed.yaml, and write there hash: "{now}"'
    assert newest.hash == now, says


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
    file = data / "options" / "4-pain-management.yaml"
    old, new = "when: {is: {tens_risk: contraindicated}}", "when: {is: {tens_risk: [caution, contraindicated]}}"
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    output = CliRunner().invoke(main, ["diff", str(load().folder), str(data)]).stdout
    cautious = [path.stem for path in (data / "scenarios").glob("*.yaml") if "tens_risk: caution" in path.read_text("utf-8")]
    names = " ".join(output.split()).partition("Bundled scenarios that are answered differently: ")[2].rstrip(".")
    assert bool(names) == bool(cautious) and set(filter(None, names.split(", "))) <= set(cautious)
