"""Diagrams and classes count the same as counting one by one."""

from __future__ import annotations

import typing
from collections import Counter
from itertools import product
from random import Random

from pathway.conditions.kleene import truth
from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Is, Not
from pathway.knowledge.assumptions import defaults
from pathway.proof.counting.decision_diagram import DecisionDiagrams
from pathway.proof.counting.number_classes import compared_numbers
from pathway.proof.counting.scenario_space import CountingContext, ScenarioSpace, count_space
from pathway.proof.symbolic.conditions import SingleValued, SymbolTable
from tests.people import KNOWLEDGE, ROUTES


def test_classes_are_counted_as_one_by_one() -> None:
    leaves = [AtLeast("a", 2), AtLeast("a", "b"), AtLeast("a", "c"), AtLeast("b", 4), AtLeast("b", 5), AtLeast("d", 3)]
    most = {"a": 7, "b": 7, "c": 5, "d": 9}
    abc, d = compared_numbers(most, leaves)
    ways: Counter[frozenset[AtLeast]] = Counter()
    for a, b, c in product(range(8), range(8), range(6)):
        facts = {"a": a, "b": b, "c": c}
        ways[frozenset(leaf for leaf in leaves[:-1] if truth(leaf, facts))] += 1
    assert abc.names == ("a", "b", "c") and {c.holds: c.size for c in abc.classes} == ways
    assert sorted(c.size for c in d.classes) == [3, 7]


def a_condition(random: Random, depth: int) -> Condition:
    if depth == 0 or random.random() < 0.2:
        name = random.choice("vwxyz")
        return Is(name, tuple(random.sample(["p", "q", "r"], random.randint(1, 2))))
    parts = tuple(a_condition(random, depth - 1) for _ in range(random.randint(0, 3)))
    return random.choice((AllOf(parts), AnyOf(parts), Not(a_condition(random, depth - 1))))


def five_questions(weights: list[int]) -> tuple[DecisionDiagrams, SymbolTable]:
    """Diagrams over five questions, each with the same three answers of these weights; and what conditions read in them."""
    diagrams = DecisionDiagrams([weights] * 5)
    logic: typing.Any = diagrams  # it has no numbers, which these conditions don't read
    answers = {name: {word: diagrams.answer(i, [n]) for n, word in enumerate("pqr")} for i, name in enumerate("vwxyz")}
    return diagrams, SymbolTable(logic, {name: SingleValued(logic, words) for name, words in answers.items()}, {})


def test_diagrams_count_as_one_by_one() -> None:
    random = Random(3)
    diagrams, symbols = five_questions([1, 2, 3])
    for _ in range(200):
        condition = a_condition(random, 4)
        pair = symbols.read(condition)
        people = product("pqr", repeat=5)
        weighed = sum(_weight(who) for who in people if truth(condition, dict(zip("vwxyz", who, strict=True))))
        assert diagrams.count(pair.true) == weighed and pair.false == diagrams.negate(pair.true)


def _weight(who: tuple[str, ...]) -> int:
    weight = 1
    for word in who:
        weight *= "pqr".index(word) + 1
    return weight


def test_the_cheapest_scenario_is_found_as_one_by_one() -> None:
    random, paths = Random(4), dict[int, typing.Any]()
    diagrams, symbols = five_questions([1, 1, 1])
    costs = [[random.randint(0, 3) for _ in "pqr"] for _ in "vwxyz"]
    for _ in range(100):
        condition = a_condition(random, 4)
        prices = {
            who: sum(costs[at]["pqr".index(word)] for at, word in enumerate(who))
            for who in product("pqr", repeat=5)
            if truth(condition, dict(zip("vwxyz", who, strict=True)))
        }
        choice = diagrams.cheapest(symbols.read(condition).true, costs, paths)
        assert (choice is None) == (not prices)
        assert choice is None or prices[tuple("pqr"[at] for at in choice)] == min(prices.values())


def test_every_scenario_has_one_route_one_step_and_one_verdict() -> None:
    context = CountingContext(KNOWLEDGE, defaults(KNOWLEDGE))
    space = ScenarioSpace((context,))
    consistent, logic = space.consistent(context), space.algebra
    outcome = space.outcome(context, "nice")
    total = space.diagrams.count(consistent)
    assert total == count_space(KNOWLEDGE).scenarios
    assert sum(space.diagrams.count(logic.all([consistent, outcome.route[route]])) for route in ROUTES) == total
    for values in (outcome.step, *(space.verdicts(outcome, option) for option in KNOWLEDGE.options)):
        assert sum(space.diagrams.count(logic.all([consistent, node])) for node in values.values()) == total
