"""Made-up people to test with: one with every answer known and none adverse, and others who differ from that one."""

from __future__ import annotations

from random import Random
from typing import Any

import pathway
from pathway.knowledge.models import Finding

KNOWLEDGE = pathway.load()
ROUTES, STEPS, GUIDANCE, PLACES = KNOWLEDGE.routes, KNOWLEDGE.steps, KNOWLEDGE.readings, KNOWLEDGE.places
FLAG_GROUPS = {group.id for group in KNOWLEDGE.groups if group.is_safety_group}
WEEKS = (0, 1, 2, 3, 4, 5, 6, 8, 11, 12, 13, 26, 52, 104)
AGES = (0, 15, 16, 40, 65, 66, 90)

QUIET: dict[str, str | int] = {
    **{finding.id: finding.benign_answer for finding in KNOWLEDGE.findings.values()},
    "pain_severity": "moderate",
    "course": "persisting",
    "exercise_programme": "not_started",
    "imaging": "not_done",
}
"""Low back, pain along one nerve, no red flag, nothing tried yet."""

TRIED: dict[str, str | int] = {
    **QUIET,
    "symptom_weeks": 8,
    "conservative_care": "not_helped",
    "conservative_weeks": 8,
    "exercise_programme": "under_way",
    "cause": "disc_herniation",
    "imaging": "matches_symptoms",
}
"""Eight weeks of conservative care that did not help, a disc herniation that imaging shows: the injection step."""

OPERATED_ON: dict[str, str | int] = {**TRIED, "symptom_weeks": 16, "injection": "not_helped"}
"""The injection did not help either, after sixteen weeks: the surgery step."""


def explained(answers: dict[str, Any], guidance: str = "page", **assumptions: Any) -> pathway.Result:
    """The result of some answers; assumptions as `conservative_trial_weeks=12`."""
    return pathway.explain({"answers": answers}, guidance, {name.replace("_", "-"): value for name, value in assumptions.items()})


def without(answers: dict[str, Any], *names: str) -> dict[str, Any]:
    """The answers less some of them."""
    return {name: answer for name, answer in answers.items() if name not in names}


def an_answer(finding: Finding, random: Random) -> str | int:
    """Any answer of a finding, numbers near where something changes."""
    if finding.answers:
        return random.choice(list(finding.answers))
    return random.choice(AGES if finding.whole and finding.whole.unit == "years" else WEEKS)


def anyone(random: Random) -> dict[str, str | int]:
    """A complete scenario. Most are on the ladder, and many of those past conservative care, or the tests would see little."""
    start = random.choice((QUIET, TRIED, OPERATED_ON))
    flags, rest = random.choice((0.0, 0.0, 0.03, 0.2)), random.choice((0.1, 0.3, 0.7))
    return {
        name: an_answer(finding, random) if random.random() < (flags if finding.group in FLAG_GROUPS else rest) else start[name]
        for name, finding in KNOWLEDGE.findings.items()
    }


def partly(answers: dict[str, str | int], random: Random) -> dict[str, str | int]:
    """Some of the answers."""
    kept = random.choice((0.3, 0.7, 0.9, 0.97))
    return {name: answer for name, answer in answers.items() if random.random() < kept}


def verdicts(result: pathway.Result) -> dict[str, str]:
    """The verdict of each option."""
    return {option: entry.verdict for option, entry in result.options.items()}
