"""The engine's limits: hundreds of rules, patterns that are too large, and property names with one hash."""

from __future__ import annotations

import json
from collections.abc import Iterable
from random import Random

import durable_rules_engine as durable
import pytest

from pathway.conditions.kleene import truth
from pathway.conditions.tree import AllOf, AnyOf, Condition, Facts, Is, Not
from pathway.engine.patterns import (
    FactEncoder,
    Pattern,
    TooLarge,
    name_hash,
    negation_normal_form,
    refuse_hash_collisions,
    split_to_fit,
)
from pathway.engine.rulesets import MAX_PARTS_PER_RULESET, MAX_PATTERNS_PER_RULESET, MAX_PENDING_TESTS, Network
from pathway.rules import Engine, Ruleset, compile_rules
from tests.engine.trees import DERIVED, known, tree

COLLIDING = ("oguthafc", "pngiuvmu")
"""Found by brute force."""


def test_600_rules_stay_within_the_engines_limits_and_are_decided_right() -> None:
    random = Random(7)
    conditions = {f"rule-{number}": tree(random) for number in range(600)}
    engine = compile_rules(conditions, DERIVED)
    assert all(_within_limits(ruleset) for ruleset in engine.rulesets)
    for _ in range(40):
        facts = known(random)
        assert engine.fire(facts) == {rule: truth(condition, facts) for rule, condition in conditions.items()}


def _within_limits(ruleset: Ruleset) -> bool:
    patterns = [rule["all"][0]["m"] for rule in json.loads(ruleset.rules).values()]
    network = _network(patterns)
    most = max(len(patterns), len(ruleset.property_names))
    return most <= MAX_PATTERNS_PER_RULESET and network.max_pending_tests() <= MAX_PENDING_TESTS


def _network(patterns: Iterable[Pattern]) -> Network:
    network = Network()
    for pattern in patterns:
        network.add(pattern)
    return network


def test_600_rules_on_600_findings_that_all_match_at_once_are_split() -> None:
    conditions: dict[str, Condition] = {f"rule-{n}": Is(f"finding-{n}", ("present",)) for n in range(600)}
    engine = compile_rules(conditions)
    assert len(engine.rulesets) >= 600 / MAX_PENDING_TESTS
    assert engine.fire({f"finding-{n}": "present" for n in range(600)}) == dict.fromkeys(conditions, True)
    assert engine.fire({f"finding-{n}": "absent" for n in range(600)}) == dict.fromkeys(conditions, False)


def test_600_rules_with_one_condition_share_its_two_patterns() -> None:
    engine = compile_rules({f"rule-{n}": Is("finding", ("present",)) for n in range(600)})
    assert len(engine.rules_by_pattern) == 2
    assert set(engine.fire({"finding": "present"}).values()) == {True}


def test_the_engine_fails_with_65_pending_tests_and_not_with_64() -> None:
    """So `max_pending_tests` counts as the engine does."""
    assert _matched_at_once(64) is None
    assert "303" in str(_matched_at_once(65))


def _matched_at_once(number: int) -> Exception | None:
    patterns = {f"r{n}": {f"p{n}": 1} for n in range(number)}
    network = _network(patterns.values())
    assert network.max_pending_tests() == number
    handle = durable.create_ruleset(f"at-once-{number}", json.dumps({name: {"all": [{"m": p}]} for name, p in patterns.items()}))
    try:
        durable.assert_fact(handle, json.dumps({"sid": "s", "id": "f"} | {f"p{n}": 1 for n in range(number)}))
    except Exception as error:
        return error
    return None


def test_pending_tests_are_counted_the_same_as_a_network_grows_and_at_once() -> None:
    random = Random(7)
    conditions = [tree(random) for _ in range(60)]
    encoder = FactEncoder(conditions, frozenset(DERIVED))
    whole = [negation_normal_form(condition, True, encoder) for condition in conditions]
    patterns = [part for pattern in whole for group in split_to_fit(pattern) for part in group]
    growing, counts = Network(), list[int]()
    for number, pattern in enumerate(patterns, 1):
        growing.add(pattern)
        counts.append(growing.max_pending_tests())
        assert counts[-1] == _network(patterns[:number]).max_pending_tests()
    assert len(set(counts)) > 10


def present(*numbers: int) -> tuple[Condition, ...]:
    return tuple(Is(f"finding-{number}", ("present",)) for number in numbers)


def test_a_pattern_that_is_too_large_names_its_rule() -> None:
    wide = [AnyOf(tuple(AllOf(present(n, m, 40)) for n in range(20))) for m in range(20, 40)]
    with pytest.raises(TooLarge, match="far-too-large"):
        compile_rules({"small": Is("finding", ("present",)), "far-too-large": AllOf(tuple(wide))})


def test_a_large_conjunction_holds_only_where_each_of_its_patterns_fires() -> None:
    engine = compile_rules({"long": AllOf(present(*range(70)))})
    everything: Facts = {f"finding-{number}": "present" for number in range(70)}
    assert [len(group) for group in engine.rules_by_group] == [3]
    assert engine.fire(everything) == {"long": True}
    for number in (0, 35, 69):
        assert engine.fire({**everything, f"finding-{number}": "absent"}) == {"long": False}
        assert engine.fire({name: value for name, value in everything.items() if name != f"finding-{number}"}) == {"long": None}


def test_a_large_disjunction_is_split_instead_of_refused() -> None:
    wide = AnyOf(tuple(AnyOf((Is(f"finding-{number}", ("present",)),)) for number in range(12)))
    engine = compile_rules({"wide": AllOf((wide, wide, Not(Is("other", ("present",)))))})
    assert engine.fire({"finding-11": "present", "other": "absent"}) == {"wide": True}
    several = compile_rules({"several": AnyOf(tuple(AllOf(present(n, n + 1, n + 2)) for n in range(0, 60, 3)))})
    assert several.fire({"finding-57": "present", "finding-58": "present", "finding-59": "present"}) == {"several": True}
    assert engine.fire({f"finding-{number}": "absent" for number in range(12)}) == {"wide": False}


def test_the_engine_confuses_two_names_with_one_hash() -> None:
    first, second = COLLIDING
    assert name_hash(first) == name_hash(second)
    handle = durable.create_ruleset("colliding", json.dumps({"rule": {"all": [{"m": {first: 1}}]}}))
    assert (
        durable.assert_fact(handle, json.dumps({"sid": "s", "id": "f", second: 1}))[0] == 0
    )  # matches, although the name is another


def test_names_with_one_hash_are_refused() -> None:
    with pytest.raises(ValueError, match="pngiuvmu from oguthafc"):
        refuse_hash_collisions(COLLIDING)


def test_a_ruleset_stays_below_the_size_at_which_the_engine_hangs() -> None:
    assert MAX_PARTS_PER_RULESET < 512
    assert isinstance(compile_rules({}), Engine)
