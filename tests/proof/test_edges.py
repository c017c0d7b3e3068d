"""Every rule is tried on its edges: scenarios in which one answer alone decides whether it holds."""

from __future__ import annotations

import pytest

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Facts, expanded
from pathway.deciding.precedence import decided_route
from pathway.proof.laws.culprits import ReferenceDecider
from tests.conftest import GOLDEN
from tests.contract import oracle
from tests.people import KNOWLEDGE
from tests.proof.edges import Edge, conditions, edge_from, edges

FILE = GOLDEN / "edges.txt"


def kept() -> list[Edge]:
    return [edge_from(line) for line in FILE.read_text("utf-8").splitlines()]


def test_every_rule_holds_and_ends_where_its_edges_say(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        FILE.write_text("".join(f"{edge}\n" for edge in edges(KNOWLEDGE)), "utf-8")
    reader, asked = ReferenceDecider(KNOWLEDGE), conditions(KNOWLEDGE)
    wrong = []
    for edge in kept():
        facts: Facts = reader.decide(edge.facts(KNOWLEDGE), compare=False).facts
        whole = expanded(asked[edge.rule], KNOWLEDGE.written_out) if edge.rule in asked else None
        if whole is None or truth(whole, facts) is not edge.holds:
            wrong.append(str(edge))
    assert not wrong, "\n".join([*wrong[:20], "If the rules were meant to change: make accept"])


def test_on_every_edge_the_hand_written_reading_of_the_contract_agrees() -> None:
    reader = ReferenceDecider(KNOWLEDGE)
    for edge in kept():
        facts = edge.facts(KNOWLEDGE)
        found = reader.decide(facts, compare=False)
        step = found.step.value if found.step else "none"
        led_to = (decided_route(found.route), step, {option: choice.value for option, choice in found.verdicts.items()})
        assert led_to == oracle.everything(facts, edge.guidance == "nice", facts), str(edge)


def test_every_rule_has_an_edge_where_it_holds() -> None:
    holding = {edge.rule for edge in kept() if edge.holds}
    assert conditions(KNOWLEDGE).keys() - holding <= {"waits-for-the-safety-questions"}, "make accept"
