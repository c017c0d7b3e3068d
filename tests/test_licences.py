"""The licences and the citation file: valid, and the same as in the package and in README."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from pathway.yaml.document import read

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CITATION: dict[str, Any] = read(ROOT / "CITATION.cff").value
SCHEMA = json.loads((ROOT / "tests" / "vendor" / "cff-1.2.0.schema.json").read_text("utf-8"))


def mistakes(citation: dict[str, Any]) -> list[str]:
    """What the format of citation files does not allow."""
    return [error.message for error in Draft7Validator(SCHEMA).iter_errors(citation)]


def test_the_citation_file_is_valid() -> None:
    assert mistakes(CITATION) == []


@pytest.mark.parametrize("key", ["authors", "license", "date-released"])
def test_a_mistake_in_the_citation_file_would_be_found(key: str) -> None:
    assert mistakes({**CITATION, key: "nothing such"})


def test_the_citation_file_has_the_version_and_the_licences_of_the_package() -> None:
    assert CITATION["version"] == PROJECT["version"]
    assert " AND ".join(CITATION["license"]) == PROJECT["license"]
    assert CITATION["authors"] == PROJECT["authors"]


def test_program_and_knowledge_each_have_the_text_of_their_licence() -> None:
    assert PROJECT["license-files"] == ["LICENSE", "data/LICENSE", "data/NOTICE"]
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
    assert "Creative Commons Attribution 4.0 International Public License" in (ROOT / "data" / "LICENSE").read_text("utf-8")


def test_work_of_others_is_named() -> None:
    notice = (ROOT / "data" / "NOTICE").read_text("utf-8")
    assert all(name in notice for name in ("The clinic's page", "NICE", "sources.yaml", "Idiomorph", "axe-core"))
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "CC BY 4.0" in readme and "CITATION.cff" in readme
