"""The JSON Schemas in a knowledge folder: made from the models, up to date, and true of every file there."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from pathway.cli.main import main
from pathway.knowledge.loader import data_folder, load
from pathway.schemas.kinds import FOLDER, files_by_kind, first_line
from pathway.schemas.write import schemas, write_schemas
from pathway.yaml.document import parse, read
from tests.pathways import FOLDERS, ROOT

DATA = data_folder()
FILES = [(folder, path, kind) for folder in FOLDERS.values() for kind, path in files_by_kind(folder)]


@cache
def made(folder: Path = DATA) -> dict[str, str]:
    """The text of each schema that a folder's knowledge gives."""
    return schemas(load(folder))


def made_schema(name: str) -> Any:
    return json.loads(made()[name])


def errors(schema: Any, beside: Path, value: Any) -> list[str]:
    """What a schema does not allow; it may refer to the schemas beside it."""
    condition = json.loads((beside / "condition.json").read_text("utf-8"))
    registry: Registry[Any] = Registry().with_resource("condition.json", Resource.from_contents(condition))
    return [error.message for error in Draft202012Validator(schema, registry=registry).iter_errors(value)]


def mistakes(kind: str, value: Any) -> list[str]:
    """What the schema of a kind of file in data/ does not allow."""
    return errors(made_schema(f"{kind}.json"), DATA / FOLDER, value)


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_the_schemas_in_the_folder_are_up_to_date(folder: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        write_schemas(load(folder), folder)
    kept = {path.name: path.read_text("utf-8") for path in (folder / FOLDER).iterdir()}
    assert kept == made(folder), f"`pathway schema {folder}` writes them anew"


def test_every_schema_is_a_valid_schema() -> None:
    for name in made():
        Draft202012Validator.check_schema(made_schema(name))


def test_every_kind_of_file_is_in_data_and_every_file_is_of_a_kind() -> None:
    in_data = {path: kind for folder, path, kind in FILES if folder == DATA}
    assert {f"{kind}.json" for kind in in_data.values()} | {"condition.json"} == set(made())
    assert set(in_data) == set(DATA.rglob("*.yaml"))


@pytest.mark.parametrize(("folder", "path", "kind"), FILES, ids=[str(path.relative_to(ROOT)) for _, path, _ in FILES])
def test_every_file_is_valid_and_names_its_schema(folder: Path, path: Path, kind: str) -> None:
    line = first_line(kind, path, folder)
    assert path.read_text("utf-8").startswith(line + "\n")
    schema = (path.parent / line.partition("$schema=")[2]).resolve()
    assert errors(json.loads(schema.read_text("utf-8")), schema.parent, read(path).value) == []


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("scenarios", "answers: {regoin: neck}", "'regoin' was unexpected"),
        ("scenarios", "answers: {age: 200}", "200 is not valid"),
        ("scenarios", "answers: {}\nexpects: {step: surgeon}", "'surgeon' is not valid"),
        ("scenarios", "answers: {}\nexpects: {options: {tns: later}}", "'tns' was unexpected"),
        ("scenarios", "answers: {}\nguidance: nise", "'nise' is not one of ['page', 'nice']"),
        ("contradictions", "- {id: a, text: b, when: {is: {region: back}}}", "'back' is not"),
        ("contradictions", "- {id: a, text: b, when: {at least: {age: surgery-week}}}", "'surgery-week' is not"),
        ("contradictions", "- {id: a, text: b, when: {some: []}}", "'some' was unexpected"),
        ("contradictions", "- {id: a, when: {not: {is: {region: neck}}}}", "'text' is a required property"),
        ("contradictions", "- {id: a, text: b, line: 3, when: {is: {region: neck}}}", "'line' was unexpected"),
    ],
)
def test_a_mistake_is_marked_while_it_is_typed(kind: str, text: str, says: str) -> None:
    assert says in " ".join(mistakes(kind, parse(text, "typed").value))


def test_an_editor_shows_what_a_key_means() -> None:
    assert (
        made_schema("scenarios.json")["properties"]["answers"]["properties"]["age"]["description"]
        == load().findings["age"].question
    )
    assert made_schema("ladder.json")["$defs"]["StepRule"]["description"].startswith("A rule that gives a step")
    assert "asked before all" in made_schema("findings.json")["$defs"]["Group"]["description"]
    described = made_schema("findings.json")["$defs"]["Group"]["properties"]["first when"]["description"]
    assert described.startswith("Where this holds, the group comes before")


def test_the_command_writes_schemas_and_names_the_files_that_have_none(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "my data"))
    shutil.rmtree(folder / FOLDER)
    text = (folder / "themes.yaml").read_text("utf-8")
    (folder / "themes.yaml").write_text(text.partition("\n")[2], "utf-8")
    result = CliRunner().invoke(main, ["schema", str(folder)])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"Wrote {len(made())} schemas to {folder / FOLDER}.",
        "themes.yaml should begin with: # yaml-language-server: $schema=schemas/themes.json",
    ]
    assert len(list((folder / FOLDER).iterdir())) == len(made())


def test_knowledge_with_a_fault_gets_schemas_without_its_words(tmp_path: Path) -> None:
    (tmp_path / "findings.yaml").write_text("groups: []", "utf-8")
    result = CliRunner().invoke(main, ["schema", str(tmp_path)])
    assert result.exit_code == 0
    assert "They name no finding and no option, since the knowledge has faults; `pathway check" in result.stdout
    schema = json.loads((tmp_path / FOLDER / "scenarios.json").read_text("utf-8"))
    assert schema["properties"]["answers"]["type"] == "object" and "properties" not in schema["properties"]["answers"]


def test_a_folder_that_can_not_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file", "utf-8")
    result = CliRunner().invoke(main, ["schema", str(tmp_path)])
    assert result.exit_code == 2
    assert f"{FOLDER}: can't be written: File exists" in result.stderr
