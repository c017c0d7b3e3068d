"""What is done beside the state: kept for the session or in the address, bounded, and gone when all is cleared."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from explorer.links import browser_address
from explorer.links.address import codes, scenarios, state_from_link
from explorer.pages.atlas_query import AtlasQuery
from explorer.session import messages, session_actions
from explorer.session.session_actions import CLEARED, SESSION_ACTIONS
from pathway.scenarios.walk import State, new_walk
from tests.explorer.conftest import QueryParams

DRIVER = new_walk(scenarios()["driver-eight-weeks"].answers, "nice")


class Session(SimpleNamespace):
    """A session and its address."""

    session_state: dict[str, Any]
    query_params: QueryParams

    @property
    def address(self) -> dict[str, str]:
        """The address as it became."""
        return browser_address.address()

    def does(self, do: str, **event: Any) -> None:
        """Something is done beside the state."""
        SESSION_ACTIONS[do]({"do": do, **event})


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session that looks at a scenario, read by NICE."""
    found = Session(session_state={}, query_params=QueryParams({"s": codes().encode(DRIVER)}))
    for module in (messages, session_actions, browser_address):
        monkeypatch.setattr(module, "st", found)
    return found


def test_only_known_questions_are_skipped_and_each_once(session: Session) -> None:
    for finding in ("age", "nobody", "age", ["age"]):
        session.does("skip", finding=finding)
    assert session.session_state["skipped"] == {"age"}


def test_a_new_visit_asks_skipped_questions_again(session: Session) -> None:
    session.does("skip", finding="saddle_numbness")
    session.does("add-visit", weeks="6", value="worse")
    assert "skipped" not in session.session_state


def test_clear_everything_empties_session_and_address(session: Session) -> None:
    session.does("skip", finding="age")
    session.does("open", part="tens")
    session.does("pin")
    session.query_params["a"] = AtlasQuery("age", "course").encoded
    session.does("clear")
    assert session.session_state.pop("message") == CLEARED  # said once, and it holds nothing
    assert set(session.session_state) == {browser_address.KEY} and set(session.address) == {"s"}


@pytest.mark.parametrize("state", [State(), DRIVER])
def test_the_current_scenario_can_be_pinned_even_when_empty(session: Session, state: State) -> None:
    session.query_params["s"] = codes().encode(state)
    session.does("pin")
    assert state_from_link(session.address["t"]) == (state, "")


def test_a_link_to_a_page_opens_a_rule_there_and_the_next_one_does_not(session: Session) -> None:
    session.does("navigate", page="rules", rule="tens-on-the-page")
    assert session.session_state["go"] == "rules"
    assert session.address == {"s": codes().encode(DRIVER), "rule": "tens-on-the-page"}
    session.does("navigate", page="source", at="tens-blocks-pain-signals")
    assert session.address == {"s": codes().encode(DRIVER), "at": "tens-blocks-pain-signals"}
