"""No text of the program knows the ids of a pathway: it asks the knowledge."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import DERIVED, VERDICTS
from tests.pathways import FOLDERS, pathway_named

ROOT = Path(__file__).parents[1]
FILES = sorted(path for folder in ("pathway", "explorer") for path in (ROOT / folder).rglob("*.py"))
EVERY_FILE = sorted(
    path
    for folder in ("pathway", "explorer")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".js", ".css", ".html", ".jinja") and "vendor" not in path.parts
)
OF_THE_FIRST = re.compile(
    r"(?i)\b(nice|ng[0-9]+|clinic\w*|radicul\w*|injections?|surg\w+|doctor\w*|patients?|conservative|spine|physio\w*|medical|nerves?|symptoms?)\b"
)
"""Words of the field that the first pathway is about."""
THE_KEY = ("clinician", "")
"""The key of a recorded review, which never changes."""
OUR_OWN = {
    "absent": "an answer of every definition",
    "caution": "what stands beside an option",
    "course": "a key of scenario files",
    "done": "an English word",
    "none": "the step of whoever is off the ladder; a value of HTML and SVG",
    "other": "an English word",
    "page": "the basis of a rule that cites a statement; a page of the explorer",
    "present": "an answer of every definition; the slides for a wall",
    "referral": "a key of frame.yaml",
    "replace": "a way to write a letter that a terminal lacks",
    "time": "a key of changes.yaml",
    "urgent": "an English word",
    "weeks": "the unit of time between visits",
}
"""Words that mean something in every pathway, and are ids of one of ours too."""


def own_words(knowledge: Knowledge) -> frozenset[str]:
    """The ids of a pathway, and the names in capitals of its readings, but for words that mean something in every pathway."""
    findings = knowledge.findings.values()
    groups = [group.id for group in knowledge.groups] + [group.id for group in knowledge.option_groups]
    words = {*knowledge.routes, *knowledge.steps, *knowledge.readings, *knowledge.gates, *knowledge.sources, *knowledge.options}
    words |= {finding.id for finding in findings} | {answer for finding in findings for answer in finding.answers}
    words |= {*knowledge.definitions, *knowledge.assumptions, knowledge.outline.id, *(rule.id for rule in knowledge.rules())}
    words |= {
        *groups,
        *(theme.id for theme in knowledge.themes),
        *(name for theme in knowledge.themes for name in theme.scenarios),
    }
    words |= {word for reading in knowledge.outline.readings for word in re.findall("[A-Z]{2,}[0-9]*", reading.name)}
    return frozenset(words - {*DERIVED, *VERDICTS})


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in a file with its line, but for docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    says = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in says:
            yield node.lineno, node.value


@cache
def words() -> dict[str, list[str]]:
    """Every word in a text of the program, with the places where it stands."""
    places: dict[str, list[str]] = {}
    for path in FILES:
        for line, text in texts(path):
            for word in re.findall(r"[\w-]+", text):
                places.setdefault(word, []).append(f"{path.relative_to(ROOT)}:{line}")
    return places


@pytest.mark.parametrize("name", FOLDERS)
def test_no_text_of_the_program_has_a_word_of_the_pathway(name: str) -> None:
    own = own_words(pathway_named(name).knowledge) - OUR_OWN.keys()
    assert {word: words()[word] for word in own & words().keys()} == {}


def test_no_line_of_the_program_speaks_of_the_first_pathway_not_even_a_comment() -> None:
    lines = [(path, line) for path in EVERY_FILE for line in path.read_text("utf-8").splitlines()]
    assert [(path.name, line) for path, line in lines if OF_THE_FIRST.search(line.replace(*THE_KEY))] == []


def test_every_excused_word_is_needed() -> None:
    own = frozenset[str]().union(*(own_words(pathway_named(name).knowledge) for name in FOLDERS))
    assert not OUR_OWN.keys() - (own & words().keys())
