"""A message may come twice, for another session, malformed, or fail: it is applied once, and what it led to stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from explorer.instrument import messages
from explorer.instrument.messages import MOST_EVENTS, message_from, receive
from explorer.instrument.session import Session
from explorer.links.address import codes, scenarios
from pathway.scenarios.walk import new_walk

SCENARIO = scenarios()["driver-eight-weeks"]
DRIVER = replace(new_walk(SCENARIO.answers), title=SCENARIO.title)
BEFORE, AFTER = codes().encode(DRIVER), codes().encode(DRIVER.answered({"numbness": "present"}))
ANSWER = {"do": "answer", "finding": "numbness", "value": "present"}


def comes(
    session: Session, number: int, *events: dict[str, str], at: str = BEFORE, to: str = "", drawer: str = ""
) -> dict[str, str] | None:
    """A message comes, sent from an address; the address that its run ends with."""
    session.address = None
    receive(
        {"session": to or session.name, "n": number, "at": f"?s={at}", "have": 1, "drawer": drawer, "events": [*events]}, session
    )
    return session.address


def test_a_message_that_comes_twice_leads_to_the_same_address() -> None:
    session = Session()
    assert comes(session, 1, ANSWER) == {"s": AFTER}
    assert comes(session, 1, ANSWER) == {"s": AFTER}
    assert comes(session, 2, ANSWER, at=AFTER) == {"s": AFTER}


def test_a_message_for_another_session_does_nothing() -> None:
    session = Session()
    assert comes(session, 7, ANSWER, to="of a server that is gone") is None
    assert comes(session, 7, ANSWER) == {"s": AFTER}


def test_events_of_one_message_are_applied_in_order() -> None:
    assert comes(Session(), 1, ANSWER, {**ANSWER, "value": ""}, ANSWER) == {"s": AFTER}


def test_a_failed_event_shows_a_message_and_logs_only_its_place(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(state: Any, event: Any, session: Any) -> None:
        raise KeyError(event["value"])

    monkeypatch.setattr(messages, "apply", fails)
    session = Session()
    assert comes(session, 1, ANSWER) == {"s": BEFORE}
    assert "was not done" in session.message and ANSWER["value"] not in session.message
    log = "\n".join(caplog.messages)
    assert "KeyError" in log and "in fails" in log and ANSWER["value"] not in log


def test_a_file_full_of_errors_lists_only_a_few() -> None:
    text = "answers: {" + ", ".join(f"wrong-{number}: 1" for number in range(5000)) + "}"
    session = Session()
    comes(session, 1, {"do": "file", "text": text})
    assert len(session.message) < 1000 and session.message.endswith("and 4995 more")


def test_a_message_stays_until_the_next_action_or_another_link() -> None:
    session = Session()
    session.say("The file is not YAML.")
    comes(session, 1, {"do": "compute", "of": "tens"})
    messages = [session.message_for(link) for link in ("here", "here", "elsewhere", "here")]
    assert messages == ["The file is not YAML."] * 2 + [""] * 2
    session.say("Again.")
    comes(session, 2, ANSWER)
    assert session.message_for("here") == ""


def test_the_work_of_a_drawer_stops_when_it_is_closed() -> None:
    session = Session()
    comes(session, 1, {"do": "compute", "of": "tens"}, drawer="tens")
    assert (session.drawer, session.work) == ("tens", "tens")
    comes(session, 2, ANSWER)
    assert (session.drawer, session.work) == ("", "")


def test_a_link_that_cannot_be_used_stays_until_something_begins_anew() -> None:
    assert comes(Session(), 1, {"do": "open"}, at="cut", drawer="share") == {"s": "cut"}
    assert comes(Session(), 1, {"do": "restart"}, at="cut") == {}


GOOD: dict[str, Any] = {"session": "one", "n": 3, "have": 2, "drawer": "", "at": "?s=x", "events": [ANSWER]}


@pytest.mark.parametrize(
    "raw",
    [None, [], "x", 5, {}, {**GOOD, "n": "5"}, {**GOOD, "n": float("nan")}, {**GOOD, "n": 1e400}, {**GOOD, "have": [1]},
     {**GOOD, "n": True}, {**GOOD, "events": None}, {**GOOD, "events": {"do": "clear"}}, {**GOOD, "events": [[], None, "clear"]},
     {**GOOD, "events": [ANSWER] * (MOST_EVENTS + 1)}, {**GOOD, "events": [{"do": ["answer"]}]}, {**GOOD, "at": "\ud800"},
     {**GOOD, "events": [{"do": "file", "text": "answers:\n  age: 4\ud800"}]}],
)  # fmt: skip
def test_data_that_no_page_of_ours_sends_is_not_a_message(raw: Any) -> None:
    assert message_from(raw) is None
    session = Session(name="one")
    receive(raw, session)
    assert session == Session(name="one", number=session.number)


def test_events_keep_their_order_up_to_the_limit() -> None:
    events = [{"do": "answer", "finding": "age", "value": str(at)} for at in range(MOST_EVENTS)]
    sent = message_from({**GOOD, "events": events})
    assert sent and (sent.session, sent.number, sent.have, sent.at, sent.events) == ("one", 3, 2, "?s=x", events)


@pytest.mark.parametrize(
    "event",
    [{"do": "scenario", "value": "../../etc/passwd"}, {"do": "apply-changes", "changes": "[" * 3000}, {"do": "apply-changes"},
     {"do": "apply-changes", "changes": '{"course": ["worse"]}'}, {"do": "apply-changes", "changes": '{"age": true}'},
     {"do": "answer", "finding": "age", "value": "9" * 5000}, {"do": "guidance", "value": "nobody"}],
)  # fmt: skip
def test_an_event_that_no_button_sends_changes_nothing_and_says_so(event: dict[str, str]) -> None:
    session = Session()
    assert comes(session, 1, event) == {"s": BEFORE}
    assert session.message
