"""The hand-written second implementation of the contract agrees with the knowledge and the engine."""

from __future__ import annotations

from random import Random

import pytest

from pathway.explanation.pathway import the_pathway
from pathway.knowledge.assumptions import defaults
from tests.contract import oracle
from tests.people import KNOWLEDGE, anyone

DECIDER = the_pathway().decider
PEOPLE_PER_SEED = 400


@pytest.mark.parametrize("guidance", ["page", "nice"])
@pytest.mark.parametrize("seed", [*range(2), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 12))])
def test_route_step_and_verdicts_equal_the_oracle(seed: int, guidance: str) -> None:
    random = Random(f"{seed} {guidance}")
    for _ in range(PEOPLE_PER_SEED):
        answers = anyone(random)
        values = defaults(KNOWLEDGE) | {
            "conservative-trial-weeks": random.choice((4, 6, 12)),
            "early-injection-weeks": random.choice((0, 2, 6)),
            "injection-first": random.choice(("yes", "no")),
            "surgery-weeks": random.choice((6, 12, 26)),
            "acute-weeks": random.choice((6, 12, 13)),
        }
        decision = DECIDER.decide({**answers, **values, "guidance": guidance})
        assert decision.route.value == oracle.route(answers), answers
        if decision.step is not None:
            assert decision.step.value == oracle.step(answers, guidance == "nice", values).replace("go-on", "conservative"), (
                answers
            )
        expected = oracle.verdicts(answers, guidance == "nice", values)
        assert {option: candidates.value for option, candidates in decision.verdicts.items()} == expected, answers
