"""Tests every rule on its edges: scenarios in which a single answer decides whether it holds."""

from __future__ import annotations

import pytest

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Facts, expand_definitions
from pathway.deciding.decide import Decider
from tests.conftest import GOLDEN
from tests.contract import oracle
from tests.people import KNOWLEDGE
from tests.proof.edges import Edge, conditions, edge_from, edges

FILE = GOLDEN / "edges.txt"
NEVER_ALONE = {"waits-for-the-safety-questions"}
"""Rules that hold only while answers are open; an edge has every answer."""


def golden_edges() -> list[Edge]:
    return [edge_from(line) for line in FILE.read_text("utf-8").splitlines()]


def wrong_edges() -> list[str]:
    """The edges in the file on which a rule no longer holds as the file says, and the rules that have no edge where they hold."""
    decider, by_name = Decider(KNOWLEDGE), conditions(KNOWLEDGE)
    wrong, holding = [], set[str]()
    for edge in golden_edges():
        facts: Facts = decider.reference_decision(edge.facts(KNOWLEDGE)).facts
        whole = expand_definitions(by_name[edge.rule], KNOWLEDGE.expanded_definitions) if edge.rule in by_name else None
        if whole is None or truth(whole, facts) is not edge.holds:
            wrong.append(str(edge))
        elif edge.holds:
            holding.add(edge.rule)
    return [*wrong, *sorted(by_name.keys() - holding - NEVER_ALONE)]


def test_every_rule_holds_or_not_as_its_edges_say(request: pytest.FixtureRequest) -> None:
    wrong = wrong_edges()
    if wrong and request.config.getoption("--accept"):  # while all are right they stay: others of the same size would be noise
        FILE.write_text("".join(f"{edge}\n" for edge in edges(KNOWLEDGE)), "utf-8")
        wrong = wrong_edges()
    assert not wrong, "\n".join([*wrong[:20], "If the rules were meant to change: make accept"])


def test_the_hand_written_oracle_agrees_on_every_edge() -> None:
    reader = Decider(KNOWLEDGE)
    for edge in golden_edges():
        facts = edge.facts(KNOWLEDGE)
        decision = reader.reference_decision(facts)
        step = decision.step.value if decision.step else "none"
        verdicts = {option: choice.value for option, choice in decision.verdicts.items()}
        result = (decision.decided_route, step, verdicts)
        assert result == oracle.everything(facts, edge.guidance == "nice", facts), str(edge)
