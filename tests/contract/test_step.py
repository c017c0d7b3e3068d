"""The step: the first of the contract's five step rules that holds, and steps that an unanswered question leaves open."""

from __future__ import annotations

import pytest

from tests.people import OPERATED_ON, QUIET, TRIED, explained, without

SEVERE = {"pain_severity": "severe"}
STEPS = {
    "care helped": (QUIET, {"conservative_care": "helped"}, "recovery"),
    "the injection helped": (TRIED, {"injection": "helped"}, "recovery"),
    "care helped, and things improve": (QUIET, {"conservative_care": "helped", "course": "improving"}, "recovery"),
    "care helped, and the pain is severe": (TRIED, {"conservative_care": "helped", **SEVERE}, "conservative"),
    "the injection helped, and the pain is severe": (TRIED, {"injection": "helped", **SEVERE}, "conservative"),
    "relief from care that faded": (TRIED, {"conservative_care": "helped_for_a_while"}, "injection"),
    "relief from care that faded, five weeks of it": (
        TRIED,
        {"conservative_care": "helped_for_a_while", "conservative_weeks": 5},
        "conservative",
    ),
    "relief from the injection that faded, eleven weeks": (TRIED, {"injection": "helped_for_a_while"}, "conservative"),
    "relief from the injection that faded, sixteen weeks": (OPERATED_ON, {"injection": "helped_for_a_while"}, "surgery"),
    "care helped, then worsening": (TRIED, {"conservative_care": "helped", "course": "worsening"}, "conservative"),
    "the injection helped, then worsening": (TRIED, {"injection": "helped", "course": "worsening"}, "conservative"),
    "care not started": (QUIET, {}, "conservative"),
    "care not started after a year": (QUIET, {"symptom_weeks": 52, **SEVERE}, "conservative"),
    "improving never moves a person up": (OPERATED_ON, {"course": "improving"}, "conservative"),
    "five weeks of care": (TRIED, {"conservative_weeks": 5}, "conservative"),
    "six weeks of care": (TRIED, {"conservative_weeks": 6}, "injection"),
    "one week of care with severe pain": (TRIED, {"conservative_weeks": 1, **SEVERE}, "conservative"),
    "two weeks of care with severe pain": (TRIED, {"conservative_weeks": 2, **SEVERE}, "injection"),
    "care under way for six weeks": (TRIED, {"conservative_care": "under_way"}, "injection"),
    "worsening with the trial done": (TRIED, {"course": "worsening"}, "injection"),
    "injection declined, twelve weeks": (TRIED, {"injection": "declined", "symptom_weeks": 12}, "surgery"),
    "injection declined, eleven weeks": (TRIED, {"injection": "declined", "symptom_weeks": 11}, "conservative"),
    "injection declined, severe pain": (TRIED, {"injection": "declined", **SEVERE}, "surgery"),
    "severe pain, three weeks of care, no injection possible": (
        TRIED,
        {"injection_risk": "contraindicated", "conservative_weeks": 3, "symptom_weeks": 3, **SEVERE},
        "conservative",
    ),
    "severe pain, three weeks of care, injection declined": (
        TRIED,
        {"injection": "declined", "conservative_weeks": 3, "symptom_weeks": 30, **SEVERE},
        "conservative",
    ),
    "operations declined": (OPERATED_ON, {"operation": "declined"}, "conservative"),
    "unfit for an operation": (OPERATED_ON, {"fit_for_surgery": "unfit"}, "conservative"),
    "imaging that does not match": (OPERATED_ON, {"imaging": "does_not_match"}, "conservative"),
    "a cause for which the page names no operation": (OPERATED_ON, {"cause": "other"}, "conservative"),
    "no cause established": (OPERATED_ON, {"cause": "not_established"}, "surgery"),
    "imaging not done": (OPERATED_ON, {"imaging": "not_done"}, "surgery"),
    "the neck, long after": (OPERATED_ON, {"region": "neck"}, "conservative"),
    "injection not helped, twelve weeks": (TRIED, {"injection": "not_helped", "symptom_weeks": 12}, "surgery"),
    "injection not helped, eleven weeks": (TRIED, {"injection": "not_helped", "symptom_weeks": 11}, "conservative"),
    "injection contraindicated, eleven weeks": (
        TRIED,
        {"injection_risk": "contraindicated", "symptom_weeks": 11},
        "conservative",
    ),
    "injection contraindicated, twelve weeks": (TRIED, {"injection_risk": "contraindicated", "symptom_weeks": 12}, "surgery"),
    "no nerve symptom, twelve weeks": (TRIED, {"nerve_pain": "none", "symptom_weeks": 12}, "conservative"),
    "the neck, eight weeks": (TRIED, {"region": "neck"}, "conservative"),
    "a year of symptoms, injection not tried": (TRIED, {"symptom_weeks": 52}, "injection"),
}


@pytest.mark.parametrize(("start", "changes", "step"), STEPS.values(), ids=STEPS)
def test_the_step_is(start: dict[str, str | int], changes: dict[str, str | int], step: str) -> None:
    assert explained(start | changes).step == step


def test_under_nice_the_injection_is_skipped_where_it_is_not_advised() -> None:
    moderate, severe = TRIED, TRIED | SEVERE
    assert explained(moderate, "nice").step == "conservative"
    assert explained(moderate | {"symptom_weeks": 12}, "nice").step == "surgery"
    assert explained(severe, "nice").step == "injection"
    assert explained(severe | {"symptom_weeks": 12}, "nice").step == "surgery"


def test_with_injection_first_off_surgery_comes_first_from_twelve_weeks() -> None:
    assert explained(TRIED | {"symptom_weeks": 12}, injection_first="no").step == "surgery"
    assert explained(TRIED | {"symptom_weeks": 11}, injection_first="no").step == "injection"
    assert explained(TRIED | SEVERE, injection_first="no").step == "injection"
    late = TRIED | {"symptom_weeks": 12}
    assert explained(late | {"operation": "declined"}, injection_first="no").step == "injection"
    assert explained(late | SEVERE | {"conservative_weeks": 3}, injection_first="no").step == "injection"


def test_the_thresholds_are_assumptions_that_can_be_varied() -> None:
    assert explained(TRIED, conservative_trial_weeks=9).step == "conservative"
    assert explained(TRIED | SEVERE | {"conservative_weeks": 2}, early_injection_weeks=3).step == "conservative"
    assert explained(TRIED | {"injection": "declined"}, surgery_weeks=8).step == "surgery"
    assert explained(TRIED | SEVERE, "nice", acute_weeks=8).step == "surgery"


def test_continued_conservative_care_comes_with_an_assessment() -> None:
    result = explained(TRIED | {"injection": "declined", "symptom_weeks": 3})
    assert result.step == "conservative"
    assert result.options["specialist-assessment"].verdict == "applies"


OPEN = {
    "whether care helped": (TRIED, "conservative_care", ("conservative", "recovery", "injection")),
    "how long care lasted": (TRIED, "conservative_weeks", ("conservative", "injection")),
    "the course after care that helped": (TRIED | {"conservative_care": "helped"}, "course", ("recovery", "conservative")),
    "a risk with the injection": (TRIED, "injection_risk", ("injection", "conservative")),
    "the pain after care that helped": (TRIED | {"conservative_care": "helped"}, "pain_severity", ("recovery", "conservative")),
    "whether an operation is declined": (OPERATED_ON, "operation", ("surgery", "conservative")),
    "whether the person is fit for surgery": (OPERATED_ON, "fit_for_surgery", ("surgery", "conservative")),
    "the symptom weeks after an injection": (OPERATED_ON, "symptom_weeks", ("conservative", "surgery")),
}


@pytest.mark.parametrize(("start", "name", "possible"), OPEN.values(), ids=OPEN)
def test_an_unanswered_question_that_decides_leaves_the_step_open(start: dict[str, str], name: str, possible: tuple[str]) -> None:
    result = explained(without(start, name))
    assert result.step == "undetermined"
    assert result.step_open is not None
    assert result.step_open.possible == possible
    assert result.step_open.deciding == (name,)
    assert name in result.ask_next


def test_the_rule_for_a_step_can_be_open_although_the_step_is_not() -> None:
    result = explained(without(TRIED | {"injection": "declined", "symptom_weeks": 3}, "conservative_weeks"))
    assert result.step == "conservative"
    assert result.options["specialist-assessment"].open is not None
    assert result.options["specialist-assessment"].open.deciding == ("conservative_weeks",)
    assert result.ask_next == ("conservative_weeks",)


def test_questions_that_decide_no_step_leave_it_determined() -> None:
    assert explained(without(TRIED, "tens_risk", "imaging", "cause", "nsaid_risk")).step == "injection"
