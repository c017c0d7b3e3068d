"""The bundled scenarios: each is answered as its file expects, and together they cover every route, step and verdict."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import pathway
from pathway.explanation.expectations import unmet_expectations
from pathway.explanation.pathway import the_pathway
from pathway.knowledge.loader import data_folder
from pathway.knowledge.vocabulary import VERDICTS
from pathway.scenarios.examples import scenario_document
from pathway.scenarios.expectations import expectations_in
from tests.people import KNOWLEDGE, ROUTES, STEPS, verdicts

FILES = sorted((data_folder() / "scenarios").glob("*.yaml"))
RESULTS = {(file.stem, guidance): pathway.explain(file, guidance) for file in FILES for guidance in ("page", "nice")}

PATHWAY = the_pathway()


def test_every_bundled_scenario_expects_a_route_and_a_step_under_each_guidance() -> None:
    assert len(FILES) >= 16
    for file in FILES:
        expected = {(entry.subject, entry.guidance) for entry in expectations_in(scenario_document(file), KNOWLEDGE)}
        assert expected >= {(subject, guidance) for subject in ("route", "step") for guidance in KNOWLEDGE.readings}, file


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_scenario_is_answered_as_its_file_expects(file: Path) -> None:
    assert list(map(str, unmet_expectations(scenario_document(file), PATHWAY))) == []
    assert RESULTS[file.stem, "page"].title
    assert RESULTS[file.stem, "page"].warnings == ()


def test_every_route_step_and_verdict_occurs() -> None:
    results = RESULTS.values()
    assert {result.route for result in results} == {*ROUTES, "undetermined"}
    assert {result.step for result in results} == {*STEPS, "undetermined", None}
    assert {verdict for result in results for verdict in verdicts(result).values()} == set(VERDICTS)


def test_every_option_applies_somewhere_but_ultrasound() -> None:
    applying = Counter(
        option for result in RESULTS.values() for option, verdict in verdicts(result).items() if verdict == "applies"
    )
    assert set(KNOWLEDGE.options) - set(applying) == {"therapeutic-ultrasound"}


def test_page_and_nice_give_different_verdicts_on_five_options() -> None:
    pairs = [(RESULTS[file.stem, "page"], RESULTS[file.stem, "nice"]) for file in FILES]
    differing = {o for page, nice in pairs for o in KNOWLEDGE.options if page.options[o].verdict != nice.options[o].verdict}
    assert {"tens", "spinal-traction", "soft-tissue-mobilisation", "epidural-steroid-injection"} <= differing
    assert "prescription-pain-medication" in differing
