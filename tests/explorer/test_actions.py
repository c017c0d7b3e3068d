"""What a person does, and what it makes of the state; "none of these" is said, and never taken for granted."""

from __future__ import annotations

import pytest

import pathway
from explorer.instrument.actions import CLEARED, apply
from explorer.instrument.session import Session
from explorer.links.address import scenarios, state_from_link
from pathway import Unusable
from pathway.scenarios.walk import State, new_walk

KNOWLEDGE = pathway.load()
START = State()


def done(state: State, **event: str) -> State:
    return apply(state, event, Session())


def test_an_answer_is_kept_and_not_known_takes_it_back() -> None:
    once = done(START, do="answer", finding="region", value="neck")
    assert once.answers == {"region": "neck"}
    assert done(once, do="answer", finding="region", value="") == START


def test_a_number_is_kept_and_an_empty_field_takes_it_back() -> None:
    once = done(START, do="number", finding="age", value="0")
    assert once.answers == {"age": 0}
    assert done(once, do="number", finding="age", value="") == START


@pytest.mark.parametrize("value", ["-1", "121", "4.5", "1e3", "many", "٣", "9" * 50, "--5", "-"])
def test_an_invalid_number_is_refused(value: str) -> None:
    with pytest.raises(Unusable, match="whole number"):
        done(START, do="number", finding="age", value=value)


def test_none_of_these_answers_only_its_group() -> None:
    answers = done(START, do="none-of-these", group="cauda-equina", value="on").answers
    group = [finding.id for finding in KNOWLEDGE.findings.values() if finding.group == "cauda-equina"]
    assert answers == dict.fromkeys(group, "absent")


def test_none_of_these_never_overwrites_a_present_sign() -> None:
    once = done(START, do="answer", finding="saddle_numbness", value="present")
    assert done(once, do="none-of-these", group="cauda-equina", value="on") == once


def test_none_of_these_can_be_taken_back() -> None:
    once = done(START, do="none-of-these", group="cauda-equina", value="on")
    assert done(once, do="none-of-these", group="cauda-equina", value="") == START


def test_an_assumption_is_changed_within_its_bounds_and_reset() -> None:
    once = done(START, do="assume", name="surgery-weeks", value="20")
    assert once.assumptions == {"surgery-weeks": 20}
    assert done(once, do="assume", name="surgery-weeks", value="12") == START
    assert done(once, do="reset-assumptions") == START
    with pytest.raises(Unusable, match="from 6 to 26"):
        done(START, do="assume", name="surgery-weeks", value="27")


def test_start_over_keeps_the_guidance_and_clear_everything_does_not() -> None:
    state = done(new_walk(scenarios()["gardener-first-days"].answers), do="guidance", value="nice")
    assert done(done(state, do="assume", name="surgery-weeks", value="20"), do="restart") == State(guidance="nice")
    assert done(state, do="clear") == START


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"do": "fly"},
        {"do": "none-of-these", "group": "nobody"},
    ],
)
def test_an_unknown_event_changes_nothing(event: dict[str, str]) -> None:
    assert apply(START, event, Session()) == START


@pytest.mark.parametrize("event", [{"finding": "nobody", "value": "x"}, {"finding": "region", "value": "<b>"}])
def test_an_unknown_answer_is_refused(event: dict[str, str]) -> None:
    with pytest.raises(Unusable):
        done(START, do="answer", **event)


@pytest.mark.parametrize("do", ["answer", "number"])
def test_an_unknown_finding_cannot_be_cleared_at_a_later_visit(do: str) -> None:
    later = done(START, do="add-visit", weeks="3", value="same")
    assert done(later, do=do, finding="nobody", value="") == later


def test_only_known_questions_are_skipped_and_each_once() -> None:
    session = Session()
    for finding in ("age", "nobody", "age"):
        apply(START, {"do": "skip", "finding": finding}, session)
    assert session.skipped == {"age"}


@pytest.mark.parametrize("event", [{"do": "add-visit", "weeks": "6", "value": "worse"}, {"do": "unskip"}, {"do": "restart"}])
def test_skipped_questions_are_asked_again(event: dict[str, str]) -> None:
    session = Session(skipped=frozenset({"saddle_numbness"}))
    apply(START, event, session)
    assert session.skipped == frozenset()


def test_no_to_all_taken_back_restores_what_was_answered_before() -> None:
    session, known = Session(), START.answered({"saddle_numbness": "absent"})
    on, off = ({"do": "none-of-these", "group": "cauda-equina", "value": value} for value in ("on", ""))
    ticked = apply(known, on, session)
    assert apply(ticked, off, session) == known


def test_clear_everything_empties_session_and_address() -> None:
    session = Session(skipped=frozenset({"age"}), address={"s": "x", "t": "y", "a": "z"})
    assert apply(START.answered({"age": 40}), {"do": "clear"}, session) == START
    assert (session.skipped, session.address) == (frozenset(), {})
    assert session.message == CLEARED  # said once, and it holds nothing
    assert session.clears, "what other pages keep goes too"


@pytest.mark.parametrize("state", [START, new_walk(scenarios()["driver-eight-weeks"].answers, "nice")])
def test_the_current_scenario_can_be_pinned_even_when_empty(state: State) -> None:
    session = Session(address={"s": "x"})
    apply(state, {"do": "pin"}, session)
    assert session.address
    pinned, message = state_from_link(session.address["t"])
    assert (pinned.answers, pinned.guidance, message) == (state.answers, state.guidance, "")
    apply(state, {"do": "unpin"}, session)
    assert session.address == {"s": "x"}


def test_a_link_to_another_page_carries_its_place() -> None:
    session = Session(skipped=frozenset({"age"}), address={"s": "x"})
    apply(START, {"do": "navigate", "page": "rules", "rule": "tens-on-numb-skin", "s": "of somebody"}, session)
    assert session.next_page == "rules" and session.address == {"s": "x", "rule": "tens-on-numb-skin"} and session.skipped
