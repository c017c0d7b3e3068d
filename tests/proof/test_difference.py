"""The difference between two rule bases, the atlas and boundaries: each example has the result that it is an example of."""

from __future__ import annotations

import pytest

from pathway.conditions.kleene import truth
from pathway.deciding.decide import Decider
from pathway.errors import Unusable
from pathway.knowledge.assumptions import Values, defaults
from pathway.knowledge.base import Knowledge
from pathway.proof.counterfactual.boundary import line_between
from pathway.proof.counting.atlas import atlas
from pathway.proof.diff import diff
from tests.pathways import pathway_named
from tests.people import KNOWLEDGE
from tests.proof.spoil import changed, drop, edit, when

BICYCLE = pathway_named("bicycle").knowledge
"""The smaller pathway, where the number of rules is not the point."""


def test_the_same_rules_do_not_differ() -> None:
    difference = diff(BICYCLE, BICYCLE)
    assert difference.same and difference.describe() == ["The two rule bases are the same."]


def test_a_dropped_rule_is_named_and_every_change_has_an_example() -> None:
    new = drop("tens-on-numb-skin")(KNOWLEDGE)
    difference = diff(KNOWLEDGE, new)
    assert difference.rules[0] == "tens-on-numb-skin" and all(line.startswith("-") for line in difference.rules[1:])
    assert {(moved.of, moved.old, moved.new) for moved in difference.moved} == {("tens", "contraindicated", "applies")}
    for moved in difference.moved:
        facts = {**moved.example, **defaults(KNOWLEDGE), "guidance": moved.guidance}
        before, after = (Decider(knowledge).reference_decision(facts).verdicts["tens"].value for knowledge in (KNOWLEDGE, new))
        assert (before, after) == (moved.old, moved.new)
    assert all(len(line) <= 80 for line in difference.describe())


def test_a_changed_assumption_changes_results() -> None:
    entry = BICYCLE.assumptions["bedding-in-weeks"].model_copy(update={"value": 4})
    new = changed(BICYCLE, assumptions={**BICYCLE.assumptions, "bedding-in-weeks": entry})
    moved = next(moved for moved in diff(BICYCLE, new).moved if moved.of == "step")
    assert (moved.old, moved.new) == ("replace", "adjust") and 1 <= int(moved.example["weeks"]) < 4


def test_a_reworded_rule_changes_no_result() -> None:
    difference = diff(BICYCLE, edit("no-spray-by-the-handbook", because="The handbook says no.")(BICYCLE))
    assert difference.rules and not difference.moved and "No scenario changes its result." in difference.describe()


def test_a_question_that_only_one_has_is_reported() -> None:
    fewer = {name: finding for name, finding in BICYCLE.findings.items() if name != "hot_brake"}
    new = changed(drop("hot-disc")(BICYCLE), findings=fewer)
    cautions = tuple(caution for caution in new.cautions if "clean-disc" not in caution.options)
    assert diff(BICYCLE, changed(new, cautions=cautions)).not_compared == ("hot_brake",)


def test_the_atlas_counts_every_scenario_once_and_its_examples_hold() -> None:
    drawn = atlas(KNOWLEDGE, "symptom_weeks", "pain_severity", "step", {"region": "low_back", "course": "persisting"}, "nice")
    assert sum(sum(cell.counts.values()) for cell in drawn.cells) == drawn.total
    assert drawn.down == ("mild", "moderate", "severe") and len(drawn.cells) == 3 * len(drawn.across)
    reader = Decider(KNOWLEDGE)
    for cell in drawn.cells:
        for value, example in cell.examples.items():
            decision = reader.reference_decision({**example, **defaults(KNOWLEDGE), "guidance": "nice"})
            assert (decision.step.value if decision.step else "none") == value
            assert example["pain_severity"] == cell.down and example["region"] == "low_back"
            assert not any(truth(condition, example) for condition in KNOWLEDGE.contradiction_conditions.values())


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
    difference = diff(BICYCLE, when("hot-disc", {"is": {"pads": "worn"}})(BICYCLE))
    assert {"-  a hot brake is present", "+  the wear of the pads is worn"} <= set(difference.rules)


SHORT = pytest.param(BICYCLE, "workshop-check", {"weeks", "new_pads", "frayed_cable"}, {"bedding-in-weeks": 4}, id="bicycle")
LONG = pytest.param(
    KNOWLEDGE, "specialist-assessment", {"symptom_weeks", "weakness", "course"}, {}, marks=pytest.mark.soak, id="clinic"
)


@pytest.mark.parametrize(("knowledge", "option", "some", "assumptions"), [SHORT, LONG])
def test_the_pairs_at_a_boundary_differ_in_a_single_answer(
    knowledge: Knowledge, option: str, some: set[str], assumptions: Values
) -> None:
    pairs = line_between(knowledge, option, "later", "applies", assumptions=assumptions, seconds=120)
    assert some <= {line.finding for line in pairs}
    setting = {**defaults(knowledge), **assumptions, "guidance": knowledge.readings[0]}
    for line in pairs:
        first, second = line.witness.people
        decisions = [Decider(knowledge).reference_decision({**answers, **setting}) for answers in (first, second)]
        assert [decision.verdicts[option].value for decision in decisions] == ["later", "applies"]
        assert {name for name in first if first[name] != second[name]} == {line.finding}
        if knowledge.findings[line.finding].whole:
            assert abs(int(first[line.finding]) - int(second[line.finding])) == 1


def test_a_mistake_in_the_boundary_gives_the_nearest_word() -> None:
    with pytest.raises(Unusable, match="there is no verdict aplies; did you mean applies"):
        line_between(KNOWLEDGE, "tens", "aplies", "later")
