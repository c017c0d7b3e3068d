"""How a commitment is judged: the four cells, missed red flags, unsafe choices, and what the questions cost."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from pathway.explanation.pathway import the_pathway
from pathway.practice.commitment import Commitment
from pathway.practice.questions import question_score
from pathway.practice.reasons import option_reasons, place_reasons
from pathway.practice.scoring import Feedback, judge
from pathway.proof.counterfactual.single_change import single_changes
from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, ROUTES, TRIED, explained

EVERYTHING = frozenset(KNOWLEDGE.findings)
INJECTION, OPERATION, HEAT, ULTRASOUND = (
    "epidural-steroid-injection", "microdiscectomy", "heat-and-cold", "therapeutic-ultrasound",
)  # fmt: skip
NUMB = {**QUIET, "saddle_numbness": "present"}
UNFIT = {**OPERATED_ON, "fit_for_surgery": "unfit"}


class Case(NamedTuple):
    answers: dict[str, str | int]
    route: str
    step: str | None
    reason: str
    cell: str


PLACES = {
    "the right step for the rule that decides": Case(TRIED, "stepped_care", "injection", "injection-step", "right"),
    "the right step for a rule that comes too late": Case(
        TRIED, "stepped_care", "injection", "go-on-with-conservative-care", "other_reason"
    ),
    "the right step for a rule that is not true": Case(TRIED, "stepped_care", "injection", "surgery-step", "other_reason"),
    "another step, though the rule named is the one that decides": Case(
        TRIED, "stepped_care", "surgery", "injection-step", "true_reason"
    ),
    "another step for a rule that is not true": Case(TRIED, "stepped_care", "surgery", "surgery-step", "wrong"),
    "another step for the rule that always holds": Case(
        TRIED, "stepped_care", "conservative", "go-on-with-conservative-care", "wrong"
    ),
    "an emergency for the flag that is present": Case(NUMB, "emergency", None, "saddle-numbness", "right"),
    "an emergency for a flag that is absent": Case(NUMB, "emergency", None, "both-legs-weak", "other_reason"),
    "only urgent, though the flag is seen": Case(NUMB, "urgent", None, "saddle-numbness", "true_reason"),
    "on the ladder in an emergency": Case(NUMB, "stepped_care", "conservative", "conservative-care-first", "wrong"),
    "an emergency where there is none": Case(QUIET, "emergency", None, "saddle-numbness", "wrong"),
    "the right route, the step left out": Case(QUIET, "stepped_care", None, "conservative-care-first", "true_reason"),
}


def judged(case: Case, options: tuple[str, ...] = (HEAT,), known: frozenset[str] = EVERYTHING, **more: object) -> Feedback:
    """The feedback on a commitment about these answers."""
    words = {"route": case.route, "step": case.step, "reason": case.reason, **more}
    return judge(Commitment.model_validate(words), explained(case.answers), options, known, ROUTES)


@pytest.mark.parametrize("name", PLACES)
def test_the_place_and_its_reason_fall_into_one_of_four_cells(name: str) -> None:
    place = judged(PLACES[name]).place
    assert place.cell == PLACES[name].cell
    assert place.right == (place.chosen == place.answer) or "left out" in name


STEP = PLACES["the right step for the rule that decides"]
KEY_OPTIONS = {
    "the injection applies at its step": (STEP, INJECTION, True, "injection-at-its-step", "right"),
    "the injection applies for a reason that is not true": (STEP, INJECTION, True, "injection-not-yet", "other_reason"),
    "the injection does not apply, though it is at its step": (STEP, INJECTION, False, "injection-at-its-step", "true_reason"),
    "the injection does not apply since it did not help": (STEP, INJECTION, False, "injection-did-not-help", "wrong"),
    "ultrasound is not advised": (STEP, ULTRASOUND, False, "ultrasound-no-longer-advised", "right"),
    "ultrasound applies since the page praises it": (STEP, ULTRASOUND, True, "ultrasound-praised", "wrong"),
    "an operation is later": (STEP, OPERATION, False, "operation-not-yet", "right"),
}


@pytest.mark.parametrize("name", KEY_OPTIONS)
def test_the_key_option_and_its_reason_fall_into_one_of_four_cells(name: str) -> None:
    case, option, ticked, reason, cell = KEY_OPTIONS[name]
    feedback = judged(case, (option, HEAT), applies=(option,) if ticked else (), option_reason=reason)
    assert feedback.options[0].cell == cell
    assert feedback.options[1].cell is None, "only the key option is asked why"


def test_each_option_is_right_where_it_was_ticked_just_if_it_applies() -> None:
    options = judged(STEP, (INJECTION, HEAT, OPERATION, ULTRASOUND), applies=(INJECTION, OPERATION)).options
    assert [option.right for option in options] == [True, False, False, True]
    assert [option.answer for option in options] == ["applies", "applies", "later", "not_advised"]


@pytest.mark.parametrize(
    ("name", "known", "missed"),
    [
        ("an emergency for the flag that is present", EVERYTHING, ()),
        ("an emergency for the flag that is present", EVERYTHING - {"saddle_numbness"}, ("saddle-numbness",)),
        ("only urgent, though the flag is seen", EVERYTHING, ("saddle-numbness",)),
        ("on the ladder in an emergency", EVERYTHING, ("saddle-numbness",)),
        ("the right step for the rule that decides", frozenset(), ()),
    ],
)
def test_a_red_flag_is_missed_where_it_was_not_asked_or_not_acted_on(
    name: str, known: frozenset[str], missed: tuple[str, ...]
) -> None:
    assert judged(PLACES[name], known=known).missed_flags == missed


def test_one_emergency_sign_is_enough_to_miss_no_other() -> None:
    both = PLACES["an emergency for the flag that is present"]._replace(answers={**NUMB, "both_legs_weak": "present"})
    assert judged(both, known=frozenset({"saddle_numbness"})).missed_flags == ()


@pytest.mark.parametrize(
    ("name", "unsafe"),
    [
        ("only urgent, though the flag is seen", ("place",)),
        ("on the ladder in an emergency", ("place",)),
        ("an emergency where there is none", ()),
        ("another step for a rule that is not true", ()),
    ],
)
def test_a_less_urgent_route_is_unsafe_and_a_more_urgent_one_is_only_wrong(name: str, unsafe: tuple[str, ...]) -> None:
    assert judged(PLACES[name]).unsafe == unsafe


def test_an_option_against_a_risk_is_unsafe_and_one_too_early_is_not() -> None:
    step = PLACES["another step for the rule that always holds"]
    unfit = judged(step._replace(answers=UNFIT), (OPERATION,), applies=(OPERATION,))
    early = judged(STEP, (OPERATION,), applies=(OPERATION,))
    assert (unfit.unsafe, early.unsafe) == ((OPERATION,), ())
    assert not early.options[0].right


ORDER = ("flag", "other flag", "pain", "risk", "idle")
SAFETY = ("flag", "other flag")
MATTERS = ("flag", "other flag", "pain", "risk")


@pytest.mark.parametrize(
    ("asked", "decided", "points", "left", "needless"),
    [
        (MATTERS, False, 6, (), ()),
        (ORDER, False, 5, (), ("idle",)),
        (("pain", "risk"), False, 2, SAFETY, ()),
        (SAFETY, False, 4, ("pain", "risk"), ()),
        (("flag",), True, 6, (), ()),
        (("flag", "idle"), True, 5, (), ("idle",)),
        (("idle",), False, 0, MATTERS, ("idle",)),
    ],
    ids=[
        "all that matter", "everything costs", "safety questions left open count double", "others left open count once",
        "an emergency sign ends the asking", "what was asked in vain still costs", "never less than nothing",
    ],
)  # fmt: skip
def test_the_cost_of_questions(
    asked: tuple[str, ...], decided: bool, points: int, left: tuple[str, ...], needless: tuple[str, ...]
) -> None:
    score = question_score(asked, MATTERS, SAFETY, decided, ORDER)
    assert (score.points, score.most) == (points, 6)
    assert (score.left_open, score.needless) == (left, needless)


def test_safety_questions_are_those_of_the_safety_groups() -> None:
    safety = set(KNOWLEDGE.safety_findings)
    assert {"saddle_numbness", "weakness", "pregnancy"} <= safety and not {"age", "course", "tens_risk"} & safety


ANSWERS = {"tried": TRIED, "operated on": OPERATED_ON, "quiet": QUIET, "numb": NUMB}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_reasons_to_pick_from_hold_the_one_that_decides_among_as_many_of_each_level(name: str) -> None:
    result = explained(ANSWERS[name])
    rules = place_reasons(result, the_pathway())
    flags = [rule for rule in rules if rule in KNOWLEDGE.red_flags]
    assert (len(flags), len(rules)) == (4, 8), "the list alone must not tell where the case belongs"
    assert place_reasons(result, the_pathway()) == rules
    deciding = judged(Case(ANSWERS[name], "urgent", None, "", "wrong")).place.deciding
    assert deciding[0] in rules and not set(deciding[1:]) & set(rules)


@pytest.mark.parametrize("option", [INJECTION, OPERATION, ULTRASOUND, HEAT])
def test_the_reasons_of_an_option_are_its_own_rules_and_no_text_stands_twice(option: str) -> None:
    result = explained(TRIED)
    rules = option_reasons(result, option, the_pathway())
    texts = [the_pathway().rule_texts.reasons[rule].because for rule in rules]
    assert 3 <= len(rules) <= 4 and len(set(texts)) == len(texts)
    assert set(rules) <= {rule.id for rule in KNOWLEDGE.rules_by_option[option]}


def test_the_nearest_neighbours_are_picked_first() -> None:
    rules = option_reasons(explained({**TRIED, "injection": "not_helped"}), INJECTION, the_pathway())
    assert "injection-did-not-help" in rules and "injection-for-low-back-pain-alone" not in rules


def changes_to(answers: dict[str, str | int], step: str | None) -> list[tuple[str, str | int]]:
    """The single answers that lead to a step, or off the ladder."""
    changes = [change for change in single_changes(the_pathway(), {"answers": answers}) if change.step == step]
    return [(each.change.finding, each.change.after) for each in changes]


def test_the_one_answer_that_would_have_made_a_choice_right_is_found() -> None:
    assert ("injection", "not_helped") not in changes_to(TRIED, "injection")
    assert ("conservative_weeks", 5) in changes_to(TRIED, "conservative")
    assert ("saddle_numbness", "absent") in changes_to(NUMB, "conservative")
    assert changes_to(QUIET, "surgery") == [], "one answer alone never skips two steps"


def test_a_change_that_contradicts_another_answer_is_not_proposed() -> None:
    assert ("conservative_weeks", 12) not in changes_to(TRIED, "injection"), "more weeks of care than of symptoms"


def test_what_no_care_sets_out_to_change_is_proposed_last() -> None:
    compared = [change.compared for change in single_changes(the_pathway(), {"answers": TRIED})]
    assert compared == sorted(compared) and True in compared
