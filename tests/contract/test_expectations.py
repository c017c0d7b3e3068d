"""Expectations in a scenario file: met, or reported with the line and the actual answer."""

from __future__ import annotations

import pytest

from pathway.explanation.expectations import unmet_expectations
from pathway.explanation.pathway import the_pathway
from pathway.scenarios.scenario import scenario_in
from pathway.yaml.document import Document, parse
from tests.people import KNOWLEDGE

PERSON = """\
answers:
  symptom_weeks: 8
  conservative_care: not_helped
  conservative_weeks: 8
  course: persisting
  pain_severity: moderate
  imaging: matches_symptoms
  cause: disc_herniation
everything_else: asked and not adverse
"""


def person(more: str) -> Document:
    return parse(PERSON + more, "person.yaml")


@pytest.mark.parametrize(
    "expects",
    [
        "",
        "expects: {route: stepped_care}",
        "expects: {step: {page: injection, nice: conservative}}",
        "expects: {step: {nice: conservative}}",
        "expects: {options: {tens: {page: applies, nice: not_advised}, laminectomy: not_indicated}}",
    ],
)
def test_nothing_is_said_where_the_result_is_as_expected(expects: str) -> None:
    assert list(unmet_expectations(person(expects), the_pathway())) == []


def test_a_different_result_is_reported_with_the_line_and_what_is_answered() -> None:
    document = person("expects:\n  route: urgent\n  step:\n    page: injection\n    nice: injection\n  options: {tens: later}\n")
    assert [str(fault) for fault in unmet_expectations(document, the_pathway())] == [
        f"person.yaml:{line}: {says}; mend a rule, or what is expected here"
        for line, says in (
            (11, "route should be urgent with guidance page, but is stepped_care"),
            (11, "route should be urgent with guidance nice, but is stepped_care"),
            (14, "step should be injection with guidance nice, but is conservative"),
            (15, "tens should be later with guidance page, but is applies"),
            (15, "tens should be later with guidance nice, but is not_advised"),
        )
    ]


def test_everything_else_gives_each_other_answer_that_makes_sense() -> None:
    answers = scenario_in(person(""), KNOWLEDGE).answers
    dependent = {name for name, change in KNOWLEDGE.changes.items() if change.parent and name not in answers}
    assert answers.keys() | dependent == KNOWLEDGE.findings.keys()
    assert all(answers[name] == KNOWLEDGE.findings[name].benign_answer for name in answers if name not in PERSON)
    assert dependent == {"weakness_weeks"}  # nobody is asked for how long weakness that isn't there has lasted


def test_an_answer_that_is_written_as_unknown_stays_unknown() -> None:
    text = PERSON.replace("answers:\n", "answers:\n  saddle_numbness: unknown\n  weakness: unknown\n")
    answers = scenario_in(parse(text, "person.yaml"), KNOWLEDGE).answers
    assert not answers.keys() & {"saddle_numbness", "weakness", "weakness_weeks"}


def test_the_first_of_several_visits_is_filled_in() -> None:
    text = "everything_else: asked and not adverse\nvisits: [{answers: {age: 50}}, {after: 6, answers: {numbness: present}}]"
    first, second = scenario_in(parse(text, "person.yaml"), KNOWLEDGE).visits
    assert first.answers["age"] == 50 and first.answers["saddle_numbness"] == "absent"
    assert second.answers == {"numbness": "present"}
