"""The tutorial for your own pathway: its excerpts are in the files of the example, and its commands run."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pathway.cli.main import main
from pathway.conditions.yaml_syntax import condition_from
from pathway.knowledge.vocabulary import VERDICTS
from pathway.yaml.document import parse
from tests.pathways import BICYCLE, ROOT

TUTORIAL = (ROOT / "docs" / "your-own-pathway.md").read_text("utf-8")
FENCED = re.findall(r"^```(\w*)\n(.*?)^```", TUTORIAL, re.DOTALL | re.MULTILINE)
PIECES = [(text.split("\n", 1)[0].removeprefix("# "), text.split("\n", 1)[1]) for kind, text in FENCED if kind == "yaml"]
LINES = [line for kind, text in FENCED if not kind for line in text.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("pathway ")]
CONDITIONS = [line.partition("#")[0].strip() for line in LINES if re.match("(is|at least|not): ", line)]


def first_cells(heading: str) -> list[str]:
    """The first cell of each row of the table with this heading."""
    table = TUTORIAL.partition(heading)[2].partition("\n\n")[0]
    return re.findall(r"^\| (.+?) \|", table, re.MULTILINE)


@pytest.mark.parametrize(("file", "piece"), PIECES, ids=[f"{file}-{number}" for number, (file, _) in enumerate(PIECES)])
def test_each_piece_that_is_shown_stands_in_its_file(file: str, piece: str) -> None:
    assert f"\n{piece}" in (ROOT / file).read_text("utf-8")


def test_there_is_much_to_see() -> None:
    assert len(PIECES) > 20


@pytest.mark.parametrize("name", ["draws", "about", "what_changed", "first_card", "presentation", "sentence", "traps"])
def test_a_file_of_words_is_shown_by_an_example(name: str) -> None:
    assert f"examples/bicycle/{name}.yaml" in {file for file, _ in PIECES}


def test_the_commands_run_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    shutil.copy(BICYCLE / "page.txt", tmp_path / "page.txt")
    monkeypatch.chdir(tmp_path)
    assert len(COMMANDS) > 8
    for line in COMMANDS:
        command, _, target = line.partition(" > ")
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{line}: {result.output}"
        if target:
            Path(target).write_text(result.stdout, "utf-8")
    assert "sentence-20" in Path("my-pathway/source/page.yaml").read_text("utf-8")


@pytest.mark.parametrize("line", CONDITIONS)
def test_the_conditions_that_are_shown_are_conditions(line: str) -> None:
    condition_from(parse(line, "tutorial").value)


def test_the_verdicts_are_those_of_the_program_in_their_order() -> None:
    assert first_cells("| Verdict | Meaning |") == [f"`{verdict}`" for verdict in VERDICTS if verdict != "undetermined"]


def test_every_file_of_the_folder_is_explained() -> None:
    for path in BICYCLE.rglob("*.yaml"):
        assert path.name in TUTORIAL or f"{path.parent.name}/" in TUTORIAL, path


def test_messages_that_a_document_quotes_are_in_the_program() -> None:
    code = " ".join(path.read_text("utf-8") for path in (ROOT / "pathway").rglob("*.py"))
    parts = [part.strip(" ;?") for row in first_cells("| `check` says | Do this |") for part in row.split("...")]
    assert len(parts) > 12
    assert [part for part in parts if part not in code] == []
