"""An event may come twice, from a page that was left meanwhile, or fail: it is taken once, and what it led to stays."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from explorer.links import browser_address
from explorer.links.address import codes, scenarios
from explorer.session import handle_events, messages
from explorer.session.component import KEY
from explorer.session.session_actions import SESSION_ACTIONS
from pathway.scenarios.walk import new_walk
from tests.explorer.conftest import QueryParams

SCENARIO = scenarios()["driver-eight-weeks"]
DRIVER = replace(new_walk(SCENARIO.answers), title=SCENARIO.title)
BEFORE, AFTER = codes().encode(DRIVER), codes().encode(DRIVER.answered({"numbness": "present"}))
ANSWER = {"do": "answer", "finding": "numbness", "value": "present"}


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a session keeps."""
    found = SimpleNamespace(session_state={}, query_params=QueryParams({"s": BEFORE}))
    for module in (handle_events, messages, browser_address):
        monkeypatch.setattr(module, "st", found)
    kept: dict[str, Any] = found.session_state
    return kept


def comes(kept: dict[str, Any], number: int, at: str) -> dict[str, str]:
    """An answer comes, sent from an address; the address that its run ends with."""
    kept[KEY] = SimpleNamespace(event={"n": number, "at": f"?s={at}", "have": 1, "events": [ANSWER]})
    handle_events.on_event()
    return browser_address.pop_address()


def test_a_resent_event_restores_its_address(kept: dict[str, Any]) -> None:
    assert comes(kept, 1, BEFORE) == {"s": AFTER}
    assert comes(kept, 1, BEFORE) == {"s": AFTER}
    assert comes(kept, 2, AFTER) == {"s": AFTER}


@pytest.mark.parametrize("widget", [None, SimpleNamespace(event=None)])
def test_an_event_of_a_page_already_left_does_nothing(kept: dict[str, Any], widget: Any) -> None:
    kept |= {} if widget is None else {KEY: widget}
    handle_events.on_event()
    assert browser_address.pop_address() == {"s": BEFORE} and "ack" not in kept


def test_a_failed_event_shows_a_message_and_logs_only_its_place(
    kept: dict[str, Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(event: Any) -> None:
        raise KeyError(event["value"])

    monkeypatch.setitem(SESSION_ACTIONS, "answer", fails)
    assert comes(kept, 1, BEFORE) == {"s": BEFORE}
    assert "was not done" in kept["message"] and ANSWER["value"] not in kept["message"]
    told = "\n".join(caplog.messages)
    assert "KeyError" in told and "in fails" in told and ANSWER["value"] not in told


def test_a_file_full_of_errors_lists_only_a_few(kept: dict[str, Any]) -> None:
    text = "answers: {" + ", ".join(f"wrong-{number}: 1" for number in range(5000)) + "}"
    kept[KEY] = SimpleNamespace(event={"n": 1, "at": f"?s={BEFORE}", "events": [{"do": "file", "text": text}]})
    handle_events.on_event()
    assert len(kept["message"]) < 1000 and kept["message"].endswith("and 4995 more")
