"""Knowledge by name: revisions from before a word or a file was there are compared, and a fault says whose it is."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pathway.cli.revisions import knowledge_named
from pathway.errors import Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import data_folder
from pathway.proof.diff import diff
from tests.people import KNOWLEDGE

ROOT = Path(__file__).parents[1]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The `data/` of a git repository in which we are."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(data_folder(), tmp_path / "data"))


def committed() -> Knowledge:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "data"], [*who, "commit", "-q", "-m", "A"]):
        subprocess.run(["git", *words], check=True)
    with knowledge_named("HEAD") as found:
        return found


def test_a_revision_from_before_the_glossary_is_compared(data: Path) -> None:
    (data / "glossary.yaml").unlink()
    frame = data / "frame.yaml"
    for key in ("in_short", "page_limits"):  # with the lines that belong to it
        frame.write_text(re.sub(rf"(?m)^{key}:.*\n(?:[ -].*\n)*", "", frame.read_text("utf-8")), "utf-8")
    assert not re.search("in_short|page_limits", frame.read_text("utf-8"))
    old = committed()
    assert not old.terms and not old.frame.page_limits
    assert diff(old, KNOWLEDGE).same


def test_a_revision_from_before_sources_had_addresses_is_compared(data: Path) -> None:
    sources, frame, labels = data / "sources.yaml", data / "frame.yaml", data / "labels.yaml"
    labels.write_text(re.sub(r"(?m)^- \{id: unsourced,.*\n", "", labels.read_text("utf-8")), "utf-8")
    sources.write_text(re.sub(r"(?m)^  (address|seen_as):.*\n", "", sources.read_text("utf-8")), "utf-8")
    frame.write_text(re.sub(r"(?m)^sources_seen:.*\n", "", frame.read_text("utf-8")), "utf-8")
    old = committed()
    assert not any(source.address for source in old.sources.values())
    assert not diff(old, KNOWLEDGE).moved


def test_a_revision_that_has_everything_is_read_as_it_is(data: Path) -> None:
    assert committed().hash == KNOWLEDGE.hash


def test_a_revision_without_a_file_of_rules_is_refused_and_named(data: Path) -> None:
    (data / "ladder.yaml").unlink()
    (data / "frame.yaml").unlink()
    with pytest.raises(Unusable) as refused:
        committed()
    assert "HEAD:data/ladder.yaml: there is no such file" in map(str, refused.value.faults)
    assert any(str(fault).startswith("HEAD:data/frame.yaml") for fault in refused.value.faults)


def test_a_folder_is_held_to_what_is_wanted_today_and_named(data: Path) -> None:
    (data / "glossary.yaml").unlink()
    with pytest.raises(Unusable) as refused, knowledge_named("data/"):
        pass
    assert list(map(str, refused.value.faults)) == ["data/glossary.yaml: there is no such file"]


EDITIONS = subprocess.run(
    ["git", "log", "--reverse", "--format=%h", "--", "data"], cwd=ROOT, capture_output=True, text=True, check=False
).stdout.split()
"""Revisions in which the knowledge changed, the first one first; none where the history is not here."""


@pytest.mark.parametrize("revision", EDITIONS[:6] or [pytest.param("", marks=pytest.mark.skip("the history is not here"))])
def test_an_edition_that_was_right_in_its_time_is_compared(revision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with knowledge_named(revision) as old:
        assert diff(old, KNOWLEDGE).scenarios > 1_000_000


def test_what_an_edition_had_beside_its_rules_is_not_asked_of_it(data: Path) -> None:
    sources = data / "sources.yaml"
    unused = "- {id: nobody, publisher: A, title: B, edition: C, colour: blue}\n"
    sources.write_text(re.sub("(?m)^  edition:.*\n", "", sources.read_text("utf-8")) + unused, "utf-8")
    with pytest.raises(Unusable), knowledge_named(str(data)):
        pass
    old = committed()
    assert old.sources["nobody"].title == "B" and old.sources["ng59"].edition == "not written yet"
    assert diff(old, KNOWLEDGE).same


def test_what_can_not_be_filled_in_is_said(data: Path) -> None:
    ladder = data / "ladder.yaml"
    ladder.write_text(ladder.read_text("utf-8").replace("says: recovery", "says: rest", 1), "utf-8")
    with pytest.raises(Unusable, match=r"HEAD:data/ladder.yaml:\d+: says can't be rest; write recovery"):
        committed()
