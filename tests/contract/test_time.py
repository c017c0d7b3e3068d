"""Time between visits: which answers are carried forward, increased, asked again or dropped. Each rule is in `data/`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

import pathway
from explorer.links.address import scenarios
from explorer.pages.explore.view import view_of
from pathway.errors import Unusable
from pathway.knowledge.changes import TRENDS, Trend, load_changes
from pathway.scenarios.scenario import scenario_from
from pathway.scenarios.walk import State, new_walk
from tests.people import KNOWLEDGE, QUIET, TRIED
from tests.walks import walks

ASKED_AGAIN = {
    *(finding.id for group in KNOWLEDGE.groups if group.is_safety_group for finding in KNOWLEDGE.findings.values()
      if finding.group == group.id and finding.answers),
    "numbness", "weakness", "pregnancy",
}  # fmt: skip
FOOT_DROP = {**QUIET, "weakness": "severe", "weakness_weeks": 14, "symptom_weeks": 20, "course": "persisting"}
CHANGES_FILE = KNOWLEDGE.folder / "changes.yaml"


def after(answers: dict[str, str | int], weeks: int = 6, trend: Trend = "same") -> State:
    """A second visit before any question, after a first one with these answers."""
    return new_walk(answers).add_visit(weeks, trend, care=False)


@pytest.mark.parametrize("trend", TRENDS)
def test_every_red_flag_numbness_weakness_and_pregnancy_is_asked_again(trend: Trend) -> None:
    known = after(QUIET, trend=trend).answers
    assert ASKED_AGAIN & known.keys() == set()
    assert set(QUIET) - known.keys() - ASKED_AGAIN == {"weakness_weeks"}


def test_each_visit_is_provisional_until_its_questions_are_asked() -> None:
    walk = after(TRIED)
    assert view_of(walk).result.route == "undetermined" and view_of(walk).result.provisional
    asked = view_of(walk.answered_as_before()).result
    assert asked.route == "stepped_care" and not asked.provisional


def test_nothing_new_repeats_the_last_answers_except_newer_ones() -> None:
    walk = after({**QUIET, "numbness": "present"}).answered({"saddle_numbness": "present"}).answered_as_before()
    assert {name: walk.answers[name] for name in ASKED_AGAIN} == {
        **{name: QUIET[name] for name in ASKED_AGAIN}, "numbness": "present", "saddle_numbness": "present",
    }  # fmt: skip


def test_nothing_new_repeats_answers_from_before_the_last_visit() -> None:
    assert after(QUIET).add_visit(6, "same", care=False).answered_as_before().answers["saddle_numbness"] == "absent"


def test_at_the_first_visit_there_is_nothing_to_ask_again() -> None:
    assert new_walk(QUIET).answered_as_before() == new_walk(QUIET)


def test_nothing_new_answers_no_question_that_was_never_answered() -> None:
    assert after({"age": 40}).answered_as_before().answers == {"age": 40, "course": "persisting"}


def test_a_flag_that_was_present_is_open_again_and_asked_first() -> None:
    first = new_walk({**QUIET, "sexual_function_change": "present"})
    assert view_of(first).result.route == "emergency"
    result = view_of(first.add_visit(6, "better", care=False)).result
    assert result.route == "undetermined" and result.route_open and "emergency" in result.route_open.possible
    assert result.ask_next[0] == "sexual_function_change"


@pytest.mark.parametrize("name", ["symptom_weeks", "conservative_weeks"])
def test_weeks_of_symptoms_and_of_care_under_way_grow(name: str) -> None:
    walk = after({**QUIET, "conservative_care": "under_way", "symptom_weeks": 8, "conservative_weeks": 8})
    assert walk.answers[name] == 14


@pytest.mark.parametrize("care", ["helped", "not_helped"])
def test_weeks_of_care_that_is_over_stay(care: str) -> None:
    assert after({**QUIET, "conservative_care": care, "conservative_weeks": 8}).answers["conservative_weeks"] == 8


def test_weeks_of_care_are_dropped_if_it_is_unknown_whether_care_continued() -> None:
    assert "conservative_weeks" not in after({"conservative_weeks": 8}).answers


@pytest.mark.parametrize(("trend", "weeks"), [("same", 20), ("better", 20), ("worse", None)])
def test_weeks_of_unchanged_weakness_grow_unless_things_are_worse(trend: Trend, weeks: int | None) -> None:
    assert after(FOOT_DROP, trend=trend).answered_as_before().answers.get("weakness_weeks") == weeks


@pytest.mark.parametrize(("weeks", "trend", "route"), [(14, "worse", "emergency"), (8, "same", "urgent"), (10, "same", "urgent")])
def test_old_severe_weakness_is_an_emergency_again_only_if_it_got_worse(weeks: int, trend: Trend, route: str) -> None:
    assert view_of(after({**FOOT_DROP, "weakness_weeks": weeks}, trend=trend).answered_as_before()).result.route == route


def test_the_weeks_of_weakness_wait_until_the_weakness_was_asked() -> None:
    assert "weakness_weeks" not in after(FOOT_DROP).answers


@pytest.mark.parametrize("weakness", ["none", "worsening", "mild"])
def test_changing_the_weakness_drops_its_weeks_for_good(weakness: str) -> None:
    for walk in (new_walk(FOOT_DROP), after(FOOT_DROP)):
        changed = walk.answered({"weakness": weakness})
        assert "weakness_weeks" not in changed.answers
        assert "weakness_weeks" not in changed.answered({"weakness": "severe"}).answers


def test_weeks_of_care_are_dropped_without_care_and_kept_when_it_is_judged() -> None:
    tried = new_walk(TRIED)
    assert "conservative_weeks" not in tried.answered({"conservative_care": "not_started"}).answers
    assert "conservative_weeks" not in tried.answered({"conservative_care": None}).answers
    assert tried.answered({"conservative_care": "helped"}).answers["conservative_weeks"] == 8


def test_a_scenario_that_gives_both_answers_itself_keeps_them() -> None:
    both: dict[str, str | int] = {"weakness": "none", "weakness_weeks": 14}
    assert new_walk(both).answers == both
    assert new_walk({}).answered(dict(both)).answers == both
    assert any("Weakness is absent" in text for text in view_of(new_walk(both)).result.warnings)


def test_a_child_is_twenty_five_after_ten_years() -> None:
    assert after({"age": 15}, 520).answers["age"] == 25


def test_age_adds_up_over_twenty_visits_of_half_a_year() -> None:
    walk = new_walk({"age": 15})
    ages = [15]
    for _ in range(19):
        walk = walk.add_visit(26, "same", care=False)
        ages.append(int(walk.answers["age"]))
    assert ages == [15 + visit // 2 for visit in range(20)]


def test_a_number_at_its_limit_is_not_increased_and_gives_a_warning() -> None:
    walk = after({"age": 118, "symptom_weeks": 2599}, 520)
    assert walk.answers["age"] == 120 and walk.answers["symptom_weeks"] == 2600
    warnings = view_of(walk).result.warnings
    assert any("not counted beyond 120 years." in text for text in warnings)
    assert any("not counted beyond 2600 weeks." in text for text in warnings)


def test_the_course_is_what_is_said_of_the_time_between() -> None:
    assert [after({}, trend=trend).answers["course"] for trend in TRENDS] == ["improving", "persisting", "worsening"]


def test_care_that_had_not_begun_begins_meanwhile_and_counts_from_there() -> None:
    walk = new_walk(QUIET).add_visit(6, "same", care=True)
    assert (walk.answers["conservative_care"], walk.answers["conservative_weeks"]) == ("under_way", 6)
    assert walk.add_visit(4, "same", care=True).answers["conservative_weeks"] == 10


def test_a_carried_answer_has_the_number_of_its_visit() -> None:
    walk = after(QUIET, 52).add_visit(6, "same", care=False).answered({"pain_severity": "severe"})
    known = walk.known[2]
    assert {name: (known.current[name].visit, known.current[name].how) for name in ("region", "symptom_weeks", "age")} == {
        "region": (0, "carried"), "symptom_weeks": (0, "counted"), "age": (0, "counted"),
    }  # fmt: skip
    assert "pain_severity" not in known.carried and "course" not in known.carried
    assert (known.outdated["saddle_numbness"].answer, known.outdated["saddle_numbness"].visit) == ("absent", 0)


@given(walks())
def test_the_answers_of_every_walk_are_valid(walk: State) -> None:
    for known in walk.known:
        scenario_from({"answers": dict(known.answers)}, KNOWLEDGE)
        assert set(known.current).isdisjoint(known.outdated)


@given(walks(), some.sampled_from(TRENDS))
def test_every_new_visit_asks_the_safety_questions_again(walk: State, trend: Trend) -> None:
    later = walk.add_visit(6, trend, care=True)
    assert ASKED_AGAIN.isdisjoint(later.answers)
    assert later.without_last_visit() == State(
        walk.visits, len(walk.visits) - 1, walk.guidance, walk.assumptions, walk.title, walk.about
    )


@given(walks())
def test_nothing_new_twice_equals_once_and_keeps_the_answers(walk: State) -> None:
    once = walk.answered_as_before()
    assert once.answered_as_before() == once
    alone = {name: answer for name, answer in walk.answers.items() if KNOWLEDGE.changes[name].parent is None}
    assert alone.items() <= once.answers.items()


MISTAKES = {
    "  time: stays\n": ("", "time is missing; add it here"),
    "time: said": ("time: sayed", "time can't be sayed; did you mean said?"),
    "  every: 52\n": ("", "every (a number of weeks) is given for what grows with time, and for nothing else"),
    "  otherwise: unknown\n": ("", "while and otherwise go together"),
    "worse: worsening}": ("worse: worsning}", "worsning is not an answer for course; did you mean worsening?"),
    ", worse: worsening}": ("}", "says gives an answer for each of better, same and worse"),
    "    without: [not_started]": ("    without: [helped]", "depends on conservative_care, and says nothing of not_started"),
    "without: [none, worsening]": ("without: [none, worsening, mild]", "says twice what becomes of it with mild"),
    "    finding: weakness\n": ("    finding: weaknes\n", "there is no finding weaknes; did you mean weakness?"),
    "while: {is: {course:": ("while: {is: {cuorse:", "while reads cuorse, which is not a finding; did you mean course?"),
    "is: {conservative_care: under_way}": ("is: {conservative_care: underway}", "underway"),
    "meanwhile: {from: not_started,": ("meanwhile: {from: not_begun,", "not_begun is not an answer for conservative_care"),
    "depends on:": ("dependson:", "there is no key dependson here; did you mean depends on?"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_changes_file_is_reported_with_its_line(mistake: str, tmp_path: Path) -> None:
    text = CHANGES_FILE.read_text("utf-8")
    assert mistake in text
    (tmp_path / "changes.yaml").write_text(text.replace(mistake, MISTAKES[mistake][0]), "utf-8")
    with pytest.raises(Unusable) as error:
        load_changes(KNOWLEDGE, tmp_path)
    assert MISTAKES[mistake][1] in str(error.value) and "data/changes.yaml:" in str(error.value)


@pytest.mark.parametrize("name", scenarios())
def test_nothing_new_after_no_time_leaves_a_bundled_scenario_unchanged(name: str) -> None:
    first = {**scenarios()[name].answers, "course": "persisting"}
    assert after(first, weeks=0).answered_as_before().answers == first


LATER_CAN_NOT_BE: dict[str, tuple[str, str | int, str | int, str]] = {
    "nobody gets younger": ("age", 50, 20, "20 years at visit 2, yet 50 years at visit 1"),
    "time since onset only grows": ("symptom_weeks", 50, 3, "3 weeks at visit 2, yet 50 weeks at visit 1"),
    "an injection can't be ungiven": ("injection", "not_helped", "not_tried", "not tried at visit 2, yet not helpful at visit 1"),
    "imaging can't be undone": ("imaging", "matches_symptoms", "not_done", "not done at visit 2"),
}
"""A finding, its answer at the first visit and at the second, and what is said of the two."""


@pytest.mark.parametrize("case", LATER_CAN_NOT_BE)
def test_an_answer_that_can_not_follow_the_one_of_before_is_questioned(case: str) -> None:
    finding, before, later, words = LATER_CAN_NOT_BE[case]
    walk = after({**TRIED, finding: before}, weeks=4)
    assert not any(words in warning for warning in view_of(walk).result.warnings)
    assert any(words in warning for warning in view_of(walk.answered({finding: later})).result.warnings)


def test_an_answer_that_may_follow_is_not_questioned() -> None:
    walk = after({**TRIED, "injection": "not_tried"}).answered({"injection": "helped_for_a_while", "symptom_weeks": 12})
    assert not any("yet" in warning and "visit 1" in warning for warning in view_of(walk).result.warnings)


def test_the_first_of_several_visits_says_which_it_is() -> None:
    known = pathway.explain({"visits": [{"answers": TRIED}, {"after": 6, "answers": {}}]}, visit=1)
    assert known.visit and (known.visit.number, known.visit.of) == (1, 2)
