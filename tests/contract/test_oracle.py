"""A second reading of the contract, by hand, agrees with the knowledge and the engine."""

from __future__ import annotations

from random import Random

import pytest

from pathway.explanation.pathway import the_pathway
from pathway.knowledge.assumptions import defaults
from tests.contract import oracle
from tests.people import KNOWLEDGE, anyone

DECIDER = the_pathway().decider
MANY = 400


@pytest.mark.parametrize("guidance", ["page", "nice"])
@pytest.mark.parametrize("seed", range(10))
def test_route_step_and_verdicts_are_those_of_the_hand_written_reading(seed: int, guidance: str) -> None:
    random = Random(f"{seed} {guidance}")
    for _ in range(MANY):
        answers = anyone(random)
        values = defaults(KNOWLEDGE) | {
            "conservative-trial-weeks": random.choice((4, 6, 12)),
            "early-injection-weeks": random.choice((0, 2, 6)),
            "injection-first": random.choice(("yes", "no")),
            "surgery-weeks": random.choice((6, 12, 26)),
            "acute-weeks": random.choice((6, 12, 13)),
        }
        found = DECIDER.decide({**answers, **values, "guidance": guidance})
        assert found.route.value == oracle.route(answers), answers
        if found.step is not None:
            assert found.step.value == oracle.step(answers, guidance == "nice", values).replace("go-on", "conservative"), answers
        expected = oracle.verdicts(answers, guidance == "nice", values)
        assert {option: choice.value for option, choice in found.verdicts.items()} == expected, answers
