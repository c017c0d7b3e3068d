"""The route: every red flag, and the contract's rules for combining them."""

from __future__ import annotations

from functools import cache

import pytest

from pathway import Result
from tests.contract.reasons import WAITING
from tests.people import KNOWLEDGE, QUIET, TRIED, explained, verdicts, without

MID_BACK = {"region": "mid_back", "nerve_pain": "none"}
ROUTES = {
    "nothing is wrong": ({}, "stepped_care"),
    "a bladder or bowel change": ({"bladder_or_bowel_change": "present"}, "emergency"),
    "saddle numbness": ({"saddle_numbness": "present"}, "emergency"),
    "a change in sexual function": ({"sexual_function_change": "present"}, "emergency"),
    "both legs weak": ({"both_legs_weak": "present", "weakness": "mild"}, "emergency"),
    "new pain down both legs from the low back": ({"nerve_pain": "both_sides"}, "emergency"),
    "pain down both legs only on walking": ({"nerve_pain": "both_sides_walking_only"}, "stepped_care"),
    "pain on both sides from the neck": ({"region": "neck", "nerve_pain": "both_sides"}, "urgent"),
    "the same with cord signs": ({"region": "neck", "nerve_pain": "both_sides", "cord_signs": "present"}, "emergency"),
    "the same with weakness": ({"region": "neck", "nerve_pain": "both_sides", "weakness": "mild"}, "emergency"),
    "pain on both sides from the neck only on walking": ({"region": "neck", "nerve_pain": "both_sides_walking_only"}, "urgent"),
    "pain on both sides from the mid-back": ({"region": "mid_back", "nerve_pain": "both_sides"}, "urgent"),
    "numbness of both legs from the low back": ({"numbness": "both_sides"}, "emergency"),
    "numbness on both sides from the neck": ({"region": "neck", "numbness": "both_sides"}, "urgent"),
    "the same with cord signs too": ({"region": "neck", "numbness": "both_sides", "cord_signs": "present"}, "emergency"),
    "the same with mild weakness": ({"region": "neck", "numbness": "both_sides", "weakness": "mild"}, "emergency"),
    "numbness on both sides from the mid-back": (
        {"region": "mid_back", "nerve_pain": "none", "numbness": "both_sides"},
        "urgent",
    ),
    "cancer with numbness on both sides, from the neck": (
        {"suspected_cancer": "present", "region": "neck", "numbness": "both_sides"},
        "emergency",
    ),
    "a drooping eyelid with arm pain": ({"region": "neck", "eyelid_or_hand_sign": "present"}, "urgent"),
    "worsening weakness": ({"weakness": "worsening"}, "emergency"),
    "severe weakness for three weeks": ({"weakness": "severe", "weakness_weeks": 3}, "emergency"),
    "severe weakness for eleven weeks": ({"weakness": "severe", "weakness_weeks": 11}, "emergency"),
    "severe weakness unchanged for twelve weeks": ({"weakness": "severe", "weakness_weeks": 12}, "urgent"),
    "mild weakness with nerve pain": ({"weakness": "mild"}, "stepped_care"),
    "mild weakness without nerve pain": ({"weakness": "mild", "nerve_pain": "none"}, "urgent"),
    "worsening weakness without nerve pain": ({"weakness": "worsening", "nerve_pain": "none"}, "emergency"),
    "cord signs": ({"cord_signs": "present"}, "urgent"),
    "cord signs, worsening course": ({"cord_signs": "present", "course": "worsening"}, "emergency"),
    "cord signs, long-standing severe weakness": (
        {"cord_signs": "present", "weakness": "severe", "weakness_weeks": 52},
        "emergency",
    ),
    "cancer, spinal pain alone": ({"suspected_cancer": "present", "nerve_pain": "none"}, "urgent"),
    "cancer with nerve pain": ({"suspected_cancer": "present"}, "emergency"),
    "cancer with numbness": ({"suspected_cancer": "present", "nerve_pain": "none", "numbness": "present"}, "emergency"),
    "cancer with cord signs": ({"suspected_cancer": "present", "nerve_pain": "none", "cord_signs": "present"}, "emergency"),
    "fever": ({"suspected_infection": "present"}, "emergency"),
    "infection risk": ({"infection_risk": "present"}, "urgent"),
    "infection risk with numbness": ({"infection_risk": "present", "numbness": "present"}, "emergency"),
    "infection risk with weakness": ({"infection_risk": "present", "weakness": "mild"}, "emergency"),
    "major trauma": ({"major_trauma": "present"}, "emergency"),
    "suspected fracture": ({"suspected_fracture": "present"}, "urgent"),
    "suspected fracture with numbness": ({"suspected_fracture": "present", "numbness": "present"}, "emergency"),
    "vessels": ({"suspected_vascular": "present"}, "emergency"),
    "a recent spinal procedure": ({"recent_spinal_procedure": "present"}, "emergency"),
    "mid-back with nerve pain": ({"region": "mid_back"}, "urgent"),
    "mid-back with numbness alone": ({"region": "mid_back", "nerve_pain": "none", "numbness": "present"}, "urgent"),
    "mid-back without a nerve symptom": ({"region": "mid_back", "nerve_pain": "none"}, "stepped_care"),
    "an inflammatory pattern": ({"inflammatory_pattern": "present"}, "other_pathway"),
    "another explanation": ({"other_explanation": "present"}, "other_pathway"),
    "fifteen years old": ({"age": 15}, "other_pathway"),
    "sixteen years old": ({"age": 16}, "stepped_care"),
    "pregnant": ({"pregnancy": "pregnant"}, "other_pathway"),
    "pregnant with saddle numbness: the more urgent wins": ({"pregnancy": "pregnant", "saddle_numbness": "present"}, "emergency"),
    "an infection risk while another pathway is open: the more urgent wins": (
        {"inflammatory_pattern": "present", "infection_risk": "present"},
        "urgent",
    ),
}


@pytest.mark.parametrize("guidance", ["page", "nice"])
@pytest.mark.parametrize(("changes", "route"), ROUTES.values(), ids=ROUTES)
def test_the_route_is(changes: dict[str, str | int], route: str, guidance: str) -> None:
    assert explained(QUIET | changes, guidance).route == route


FLAGGED = {sentence: row for sentence, row in ROUTES.items() if row[1] != "stepped_care"}


@pytest.mark.parametrize(("changes", "route"), FLAGGED.values(), ids=FLAGGED)
def test_a_present_flag_decides_whatever_is_unanswered(changes: dict[str, str | int], route: str) -> None:
    beside = {name: QUIET[name] for name in ("region", "nerve_pain")}
    assert explained(beside | changes).route == route


def test_stepped_care_is_undetermined_while_safety_questions_are_open() -> None:
    assert explained({"region": "low_back", "nerve_pain": "one_side"}).route == "undetermined"


@cache
def open_routes() -> dict[str, Result]:
    """For each question that could lead off the ladder, the result while that one is open."""
    results = {name: explained(without(QUIET, name)) for name in QUIET}
    return {name: result for name, result in results.items() if result.route == "undetermined"}


def test_every_question_that_could_lead_off_the_ladder_keeps_the_route_open() -> None:
    single_flags = {flag.finding for flag in KNOWLEDGE.red_flags.values()}
    assert single_flags | {"age", "pregnancy", "weakness", "nerve_pain", "region"} <= open_routes().keys()


def test_an_open_route_is_provisional_and_says_what_to_ask_first() -> None:
    for name, result in open_routes().items():
        assert result.provisional and result.route_open, name
        assert (result.route_open.possible[0], result.route_open.deciding) == ("stepped_care", (name,))
        assert result.ask_next[0] == name


def test_questions_for_a_more_urgent_route_come_first() -> None:
    for changes in ({"infection_risk": "present"}, {"pregnancy": "pregnant"}):
        result = explained(without(QUIET | changes, "saddle_numbness", "tens_risk"))
        assert result.route in ("urgent", "other_pathway")
        assert result.route_open is not None
        assert result.route_open.possible == (result.route, "emergency")
        assert result.ask_next == ("saddle_numbness",)


def test_pain_on_both_sides_is_at_least_urgent_where_the_region_is_unknown() -> None:
    result = explained(without(QUIET | {"nerve_pain": "both_sides"}, "region"))
    assert result.route == "urgent"
    assert result.route_open is not None
    assert "emergency" in result.route_open.possible
    assert result.ask_next == ("region",)


def test_numbness_on_both_sides_is_at_least_urgent_where_the_region_is_unknown() -> None:
    result = explained(without(QUIET | {"numbness": "both_sides"}, "region"))
    assert result.route == "urgent"
    assert result.route_open is not None
    assert "emergency" in result.route_open.possible
    assert result.ask_next == ("region",)


DO = {
    "an infection risk": ({"infection_risk": "present"}, "same day"),
    "a drooping eyelid": (
        {"region": "neck", "eyelid_or_hand_sign": "present"},
        "within two weeks. The same day where it began suddenly",
    ),
    "someone under 16": ({"age": 5}, "a spinal service for children"),
}


@pytest.mark.parametrize(("changes", "words"), DO.values(), ids=DO)
def test_a_flag_says_how_urgent_it_is_and_who_decides(changes: dict[str, str | int], words: str) -> None:
    assert any(words in flag.do for flag in explained(QUIET | changes).red_flags)


FIRST = {
    "low_back": ("bladder_or_bowel_change", "saddle_numbness"),
    "neck": ("cord_signs", "weakness", "suspected_vascular"),
    "mid_back": ("cord_signs", "weakness", "bladder_or_bowel_change"),
}


@pytest.mark.parametrize(("region", "first"), FIRST.items(), ids=FIRST)
def test_the_first_questions_depend_on_the_region(region: str, first: tuple[str, ...]) -> None:
    asked = explained({"region": region, "nerve_pain": "none"}).ask_next
    assert tuple(name for name in asked if name in first) == first
    assert asked[0] == first[0]


@pytest.mark.parametrize("sign", [{"weakness": "mild"}, {"cord_signs": "present"}], ids=["weakness", "cord signs"])
def test_pain_on_both_sides_with_a_sign_is_an_emergency_in_any_region(sign: dict[str, str]) -> None:
    assert explained(without(QUIET | sign | {"nerve_pain": "both_sides"}, "region")).route == "emergency"


def test_severe_weakness_is_an_emergency_unless_long_unchanged() -> None:
    result = explained(without(QUIET | {"weakness": "severe"}, "weakness_weeks"))
    assert result.route == "emergency"
    assert result.route_open is not None, "the one flag that an answer can downgrade"
    assert result.route_open.possible == ("emergency", "urgent")
    assert result.ask_next == ("weakness_weeks",)


def test_with_only_a_downgradable_flag_other_safety_questions_are_asked() -> None:
    left_out = ("weakness_weeks", "bladder_or_bowel_change", "suspected_cancer")
    result = explained(without(QUIET | {"weakness": "severe"}, *left_out))
    assert result.route == "emergency"
    assert result.route_open is not None
    assert result.route_open.possible == ("emergency", "urgent")
    assert set(result.route_open.deciding) == set(result.ask_next) == set(left_out)


def test_where_sources_differ_the_red_flag_says_so() -> None:
    flags = {flag.rule: flag.differs for flag in explained(QUIET | {"nerve_pain": "both_sides"}).red_flags}
    assert flags["pain-down-both-legs"] is not None


def test_off_the_ladder_every_treatment_is_on_hold() -> None:
    for changes, still_applies in (
        ({"saddle_numbness": "present"}, {"specialist-assessment"}),
        ({"infection_risk": "present"}, {"specialist-assessment", "self-management-education"}),
        ({"pregnancy": "pregnant"}, {"specialist-assessment", "self-management-education"}),
    ):
        result = explained(QUIET | changes)
        assert result.step is None
        assert result.step_open is None
        assert {option for option, verdict in verdicts(result).items() if verdict == "applies"} == still_applies
        assert {verdict for option, verdict in verdicts(result).items() if option not in still_applies} == {"on_hold"}


def test_the_assessment_names_the_service_that_decides() -> None:
    reasons = explained(QUIET | {"inflammatory_pattern": "present"}).options["specialist-assessment"].reasons
    assert any("rheumatology" in reason.because for reason in reasons)


def test_a_flag_against_hands_on_treatment_is_its_first_reason() -> None:
    option = explained(QUIET | {"suspected_fracture": "present"}).options["spinal-traction"]
    assert option.verdict == "on_hold"
    assert option.reasons[0].says == "contraindicated"


def test_while_the_route_is_open_manual_care_injection_and_surgery_wait() -> None:
    result = explained(without(TRIED, "saddle_numbness"))
    assert {option for option, verdict in verdicts(result).items() if verdict == "undetermined"} == WAITING - {
        "laminectomy",
        "foraminotomy",
    }
    assert verdicts(result)["laminectomy"] == "not_indicated", "an option that is ruled out stays ruled out"
    assert verdicts(result)["stretching"] == "applies"
    assert result.step == "injection", "the step is given as if no open question reveals a flag"


@pytest.mark.parametrize("cause", [*KNOWLEDGE.findings["cause"].answers])
def test_each_operation_that_is_not_ruled_out_waits(cause: str) -> None:
    result = explained(without({**TRIED, "cause": cause}, "saddle_numbness"))
    assert {option for option, entry in result.options.items() if entry.verdict in ("later", "applies")}.isdisjoint(WAITING)
