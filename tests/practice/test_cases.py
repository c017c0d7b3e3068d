"""Practice cases: their stories, how they are drawn and balanced, how hard they are, and the file of a set."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import pathway
from pathway.conditions.kleene import truth
from pathway.conditions.tree import expand_definitions
from pathway.errors import Unusable
from pathway.explanation.pathway import Pathway
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.loader import data_folder, load
from pathway.knowledge.template import TEMPLATE
from pathway.practice.case_set import CaseSet, as_yaml, opened_set
from pathway.practice.commitment import Commitment
from pathway.practice.feedback_words import MADE_BEFORE, feedback_blocks, turning_words
from pathway.practice.generate import case_title
from pathway.practice.later_visits import LaterVisits
from pathway.practice.practice import Practice, the_practice
from pathway.practice.seeded_draw import Draw
from pathway.practice.stage import Stage, answer_text
from pathway.practice.teaching import load_teaching
from pathway.proof.counterfactual.nearest import nearest_other
from pathway.scenarios.scenario import Scenario
from pathway.scenarios.visits import known_answers_per_visit
from pathway.scenarios.walk_file import visits_of
from pathway.yaml.document import Document, parse
from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, TRIED

PRACTICE = the_practice()
TRAPS = PRACTICE.teaching.traps


URGENT = Commitment(route="urgent", step=None, reason="")


def first_answers(scenario: Scenario) -> Mapping[str, str | int]:
    """The answers at the first visit."""
    return scenario.visits[0].answers if scenario.visits else scenario.answers


@cache
def ten() -> CaseSet:
    return PRACTICE.new_set(7, 10)


def stage_of(scenario: dict[str, Any], at: int = 1) -> Stage:
    """A visit of a case with these answers, or with these visits."""
    value = scenario if "visits" in scenario else {"answers": scenario}
    opened = PRACTICE.opened(Document("set.yaml", {"title": "T", "cases": [{"id": "a-case", "scenario": value}]}, {}))
    return PRACTICE.stages(opened.case_set.cases[0])[at - 1]


TOLD: dict[str, tuple[dict[str, str | int], str, set[str]]] = {
    "one leg": ({}, "Pain in the low back goes down one leg.", {"region", "nerve_pain"}),
    "both legs, and not whether only on walking": (
        {"nerve_pain": "both_sides"}, "There is pain in the low back, and in both legs.", {"region"},
    ),
    "one arm": ({"region": "neck"}, "Pain in the neck goes down one arm.", {"region", "nerve_pain"}),
    "no nerve": ({"nerve_pain": "none"}, "The pain is felt in the low back, and goes no further.", {"region", "nerve_pain"}),
    "a week": ({"symptom_weeks": 1}, "It began a week ago.", {"symptom_weeks"}),
    "less than a week": ({"symptom_weeks": 0}, "It began less than a week ago.", {"symptom_weeks"}),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_a_case_begins_with_what_a_person_would_tell(name: str) -> None:
    answers, sentence, told = TOLD[name]
    stage = stage_of({**QUIET, **answers})
    assert sentence in stage.presentation and told <= stage.known_findings
    assert not told - {"symptom_weeks"} or ("nerve_pain" in stage.known_findings) == ("nerve_pain" in told)
    assert not set(stage.known_findings) & set(stage.askable) and "saddle_numbness" in stage.askable


def test_only_questions_that_could_change_what_is_asked_matter() -> None:
    stage = stage_of(TRIED)
    assert {"saddle_numbness", "conservative_weeks"} <= stage.matters
    assert not {"age", "dependence_forming_medicine"} & stage.matters


def test_asking_about_everything_costs_more_than_asking_what_matters() -> None:
    stage = stage_of(TRIED)
    assert stage.questioned(stage.matters).points == stage.questioned(()).most > stage.questioned(stage.askable).points


def test_a_later_visit_tells_what_is_on_record_and_asks_the_safety_questions_again() -> None:
    again = {name: QUIET[name] for name, change in KNOWLEDGE.changes.items() if change.time == "asked again"}
    later = {**again, "weakness": "worsening", "weakness_weeks": 0}
    stage = stage_of({"visits": [{"answers": QUIET}, {"after": 6, "course": "worsening", "answers": later}]}, 2)
    assert stage.presentation == ("The person comes back after 6 weeks.", "The symptoms are worsening.")
    assert {"region", "conservative_care", "course"} <= stage.known_findings and "weakness" in stage.askable
    assert (stage.number, stage.result.route) == (2, "emergency")


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    assert as_yaml(PRACTICE.new_set(7, 3)) == SET
    assert PRACTICE.new_set(8, 1).cases[0].scenario.answers != FEW.cases[0].scenario.answers


def test_drawn_numbers_are_the_same_on_every_python() -> None:
    draw = Draw("7").part("case 1")
    assert [draw.number(name, 1000) for name in ("age", "weeks")] == [867, 241]
    assert draw.shuffled("order", ["a", "b", "c", "d"]) == ["a", "d", "c", "b"]


def test_ten_cases_are_balanced_over_traps_steps_and_routes() -> None:
    cases = ten().cases
    routes = Counter(case.answered[-1].route for case in cases)
    steps = {visit.step for case in cases for visit in case.answered} - {None}
    assert set(routes) == {"emergency", "urgent", "other_pathway", "stepped_care"} and routes["stepped_care"] <= 7
    assert len(steps) >= 3 and sum(1 for case in cases if case.objective) >= 3
    assert len({tuple(first_answers(case.scenario).items()) for case in cases}) == len(cases)


def test_every_drawn_case_is_complete_and_free_of_contradictions() -> None:
    for case in ten().cases:
        assert set(first_answers(case.scenario)) == set(KNOWLEDGE.findings)
        for number, visit in enumerate(case.answered, 1):
            result = pathway.explain(case.scenario, visit=number)
            assert not result.warnings and (result.route, result.step) == (visit.route, visit.step)
            assert "undetermined" not in (result.route, result.step, *(option.verdict for option in result.options.values()))
        assert len(case.options) == 6 == len(set(case.options))


class VisitThen(NamedTuple):
    """The known answers at a visit, and its result."""

    answers: Mapping[str, str | int]
    result: pathway.Result


def visits_then(scenario: Scenario) -> list[VisitThen]:
    known = known_answers_per_visit(visits_of(scenario, KNOWLEDGE), KNOWLEDGE)
    return [VisitThen(memory.answers, pathway.explain(scenario, visit=at)) for at, memory in enumerate(known, 1)]


def not_offered(scenario: Scenario) -> list[str]:
    """The options that a visit tells of though the visit before did not offer them."""
    return [
        offer.option
        for before, now in pairwise(visits_then(scenario))
        for offer in PRACTICE.teaching.draws.later.offered
        if before.answers[offer.finding] in offer.leaves and now.answers[offer.finding] != before.answers[offer.finding]
        if before.result.options[offer.option].verdict != "applies"
    ]


def test_a_later_visit_reports_an_injection_only_after_one_was_offered() -> None:
    later, early = LaterVisits(PRACTICE.pathway, PRACTICE.teaching.draws.later), {**TRIED, "conservative_weeks": 5}
    drawn = {
        start: [later.added_to(Scenario(title="T", answers=answers), Draw(f"{seed}")) for seed in range(8)]
        for start, answers in (("too early", early), ("at its step", TRIED))
    }
    assert [not_offered(scenario) for scenarios in drawn.values() for scenario in scenarios] == [[]] * 16
    second = {start: [scenario.visits[1].answers for scenario in scenarios] for start, scenarios in drawn.items()}
    assert not any("injection" in answers for answers in second["too early"])
    assert any("injection" in answers for answers in second["at its step"])


@pytest.mark.parametrize("name", [entry.id for entry in PRACTICE.teaching.over_time])
def test_a_bundled_case_goes_on_with_answers_that_may_follow_and_with_what_was_offered(name: str) -> None:
    scenario = PRACTICE.collection.by_name[name].scenario
    for before, now in pairwise(visits_then(scenario)):
        changed = [finding for finding, answer in now.answers.items() if answer != before.answers[finding]]
        forward = {finding: change.after for finding in changed if (change := KNOWLEDGE.changes[finding]).how == "forward"}
        assert all(now.answers[finding] in after.get(str(before.answers[finding]), ()) for finding, after in forward.items())
    assert not_offered(scenario) == []


@pytest.mark.parametrize("trap", TRAPS)
def test_a_set_about_a_trap_holds_cases_in_which_it_lies(trap: str) -> None:
    case_set = PRACTICE.new_set(1, 1, trap)
    (case,) = case_set.cases
    result = pathway.explain(case.scenario)
    facts = {**case.scenario.answers, **defaults(KNOWLEDGE), "guidance": result.guidance, "route": result.route}
    assert truth(expand_definitions(TRAPS[trap].when, KNOWLEDGE.expanded_definitions), facts)
    assert result.guidance == (TRAPS[trap].guidance or KNOWLEDGE.readings[0]) and case.options[0] == TRAPS[trap].option
    assert case_set.objectives[0].says == TRAPS[trap].aim and case_set.objectives[0].cases == (case.id,)
    assert set(TRAPS[trap].teaches) & set(case.teaches)


def test_titles_and_presentations_tell_nothing_of_the_result() -> None:
    telling = {KNOWLEDGE.label(word).title.lower() for word in ("emergency", "urgent", "injection", "surgery", "recovery")}
    for case in ten().cases:
        told = " ".join([case.scenario.title, *PRACTICE.stages(case)[0].presentation]).lower()
        assert not [word for word in telling if word in told]


def test_a_case_far_from_another_result_is_easier_than_a_close_one() -> None:
    fresh, tried = (nearest_other(PRACTICE.pathway, {"answers": answers}, "tens") for answers in (QUIET, TRIED))
    assert (fresh.answers, fresh.turns_on) == (3, ())
    assert tried.answers == 1 and {"course", "injection"} <= set(tried.turns_on)
    assert not set(tried.turns_on) & {"saddle_numbness", "region", "tens_risk"}, "no new flag, and nothing that no care changes"


def test_an_answer_is_shown_in_words_with_its_unit() -> None:
    answers = [answer_text(name, answer, KNOWLEDGE) for name, answer in (("symptom_weeks", 1), ("age", 40), ("weakness", None))]
    assert answers == ["1 week", "40 years", "Not known"]


def blocks(answers: dict[str, str | int], asked: tuple[str, ...] = (), **commitment: object) -> dict[str, str]:
    """The feedback in words by its headings."""
    stage = stage_of(answers)
    words = {"route": "stepped_care", "step": None, "reason": "", **commitment}
    told = feedback_blocks(stage, Commitment.model_validate(words), asked)
    return {block.heading: " ".join(block.lines) for block in told}


def test_feedback_names_the_reason_its_source_and_the_deciding_answer() -> None:
    told = blocks(OPERATED_ON, step="injection", reason="injection-step")["Route and step: wrong"]
    assert "Chosen: Injection. The answer: Surgery." in told and "[assumption] stepped-ladder" in told
    assert "The reason that was given does not hold here" in told
    assert "would have been right" in told


def test_feedback_names_a_missed_flag_first_and_whether_it_was_asked() -> None:
    numb = {**QUIET, "saddle_numbness": "present"}
    unasked = blocks(numb, step="conservative", reason="conservative-care-first")
    assert next(iter(unasked)) == "A red flag was missed: saddle numbness"
    assert "It was not asked about." in unasked["A red flag was missed: saddle numbness"]
    asked = blocks(numb, ("saddle_numbness",), step="conservative", reason="conservative-care-first")
    assert "more urgent than the chosen route" in asked["A red flag was missed: saddle numbness"]
    assert "Less urgent than the answer: the route" in asked and "both legs weak" not in asked["The questions"], (
        "the flag ends the asking"
    )


def test_options_with_the_same_judgement_for_the_same_reason_stand_together() -> None:
    told = blocks({**QUIET, "saddle_numbness": "present"}, ("saddle_numbness",), route="emergency", reason="saddle-numbness")
    right = next(heading for heading in told if heading.endswith(": right"))
    assert right.count(", ") >= 2 and len([heading for heading in told if heading.endswith(": right")]) == 1


def test_many_findings_with_the_same_answer_stand_together_and_the_others_by_themselves() -> None:
    stage = stage_of({**QUIET, "saddle_numbness": "present"})
    rows = stage.answer_rows(["cord_signs", "saddle_numbness", "numbness", "both_legs_weak", "major_trauma"], str.upper)
    assert rows == [("CORD_SIGNS; NUMBNESS; BOTH_LEGS_WEAK; MAJOR_TRAUMA", "Absent"), ("SADDLE_NUMBNESS", "Present")]


def test_feedback_says_what_the_other_guidance_would_change() -> None:
    told = blocks(TRIED, step="injection", reason="injection-step")
    assert "By NICE NG59 instead" in told


FEW = PRACTICE.new_set(7, 3)
SET = as_yaml(FEW)
UNASKED = re.sub("(?m)^ +saddle_numbness: absent\n", "", SET)
"""The same with a safety question open."""
KEY = FEW.cases[0].options[0]
TITLES = {name: label.title.lower() for name, label in KNOWLEDGE.label_of.items()}
STEP = next(str(case.answered[0].step) for case in FEW.cases if case.answered[0].step)
OTHER = "injection" if STEP != "injection" else "surgery"


def test_a_set_read_back_is_the_same_and_needs_no_remark() -> None:
    opened = opened_set(parse(SET, "set.yaml"), PRACTICE.pathway)
    assert opened.notes == () and as_yaml(opened.case_set) == SET


LONG = "Battery, " * 40
ODD_WORDS = {
    "pathway.yaml": {"name: a lamp that stays dark": 'name: "a lamp\\_that\\_stays dark"', "title: Battery": f"title: {LONG}"},
    "traps.yaml": {"title: The bulb": 'title: "The\\_bulb"'},
    "frame.yaml": {"edition: first edition": 'edition: "first\\_edition"'},
}
"""By file, words with spaces that do not break (which YAML writes as \\_), and words that are too long for a set."""


def test_words_of_a_pathway_that_no_set_may_hold_become_a_plain_line(tmp_path: Path) -> None:
    lamp = tmp_path / "lamp"
    shutil.copytree(TEMPLATE, lamp)
    for file, edits in ODD_WORDS.items():
        text = (lamp / file).read_text("utf-8")
        for old, new in edits.items():
            text = text.replace(old, new)
        (lamp / file).write_text(text, "utf-8")
    practice = Practice(Pathway(load(lamp)))
    for about in ("", *practice.teaching.traps):
        made = practice.new_set(1, 2, about)
        assert practice.opened(parse(as_yaml(made), "set.yaml")).case_set == made


def test_a_set_that_was_edited_says_so() -> None:
    opened = opened_set(parse(SET.replace("seed 7", "for Monday"), "set.yaml"), PRACTICE.pathway)
    assert "was changed after it was made" in opened.notes[0]


def test_a_set_of_another_edition_names_changed_cases_but_no_answer() -> None:
    older = SET.replace(KNOWLEDGE.hash, "0123456789ab").replace(f"step: {STEP}", f"step: {OTHER}", 1)
    opened = opened_set(parse(older, "set.yaml"), PRACTICE.pathway)
    assert any("another edition" in note and "Answered differently now: case " in note for note in opened.notes)
    assert not any(TITLES[STEP] in note for note in opened.notes)
    assert any(f"{TITLES[OTHER]} became {TITLES[STEP]}" in line for line in opened.differences)
    same = opened_set(parse(SET.replace(KNOWLEDGE.hash, "0123456789ab"), "set.yaml"), PRACTICE.pathway)
    assert same.notes == (f"This set was made with another edition of the rules (0123456789ab; now {KNOWLEDGE.hash}). "
                          "All its cases are answered as before.",)  # fmt: skip
    assert same.differences == ()


def test_a_set_of_another_edition_stays_the_same_file_and_keeps_its_hash() -> None:
    older = opened_set(parse(SET, "set.yaml"), PRACTICE.pathway).case_set
    older = older.model_copy(update={"cases": tuple(case.model_copy(update={"turns_on": ()}) for case in older.cases)})
    text = as_yaml(older.model_copy(update={"knowledge": "0123456789ab"}))
    opened = opened_set(parse(text, "set.yaml"), PRACTICE.pathway)
    assert as_yaml(opened.case_set) == text and len(opened.notes) == 1
    assert opened.case_set.cases[0].current.turns_on == FEW.cases[0].turns_on


def test_a_question_that_is_new_since_a_set_was_made_is_taken_as_usual_and_said() -> None:
    older = UNASKED.replace(KNOWLEDGE.hash, "0123456789ab")
    opened = opened_set(parse(older, "set.yaml"), PRACTICE.pathway)
    assert any("new questions" in note and "addle numbness" in note for note in opened.notes)


def test_the_feedback_gives_the_earlier_answer_only_where_it_differs() -> None:
    older = SET.replace(KNOWLEDGE.hash, "0123456789ab").replace(f"step: {STEP}", f"step: {OTHER}", 1)
    cases = opened_set(parse(older, "set.yaml"), PRACTICE.pathway).case_set.cases
    told = [block for case in cases for stage in PRACTICE.stages(case) for block in feedback_blocks(stage, URGENT, ())]
    changed = [block.lines for block in told if block.heading == MADE_BEFORE]
    assert changed == [(f"{TITLES[OTHER].capitalize()} became {TITLES[STEP]}.",)]


def test_a_visit_before_the_last_teaches_only_what_it_decides_itself() -> None:
    case = next(case for case in ten().cases if case.visits > 1)
    first, *_, last = (feedback_blocks(stage, URGENT, ())[-1].lines for stage in PRACTICE.stages(case))
    assert (
        turning_words(case, PRACTICE.pathway.knowledge) in last and turning_words(case, PRACTICE.pathway.knowledge) not in first
    )


def test_bundled_cases_are_picked_by_labels_and_codes_that_tell_nothing_of_the_result() -> None:
    cases = PRACTICE.collection.by_name.values()
    assert len({case.label for case in cases}) == len({case.code for case in cases}) == len(cases) > 30
    assert sum(1 for case in cases if case.scenario.visits) == len(PRACTICE.teaching.over_time)
    for case in cases:
        assert case.scenario.title == case_title(first_answers(case.scenario), KNOWLEDGE)
        assert case.name not in case.label and case.scenario.about.partition(".")[0] not in case.label


def test_a_set_of_chosen_cases_asks_for_a_decision_at_each_visit() -> None:
    names = [entry.id for entry in PRACTICE.teaching.over_time]
    chosen = PRACTICE.chosen_set(names)
    assert [case.id for case in chosen.cases] == [f"case-{at}" for at in range(1, len(names) + 1)]
    assert [len(PRACTICE.stages(case)) for case in chosen.cases] == [
        len(entry.later) + 1 for entry in PRACTICE.teaching.over_time
    ]
    assert all(len({(visit.route, visit.step) for visit in case.answered}) > 1 for case in chosen.cases)
    assert opened_set(parse(as_yaml(chosen), "set.yaml"), PRACTICE.pathway).notes == ()


def test_an_unknown_bundled_case_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(Unusable, match="there is no bundled case driver-eigth-weeks; did you mean driver-eight-weeks"):
        PRACTICE.chosen_set(["driver-eigth-weeks"])
    with pytest.raises(Unusable, match="this edition has no bundled case 000000"):
        PRACTICE.collection.with_codes(["000000"])


BAD_SETS = {
    "no cases": ("{title: T, cases: []}", "cases must not be empty"),
    "no title": ("cases: [{id: a, scenario: {answers: {}}}]", "title is missing"),
    "a foreign key": ("{title: T, case: []}", "there is no key case here; did you mean cases?"),
    "an unknown option": (SET.replace(f"- {KEY}\n", f"- {KEY}s\n", 1), f"there is no option {KEY}s; did you mean {KEY}?"),
    "an unknown answer": (
        SET.replace("region: low_back", "region: low", 1),
        "low is not an answer for region; write low_back",
    ),
    "an id twice": (SET.replace('id: "case-2"', 'id: "case-1"', 1), "case-1 is used twice"),
    "an open question": (UNASKED, "leaves the result open"),
    "not a set": ("just words", "must be a map"),
    "a list for a scenario": ("{title: T, cases: [{id: a, scenario: [1]}]}", "scenario must be a map of keys and values"),
    "too many cases": (f"{{title: T, cases: [{'{id: a, scenario: {}}, ' * 101}]}}", "cases has 101 entries, and may have 100"),
    "a bomb": ("title: &a T\ncases: [*a]", "anchors and aliases (& and *) are not read"),
    "a title with a control character": (SET.replace("seed 7", r"\x1b[2J\u202e"), "has a character that can't be printed"),
    "a title of a page": (SET.replace("seed 7", "x" * 400), "title is longer than 300 characters"),
    "an option twice": (SET.replace(f"  - {KEY}\n", f"  - {KEY}\n  - {KEY}\n", 1), "is listed twice; ask about an option once"),
    "an objective of no case": (
        SET.replace("  - case-2\n", "  - case-22\n", 1),
        "there is no case case-22",
    ),
}


@pytest.mark.parametrize("name", BAD_SETS)
def test_a_set_that_cannot_be_used_is_reported_with_its_line(name: str) -> None:
    text, says = BAD_SETS[name]
    with pytest.raises(Unusable) as raised:
        opened_set(parse(text, "set.yaml"), PRACTICE.pathway)
    assert says in str(raised.value) and all(fault.line for fault in raised.value.faults)


class Mistake(NamedTuple):
    file: str
    old: str
    new: str
    says: str


MISTAKES = {
    "a finding that is none": Mistake(
        "presentation", "{age} years", "{ages} years", "there is no finding ages; did you mean age?"
    ),
    "an answer that is none": Mistake(
        "presentation", "nerve_pain: one_side", "nerve_pain: left", "left is not an answer for nerve_pain"
    ),
    "told, but not tested": Mistake(
        "presentation", "tells: [region, nerve_pain]", "tells: [region, weakness]", "does not read it"
    ),
    "no range": Mistake("draws", "  age: {least: 18, most: 80}\n", "", "needs a range for age"),
    "a later scenario twice": Mistake(
        "cases_over_time",
        "id: driver-who",
        "id: gardener-over-eighteen-weeks\n  # ",
        "the id gardener-over-eighteen-weeks is used twice",
    ),
    "a change of nothing": Mistake(
        "draws", "may_change: [pain_severity", "may_change: [pain_level", "there is no finding pain_level"
    ),
    "an offer of a finding that is none": Mistake(
        "draws", "finding: injection", "finding: injections", "there is no finding injections; did you mean injection?"
    ),
    "an offer of an answer that is none": Mistake(
        "draws", "leaves: [not_tried", "leaves: [untried", "untried is not an answer for injection"
    ),
    "an offer of an option that is none": Mistake(
        "draws", "option: epidural-steroid-injection", "option: epidural-injection", "there is no option epidural-injection"
    ),
    "an empty range": Mistake("draws", "least: 18", "least: 90", "the range of age is empty"),
    "a range of no number": Mistake("draws", "  age:", "  ages:", "ages is not a number that is asked for; did you mean age?"),
    "an option that is none": Mistake("traps", "option: tens", "option: ten", "there is no option ten; did you mean tens?"),
    "a rule that is none": Mistake("traps", "[tens-not-offered,", "[tens-offered,", "there is no rule or statement tens-offered"),
    "a route that is none": Mistake("traps", "{route: stepped_care}", "{route: stepped}", "stepped is not an answer for route"),
    "an id twice": Mistake("traps", "id: the-neck", "id: relief", "the id relief is used twice"),
    "too few questions": Mistake(
        "traps", "    - Which options apply in this case?\n", "", "needs 3 questions under ask, and has 2"
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_teaching_data_is_reported_with_its_file(name: str, tmp_path: Path) -> None:
    mistake = MISTAKES[name]
    for file in ("presentation", "draws", "traps", "cases_over_time"):
        shutil.copy(data_folder() / f"{file}.yaml", tmp_path)
    path = tmp_path / f"{mistake.file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert mistake.old in text
    path.write_text(text.replace(mistake.old, mistake.new, 1), encoding="utf-8")
    with pytest.raises(Unusable) as raised:
        load_teaching(KNOWLEDGE, tmp_path)
    assert mistake.says in str(raised.value) and f"data/{mistake.file}.yaml" in str(raised.value)


def test_a_number_of_cases_or_a_trap_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(Unusable, match="there is no trap the-nek; did you mean the-neck"):
        PRACTICE.new_set(1, 1, "the-nek")
    with pytest.raises(Unusable, match="write a number from 1 to 100"):
        PRACTICE.new_set(1, 0)
