"""Loading a git revision: old revisions are filled in and compared, and each fault names its folder or revision."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pathway.cli.revisions import knowledge_named
from pathway.errors import Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import FOLDER, data_folder, load
from pathway.knowledge.template import TEMPLATE
from pathway.proof.diff import diff
from pathway.yaml.document import NO_PART
from tests.pathways import BICYCLE
from tests.people import KNOWLEDGE

pytestmark = pytest.mark.usefixtures("unchanged_files_are_read_once")
ROOT = Path(__file__).parents[1]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `data/`, in the current directory. `committed` makes it a git repository."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(data_folder(), tmp_path / "data", ignore=shutil.ignore_patterns("schemas")))


def committed() -> Knowledge:
    """The knowledge of a new commit of the current directory."""
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "data"], [*author, "commit", "-q", "-m", "A"]):
        subprocess.run(["git", *words], check=True)
    with knowledge_named("HEAD") as knowledge:
        return knowledge


def test_a_revision_from_before_the_glossary_is_compared(data: Path) -> None:
    (data / "glossary.yaml").unlink()
    frame = data / "frame.yaml"
    for key in ("in_short", "page_limits"):  # each with its continuation lines
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


def test_a_complete_revision_is_read_unchanged(data: Path) -> None:
    assert committed().hash == KNOWLEDGE.hash


def test_a_revision_without_its_ladder_is_refused_by_name(data: Path) -> None:
    (data / "ladder.yaml").unlink()
    (data / "frame.yaml").unlink()
    with pytest.raises(Unusable) as refused:
        committed()
    assert f"HEAD:data/ladder.yaml: {NO_PART}" in map(str, refused.value.faults)
    assert any(str(fault).startswith("HEAD:data/frame.yaml") for fault in refused.value.faults)


def test_a_folder_must_have_every_file_of_today(data: Path) -> None:
    (data / "glossary.yaml").unlink()
    with pytest.raises(Unusable) as refused, knowledge_named("data/"):
        pass
    assert list(map(str, refused.value.faults)) == [f"data/glossary.yaml: {NO_PART}"]


def test_a_revision_of_an_own_pathway_is_that_of_its_folder(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lamp = Path(shutil.copytree(TEMPLATE, data.parent / "lamp"))
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "A"], check=True)
    monkeypatch.setenv(FOLDER, str(lamp))
    with knowledge_named("HEAD") as knowledge:
        assert knowledge.outline.id == "my-pathway"


EDITIONS = subprocess.run(
    ["git", "log", "--reverse", "--format=%h", "--", "data"], cwd=ROOT, capture_output=True, text=True, check=False
).stdout.split()
"""Revisions in which the knowledge changed, oldest first; empty without the history."""


FIRST = EDITIONS[:6]
"""Revisions of the time when the format still changed; all but the oldest and the last in `make soak`."""


@pytest.mark.parametrize(
    "revision",
    [pytest.param(revision, marks=[] if revision in (FIRST[0], FIRST[-1]) else pytest.mark.soak) for revision in FIRST]
    or [pytest.param("", marks=pytest.mark.skip("the history is not here"))],
)
def test_the_first_editions_are_still_compared(revision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with knowledge_named(revision) as old:
        assert diff(old, KNOWLEDGE).scenarios > 1_000_000


def test_a_revision_may_lack_keys_and_citations_that_are_required_today(data: Path) -> None:
    sources = data / "sources.yaml"
    unused = "- {id: nobody, publisher: A, title: B, edition: C, colour: blue}\n"
    sources.write_text(re.sub("(?m)^  edition:.*\n", "", sources.read_text("utf-8")) + unused, "utf-8")
    with pytest.raises(Unusable), knowledge_named(str(data)):
        pass
    old = committed()
    assert old.sources["nobody"].title == "B" and old.sources["ng59"].edition == "not written yet"
    assert diff(old, KNOWLEDGE).same


def test_a_fault_that_can_not_be_filled_in_is_reported(data: Path) -> None:
    ladder = data / "ladder.yaml"
    ladder.write_text(ladder.read_text("utf-8").replace("says: recovery", "says: rest", 1), "utf-8")
    with pytest.raises(Unusable, match=r"HEAD:data/ladder.yaml:\d+: says can't be rest; write recovery"):
        committed()


def test_a_revision_is_of_the_folder_that_it_is_compared_with(tmp_path: Path) -> None:
    bicycle = Path(shutil.copytree(BICYCLE, tmp_path / "garage" / "bicycle"))
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*author, "commit", "-q", "-m", "A"]):
        subprocess.run(["git", "-C", str(tmp_path / "garage"), *words], check=True)
    with knowledge_named("HEAD", str(bicycle)) as old:
        assert old.hash == load(bicycle).hash


def test_a_folder_without_a_repository_has_no_revision(tmp_path: Path) -> None:
    bicycle = str(shutil.copytree(BICYCLE, tmp_path / "bicycle"))
    with pytest.raises(Unusable, match="nor a git revision that has"), knowledge_named("HEAD", bicycle):
        pass
