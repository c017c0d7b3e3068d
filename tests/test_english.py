"""Conditions in plain English: with the words of any pathway, a clause and its opposite can be read once and understood."""

from __future__ import annotations

import pytest

from pathway.conditions.tree import Is
from pathway.explanation.english import clause
from tests.pathways import FOLDERS, pathway_named


@pytest.mark.parametrize("pathway", FOLDERS)
def test_the_opposite_of_no_answer_says_not_twice(pathway: str) -> None:
    knowledge = pathway_named(pathway).knowledge
    leaves = [Is(finding.id, (answer,)) for finding in knowledge.findings.values() for answer in finding.answers]
    leaves += [Is(derived.id, (answer,)) for derived in knowledge.derived.values() for answer in derived.answers]
    clauses = [clause(leaf, knowledge, {}, holds=False) for leaf in leaves]
    assert [words for words in clauses if words.split().count("not") > 1 or "neither not" in words] == []


OPPOSITES = {
    ("pregnancy", "not_pregnant"): "the person is pregnant",
    ("pregnancy", "pregnant"): "the person is not pregnant",
    ("imaging", "not_done"): "imaging is a match for the symptoms or no match for the symptoms",
    ("region", "neck"): "the region is not the neck",
    ("region", "neck", "mid_back"): "the region is neither the neck nor the mid-back",
    ("exercise_programme", "not_started", "done"): "an exercise programme is under way",
    ("saddle_numbness", "absent"): "saddle numbness is present",
}


@pytest.mark.parametrize("leaf", OPPOSITES)
def test_the_opposite_of_an_answer_names_what_is_left_where_the_answer_says_not(leaf: tuple[str, ...]) -> None:
    variable, *answers = leaf
    assert clause(Is(variable, tuple(answers)), pathway_named("data").knowledge, {}, holds=False) == OPPOSITES[leaf]
