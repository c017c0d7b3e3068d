"""Behaviour of durable-rules that this project relies on or avoids. A release that changes it fails here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import durable_rules_engine as durable
import pytest

from pathway.rules import MATCHED, UNMATCHED

_serial: Iterator[int] = count()


def fired(pattern: dict[str, Any], fact: dict[str, Any], **setting: int) -> list[str]:
    """The message of each firing of one rule on one fact."""
    handle = durable.create_ruleset(f"trap-{next(_serial)}", json.dumps({"rule": {"all": [{"m": pattern}], **setting}}))
    result, state = durable.assert_fact(handle, json.dumps({"sid": "s", "id": "f"} | fact))
    messages, message = [], None if result == UNMATCHED else durable.start_action_for_state(handle, state)[1]
    while message:
        messages.append(message)
        message = durable.complete_and_start_action(handle, state)
    return messages


def test_not_equal_matches_the_code_for_unknown() -> None:
    assert fired({"$neq": {"p": 2}}, {"p": 0})


@pytest.mark.parametrize("pattern", [{"p": 1}, {"$neq": {"p": 1}}, {"$gt": {"p": 0}}, {"$lt": {"p": 0}}])
def test_a_test_of_a_missing_property_never_matches(pattern: dict[str, Any]) -> None:
    assert not fired(pattern, {"q": 1})


def test_an_or_fires_once_for_each_alternative_that_holds() -> None:
    assert len(fired({"$or": [{"p": 1}, {"q": 1}]}, {"p": 1, "q": 1})) == 2


def test_with_a_cap_all_matches_of_an_or_come_as_one_firing() -> None:
    assert len(fired({"$or": [{"p": 1}, {"q": 1}]}, {"p": 1, "q": 1}, cap=1_000)) == 1


@pytest.mark.parametrize(("operand", "sent"), [(True, "true"), (True, 1), (False, 0), (6, "abc")])
def test_values_of_different_types_compare_as_equal_or_ordered(operand: Any, sent: Any) -> None:
    pattern = {"p": operand} if isinstance(operand, bool) else {"$gte": {"p": operand}}
    assert fired(pattern, {"p": sent})


@pytest.mark.parametrize(
    ("sent", "above", "below"), [(-1, False, True), (0, False, False), (1, True, False), (999_999, True, False)]
)
def test_numbers_are_compared_as_numbers(sent: int, above: bool, below: bool) -> None:
    assert bool(fired({"$gt": {"p": 0}}, {"p": sent})) is above
    assert bool(fired({"$lt": {"p": 0}}, {"p": sent})) is below


def test_a_fact_that_was_already_asserted_is_not_matched_again() -> None:
    handle = durable.create_ruleset("twice", json.dumps({"rule": {"all": [{"m": {"p": 1}}]}}))
    fact = json.dumps({"sid": "s", "id": "f", "p": 1})
    assert [durable.assert_fact(handle, fact)[0] for _ in range(2)] == [MATCHED, 2]


def test_an_action_begun_and_not_completed_silences_the_next_fact() -> None:
    """For a minute, without an error. So a compiled copy is put back only after a clean run."""
    handle = durable.create_ruleset("begun", json.dumps({"rule": {"all": [{"m": {"p": 1}}]}}))
    fact = json.dumps({"sid": "s", "id": "f", "p": 1})
    _, state = durable.assert_fact(handle, fact)
    assert durable.start_action_for_state(handle, state)
    durable.retract_fact(handle, fact)
    assert durable.assert_fact(handle, fact)[0] == MATCHED
    assert durable.start_action_for_state(handle, state) is None


def test_a_pattern_with_16_ands_and_ors_is_refused() -> None:
    ors = [{"$or": [{f"p{number}": 1}, {f"q{number}": 1}]} for number in range(15)]
    assert not fired({"$and": ors[:14]}, {"r": 1})
    with pytest.raises(Exception, match="113"):
        fired({"$and": ors}, {"r": 1})
