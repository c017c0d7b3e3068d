"""The one sentence about a result. The golden file has it for every bundled scenario: to read it is the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

import pathway
from explorer.pages.explore.view import view_of
from pathway.explanation.sentence import result_sentence
from pathway.phrases import with_article
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.walk import new_walk
from tests.people import KNOWLEDGE, QUIET, TRIED, explained, without

STUDENT = {"age": 40, "symptom_weeks": 8}
SENTENCES: dict[str, tuple[Mapping[str, str | int], str]] = {
    "nobody": ({}, "No one is described yet. 18 safety questions are open."),
    "who and when": (STUDENT, "A 40-year-old, 8 weeks: so far conservative care. 18 safety questions are open."),
    "no age": ({"symptom_weeks": 1}, "A person, 1 week: so far conservative care. 18 safety questions are open."),
    "a firm step": ({**TRIED, **STUDENT}, "A 40-year-old, 8 weeks: the injection step. No open question can change this step."),
    "one question of safety": (
        without({**TRIED, **STUDENT}, "saddle_numbness"),
        "A 40-year-old, 8 weeks: so far injection. 1 safety question is open.",
    ),
    "a question about the step": (
        without({**TRIED, **STUDENT}, "course"),
        "A 40-year-old, 8 weeks: so far conservative care. 1 open question could change this.",
    ),
    "an emergency": (
        {**STUDENT, "saddle_numbness": "present"},
        "A 40-year-old, 8 weeks. Emergency: assessment at once, within hours. The ladder is on hold."
        " The other safety questions are still to be asked.",
    ),
    "another service": (
        {**QUIET, **STUDENT, "pregnancy": "pregnant"},
        "A 40-year-old, 8 weeks. Another service decides: the finding says which, and how soon. The ladder is on hold.",
    ),
}


@pytest.mark.parametrize(("answers", "says"), SENTENCES.values(), ids=list(SENTENCES))
def test_the_sentence_says_who_since_when_where_and_how_sure(answers: Mapping[str, str | int], says: str) -> None:
    assert explained(dict(answers)).sentence == says


def test_skipped_questions_are_counted_apart() -> None:
    skipped = result_sentence(explained(STUDENT), STUDENT, KNOWLEDGE, skipped=["cord_signs", "major_trauma", "fragile_bones"])
    assert skipped.endswith("16 safety questions are open. 2 skipped questions are still open.")


def test_a_later_visit_is_named() -> None:
    later = {"after": 6, "course": "worsening"}
    said = pathway.explain({"visits": [{"answers": {**TRIED, **STUDENT}}, later]}).sentence
    assert said.startswith("A 40-year-old, visit 2 of 2, 14 weeks: so far injection. ")


def test_an_explored_visit_has_the_same_sentence_as_an_explained_one() -> None:
    walk = new_walk({**TRIED, **STUDENT}).add_visit(6, "worse", care=False)
    later = {"after": 6, "course": "worsening"}
    assert view_of(walk).result.sentence == pathway.explain({"visits": [{"answers": {**TRIED, **STUDENT}}, later]}).sentence


@pytest.mark.parametrize(("age", "says"), [(8, "An 8"), (11, "An 11"), (18, "An 18"), (80, "An 80"), (40, "A 40")])
def test_an_age_has_its_article(age: int, says: str) -> None:
    assert with_article(f"{age}-year-old") == f"{says}-year-old"


def test_the_sentences_of_all_scenarios_equal_the_golden_file(golden: Callable[[str, str], None]) -> None:
    lines = [f"{name}: {pathway.explain(scenario).sentence}\n" for name, scenario in bundled_scenarios(KNOWLEDGE)]
    golden("sentences.txt", "".join(lines))
