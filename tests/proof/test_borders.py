"""Boundaries, thresholds and the atlas: every scenario in them is checked with the reference evaluator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pathway.cli.main import main
from pathway.conditions.kleene import truth
from pathway.deciding.decide import Decider
from pathway.errors import Unusable
from pathway.explanation.pathway import Pathway
from pathway.knowledge.assumptions import defaults
from pathway.proof.counterfactual.boundary import line_between
from pathway.proof.counterfactual.boundary_result import DIRECTIONS, Threshold, Thresholds
from pathway.proof.counterfactual.goal import outcome_value
from pathway.proof.counterfactual.nearest import nearest_other
from pathway.proof.counterfactual.thresholds import thresholds
from pathway.proof.counterfactual.what_if import why_not
from pathway.proof.counting import atlas_builder
from pathway.proof.counting.atlas import atlas
from pathway.proof.symbolic.scenarios import Answers
from pathway.scenarios.scenario import Scenario
from tests.pathways import pathway_named
from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, TRIED, anyone, partly, without

PATHWAY, BICYCLE = Pathway(KNOWLEDGE), pathway_named("bicycle")
READER = Decider(KNOWLEDGE)
MOST = {finding.id: finding.whole.most for finding in KNOWLEDGE.findings.values() if finding.whole}
FAR = 30
"""Weeks to try beyond the present number: more than any rule compares with. Years are all tried."""


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def stdout_of(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0 and result.stderr == "", result.output
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    return result.stdout


def results(answers: Answers, guidance: str = "page", **weeks: int) -> dict[str, str]:
    """Return route, step and verdicts by the reference evaluator."""
    setting = {**defaults(KNOWLEDGE), **{name.replace("_", "-"): number for name, number in weeks.items()}}
    decision = READER.reference_decision({**answers, **setting, "guidance": guidance})
    return {of: outcome_value(of, decision) for of in ("route", "step", *KNOWLEDGE.options)}


def contradicted(answers: Answers) -> frozenset[str]:
    return frozenset(name for name, when in KNOWLEDGE.contradiction_conditions.items() if truth(when, answers))


def nearest(answers: Answers, name: str, direction: str, guidance: str) -> int | None:
    """Return the threshold by trying number after number."""
    now, before, existing_contradictions = int(answers[name]), results(answers, guidance), contradicted(answers)
    others = range(now - 1, -1, -1) if direction == "lower" else range(now + 1, min(MOST[name], max(now, 120) + FAR) + 1)
    for other in others:
        changed = {**answers, name: other}
        if contradicted(changed) <= existing_contradictions and results(changed, guidance) != before:
            return other
    return None


def by_direction(nearby: Thresholds) -> Iterator[tuple[str, Threshold | None]]:
    yield from ((f"{name} {way}", nearby.of(name, way)) for name in nearby.numbers for way in DIRECTIONS)


def expected(answers: Answers, guidance: str) -> dict[str, int | None]:
    numbers = [name for name in MOST if name in answers]
    return {f"{name} {way}": nearest(answers, name, way, guidance) for name in numbers for way in DIRECTIONS}


@pytest.mark.parametrize("guidance", ["page", "nice"])
def test_a_threshold_is_the_nearest_number_that_changes_a_result(guidance: str) -> None:
    random = Random(21)
    people = [QUIET, TRIED, OPERATED_ON, anyone(random), partly(anyone(random), random)]
    for answers in people:
        result = thresholds(PATHWAY, {"answers": answers}, guidance)
        assert {name: threshold and threshold.other for name, threshold in by_direction(result)} == expected(answers, guidance), (
            answers
        )


@pytest.mark.soak
def test_thresholds_of_many_people() -> None:
    random = Random(22)
    for number in range(60):
        answers = anyone(random) if number % 2 else partly(anyone(random), random)
        result = thresholds(PATHWAY, {"answers": answers}, "nice")
        assert {name: threshold and threshold.other for name, threshold in by_direction(result)} == expected(answers, "nice"), (
            answers
        )


def test_a_threshold_lists_every_result_that_changes() -> None:
    answers = {**TRIED, "symptom_weeks": 11, "injection": "declined"}
    result = thresholds(PATHWAY, {"answers": answers}).of("symptom_weeks", "higher")
    assert result and (result.now, result.other, result.can_follow) == (11, 12, True)
    before, after = results(answers), results({**answers, "symptom_weeks": 12})
    assert {move.of: (move.before, move.after) for move in result.moves} == {
        of: (before[of], after[of]) for of in before if before[of] != after[of]
    }
    assert ("step", "conservative", "surgery") in [(move.of, move.before, move.after) for move in result.moves]


def test_weeks_and_age_never_count_as_able_to_go_down() -> None:
    result = thresholds(PATHWAY, {"answers": OPERATED_ON})
    assert {(t.finding, t.direction): t.can_follow for t in result.thresholds} == {
        (t.finding, t.direction): t.direction == "higher" and t.finding != "age" for t in result.thresholds
    }
    assert {("age", "lower"), ("symptom_weeks", "lower")} <= {(t.finding, t.direction) for t in result.thresholds}


def test_an_assumption_moves_the_threshold() -> None:
    answers = {**TRIED, "symptom_weeks": 11, "injection": "declined"}
    result = thresholds(PATHWAY, {"answers": answers}, "page", {"surgery-weeks": 20}).of("symptom_weeks", "higher")
    assert result and result.other in (12, 20) and results({**answers, "symptom_weeks": result.other}, surgery_weeks=20)


def test_no_number_answered_means_no_threshold() -> None:
    result = thresholds(PATHWAY, {"answers": without(QUIET, *MOST)})
    assert not result.numbers and not result.thresholds
    assert result.describe(KNOWLEDGE) == ["No number is answered, so there is no threshold to show."]


def test_lines_are_drawn_between_steps_and_routes_and_by_other_assumptions() -> None:
    bicycle = BICYCLE.knowledge
    for of, first, second in (("step", "clean", "none"), ("route", "step_by_step", "do_not_ride"), ("step", "adjust", "replace")):
        for assumptions in ({}, {"bedding-in-weeks": 4}):
            lines = line_between(bicycle, of, first, second, "handbook", assumptions)
            assert lines and all(line.one == first and line.other == second for line in lines)
            for line in lines:
                setting = {**defaults(bicycle), **assumptions, "guidance": "handbook"}
                decisions = [Decider(bicycle).reference_decision({**answers, **setting}) for answers in line.witness.people]
                assert [outcome_value(of, decision) for decision in decisions] == [first, second]


def test_a_line_that_is_not_found_in_time_is_no_answer() -> None:
    with pytest.raises(Unusable, match="no answer within 1e-06 s; a pair may exist or not"):
        line_between(KNOWLEDGE, "step", "injection", "surgery", seconds=0.000001)


def test_an_atlas_takes_what_a_scenario_has() -> None:
    whole = {"title": "Someone", "answers": TRIED}
    drawn = atlas(KNOWLEDGE, "symptom_weeks", "course", "step", whole)
    assert drawn == atlas(KNOWLEDGE, "symptom_weeks", "course", "step", TRIED)
    assert drawn == atlas(KNOWLEDGE, "symptom_weeks", "course", "step", Scenario(answers=TRIED))
    rest = without(TRIED, "symptom_weeks", "course")
    for cell in drawn.cells:
        assert all(without(example, "symptom_weeks", "course") == rest for example in cell.examples.values())


def test_answers_that_are_not_a_map_are_reported() -> None:
    nothing: Any = ["age", 40]
    with pytest.raises(Unusable, match="answers is a map of finding: answer, not a list"):
        atlas(KNOWLEDGE, "course", "cause", given=nothing)


def test_an_atlas_of_answers_that_cannot_go_together_says_so() -> None:
    both = {"conservative_care": "not_started", "conservative_weeks": 8}
    drawn = atlas(KNOWLEDGE, "course", "pain_severity", given=both)
    assert drawn.total == 0
    assert drawn.describe(KNOWLEDGE) == ["No complete scenario has these answers: they contradict each other."]


def test_on_the_ladder_an_atlas_counts_just_those_who_are_on_it() -> None:
    every = atlas(KNOWLEDGE, "course", "pain_severity")
    ladder = atlas(KNOWLEDGE, "course", "pain_severity", on_ladder=True)
    assert [{**cell.counts, "none": 0} for cell in every.cells] == [{**cell.counts, "none": 0} for cell in ladder.cells]
    assert ladder.total == every.total - sum(cell.counts["none"] for cell in every.cells)


def test_dropping_large_diagrams_does_not_change_the_atlas(monkeypatch: pytest.MonkeyPatch) -> None:
    before = atlas(KNOWLEDGE, "course", "cause", "microdiscectomy")
    monkeypatch.setattr(atlas_builder, "MAX_NODES", 10)
    assert [atlas(KNOWLEDGE, "course", "cause", "microdiscectomy") for _ in range(2)] == [before] * 2


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    drawn = atlas(KNOWLEDGE, "saddle_numbness", "pregnancy", "route")
    text = "\n".join(drawn.describe(KNOWLEDGE))
    assert " 0%" not in text and " 100%" not in text and "an emergency always" in text
    assert "urgent under 1%" in text and "an emergency over 99%" in text


def test_every_fault_of_the_arguments_of_an_atlas_is_reported() -> None:
    with pytest.raises(Unusable) as error:
        atlas(KNOWLEDGE, "age", "age", "tns", {"age": "old"}, "nic", {"surgery-weeks": 99})
    assert [fault.file for fault in error.value.faults] == ["scenario", "guidance", "assumption", "atlas", "atlas"]


def test_many_threads_get_the_same_results_as_one() -> None:
    scenario = {"answers": {"brake_kind": "disc", "weeks": 3, "cleaning": "not_helped", "adjusting": "not_helped"}}

    def asked(number: int) -> tuple[Any, ...]:
        axes = [("course", "cleaning"), ("weeks", "pads"), ("adjusting", "new_pads")][number % 3]
        return (
            atlas(BICYCLE.knowledge, *axes, "step", {"brake_kind": "disc"}),
            thresholds(BICYCLE, scenario).thresholds,
            {way.changes for way in why_not(BICYCLE, scenario, "new-pads", seconds=60.0).ways},
            nearest_other(BICYCLE, scenario, "new-pads"),
            len(line_between(BICYCLE.knowledge, "clean-disc", "applies", "contraindicated")),
        )

    alone = [asked(number) for number in range(3)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(asked, [0, 1, 2] * 4)) == alone * 4


def test_the_command_thresholds_says_what_changes_where() -> None:
    text = stdout_of("thresholds", "driver-eight-weeks")
    assert "the person's age today: " in text
    assert "lower: at 15 years (for comparison only: this can't come about)" in text
    assert json.loads(json_of("thresholds", "driver-eight-weeks"))["thresholds"][0].keys() == Threshold.model_fields.keys()


def json_of(*words: str) -> str:
    result = run(*words, "--json")
    assert result.exit_code == 0
    return result.stdout


def test_the_command_line_shows_pairs() -> None:
    text = stdout_of("line", "tens", "applies", "contraindicated")
    assert text.startswith("TENS (guidance: page): applies or contraindicated.")
    assert "\n1. " in text and "\n2. " in text and "\n   All other answers are the usual ones." in text
    pairs = json.loads(json_of("line", "tens", "applies", "contraindicated"))
    assert {pair["finding"] for pair in pairs} == {"tens_risk", "reduced_skin_sensation"}
    assert "no single answer makes the difference" in stdout_of("line", "therapeutic-ultrasound", "applies", "later")


def test_the_command_atlas_shows_every_cell() -> None:
    text = stdout_of("atlas", "pain_severity", "course", "--given", "region=low_back", "--given", "age=40", "--guidance", "nice")
    assert text.startswith("The step in ") and text.count("the pain, severe: ") == 3
    drawn = json.loads(json_of("atlas", "pain_severity", "course", "--of", "tens"))
    assert drawn["of"] == "tens" and drawn["axes"] == ["pain_severity", "course"] and len(drawn["cells"]) == 9


REFUSED = {
    "line tns applies later": "line: there is no option tns; did you mean tens?",
    "line tens aplies later": "line: there is no verdict aplies; did you mean applies?",
    "line step surgery surgery": "line: surgery is given twice; give two different values",
    "line step injection surgery --guidance nic": "guidance: there is no reading nic; did you mean nice?",
    "line step injection surgery --assume surgery-weeks=99": "assumption: ",
    "atlas cours cause": "atlas: there is no finding cours; did you mean course?",
    "atlas course course": "atlas: course is given twice; the two findings must differ",
    "atlas course cause --of tns": "atlas: there is no option tns; did you mean tens?",
    "atlas course cause --given age": "given: age has no answer; write NAME=ANSWER, as in --given region=neck",
    "atlas course cause --given cause=other": "given: cause is an axis of the atlas; leave it out",
    "atlas course cause --given age=40 --given age=50": "given: age is given twice; give it once",
    "atlas course cause --given age=old": "scenario: age can't be old; write a whole number of years from 0 to 120, or unknown",
    "thresholds driver-eight-week": "driver-eight-week: there is no such file, and no bundled scenario of that name",
    "thresholds driver-eight-weeks --guidance nic": "guidance: there is no reading nic; did you mean nice?",
}


@pytest.mark.parametrize("words", REFUSED)
def test_invalid_arguments_are_refused_with_a_helpful_message(words: str) -> None:
    result = run(*words.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(REFUSED[words]) and "Traceback" not in result.stderr
