"""durable-rules and the reference evaluator (`truth`) agree: on random conditions, and on the real knowledge."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.engine import engines
from benchmarks.scenarios import samples
from pathway import Disagreement, load
from pathway.conditions.kleene import truth
from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Facts, Is, Not
from pathway.deciding.decide import Decider
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.models import Assumption
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.rules import Engine, Ruleset, compile_rules
from tests.engine.trees import DERIVED, WORDS, known, tree


@cache
def decider() -> Decider:
    return Decider(load())


@pytest.mark.parametrize("engines_of_twenty", [50, pytest.param(1_000, marks=pytest.mark.soak)])
def test_both_evaluators_agree_on_random_trees(engines_of_twenty: int) -> None:
    random = Random(4)
    for _ in range(engines_of_twenty):
        conditions = {f"rule-{number}": tree(random) for number in range(20)}
        engine = compile_rules(conditions, DERIVED)
        for _ in range(20):
            facts = known(random)
            assert engine.fire(facts) == {rule: truth(condition, facts) for rule, condition in conditions.items()}


LEAF: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Is, st.sampled_from(sorted(WORDS)), st.sampled_from([("a0",), ("a0", "a1"), ("a1", "a2", "a3")])),
    st.builds(AtLeast, st.sampled_from(["n0", "n1"]), st.one_of(st.integers(0, 20), st.sampled_from(["n1", "weeks"]))),
    st.builds(Is, st.just("step"), st.sampled_from([("recovery",), ("injection", "surgery")])),
)


def _parts(condition: st.SearchStrategy[Condition]) -> st.SearchStrategy[tuple[Condition, ...]]:
    return st.lists(condition, max_size=3).map(tuple)


TREE = st.recursive(
    LEAF,
    lambda inner: st.one_of(st.builds(Not, inner), st.builds(AllOf, _parts(inner)), st.builds(AnyOf, _parts(inner))),
    max_leaves=9,
)


@given(condition=TREE, seed=st.integers(0, 10**6))
def test_both_evaluators_agree_on_any_tree(condition: Condition, seed: int) -> None:
    random, engine = Random(seed), compile_rules({"rule": condition}, DERIVED)
    for _ in range(10):
        facts = known(random)
        assert engine.fire(facts) == {"rule": truth(condition, facts)}


def _varied(facts: Facts, random: Random) -> Facts:
    return {**facts, **{name: _allowed(entry, random) for name, entry in load().assumptions.items() if entry.value is not None}}


def _allowed(entry: Assumption, random: Random) -> int | str:
    match entry.allowed:
        case (int() as lowest, int() as highest):
            return random.randint(lowest, highest)
        case words:
            return random.choice(words)


@pytest.mark.parametrize("scenarios", [400, pytest.param(20_000, marks=pytest.mark.soak)])
def test_both_evaluators_agree_on_scenarios_of_the_real_knowledge(scenarios: int) -> None:
    random, knowledge, routes = Random(5), load(), set()
    for number, sample in enumerate(samples(knowledge, scenarios, seed=5)):
        facts = sample.facts(knowledge)
        decision = decider().decide(_varied(facts, random) if number % 2 else facts)  # raises Disagreement where they differ
        routes.add(decision.route.value)
    assert routes == {"emergency", "urgent", "other_pathway", "stepped_care", UNDETERMINED}


def test_every_engine_of_the_benchmark_agrees() -> None:
    knowledge = load()
    timed_engines = engines(knowledge)
    for sample in samples(knowledge, 40):
        facts = decider().decide(sample.facts(knowledge)).facts
        expected = [
            {rule: truth(knowledge.rule_conditions[rule], facts) for rule in level} for level in knowledge.evaluation_order
        ]
        for engine in timed_engines:
            engine.decide(facts, expected)
    assert {engine.name: engine.wrong for engine in timed_engines} == dict.fromkeys((engine.name for engine in timed_engines), 0)


def test_reading_each_definition_once_is_the_same_as_writing_it_out_in_every_rule() -> None:
    knowledge = load()
    for sample in samples(knowledge, 60, seed=9):
        facts = decider().decide(sample.facts(knowledge), compare=False).facts
        for number, level in enumerate(knowledge.evaluation_order):
            written_out = {rule: truth(knowledge.rule_conditions[rule], facts) for rule in level}
            assert decider().reference.truths(number, facts) == written_out


SADDLE: Facts = {**defaults(load()), "guidance": "page", "saddle_numbness": "present"}


def _without(monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    fired = Ruleset.fired
    dropped = {name for engine in decider().engines for name, rules in engine.rules_by_pattern.items() if rule in rules}
    monkeypatch.setattr(Ruleset, "fired", lambda self, facts: [name for name in fired(self, facts) if name not in dropped])


def test_a_rule_that_durable_rules_drops_raises_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    _without(monkeypatch, "saddle-numbness")
    with pytest.raises(Disagreement, match="saddle-numbness"):
        decider().decide(SADDLE)


def test_without_the_cross_check_durable_rules_alone_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decider().decide(SADDLE, compare=False).route.value == "emergency"
    _without(monkeypatch, "saddle-numbness")
    decision = decider().decide(SADDLE, compare=False)
    assert decision.truths["saddle-numbness"] is None
    assert decision.route.value == UNDETERMINED


def test_a_rule_that_fires_wrongly_raises_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    fire = Engine.fire
    monkeypatch.setattr(Engine, "fire", lambda self, facts: fire(self, facts) | dict.fromkeys(self.rules, True))
    with pytest.raises(Disagreement):
        decider().decide(SADDLE)
