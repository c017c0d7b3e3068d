"""Contradictory and unlikely answers: they give a warning, and still a result."""

from __future__ import annotations

import pytest

from tests.people import OPERATED_ON, QUIET, TRIED, explained

UNLIKELY = [
    # a sentence, the person, the changes, the words of the question
    *[(f"{n} weeks of symptoms", QUIET, {"symptom_weeks": n}, "Weeks of symptoms of 88, 99") for n in (88, 99, 888, 999)],
    *[
        (f"{n} weeks of weakness", QUIET, {"weakness": "severe", "weakness_weeks": n}, "unchanged weakness of 88")
        for n in (88, 99)
    ],
    ("99 weeks of care", TRIED, {"conservative_weeks": 99, "symptom_weeks": 120}, "Weeks of conservative care of 88"),
    ("three years of weakness", QUIET, {"weakness": "severe", "weakness_weeks": 156}, "more than two years"),
    ("two equal large counts", TRIED, {"conservative_weeks": 60, "symptom_weeks": 60}, "as many weeks of conservative care"),
    ("an injection before any care", QUIET, {"injection": "not_helped"}, "before its step"),
    (
        "an injection in the second week",
        QUIET,
        {"injection": "helped", "conservative_care": "under_way", "conservative_weeks": 1, "symptom_weeks": 2},
        "before its step",
    ),
]


@pytest.mark.parametrize(("person", "changes", "words"), [row[1:] for row in UNLIKELY], ids=[row[0] for row in UNLIKELY])
def test_an_unlikely_answer_gives_a_warning(person: dict[str, str | int], changes: dict[str, str | int], words: str) -> None:
    warnings = explained(person | changes).warnings
    assert any(words in warning and warning.endswith((".", "?")) for warning in warnings), warnings


LIKELY = {
    "the first days": QUIET,
    "eight weeks": TRIED,
    "after an injection": OPERATED_ON,
    "87 weeks": QUIET | {"symptom_weeks": 87},
    "two years of unchanged weakness": QUIET | {"weakness": "severe", "weakness_weeks": 104, "symptom_weeks": 104},
    "eight weeks of care in eight weeks": TRIED | {"conservative_weeks": 8, "symptom_weeks": 8},
}


@pytest.mark.parametrize("person", LIKELY.values(), ids=LIKELY)
def test_a_likely_answer_gives_no_warning(person: dict[str, str | int]) -> None:
    assert explained(person).warnings == ()


def test_an_unlikely_answer_still_gives_a_result() -> None:
    assert explained(QUIET | {"weakness": "severe", "weakness_weeks": 99, "symptom_weeks": 99}).route == "urgent"
