"""Where one answer makes another: lines, thresholds and the atlas, each scenario of them tried."""

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
from pathway.conditions.tree import expanded
from pathway.errors import Unusable
from pathway.explanation.pathway import Pathway
from pathway.knowledge.assumptions import defaults
from pathway.proof.counterfactual.boundary import line_between
from pathway.proof.counterfactual.boundary_result import DIRECTIONS, Threshold, Thresholds
from pathway.proof.counterfactual.goal import value
from pathway.proof.counterfactual.thresholds import thresholds
from pathway.proof.counterfactual.what_if import why_not
from pathway.proof.counting import atlas_builder
from pathway.proof.counting.atlas import atlas
from pathway.proof.laws.culprits import ByReading
from pathway.proof.symbolic.scenarios import Answers
from pathway.scenarios.scenario import Scenario
from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, TRIED, anyone, partly, without

PATHWAY = Pathway(KNOWLEDGE)
READER = ByReading(KNOWLEDGE)
WHENS = [expanded(entry.when, KNOWLEDGE.written_out) for entry in KNOWLEDGE.contradictions]
MOST = {finding.id: finding.whole.most for finding in KNOWLEDGE.findings.values() if finding.whole}
FAR = 30
"""Beyond the largest number with which any rule compares weeks, with some to spare; years are tried to the end."""


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def told(*words: str) -> str:
    found = run(*words)
    assert found.exit_code == 0 and found.stderr == "", found.output
    assert all(len(line) <= 80 for line in found.stdout.splitlines())
    return found.stdout


def said(answers: Answers, guidance: str = "page", **weeks: int) -> dict[str, str]:
    """Route, step and verdicts, by the reference reader."""
    setting = {**defaults(KNOWLEDGE), **{name.replace("_", "-"): number for name, number in weeks.items()}}
    decision = READER.decide({**answers, **setting, "guidance": guidance}, compare=False)
    return {of: value(of, decision) for of in ("route", "step", *KNOWLEDGE.options)}


def contradicted(answers: Answers) -> frozenset[int]:
    return frozenset(number for number, when in enumerate(WHENS) if truth(when, answers))


def nearest(answers: Answers, name: str, direction: str, guidance: str) -> int | None:
    """The threshold found the slow way: number by number."""
    now, before, tolerated = int(answers[name]), said(answers, guidance), contradicted(answers)
    others = range(now - 1, -1, -1) if direction == "lower" else range(now + 1, min(MOST[name], max(now, 120) + FAR) + 1)
    for other in others:
        changed = {**answers, name: other}
        if contradicted(changed) <= tolerated and said(changed, guidance) != before:
            return other
    return None


def each(found: Thresholds) -> Iterator[tuple[str, Threshold | None]]:
    yield from ((f"{name} {way}", found.of(name, way)) for name in found.numbers for way in DIRECTIONS)


def found_by_hand(answers: Answers, guidance: str) -> dict[str, int | None]:
    numbers = [name for name in MOST if name in answers]
    return {f"{name} {way}": nearest(answers, name, way, guidance) for name in numbers for way in DIRECTIONS}


@pytest.mark.parametrize("guidance", ["page", "nice"])
def test_a_threshold_is_the_nearest_number_at_which_something_is_another(guidance: str) -> None:
    random = Random(21)
    people = [QUIET, TRIED, OPERATED_ON, anyone(random), partly(anyone(random), random)]
    for answers in people:
        found = thresholds(PATHWAY, {"answers": answers}, guidance)
        assert {name: one and one.other for name, one in each(found)} == found_by_hand(answers, guidance), answers


@pytest.mark.soak
def test_thresholds_of_many_people() -> None:
    random = Random(22)
    for number in range(60):
        answers = anyone(random) if number % 2 else partly(anyone(random), random)
        found = thresholds(PATHWAY, {"answers": answers}, "nice")
        assert {name: one and one.other for name, one in each(found)} == found_by_hand(answers, "nice"), answers


def test_a_threshold_says_everything_that_moves() -> None:
    answers = {**TRIED, "symptom_weeks": 11, "injection": "declined"}
    found = thresholds(PATHWAY, {"answers": answers}).of("symptom_weeks", "higher")
    assert found and (found.now, found.other, found.can_follow) == (11, 12, True)
    before, after = said(answers), said({**answers, "symptom_weeks": 12})
    assert {move.of: (move.before, move.after) for move in found.moves} == {
        of: (before[of], after[of]) for of in before if before[of] != after[of]
    }
    assert ("step", "conservative", "surgery") in [(move.of, move.before, move.after) for move in found.moves]


def test_time_never_goes_back_and_nobody_gets_younger() -> None:
    found = thresholds(PATHWAY, {"answers": OPERATED_ON})
    assert {(one.finding, one.direction): one.can_follow for one in found.thresholds} == {
        (one.finding, one.direction): one.direction == "higher" and one.finding != "age" for one in found.thresholds
    }
    assert {("age", "lower"), ("symptom_weeks", "lower")} <= {(one.finding, one.direction) for one in found.thresholds}


def test_an_assumption_moves_the_threshold() -> None:
    answers = {**TRIED, "symptom_weeks": 11, "injection": "declined"}
    found = thresholds(PATHWAY, {"answers": answers}, "page", {"surgery-weeks": 20}).of("symptom_weeks", "higher")
    assert found and found.other in (12, 20) and said({**answers, "symptom_weeks": found.other}, surgery_weeks=20)


def test_no_number_answered_means_no_threshold() -> None:
    found = thresholds(PATHWAY, {"answers": without(QUIET, *MOST)})
    assert not found.numbers and not found.thresholds
    assert found.describe(KNOWLEDGE) == ["No number is answered, so there is no threshold to show."]


def test_lines_are_drawn_between_steps_and_routes_and_by_other_assumptions() -> None:
    for of, one, other in (("step", "conservative", "none"), ("route", "urgent", "emergency")):
        lines = line_between(KNOWLEDGE, of, one, other, "nice")
        assert lines and all(line.one == one and line.other == other for line in lines)
        for line in lines:
            assert [said(who, "nice")[of] for who in line.witness.people] == [one, other]
    late = line_between(KNOWLEDGE, "step", "injection", "surgery", assumptions={"surgery-weeks": 20})
    for line in late:
        assert [said(who, surgery_weeks=20)["step"] for who in line.witness.people] == ["injection", "surgery"]


def test_a_line_that_is_not_found_in_time_is_no_answer() -> None:
    with pytest.raises(Unusable, match="not found within 1e-06 s; there may be one or not"):
        line_between(KNOWLEDGE, "step", "injection", "surgery", seconds=0.000001)


def test_an_atlas_takes_what_a_scenario_has() -> None:
    whole = {"title": "Someone", "answers": TRIED}
    drawn = atlas(KNOWLEDGE, "symptom_weeks", "course", "step", whole)
    assert drawn == atlas(KNOWLEDGE, "symptom_weeks", "course", "step", TRIED)
    assert drawn == atlas(KNOWLEDGE, "symptom_weeks", "course", "step", Scenario(answers=TRIED))
    rest = without(TRIED, "symptom_weeks", "course")
    for cell in drawn.cells:
        assert all(without(example, "symptom_weeks", "course") == rest for example in cell.examples.values())


def test_what_is_no_map_of_answers_is_said() -> None:
    nothing: Any = ["age", 40]
    with pytest.raises(Unusable, match="answers is a map of finding: answer, not a list"):
        atlas(KNOWLEDGE, "course", "cause", given=nothing)


def test_an_atlas_of_answers_that_cannot_go_together_says_so() -> None:
    both = {"conservative_care": "not_started", "conservative_weeks": 8}
    drawn = atlas(KNOWLEDGE, "course", "pain_severity", given=both)
    assert drawn.total == 0 and drawn.describe(KNOWLEDGE) == ["No complete scenario has these answers: they can't go together."]


def test_on_the_ladder_an_atlas_counts_just_those_who_are_on_it() -> None:
    every = atlas(KNOWLEDGE, "course", "pain_severity")
    ladder = atlas(KNOWLEDGE, "course", "pain_severity", on_ladder=True)
    assert [{**one.counts, "none": 0} for one in every.cells] == [{**one.counts, "none": 0} for one in ladder.cells]
    assert ladder.total == every.total - sum(one.counts["none"] for one in every.cells)


def test_a_chart_that_has_grown_too_large_begins_anew_and_answers_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    before = atlas(KNOWLEDGE, "course", "cause", "microdiscectomy")
    monkeypatch.setattr(atlas_builder, "MOST", 10)
    assert [atlas(KNOWLEDGE, "course", "cause", "microdiscectomy") for _ in range(2)] == [before] * 2


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    drawn = atlas(KNOWLEDGE, "saddle_numbness", "pregnancy", "route")
    text = "\n".join(drawn.describe(KNOWLEDGE))
    assert " 0 %" not in text and " 100 %" not in text and "an emergency always" in text
    assert "urgent under 1 %" in text and "an emergency over 99 %" in text


def test_every_fault_of_what_an_atlas_is_asked_is_said() -> None:
    with pytest.raises(Unusable) as error:
        atlas(KNOWLEDGE, "age", "age", "tns", {"age": "old"}, "nic", {"surgery-weeks": 99})
    assert [fault.file for fault in error.value.faults] == ["scenario", "guidance", "assumption", "atlas", "atlas"]


def test_many_threads_get_what_one_gets() -> None:
    scenario = {"answers": TRIED}

    def asked(number: int) -> tuple[Any, ...]:
        axes = [("course", "cause"), ("symptom_weeks", "pain_severity"), ("imaging", "injection")][number % 3]
        return (
            atlas(KNOWLEDGE, *axes, "step", {"region": "low_back"}),
            thresholds(PATHWAY, scenario).thresholds,
            {way.changes for way in why_not(PATHWAY, scenario, "surgery", seconds=60.0).ways},
            len(line_between(KNOWLEDGE, "tens", "applies", "contraindicated")),
        )

    alone = [asked(number) for number in range(3)]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(asked, range(6))) == alone * 2


def test_the_command_thresholds_says_what_changes_where() -> None:
    text = told("thresholds", "driver-eight-weeks")
    assert "the person's age today: " in text
    assert "lower: at 15 years (for comparison only: the number can't come to be so)" in text
    assert json.loads(told_json("thresholds", "driver-eight-weeks"))["thresholds"][0].keys() == Threshold.model_fields.keys()


def told_json(*words: str) -> str:
    found = run(*words, "--json")
    assert found.exit_code == 0
    return found.stdout


def test_the_command_line_shows_pairs() -> None:
    text = told("line", "tens", "applies", "contraindicated")
    assert text.startswith("The line between applies and contraindicated (TENS, by the reading page);")
    assert "\n1. " in text and "\n2. " in text and "\n   where " in text
    pairs = json.loads(told_json("line", "tens", "applies", "contraindicated"))
    assert {pair["finding"] for pair in pairs} == {"tens_risk", "reduced_skin_sensation"}
    assert "No single answer draws the line" in told("line", "therapeutic-ultrasound", "applies", "later")


def test_the_command_atlas_shows_every_cell() -> None:
    text = told("atlas", "pain_severity", "course", "--given", "region=low_back", "--given", "age=40", "--guidance", "nice")
    assert text.startswith("The step, over ") and text.count("the pain, severe: ") == 3
    drawn = json.loads(told_json("atlas", "pain_severity", "course", "--of", "tens"))
    assert drawn["of"] == "tens" and drawn["axes"] == ["pain_severity", "course"] and len(drawn["cells"]) == 9


REFUSED = {
    "line tns applies later": "line: there is no option tns; did you mean tens?",
    "line tens aplies later": "line: there is no verdict aplies; did you mean applies?",
    "line step surgery surgery": "line: surgery stands twice; a line has two sides",
    "line step injection surgery --guidance nic": "guidance: there is no reading nic; did you mean nice?",
    "line step injection surgery --assume surgery-weeks=99": "assumption: ",
    "atlas cours cause": "atlas: there is no finding cours; did you mean course?",
    "atlas course course": "atlas: course stands twice; the two findings must differ",
    "atlas course cause --of tns": "atlas: there is no option tns; did you mean tens?",
    "atlas course cause --given age": "given: age has no answer; write NAME=ANSWER, as in --given region=neck",
    "atlas course cause --given cause=other": "given: cause is an axis of the atlas; leave it out",
    "atlas course cause --given age=40 --given age=50": "given: age is given twice; give it once",
    "atlas course cause --given age=old": "scenario: age is a whole number of years from 0 to 120, or unknown, not old",
    "thresholds driver-eight-week": "driver-eight-week: there is no such file, and no bundled scenario of that name",
    "thresholds driver-eight-weeks --guidance nic": "guidance: there is no reading nic; did you mean nice?",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_asked_is_told_gently(words: str) -> None:
    found = run(*words.split())
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith(REFUSED[words]) and "Traceback" not in found.stderr
