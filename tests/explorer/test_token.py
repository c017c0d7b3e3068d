"""The address: it restores everything, survives new words for people, and a bad one says what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

import pathway
from explorer.address import codes
from pathway.link import LONGEST, BadLink, Codes, code
from pathway.walk import MOST_VISITS, MOST_WEEKS, State, Visit, started

KNOWLEDGE = pathway.load()
WHOLE = started({finding.id: finding.if_not_adverse for finding in KNOWLEDGE.findings.values()})
WALK = State(
    visits=(Visit(own={"region": "low_back", "symptom_weeks": 2}), Visit(6, "worse", {"injection": "declined", "region": None})),
    at=1,
    guidance="nice",
    assumptions={"surgery-weeks": 20, "injection-first": "no"},
)


def test_an_address_restores_everything() -> None:
    for state in (WHOLE, WALK, replace(WALK, at=0)):
        assert codes().read(codes().written(state)) == (state, KNOWLEDGE.hash)


def test_the_start_has_no_token() -> None:
    assert codes().written(State()) == ""


def test_a_complete_scenario_is_short_enough_for_a_picture_that_is_scanned() -> None:
    assert len(codes().written(WHOLE)) < 300


def test_the_longest_walk_fits_into_an_address() -> None:
    allowed = {one.id: one.allowed for one in KNOWLEDGE.assumptions.values() if one.value is not None}
    answers = {one.id: one.whole.most if one.whole else next(iter(one.answers)) for one in KNOWLEDGE.findings.values()}
    visits = (Visit(own=answers), *[Visit(MOST_WEEKS, "worse", answers)] * (MOST_VISITS - 1))
    state = State(visits, MOST_VISITS - 1, "nice", {name: values[-1] for name, values in allowed.items()})
    assert codes().read(codes().written(state))[0] == state


def test_the_start_can_be_spelt_out() -> None:
    assert codes().read(codes().spelt_out(State())) == (State(), KNOWLEDGE.hash)


def test_no_two_findings_or_answers_share_a_code() -> None:
    assert len(codes().findings) == len(KNOWLEDGE.findings)
    assert len(codes().assumptions) == len(KNOWLEDGE.assumptions)
    for finding in KNOWLEDGE.findings.values():
        assert len({code(f"{finding.id}:{answer}", 2) for answer in finding.answers}) == len(finding.answers)


def test_an_address_survives_other_words_and_another_order() -> None:
    findings = {
        name: finding.model_copy(update={"question": "Otherwise?", "answers": dict(reversed(finding.answers.items()))})
        for name, finding in reversed(KNOWLEDGE.findings.items())
    }
    other = Codes(KNOWLEDGE.model_copy(update={"findings": findings}))
    assert other.read(codes().written(WHOLE))[0] == WHOLE


@pytest.mark.parametrize(
    ("token", "says"),
    [
        ("2~x~p~~0~", "version"),
        ("nonsense", "version"),
        ("1~x~p", "missing"),
        ("1~x~q~~0~", "damaged"),
        ("1~x~p~~7~", "damaged"),
        ("1~x~p~~٣~~1s~1s~1s", "damaged"),
        ("1~x~p~~0~~٣s", "visit"),
        ("1~x~p~~0~zzzzz", "finding that is not known"),
        (f"1~x~p~~0~{code('region', 3)}zz", "answer for region"),
        (f"1~x~p~~0~{code('age', 3)}121", "answer for age"),
        (f"1~x~p~~0~{code('age', 3)}٣", "answer for age"),
        ("1~x~p~zzz9~0~", "assumption"),
        ("1~x~p~~0~~9999w", "visit"),
        ("1~x~p~~0" + "~1s" * 30, "visits"),
        ("1~" + "x" * LONGEST, "long"),
        ("1~<script>alert(1)</script>~p~~0~<b>", "finding"),
    ],
)
def test_a_bad_address_says_what_is_wrong(token: str, says: str) -> None:
    with pytest.raises(BadLink, match=says):
        codes().read(token)


def test_an_edition_is_shown_and_can_not_turn_the_text_around() -> None:
    assert codes().read("1~\u202eab\u20660\x00~p~~0~")[1] == "ab0"
