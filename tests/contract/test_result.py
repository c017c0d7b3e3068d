"""The public shapes: scenarios that are accepted, the JSON of a result, and the trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

import pathway
from tests.people import KNOWLEDGE, QUIET, TRIED, explained, without

RESULT_KEYS = {
    "route", "step", "provisional", "guidance", "route_open", "step_open", "options", "red_flags", "safety_net", "assumptions",
    "ask_next", "warnings", "notice", "knowledge",
}  # fmt: skip
OPTIONS = [
    "soft-tissue-mobilisation",
    "joint-mobilisation",
    "spinal-traction",
    "stretching",
    "strengthening",
    "low-impact-aerobic-exercise",
    "posture-education",
    "ergonomic-changes",
    "heat-and-cold",
    "tens",
    "therapeutic-ultrasound",
    "self-management-education",
    "activity-modification",
    "physiotherapy-programme",
    "nsaids",
    "prescription-pain-medication",
    "epidural-steroid-injection",
    "microdiscectomy",
    "laminectomy",
    "foraminotomy",
    "specialist-assessment",
]
FINDINGS = [
    "age",
    "region",
    "nerve_pain",
    "pain_severity",
    "numbness",
    "weakness",
    "weakness_weeks",
    "symptom_weeks",
    "course",
    "walking_pain_eased_by_sitting",
    "cause",
    "imaging",
    "bladder_or_bowel_change",
    "saddle_numbness",
    "sexual_function_change",
    "both_legs_weak",
    "cord_signs",
    "suspected_cancer",
    "suspected_infection",
    "infection_risk",
    "suspected_fracture",
    "major_trauma",
    "suspected_vascular",
    "eyelid_or_hand_sign",
    "recent_spinal_procedure",
    "inflammatory_pattern",
    "other_explanation",
    "pregnancy",
    "nsaid_risk",
    "injection_risk",
    "tens_risk",
    "reduced_skin_sensation",
    "fragile_bones",
    "dependence_forming_medicine",
    "fit_for_surgery",
    "conservative_care",
    "conservative_weeks",
    "exercise_programme",
    "injection",
    "operation",
]
ASSUMPTIONS = {
    "conservative-trial-weeks": 6,
    "early-injection-weeks": 2,
    "injection-first": "yes",
    "surgery-weeks": 12,
    "acute-weeks": 12,
}
AN_EMERGENCY = QUIET | {"nerve_pain": "both_sides"}


def test_the_findings_and_options_are_those_of_the_contract() -> None:
    assert set(KNOWLEDGE.findings) == set(FINDINGS)
    assert set(KNOWLEDGE.options) == set(OPTIONS)
    assert {name: KNOWLEDGE.assumptions[name].value for name in ASSUMPTIONS} == ASSUMPTIONS
    assert all(KNOWLEDGE.assumptions[name].allowed for name in ASSUMPTIONS)


@pytest.mark.parametrize("answers", [{}, QUIET, AN_EMERGENCY], ids=["nothing", "everything", "an emergency"])
def test_the_json_has_the_contracts_shape(answers: dict[str, str | int]) -> None:
    data = json.loads(json.dumps(explained(answers).model_dump(mode="json")))
    assert data.keys() >= RESULT_KEYS
    assert set(data["options"]) == set(OPTIONS)
    assert data["knowledge"].keys() == {"edition", "hash"}
    for option in data["options"].values():
        assert option.keys() >= {"verdict", "open", "cautions", "notes", "reasons"}
        for note in option["notes"]:
            assert note.keys() >= {"text", "edition", "number", "checked"}
        for reason in option["reasons"]:
            assert reason.keys() >= {"rule", "basis", "because", "citations"}
            assert reason["basis"] in ("page", "guideline", "assumption")
            assert all(cite.keys() >= {"source", "locator", "checked"} for cite in reason["citations"])
    for flag in data["red_flags"]:
        assert flag.keys() >= {"finding", "route", "because", "basis", "citations"}


def test_safety_net_notice_and_edition_are_in_every_result() -> None:
    for answers in ({}, QUIET, AN_EMERGENCY):
        result = explained(answers)
        assert result.safety_net == KNOWLEDGE.frame.safety_net
        assert "not medical advice" in result.notice
        assert "No clinician has reviewed" in result.notice
        assert result.knowledge.hash == KNOWLEDGE.hash
        assert "check the current edition" in result.knowledge.edition


def test_a_scenario_may_be_a_dict_a_scenario_or_a_path(tmp_path: Path) -> None:
    file = tmp_path / "gardener.yaml"
    file.write_text("title: A gardener\nanswers:\n  region: low_back\n", encoding="utf-8")
    mapping = {"title": "A gardener", "answers": {"region": "low_back"}}
    results = [pathway.explain(scenario) for scenario in (mapping, pathway.Scenario.model_validate(mapping), file, str(file))]
    assert all(result == results[0] for result in results)


def test_a_result_can_not_be_changed() -> None:
    result = explained(QUIET)
    with pytest.raises(ValidationError):
        result.route = "emergency"
    with pytest.raises(ValidationError):
        result.options["tens"].verdict = "applies"


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        ({"answers": {"regoin": "low_back"}}, "did you mean region?"),
        ({"answers": {"region": "lowback"}}, "did you mean low_back?"),
        ({"answers": {"symptom_weeks": float("nan")}}, "a whole number of weeks from 0 to 2600"),
        ({"answers": {"symptom_weeks": True}}, "can't be true; write a whole number"),
        ({"answers": {"symptom_weeks": "6"}}, "can't be 6 in quotes; write 6"),
        ({"answers": {"symptom_weeks": "2601"}}, "can't be 2601; write a whole number of weeks from 0 to 2600"),
        ({"answers": {"symptom_weeks": "6\u00b2"}}, "can't be 6\u00b2; write a whole number of weeks from 0 to 2600"),
        ({"answers": {"symptom_weeks": "\uff16"}}, "can't be \uff16; write 6"),
        ({"answers": {"fragile_bones": False}}, "write absent, present or unknown"),
        ({"answers": []}, "answers is a map"),
        ([], "a scenario is a map"),
    ],
)
def test_an_invalid_scenario_is_refused_with_a_suggestion(scenario: object, words: str) -> None:
    with pytest.raises(pathway.Unusable) as caught:
        pathway.explain(scenario)  # type: ignore[arg-type]  # a wrong type on purpose
    assert words in str(caught.value)


def test_a_condition_on_a_switch_says_switched_on_or_off() -> None:
    conditions = [condition for rule in explained(TRIED).trace.step for condition in rule.conditions]
    triples = {(condition.text, condition.answer, condition.holds) for condition in conditions if "switched" in condition.text}
    assert triples == {('"injection before surgery" is switched off', "it is on", False)}


def test_faults_of_scenario_guidance_and_assumptions_are_reported_together() -> None:
    with pytest.raises(pathway.Unusable) as caught:
        pathway.explain({"answers": {"x": 1}}, "nise", {"surgery-weeks": 500, "acute-week": 3})
    assert len(caught.value.faults) == 4


def test_the_trace_has_every_rule_with_its_conditions_and_answers() -> None:
    trace = explained(without(TRIED, "injection_risk")).trace
    rules = {rule.rule for rules in trace.options.values() for rule in rules}
    assert rules == set(KNOWLEDGE.recommendations)
    assert {rule.rule for rule in trace.route} == set(KNOWLEDGE.red_flags)
    assert {rule.rule for rule in trace.step} == set(KNOWLEDGE.step_rules)
    risk = next(rule for rule in trace.options["epidural-steroid-injection"] if rule.rule == "injection-recorded-risk")
    assert risk.holds is None
    assert risk.conditions[0].text == "the recorded risk with an injection is a reason against it"
    assert risk.conditions[0].answer == "not answered"


def test_a_result_lists_the_assumptions_that_it_depends_on() -> None:
    assert "conservative-trial-weeks" in explained(TRIED | {"conservative_weeks": 5}).assumptions
    assert "surgery-weeks" in explained(TRIED | {"injection": "declined"}).assumptions
    assert "acute-weeks" in explained(QUIET, "nice").assumptions
    assert "both-sides-is-emergency" in explained(AN_EMERGENCY).assumptions
    assert "long-standing-weakness-weeks" in explained(QUIET | {"weakness": "severe"}).assumptions


def test_contradictory_answers_give_a_result_with_a_warning() -> None:
    result = explained(QUIET | {"conservative_weeks": 9, "symptom_weeks": 3, "both_legs_weak": "present"})
    assert result.route == "emergency"
    assert len(result.warnings) == 3
