"""The documents say true things about the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pathway
from pathway.cli.main import main
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.models import Finding
from pathway.knowledge.vocabulary import VERDICTS
from pathway.scenarios.scenario import scenario_in
from pathway.yaml.document import parse
from tests.people import KNOWLEDGE, ROUTES, STEPS

ROOT = Path(__file__).parents[1]
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = {"README.md": README, "GLOSSARY.md": GLOSSARY, "CONTRIBUTING.md": CONTRIBUTING}


TOP = ("data", "pathway", "explorer", "tests", "benchmarks", "docs", "examples")


def code_in(text: str) -> list[str]:
    """What stands between backticks, blocks of code left out; a line may end within it."""
    return [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))]


def paths_in(text: str) -> list[str]:
    """Files and folders that a document names."""
    return [
        code for code in code_in(text) if re.fullmatch(r"(?:data|pathway|explorer|tests|benchmarks|docs|examples)/[\w./-]*", code)
    ]


NAMED = paths_in(README)
"""Files and folders that the map names."""
TARGETS = re.findall(r"^(\w+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
RECIPES = CONTRIBUTING.split("## Recipes")[1].split("## How it decides")[0].strip().split("\n\n")


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


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_a_document_names_is_there(document: str) -> None:
    assert [path for path in paths_in(DOCUMENTS[document]) if not (ROOT / path).exists()] == []


def test_contributing_names_paths_to_test() -> None:
    assert len(paths_in(CONTRIBUTING)) > 20


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.split(".**")[0].strip("*"))
def test_every_recipe_is_named_and_says_what_to_run(recipe: str) -> None:
    assert recipe.startswith("**")
    assert re.search(r"\b([Nn]ow run|[Tt]hen run|then)\b[^.]*`make \w+[` ]", " ".join(recipe.split()))


def test_contributing_has_recipes_to_test() -> None:
    assert len(RECIPES) >= 5


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_a_document_names_exists(document: str) -> None:
    targets = [code.split()[1] for code in code_in(DOCUMENTS[document]) if code.startswith("make ")]
    assert set(targets) <= set(TARGETS)
    assert targets or document == "GLOSSARY.md"


SHOWN = re.findall(r"^\.venv/bin/pathway ([\w-]+)", README, re.MULTILINE)
NAMED_COMMANDS = [code.split()[1] for text in DOCUMENTS.values() for code in code_in(text) if re.match(r"pathway \w", code)]


@pytest.mark.parametrize("command", sorted({*SHOWN, *NAMED_COMMANDS}))
def test_every_command_that_a_document_shows_exists(command: str) -> None:
    assert command in main.modules


def test_the_readme_shows_commands_to_test() -> None:
    assert len(SHOWN) > 5


def test_the_python_code_in_the_readme_runs() -> None:
    code = README.split("```python\n")[1].split("```")[0]
    exec(compile(code, "README.md", "exec"), {})


def test_the_file_of_several_visits_in_the_readme_is_one() -> None:
    text = README.split("```yaml\n")[1].split("```")[0]
    found = pathway.explain(scenario_in(parse(text, "README.md"), pathway.load()))
    assert found.guidance == "nice" and found.visit and found.visit.of == 2
