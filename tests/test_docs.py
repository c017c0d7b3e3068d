"""What the documents say of the code is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pathway
from pathway.cli.main import main
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.models import Finding
from pathway.knowledge.vocabulary import ROUTES, STEPS, VERDICTS
from pathway.scenarios.scenario import scenario_in
from pathway.yaml.document import parse
from tests.people import KNOWLEDGE

ROOT = Path(__file__).parents[1]
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:data|pathway|explorer|tests|benchmarks|docs)/[\w./-]*)`", README)
"""Files and folders that the map names."""
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("finding", KNOWLEDGE.findings.values(), ids=KNOWLEDGE.findings)
def test_the_glossary_lists_every_finding_with_its_answers(finding: Finding) -> None:
    row = next(line for line in GLOSSARY.splitlines() if line.startswith(f"| `{finding.id}` |"))
    assert re.findall(r"`(\w+)`", row)[1:] == list(finding.answers)


@pytest.mark.parametrize("word", [*KNOWLEDGE.options, *VERDICTS, *ROUTES, *STEPS, *defaults(KNOWLEDGE)])
def test_the_glossary_lists_every(word: str) -> None:
    assert f"| `{word}` |" in GLOSSARY


def test_the_glossary_explains_every_term_as_the_knowledge_does() -> None:
    table = GLOSSARY.split("## Clinical words")[1].split("## ")[0].strip().splitlines()
    rows = [f"| {', '.join(term.words)} | {term.meaning} |" for term in KNOWLEDGE.terms.values()]
    assert [line for line in table if line.startswith("| ")][1:] == rows


def test_the_map_leads_to_every_module_and_every_file_of_knowledge() -> None:
    modules = {path for folder in ("pathway", "explorer") for path in (ROOT / folder).glob("[!_.]*") if path.name != "py.typed"}
    files = {ROOT / "pathway" / "__main__.py", *(ROOT / "data").glob("*.yaml")}
    assert (modules | files) - {ROOT / path for path in NAMED} == set()


def test_what_the_map_names_is_there() -> None:
    assert [path for path in NAMED if not (ROOT / path).exists()] == []


def test_every_recipe_ends_in_what_to_run() -> None:
    recipes = CONTRIBUTING.split("## Recipes")[1].split("## How it decides")[0].strip().split("\n\n")
    assert len(recipes) >= 5
    assert all("`" in recipe.replace("\n", " ").split("run ")[-1] or "make check" in recipe for recipe in recipes)
    assert all(re.search(r"[Nn]ow\s+run|then `make check`", recipe) for recipe in recipes)


@pytest.mark.parametrize("command", re.findall(r"^\.venv/bin/pathway ([\w-]+)", README, re.MULTILINE))
def test_every_command_that_readme_shows_is_one(command: str) -> None:
    assert command in main.commands


def test_what_readme_shows_in_python_runs() -> None:
    code = README.split("```python\n")[1].split("```")[0]
    exec(compile(code, "README.md", "exec"), {})


def test_the_file_of_several_visits_in_the_readme_is_one() -> None:
    text = README.split("```yaml\n")[1].split("```")[0]
    found = pathway.explain(scenario_in(parse(text, "README.md"), pathway.load()))
    assert found.guidance == "nice" and found.visit and found.visit.of == 2
