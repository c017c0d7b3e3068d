"""The difference between two rule bases, the atlas and boundaries: each example has the result that it is an example of."""

from __future__ import annotations

import pytest

from pathway.conditions.kleene import truth
from pathway.conditions.tree import expand_definitions
from pathway.errors import Unusable
from pathway.knowledge.assumptions import defaults
from pathway.proof.counterfactual.boundary import line_between
from pathway.proof.counting.atlas import atlas
from pathway.proof.diff import diff
from pathway.proof.laws.culprits import ReferenceDecider
from tests.people import KNOWLEDGE
from tests.proof.spoil import changed, drop, edit, when


def test_the_same_rules_do_not_differ() -> None:
    difference = diff(KNOWLEDGE, KNOWLEDGE)
    assert difference.same and difference.describe() == ["The two rule bases are the same."]


def test_a_dropped_rule_is_named_and_every_change_has_an_example() -> None:
    new = drop("tens-on-numb-skin")(KNOWLEDGE)
    difference = diff(KNOWLEDGE, new)
    assert difference.rules[0] == "tens-on-numb-skin" and all(line.startswith("-") for line in difference.rules[1:])
    assert {(moved.of, moved.old, moved.new) for moved in difference.moved} == {("tens", "contraindicated", "applies")}
    for moved in difference.moved:
        facts = {**moved.example, **defaults(KNOWLEDGE), "guidance": moved.guidance}
        before, after = (
            ReferenceDecider(knowledge).decide(facts, compare=False).verdicts["tens"].value for knowledge in (KNOWLEDGE, new)
        )
        assert (before, after) == (moved.old, moved.new)
    assert all(len(line) <= 80 for line in difference.describe())


def test_a_changed_assumption_changes_results() -> None:
    entry = KNOWLEDGE.assumptions["surgery-weeks"].model_copy(update={"value": 20})
    new = changed(KNOWLEDGE, assumptions={**KNOWLEDGE.assumptions, "surgery-weeks": entry})
    difference = diff(KNOWLEDGE, new)
    moved = next(moved for moved in difference.moved if moved.of == "step")
    assert (moved.old, moved.new) == ("surgery", "conservative") and 12 <= int(moved.example["symptom_weeks"]) < 20


def test_a_reworded_rule_changes_no_result() -> None:
    difference = diff(KNOWLEDGE, edit("tens-not-offered", because="NICE says no.")(KNOWLEDGE))
    assert difference.rules and not difference.moved and "No scenario changes its result." in difference.describe()


def test_a_question_that_only_one_has_is_reported() -> None:
    fewer = {name: finding for name, finding in KNOWLEDGE.findings.items() if name != "tens_risk"}
    new = changed(drop("tens-recorded-risk")(KNOWLEDGE), findings=fewer)
    cautions = tuple(caution for caution in new.cautions if "tens" not in caution.options)
    assert "tens_risk" in diff(KNOWLEDGE, changed(new, cautions=cautions)).not_compared


def test_the_atlas_counts_every_scenario_once_and_its_examples_hold() -> None:
    drawn = atlas(KNOWLEDGE, "symptom_weeks", "pain_severity", "step", {"region": "low_back", "course": "persisting"}, "nice")
    assert sum(sum(cell.counts.values()) for cell in drawn.cells) == drawn.total
    assert drawn.down == ("mild", "moderate", "severe") and len(drawn.cells) == 3 * len(drawn.across)
    reader = ReferenceDecider(KNOWLEDGE)
    conditions = [expand_definitions(entry.when, KNOWLEDGE.expanded_definitions) for entry in KNOWLEDGE.contradictions]
    for cell in drawn.cells:
        for value, example in cell.examples.items():
            decision = reader.decide({**example, **defaults(KNOWLEDGE), "guidance": "nice"}, compare=False)
            assert (decision.step.value if decision.step else "none") == value
            assert example["pain_severity"] == cell.down and example["region"] == "low_back"
            assert not any(truth(condition, example) for condition in conditions)


def test_the_atlas_keeps_to_given_numbers() -> None:
    drawn = atlas(KNOWLEDGE, "cause", "imaging", "microdiscectomy", {"symptom_weeks": 14, "age": 50})
    for cell in drawn.cells:
        assert all((example["symptom_weeks"], example["age"]) == (14, 50) for example in cell.examples.values())


def test_a_mistake_in_the_atlas_gives_the_nearest_word() -> None:
    with pytest.raises(Unusable, match="there is no finding cours; did you mean course"):
        atlas(KNOWLEDGE, "cours", "pain_severity")
    with pytest.raises(Unusable, match="there is no option tns; did you mean tens"):
        atlas(KNOWLEDGE, "course", "pain_severity", "tns")


def test_a_changed_condition_is_shown_in_words() -> None:
    difference = diff(KNOWLEDGE, when("under-16", {"not": {"at least": {"age": 18}}})(KNOWLEDGE))
    assert any("18 years" in line for line in difference.rules) and any("16 years" in line for line in difference.rules)


def test_the_pairs_at_a_boundary_differ_in_a_single_answer() -> None:
    pairs = line_between(KNOWLEDGE, "specialist-assessment", "later", "applies", seconds=120)
    reader = ReferenceDecider(KNOWLEDGE)
    assert {"weakness", "course", "symptom_weeks"} <= {line.finding for line in pairs}
    for line in pairs:
        facts = [{**answers, **defaults(KNOWLEDGE), "guidance": "page"} for answers in line.witness.people]
        verdicts = [reader.decide(known, compare=False).verdicts["specialist-assessment"].value for known in facts]
        assert verdicts == ["later", "applies"]
        assert {name for name in facts[0] if facts[0][name] != facts[1][name]} == {line.finding}
    weeks = next(line for line in pairs if line.finding == "symptom_weeks").witness.people
    assert abs(int(weeks[0]["symptom_weeks"]) - int(weeks[1]["symptom_weeks"])) == 1


def test_a_mistake_in_the_boundary_gives_the_nearest_word() -> None:
    with pytest.raises(Unusable, match="there is no verdict aplies; did you mean applies"):
        line_between(KNOWLEDGE, "tens", "aplies", "later")
