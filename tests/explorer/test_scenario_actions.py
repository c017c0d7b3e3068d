"""What a person does, and what it makes of the state; "none of these" is said, and never taken for granted."""

from __future__ import annotations

from typing import Any

import pytest

import pathway
from explorer.links.address import scenarios
from explorer.session.scenario_actions import MOST_EVENTS, ClientMessage, Events, message_from
from pathway import Unusable
from pathway.scenarios.walk import State, new_walk

KNOWLEDGE = pathway.load()
EVENTS = Events(KNOWLEDGE, scenarios())
START = State()


def done(state: State, **event: str) -> State:
    return EVENTS.apply(state, event)


def test_an_answer_is_kept_and_not_known_takes_it_back() -> None:
    once = done(START, do="answer", finding="region", value="neck")
    assert once.answers == {"region": "neck"}
    assert done(once, do="answer", finding="region", value="") == START


def test_a_number_is_kept_and_an_empty_field_takes_it_back() -> None:
    once = done(START, do="number", finding="age", value="0")
    assert once.answers == {"age": 0}
    assert done(once, do="number", finding="age", value=" ") == START


@pytest.mark.parametrize("value", ["-1", "121", "4.5", "1e3", "many", "٣", "9" * 50, "--5", "-", "0" * 20 + "12"])
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
        {"do": "scenario", "value": "../../etc/passwd"},
        {"do": "none-of-these", "group": "nobody"},
        {"do": ["answer"]},
    ],
)
def test_an_unknown_event_changes_nothing(event: dict[str, str]) -> None:
    assert EVENTS.apply(START, event) == START


@pytest.mark.parametrize("event", [{"finding": "nobody", "value": "x"}, {"finding": "region", "value": "<b>"}])
def test_an_unknown_answer_is_refused(event: dict[str, str]) -> None:
    with pytest.raises(Unusable):
        done(START, do="answer", **event)


@pytest.mark.parametrize("do", ["answer", "number"])
def test_an_unknown_finding_cannot_be_cleared_at_a_later_visit(do: str) -> None:
    later = done(START, do="add-visit", weeks="3", value="same")
    assert done(later, do=do, finding="nobody", value="") == later


NOTHING = ClientMessage(0, 0, "", ())


@pytest.mark.parametrize(
    "given",
    [None, [], "x", 5, {"n": "5", "events": None}, {"n": float("nan"), "events": 5}, {"n": 1e400}, {"n": True, "have": [1]},
     {"n": 10**400, "events": "abc"}, {"have": {}, "events": {"do": "clear"}}, {"events": [[], None, "clear"]}],
)  # fmt: skip
def test_malformed_component_data_has_no_events(given: Any) -> None:
    assert message_from(given) == NOTHING


def test_events_keep_their_order_up_to_the_limit() -> None:
    events = [{"do": "answer", "finding": "age", "value": str(at)} for at in range(10_000)]
    assert message_from({"n": 3, "have": 2, "at": "?s=x", "events": events}) == ClientMessage(
        3, 2, "?s=x", tuple(events[:MOST_EVENTS])
    )


def test_a_lone_surrogate_is_refused() -> None:
    (event,) = message_from({"n": 1, "events": [{"do": "file", "text": "answers:\n  age: 4\ud800"}]}).events
    with pytest.raises(Unusable, match="whole number"):
        EVENTS.apply(START, event)
