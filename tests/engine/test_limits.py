"""Rules by hundreds, patterns too large, and names that the engine can't tell apart."""

from __future__ import annotations

import json
from random import Random

import durable_rules_engine as durable
import pytest

from pathway.conditions.kleene import truth
from pathway.conditions.tree import All, Any, Condition, Is, Not
from pathway.engine.patterns import TooLarge, name_hash, refuse_alike
from pathway.engine.rulesets import MOST_PATTERNS, MOST_STACKED, MOST_TOGETHER, Network
from pathway.rules import Engine, Ruleset, compiled
from tests.engine.trees import DERIVED, known, tree

COLLIDING = ("oguthafc", "pngiuvmu")
"""Found by brute force."""


def test_600_rules_keep_within_the_engines_limits_and_agree() -> None:
    random = Random(7)
    conditions = {f"rule-{number}": tree(random) for number in range(600)}
    engine = compiled(conditions, DERIVED)
    assert all(_within_limits(ruleset) for ruleset in engine.rulesets)
    for _ in range(40):
        facts = known(random)
        assert engine.fire(facts) == {rule: truth(condition, facts) for rule, condition in conditions.items()}


def _within_limits(ruleset: Ruleset) -> bool:
    patterns = [rule["all"][0]["m"] for rule in json.loads(ruleset.rules).values()]
    network = Network()
    for pattern in patterns:
        network.add(pattern)
    return len(patterns) <= MOST_PATTERNS and len(ruleset.names) <= MOST_PATTERNS and network.stacked() <= MOST_STACKED


def test_600_rules_on_600_findings_that_all_match_at_once_are_split() -> None:
    conditions: dict[str, Condition] = {f"rule-{n}": Is(f"finding-{n}", ("present",)) for n in range(600)}
    engine = compiled(conditions)
    assert len(engine.rulesets) >= 600 / MOST_STACKED
    assert engine.fire({f"finding-{n}": "present" for n in range(600)}) == dict.fromkeys(conditions, True)
    assert engine.fire({f"finding-{n}": "absent" for n in range(600)}) == dict.fromkeys(conditions, False)


def test_600_rules_of_one_condition_are_tested_once() -> None:
    engine = compiled({f"rule-{n}": Is("finding", ("present",)) for n in range(600)})
    assert len(engine.says) == 2
    assert set(engine.fire({"finding": "present"}).values()) == {True}


def test_the_bound_on_what_waits_at_once_is_as_tight_as_the_engine() -> None:
    """64 tests that match at one place pass, 65 are the error: so the count is the engine's own."""
    assert _matched_at_once(64) is None
    assert "303" in str(_matched_at_once(65))


def _matched_at_once(number: int) -> Exception | None:
    patterns = {f"r{n}": {f"p{n}": 1} for n in range(number)}
    network = Network()
    for pattern in patterns.values():
        network.add(pattern)
    assert network.stacked() == number
    handle = durable.create_ruleset(f"at-once-{number}", json.dumps({name: {"all": [{"m": p}]} for name, p in patterns.items()}))
    try:
        durable.assert_fact(handle, json.dumps({"sid": "s", "id": "f"} | {f"p{n}": 1 for n in range(number)}))
    except Exception as error:
        return error
    return None


def test_a_pattern_too_large_names_its_rule() -> None:
    large = All(tuple(Is(f"finding-{number}", ("present",)) for number in range(40)))
    with pytest.raises(TooLarge, match="far-too-large"):
        compiled({"small": Is("finding", ("present",)), "far-too-large": large})


def test_a_large_choice_is_split_rather_than_refused() -> None:
    wide = Any(tuple(Any((Is(f"finding-{number}", ("present",)),)) for number in range(12)))
    engine = compiled({"wide": All((wide, wide, Not(Is("other", ("present",)))))})
    assert engine.fire({"finding-11": "present", "other": "absent"}) == {"wide": True}
    assert engine.fire({f"finding-{number}": "absent" for number in range(12)}) == {"wide": False}


def test_the_name_hash_is_the_engines_own() -> None:
    one, other = COLLIDING
    assert name_hash(one) == name_hash(other)
    handle = durable.create_ruleset("colliding", json.dumps({"rule": {"all": [{"m": {one: 1}}]}}))
    assert durable.assert_fact(handle, json.dumps({"sid": "s", "id": "f", other: 1}))[0] == 0  # matched by the wrong name


def test_names_that_the_engine_cannot_tell_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="pngiuvmu from oguthafc"):
        refuse_alike(COLLIDING)


def test_the_size_of_a_ruleset_stays_where_the_engine_does_not_hang() -> None:
    assert MOST_TOGETHER < 512
    assert isinstance(compiled({}), Engine)
