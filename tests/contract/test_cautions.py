"""Cautions: shown with every verdict, and worded as a condition while the answer is open."""

from __future__ import annotations

import pytest

from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, TRIED, explained, without

MEDICATION, INJECTION = "prescription-pain-medication", "epidural-steroid-injection"
TAKEN = {"dependence_forming_medicine": "taken"}
ALONE = {"nerve_pain": "none"}

CAUTIONS = [
    # a sentence, the person, the changes, the option, what the caution says
    ("an opioid already, first days", QUIET, TAKEN, MEDICATION, "not stopped abruptly"),
    ("an opioid already, chronic", QUIET, TAKEN | {"symptom_weeks": 30}, MEDICATION, "not stopped abruptly"),
    ("an opioid already, in an emergency", QUIET, TAKEN | {"saddle_numbness": "present"}, MEDICATION, "not stopped abruptly"),
    ("an opioid already, neck", QUIET, TAKEN | {"region": "neck"}, MEDICATION, "not stopped abruptly"),
    ("back pain alone", QUIET, ALONE, MEDICATION, "only where an anti-inflammatory can't be used"),
    ("fragile bones and massage", QUIET, {"fragile_bones": "present"}, "soft-tissue-mobilisation", "never over a fracture"),
    ("the injection, declined", TRIED, {"injection": "declined"}, INJECTION, "The injection was declined"),
    ("operations, declined", OPERATED_ON, {"operation": "declined"}, "microdiscectomy", "Operations were declined"),
    ("operations, declined, another cause", OPERATED_ON, {"operation": "declined"}, "laminectomy", "Operations were declined"),
]


@pytest.mark.parametrize("guidance", ["page", "nice"])
@pytest.mark.parametrize(("sentence", "person", "changes", "option", "words"), CAUTIONS)
def test_the_caution_is_shown(
    sentence: str, person: dict[str, str], changes: dict[str, str], option: str, words: str, guidance: str
) -> None:
    cautions = explained(person | changes, guidance).options[option].cautions
    assert [caution.open for caution in cautions if words in caution.text] == [()], sentence


def test_a_caution_that_depends_on_an_open_answer_begins_with_if() -> None:
    result = explained(without(QUIET, *KNOWLEDGE.findings))
    open_ones = [caution for option in result.options.values() for caution in option.cautions if caution.open]
    assert open_ones
    assert [caution.text for caution in open_ones if not caution.text.startswith("If ")] == []


def test_a_caution_that_holds_does_not_begin_with_if() -> None:
    for option in explained(QUIET).options.values():
        assert [caution.text for caution in option.cautions if caution.text.startswith("If ")] == []


def test_a_caution_whose_condition_is_false_is_not_shown() -> None:
    texts = [caution.text for option in explained(OPERATED_ON).options.values() for caution in option.cautions]
    assert not [text for text in texts if "declined" in text or "already being taken" in text]


def test_the_page_names_no_operation_for_another_cause() -> None:
    reasons = explained(OPERATED_ON | {"cause": "other"}).options["foraminotomy"].reasons
    assert any("names no operation for this cause" in reason.because for reason in reasons)


def test_after_an_injection_whose_relief_faded_a_specialist_decides() -> None:
    reasons = explained(OPERATED_ON | {"injection": "helped_for_a_while"}).options[INJECTION].reasons
    assert any("specialist" in reason.because and "repeat" in reason.because for reason in reasons)
