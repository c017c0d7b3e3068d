"""Progress rule by rule: a missed rule is the weakest, and the next set is about it."""

from __future__ import annotations

from pathway.practice.commitment import Commitment
from pathway.practice.practice import the_practice
from pathway.practice.progress import next_set, progress
from pathway.practice.report import Report, VisitPlayed
from tests.people import PLACES
from tests.practice.plays import right_place, wrong_place

PRACTICE = the_practice()


def played(trap: str, *right: bool) -> Report:
    """A report on cases about a trap, each answered right for the right reason, or wrong."""
    report = Report(case_set=PRACTICE.new_set(3, len(right), trap))
    for case, well in zip(report.case_set.cases, right, strict=True):
        (stage,) = PRACTICE.stages(case)
        blank = stage.judged(Commitment(route="urgent", step=None, reason=""), ())
        route, step = PLACES[right_place(stage) if well else wrong_place(stage)]
        reason = blank.place.deciding[0] if well else ""
        applies = (case.options[0],) if (blank.options[0].answer == "applies") is well else ()
        why = blank.options[0].deciding[0] if well else ""
        commitment = Commitment(route=route, step=step, reason=reason, applies=applies, option_reason=why)
        report = report.with_visit(case.id, 1, VisitPlayed(commitment=commitment))
    return report


def test_a_rule_that_was_missed_is_held_less_firmly_than_one_that_was_named() -> None:
    well, badly = (progress(played("the-neck", right), PRACTICE) for right in (True, False))
    assert [(entry.right, entry.missed) for entry in well] == [(1, 0)] * len(well)
    assert [(entry.right, entry.missed) for entry in badly] == [(0, 1)] * len(badly)
    assert max(entry.stability for entry in badly) < min(entry.stability for entry in well)


def test_the_weakest_rule_comes_first_and_the_same_report_gives_the_same_progress() -> None:
    report = played("the-neck", True, False)
    entries = progress(report, PRACTICE)
    assert [entry.stability for entry in entries] == sorted(entry.stability for entry in entries)
    assert entries == progress(report, PRACTICE)


def test_the_next_set_is_about_what_was_missed_with_other_cases() -> None:
    report = played("the-neck", False)
    following = next_set(report, PRACTICE)
    assert following.about == "the-neck" and following.seed != 3
    assert next_set(played("the-neck", True), PRACTICE).about == ""
    assert next_set(Report(case_set=report.case_set), PRACTICE).about == ""
