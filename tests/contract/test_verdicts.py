"""Verdicts: which option applies when, under which guidance, and which reason decides."""

from __future__ import annotations

import pytest

from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, TRIED, explained, verdicts, without

CONSERVATIVE = [option.id for option in KNOWLEDGE.options.values() if option.step == "conservative"]
CAUSES_TREATED = {
    "microdiscectomy": {"disc_herniation"},
    "laminectomy": {"spinal_stenosis", "bone_overgrowth"},
    "foraminotomy": {"foraminal_narrowing"},
}
CAUSES = ("disc_herniation", "spinal_stenosis", "bone_overgrowth", "foraminal_narrowing", "other")
MID_BACK = {"region": "mid_back", "nerve_pain": "none"}
CHRONIC = {"symptom_weeks": 12}
HELPED = {"conservative_care": "helped", "conservative_weeks": 4, "symptom_weeks": 4}
CARE_FADED = {"conservative_care": "helped_for_a_while", "conservative_weeks": 1, "symptom_weeks": 1}
INJECTION_FADED = {"injection": "helped_for_a_while"}
NSAID_RISK = {"nsaid_risk": "contraindicated"}
MEDICINES = {"nsaids", "prescription-pain-medication"}

PAGE, NICE = "page", "nice"
VERDICTS = [
    # the case in words, the person, the changed answers, the guidance, the option, the verdict
    ("ultrasound, low back", QUIET, {}, PAGE, "therapeutic-ultrasound", "not_advised"),
    ("ultrasound, low back", QUIET, {}, NICE, "therapeutic-ultrasound", "not_advised"),
    ("ultrasound, mid-back", QUIET, MID_BACK, PAGE, "therapeutic-ultrasound", "not_advised"),
    ("ultrasound, mid-back", QUIET, MID_BACK, NICE, "therapeutic-ultrasound", "not_advised"),
    ("ultrasound, neck", QUIET, {"region": "neck"}, PAGE, "therapeutic-ultrasound", "not_indicated"),
    ("ultrasound, neck", QUIET, {"region": "neck"}, NICE, "therapeutic-ultrasound", "not_indicated"),
    ("traction, by the page", QUIET, {}, PAGE, "spinal-traction", "applies"),
    ("traction, by NICE", QUIET, {}, NICE, "spinal-traction", "not_advised"),
    ("traction, neck", QUIET, {"region": "neck"}, NICE, "spinal-traction", "not_indicated"),
    ("traction, mid-back", QUIET, MID_BACK, PAGE, "spinal-traction", "not_indicated"),
    ("TENS, by the page", QUIET, {}, PAGE, "tens", "applies"),
    ("TENS, by NICE", QUIET, {}, NICE, "tens", "not_advised"),
    ("TENS, by NICE, neck", QUIET, {"region": "neck"}, NICE, "tens", "applies"),
    ("TENS with a risk against it", QUIET, {"tens_risk": "contraindicated"}, PAGE, "tens", "contraindicated"),
    ("TENS with a reason for caution", QUIET, {"tens_risk": "caution"}, PAGE, "tens", "applies"),
    ("TENS on numb skin", QUIET, {"reduced_skin_sensation": "present"}, PAGE, "tens", "contraindicated"),
    ("heat on numb skin", QUIET, {"reduced_skin_sensation": "present"}, PAGE, "heat-and-cold", "contraindicated"),
    ("massage before exercise, NICE", QUIET, {}, NICE, "soft-tissue-mobilisation", "later"),
    ("massage with exercise, NICE", QUIET, {"exercise_programme": "under_way"}, NICE, "soft-tissue-mobilisation", "applies"),
    ("massage after exercise, NICE", QUIET, {"exercise_programme": "done"}, NICE, "soft-tissue-mobilisation", "not_advised"),
    ("massage before exercise, page", QUIET, {}, PAGE, "soft-tissue-mobilisation", "applies"),
    ("massage with fragile bones", QUIET, {"fragile_bones": "present"}, PAGE, "soft-tissue-mobilisation", "applies"),
    ("joint mobilisation with fragile bones", QUIET, {"fragile_bones": "present"}, PAGE, "joint-mobilisation", "contraindicated"),
    ("traction with fragile bones", QUIET, {"fragile_bones": "present"}, PAGE, "spinal-traction", "contraindicated"),
    ("joint mobilisation, mid-back", QUIET, MID_BACK, PAGE, "joint-mobilisation", "not_indicated"),
    ("joint mobilisation, neck", QUIET, {"region": "neck"}, PAGE, "joint-mobilisation", "applies"),
    ("NSAIDs with a risk against them", QUIET, {"nsaid_risk": "contraindicated"}, PAGE, "nsaids", "contraindicated"),
    ("NSAIDs with a reason for caution", QUIET, {"nsaid_risk": "caution"}, NICE, "nsaids", "applies"),
    ("prescription, eleven weeks, NICE", QUIET, {"symptom_weeks": 11}, NICE, "prescription-pain-medication", "applies"),
    ("prescription, twelve weeks, NICE", QUIET, CHRONIC, NICE, "prescription-pain-medication", "not_advised"),
    ("prescription, twelve weeks, page", QUIET, CHRONIC, PAGE, "prescription-pain-medication", "applies"),
    ("prescription, neck, twelve weeks", QUIET, CHRONIC | {"region": "neck"}, NICE, "prescription-pain-medication", "applies"),
    (
        "prescription, back pain alone, twelve weeks",
        QUIET,
        CHRONIC | {"nerve_pain": "none"},
        NICE,
        "prescription-pain-medication",
        "not_advised",
    ),
    (
        "prescription, back pain alone, eleven weeks",
        QUIET,
        {"nerve_pain": "none", "symptom_weeks": 11},
        NICE,
        "prescription-pain-medication",
        "applies",
    ),
    ("NSAIDs in recovery", TRIED, {"conservative_care": "helped"}, PAGE, "nsaids", "later"),
    ("prescription in recovery", TRIED, {"injection": "helped"}, PAGE, "prescription-pain-medication", "later"),
    ("NSAIDs after a relapse", TRIED, {"conservative_care": "helped", "course": "worsening"}, PAGE, "nsaids", "applies"),
    ("NSAIDs in recovery, with a risk", TRIED, HELPED | NSAID_RISK, PAGE, "nsaids", "contraindicated"),
    ("an injection whose relief faded", OPERATED_ON, INJECTION_FADED, PAGE, "epidural-steroid-injection", "later"),
    ("an injection whose relief faded, by NICE", OPERATED_ON, INJECTION_FADED, NICE, "epidural-steroid-injection", "not_advised"),
    ("the operation after relief that faded", OPERATED_ON, INJECTION_FADED, PAGE, "microdiscectomy", "applies"),
    ("the operation, declined", OPERATED_ON, {"operation": "declined"}, PAGE, "microdiscectomy", "later"),
    ("the operation, discussed", OPERATED_ON, {"operation": "open_to_it"}, PAGE, "microdiscectomy", "applies"),
    ("an operation for another cause", OPERATED_ON, {"cause": "other"}, PAGE, "laminectomy", "not_indicated"),
    ("assessment where care helped for a while", QUIET, CARE_FADED, PAGE, "specialist-assessment", "applies"),
    ("assessment of a severe relapse", QUIET, HELPED | {"pain_severity": "severe"}, PAGE, "specialist-assessment", "applies"),
    ("assessment in recovery", QUIET, HELPED, PAGE, "specialist-assessment", "later"),
    ("the injection before its step", QUIET, {}, PAGE, "epidural-steroid-injection", "later"),
    ("the injection in recovery", TRIED, {"conservative_care": "helped"}, PAGE, "epidural-steroid-injection", "later"),
    ("the injection at its step", TRIED, {}, PAGE, "epidural-steroid-injection", "applies"),
    (
        "the injection declined, at the surgery step",
        OPERATED_ON,
        {"injection": "declined"},
        PAGE,
        "epidural-steroid-injection",
        "applies",
    ),
    ("the injection that did not help", OPERATED_ON, {}, PAGE, "epidural-steroid-injection", "not_indicated"),
    (
        "the injection with a risk against it",
        TRIED,
        {"injection_risk": "contraindicated"},
        PAGE,
        "epidural-steroid-injection",
        "contraindicated",
    ),
    ("the injection, moderate pain, NICE", TRIED, {}, NICE, "epidural-steroid-injection", "not_advised"),
    ("the injection, severe pain, NICE", TRIED, {"pain_severity": "severe"}, NICE, "epidural-steroid-injection", "applies"),
    (
        "the injection, severe pain, twelve weeks, NICE",
        TRIED,
        {"pain_severity": "severe", **CHRONIC},
        NICE,
        "epidural-steroid-injection",
        "not_advised",
    ),
    (
        "the injection for claudication from stenosis, NICE",
        TRIED,
        {"pain_severity": "severe", "walking_pain_eased_by_sitting": "present", "cause": "spinal_stenosis"},
        NICE,
        "epidural-steroid-injection",
        "not_advised",
    ),
    ("the injection for the neck", TRIED, {"region": "neck"}, PAGE, "epidural-steroid-injection", "not_indicated"),
    ("the injection without a nerve symptom", TRIED, {"nerve_pain": "none"}, PAGE, "epidural-steroid-injection", "not_indicated"),
    ("the operation at its step", OPERATED_ON, {}, PAGE, "microdiscectomy", "applies"),
    ("the operation at its step", OPERATED_ON, {}, NICE, "microdiscectomy", "applies"),
    ("the operation at the injection step", TRIED, {}, PAGE, "microdiscectomy", "later"),
    ("the operation without imaging", OPERATED_ON, {"imaging": "not_done"}, PAGE, "microdiscectomy", "later"),
    (
        "the operation where imaging does not match",
        OPERATED_ON,
        {"imaging": "does_not_match"},
        PAGE,
        "microdiscectomy",
        "not_indicated",
    ),
    ("the operation before the cause is known", OPERATED_ON, {"cause": "not_established"}, NICE, "microdiscectomy", "later"),
    ("the operation for someone unfit", OPERATED_ON, {"fit_for_surgery": "unfit"}, PAGE, "microdiscectomy", "contraindicated"),
    ("the operation for the neck", OPERATED_ON, {"region": "neck"}, PAGE, "microdiscectomy", "not_indicated"),
    ("the operation without a nerve symptom", OPERATED_ON, {"nerve_pain": "none"}, NICE, "microdiscectomy", "not_indicated"),
    (
        "the operation for numbness alone",
        OPERATED_ON,
        {"nerve_pain": "none", "numbness": "present"},
        PAGE,
        "microdiscectomy",
        "applies",
    ),
    ("assessment in the first days", QUIET, {}, PAGE, "specialist-assessment", "later"),
    ("assessment at five weeks", QUIET, {"symptom_weeks": 5}, PAGE, "specialist-assessment", "later"),
    ("assessment at six weeks", QUIET, {"symptom_weeks": 6}, PAGE, "specialist-assessment", "applies"),
    (
        "assessment at six weeks, improving",
        QUIET,
        {"symptom_weeks": 6, "course": "improving"},
        PAGE,
        "specialist-assessment",
        "later",
    ),
    (
        "assessment at two weeks of severe pain",
        QUIET,
        {"symptom_weeks": 2, "pain_severity": "severe"},
        PAGE,
        "specialist-assessment",
        "applies",
    ),
    (
        "assessment at one week of severe pain",
        QUIET,
        {"symptom_weeks": 1, "pain_severity": "severe"},
        PAGE,
        "specialist-assessment",
        "later",
    ),
    ("assessment with weakness", QUIET, {"weakness": "mild"}, PAGE, "specialist-assessment", "applies"),
    ("assessment when worsening", QUIET, {"course": "worsening"}, PAGE, "specialist-assessment", "applies"),
    ("assessment for a numb arm", QUIET, {"region": "neck", "numbness": "present"}, PAGE, "specialist-assessment", "applies"),
    (
        "assessment for the neck at five weeks",
        QUIET,
        {"region": "neck", "symptom_weeks": 5},
        PAGE,
        "specialist-assessment",
        "later",
    ),
    (
        "assessment for the neck at six weeks",
        QUIET,
        {"region": "neck", "symptom_weeks": 6},
        PAGE,
        "specialist-assessment",
        "applies",
    ),
    ("assessment at the injection step", TRIED, {}, PAGE, "specialist-assessment", "applies"),
    ("assessment at the surgery step", OPERATED_ON, {}, PAGE, "specialist-assessment", "applies"),
]


@pytest.mark.parametrize(
    ("start", "changes", "guidance", "option", "verdict"),
    [row[1:] for row in VERDICTS],
    ids=[f"{row[0]} ({row[3]})" for row in VERDICTS],
)
def test_the_option_has_the_expected_verdict(
    start: dict[str, str | int], changes: dict[str, str | int], guidance: str, option: str, verdict: str
) -> None:
    assert verdicts(explained(start | changes, guidance))[option] == verdict


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("operation", CAUSES_TREATED)
def test_an_operation_applies_only_for_a_cause_that_it_treats(operation: str, cause: str) -> None:
    expected = "applies" if cause in CAUSES_TREATED[operation] else "not_indicated"
    assert verdicts(explained(OPERATED_ON | {"cause": cause}))[operation] == expected


@pytest.mark.parametrize(
    "person",
    [QUIET, TRIED, OPERATED_ON, TRIED | {"conservative_care": "helped"}],
    ids=["conservative", "injection", "surgery", "recovery"],
)
def test_conservative_options_apply_at_every_step_but_medicines_wait_in_recovery(person: dict[str, str | int]) -> None:
    by_option = verdicts(explained(person))
    in_recovery = person.get("conservative_care") == "helped"
    waiting = MEDICINES if in_recovery else set()
    assert {option for option in CONSERVATIVE if by_option[option] != "applies"} == {"therapeutic-ultrasound", *waiting}


def test_a_declined_injection_has_a_caution_that_says_so() -> None:
    option = explained(OPERATED_ON | {"injection": "declined"}).options["epidural-steroid-injection"]
    assert any("declined" in caution.text for caution in option.cautions)


def test_the_caveat_about_ultrasound_overrides_the_praise_for_the_back_only() -> None:
    low = {reason.rule: reason for reason in explained(QUIET).options["therapeutic-ultrasound"].reasons}
    assert low["ultrasound-praised"].overridden_by == "ultrasound-no-longer-advised"
    assert low["ultrasound-no-longer-advised"].basis == "page"
    neck = {reason.rule: reason for reason in explained(QUIET | {"region": "neck"}).options["therapeutic-ultrasound"].reasons}
    assert neck["ultrasound-praised"].overridden_by is None
    assert "ultrasound-no-longer-advised" not in neck


def test_ultrasound_never_applies_even_with_an_unknown_region() -> None:
    option = explained(without(QUIET, "region")).options["therapeutic-ultrasound"]
    assert option.open is not None
    assert option.open.possible == ("not_advised", "not_indicated")
    assert option.open.deciding == ("region",)


@pytest.mark.parametrize("option", ["spinal-traction", "tens"])
def test_under_the_pages_guidance_a_contrast_with_nice_is_shown(option: str) -> None:
    assert explained(QUIET).options[option].contrasts == ("Page: yes. NICE: do not offer.",)
    assert explained(QUIET, "nice").options[option].contrasts == ()
    assert explained(QUIET | {"region": "neck"}).options[option].contrasts == ()


def test_every_verdict_that_nice_changes_cites_its_recommendation() -> None:
    for person in (QUIET, TRIED, OPERATED_ON, QUIET | CHRONIC, QUIET | {"exercise_programme": "done"}):
        page, nice = explained(person), explained(person, "nice")
        for option, entry in nice.options.items():
            if entry.verdict != page.options[option].verdict:
                assert any("NG59" in cite.source for cite in entry.reasons[0].citations), (option, entry.verdict)


def test_every_ng59_position_is_a_note_under_both_guidances() -> None:
    for guidance in ("page", "nice"):
        for option, entry in explained(QUIET, guidance).options.items():
            assert [note.text for note in entry.notes] == [position.text for position in KNOWLEDGE.options[option].positions]


def test_outside_the_low_back_the_notes_say_that_ng59_decides_nothing() -> None:
    for region in ({"region": "neck"}, MID_BACK):
        notes = [note for entry in explained(QUIET | region, "nice").options.values() for note in entry.notes]
        assert all(KNOWLEDGE.frame.out_of_scope in note.text for note in notes)


def test_the_first_reason_has_the_verdict_and_every_reason_its_basis() -> None:
    for person in (QUIET, TRIED, OPERATED_ON, QUIET | {"region": "neck"}, QUIET | MID_BACK):
        for option, entry in explained(person, "nice").options.items():
            assert entry.reasons[0].says == entry.verdict, option
            assert all(reason.citations and (reason.basis != "assumption" or reason.assumption) for reason in entry.reasons)


OPEN = [
    (QUIET, "tens_risk", "tens", ("applies", "contraindicated")),
    (QUIET, "reduced_skin_sensation", "heat-and-cold", ("applies", "contraindicated")),
    (QUIET, "nsaid_risk", "nsaids", ("applies", "contraindicated")),
    (QUIET, "fragile_bones", "joint-mobilisation", ("applies", "contraindicated")),
    (OPERATED_ON, "imaging", "microdiscectomy", ("applies", "not_indicated", "later")),
    (OPERATED_ON, "fit_for_surgery", "microdiscectomy", ("applies", "contraindicated", "later")),
    (OPERATED_ON, "operation", "microdiscectomy", ("applies", "later")),
    (TRIED, "conservative_care", "nsaids", ("applies", "later")),
]


@pytest.mark.parametrize(("person", "unanswered", "option", "possible"), OPEN, ids=[f"{row[2]}, {row[1]}" for row in OPEN])
def test_an_undetermined_verdict_lists_its_possible_values_and_questions(
    person: dict[str, str | int], unanswered: str, option: str, possible: tuple[str, ...]
) -> None:
    entry = explained(without(person, unanswered)).options[option]
    assert entry.verdict == "undetermined"
    assert entry.open is not None
    assert entry.open.possible == possible
    assert entry.open.deciding == (unanswered,)


def test_an_open_question_that_decides_nothing_leaves_the_verdict_as_it_is() -> None:
    assert verdicts(explained(without(QUIET, "pain_severity")))["specialist-assessment"] == "later"
