"""The About page's text and the accessibility statement: the same in `docs/`, and each test that they name is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pathway.errors import Unusable
from pathway.knowledge.about import Section, document, load_about
from pathway.knowledge.loader import data_folder
from tests.people import KNOWLEDGE

ROOT = Path(__file__).parents[1]
DOCUMENTS = load_about(KNOWLEDGE)
WRITTEN = {
    "docs/about.md": document("About the nerve root pathway explorer", DOCUMENTS.about),
    "docs/accessibility.md": document("Accessibility statement", DOCUMENTS.accessibility),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_document_says_what_the_page_says(name: str, request: pytest.FixtureRequest) -> None:
    path = ROOT / name
    if request.config.getoption("--accept"):
        path.write_text(WRITTEN[name], encoding="utf-8")
    assert path.read_text(encoding="utf-8") == WRITTEN[name], "if the text in data/about.yaml is meant: make accept"


SECTIONS = (*DOCUMENTS.about, *DOCUMENTS.accessibility)
NAMED = sorted({name for section in SECTIONS for point in section.points for name in point.tests})


@pytest.mark.parametrize("name", NAMED)
def test_a_test_that_a_statement_names_is_there(name: str) -> None:
    file, _, test = name.partition("::")
    assert re.search(rf"(?m)^def {re.escape(test)}\(", (ROOT / "tests" / file).read_text(encoding="utf-8"))


def section(name: str) -> Section:
    return next(section for section in SECTIONS if section.id == name)


def test_the_intended_purpose_names_function_population_user_and_setting() -> None:
    said = [point.says.partition(":")[0] for point in section("intended-purpose").points]
    assert said[:4] == ["Function", "Population", "User", "Setting"]


def test_each_of_ten_risks_says_what_is_done_and_which_test_shows_it() -> None:
    risks = section("hazards").points
    assert len(risks) == 10 and all(risk.done and risk.tests for risk in risks)


def test_each_claim_about_what_is_stored_and_what_is_tested_names_its_tests() -> None:
    for name in ("stored", "tested"):
        assert section(name).points and all(point.tests for point in section(name).points)


def test_the_state_of_the_reviews_and_the_edition_are_filled_in() -> None:
    said = " ".join(point.says for point in section("content").points)
    assert "State of the reviews: No clinician has reviewed it." in said and KNOWLEDGE.frame.edition in said


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("reviews: {review}", "reviews: {reviews}", r"data/about\.yaml:\d+: \{reviews\} is not filled in; did you mean review\?"),
        ("    title: What is stored\n", "", r"data/about\.yaml:\d+: title is missing; add it here"),
    ],
    ids=["an unknown name in braces", "no title"],
)
def test_a_mistake_is_reported_with_file_and_line(old: str, new: str, says: str, tmp_path: Path) -> None:
    text = (data_folder() / "about.yaml").read_text("utf-8")
    assert old in text
    (tmp_path / "about.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Unusable, match=says):
        load_about(KNOWLEDGE.model_copy(update={"folder": tmp_path}))
