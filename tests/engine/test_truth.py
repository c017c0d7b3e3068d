"""Kleene's three-valued logic as truth tables, and the properties of `deciding_leaves` and `open_leaves`."""

from __future__ import annotations

from random import Random

import pytest

from pathway.conditions.kleene import deciding_leaves, negation, open_leaves, truth
from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Facts, Is, Leaf, Not, Truth
from tests.engine.trees import DERIVED, NUMBERS, WORDS, known, tree

T, F, U = True, False, None
AND = {(T, T): T, (T, F): F, (T, U): U, (F, T): F, (F, F): F, (F, U): F, (U, T): U, (U, F): F, (U, U): U}
OR = {(T, T): T, (T, F): T, (T, U): T, (F, T): T, (F, F): F, (F, U): U, (U, T): T, (U, F): U, (U, U): U}
NOT = {T: F, F: T, U: U}
YES, NO, OPEN = Is("yes", ("a",)), Is("no", ("a",)), Is("open", ("a",))
FACTS: Facts = {"yes": "a", "no": "b"}
LEAF_WITH = {T: YES, F: NO, U: OPEN}


@pytest.mark.parametrize(("parts", "expected"), AND.items())
def test_and_follows_kleenes_table(parts: tuple[Truth, Truth], expected: Truth) -> None:
    assert truth(AllOf(tuple(LEAF_WITH[part] for part in parts)), FACTS) is expected


@pytest.mark.parametrize(("parts", "expected"), OR.items())
def test_or_follows_kleenes_table(parts: tuple[Truth, Truth], expected: Truth) -> None:
    assert truth(AnyOf(tuple(LEAF_WITH[part] for part in parts)), FACTS) is expected


@pytest.mark.parametrize(("value", "expected"), NOT.items())
def test_not_follows_kleenes_table(value: Truth, expected: Truth) -> None:
    assert negation(value) is expected
    assert truth(Not(LEAF_WITH[value]), FACTS) is expected


EVALUATED: list[tuple[Condition, Facts, Truth]] = [
    (AllOf(()), {}, T),
    (AnyOf(()), {}, F),
    (Is("letter", ("a", "b")), {"letter": "b"}, T),
    (Is("letter", ("a", "b")), {"letter": "c"}, F),
    (Is("letter", ("a", "b")), {}, U),
    (Is("letter", ("a", "b")), {"letter": frozenset("ab")}, T),
    (Is("letter", ("a", "b")), {"letter": frozenset("cd")}, F),
    (Is("letter", ("a", "b")), {"letter": frozenset("bc")}, U),
    (AtLeast("weeks", 6), {"weeks": 6}, T),
    (AtLeast("weeks", 6), {"weeks": 5}, F),
    (AtLeast("weeks", 6), {}, U),
    (AtLeast("weeks", "bound"), {"weeks": 6, "bound": 7}, F),
    (AtLeast("weeks", "bound"), {"weeks": 6}, U),
]


@pytest.mark.parametrize(("condition", "facts", "expected"), EVALUATED)
def test_each_condition_type_evaluates_the_facts(condition: Condition, facts: Facts, expected: Truth) -> None:
    assert truth(condition, facts) is expected


def test_no_variable_outside_the_support_can_change_a_truth() -> None:
    random = Random(1)
    for _ in range(2_000):
        condition, facts = tree(random), known(random)
        value = truth(condition, facts)
        if value is None:
            continue
        kept = _variables(deciding_leaves(condition, facts))
        for _ in range(3):
            others = {name: answer for name, answer in known(random).items() if name not in kept}
            assert truth(condition, {**{name: facts[name] for name in kept & facts.keys()}, **others}) is value


def test_no_variable_outside_the_open_leaves_can_decide_a_condition() -> None:
    random = Random(2)
    for _ in range(2_000):
        condition, facts = tree(random), known(random)
        if truth(condition, facts) is not None:
            assert not open_leaves(condition, facts)
            continue
        settling = _variables(open_leaves(condition, facts))
        more = {name: answer for name, answer in known(random).items() if name not in settling | facts.keys()}
        assert truth(condition, {**facts, **more}) is None


def test_the_trees_reach_every_variable() -> None:
    random = Random(3)
    read = frozenset[str]().union(*(_variables(deciding_leaves(tree(random), {})) for _ in range(300)))
    assert read >= {*WORDS, *NUMBERS, *DERIVED}


def _variables(leaves: frozenset[Leaf]) -> frozenset[str]:
    bounds = frozenset(leaf.bound for leaf in leaves if isinstance(leaf, AtLeast) and isinstance(leaf.bound, str))
    return frozenset(leaf.variable for leaf in leaves) | bounds
