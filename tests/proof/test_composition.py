"""The solver reads the rules as the engine does: on thousands of scenarios, complete and partial, nothing differs."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
import z3  # type: ignore[import-untyped]  # z3 ships without types

from pathway.deciding.decide import Decider, Decision
from pathway.deciding.precedence import decided_route, flag_holds
from pathway.knowledge.vocabulary import GUIDANCE, ROUTES, VERDICTS
from pathway.proof.symbolic.decision import OFF
from pathway.proof.symbolic.scenarios import Answers, Space
from tests.people import KNOWLEDGE, anyone, partly

SPACE = Space(KNOWLEDGE)
PERSON = SPACE.anyone
DECIDER = Decider(KNOWLEDGE)


def formulas() -> dict[tuple[str, ...], Any]:
    """Every formula of the outcome, under a name that the engine's decision can be asked for too."""
    found = PERSON.outcome
    named: dict[tuple[str, ...], Any] = {("route", value): formula for value, formula in found.route.items()}
    named |= {("route possible", value): formula for value, formula in found.route_possible.items()}
    named |= {("step", value): formula for value, formula in found.step.items()}
    named |= {("step rule", value): formula for value, formula in found.step_rule.items()}
    named |= {("flag", flag, str(held)): pair[not held] for flag, pair in found.flags.items() for held in (True, False)}
    named |= {("rule", rule, str(held)): pair[not held] for rule, pair in found.held.items() for held in (True, False)}
    return named | {(option, value): formula for option, values in found.verdicts.items() for value, formula in values.items()}


FORMULAS = formulas()
PACK = z3.Function("pack", *[z3.BoolSort(SPACE.logic.context)] * (len(FORMULAS) + 1))(*FORMULAS.values())


def solver_says(answers: Answers, setting: Answers) -> set[tuple[str, ...]]:
    """The names of the formulas that hold: all evaluated at once, which is many times quicker than one by one."""
    model, truths = z3.Model(ctx=SPACE.logic.context), (SPACE.logic.false, SPACE.logic.true)
    for name, words in PERSON.words.items():
        for word, formula in words.items():
            model.update_value(formula, truths[answers.get(name) == word])
    for name, number in PERSON.numbers.items():
        model.update_value(number.known, truths[name in answers])
        model.update_value(number.value, z3.IntVal(answers.get(name, 0), SPACE.logic.context))
    for name, words in SPACE.chosen.items():
        for word, formula in words.items():
            model.update_value(formula, truths[setting[name] == word])
    for name, number in SPACE.weeks.items():
        model.update_value(number.value, z3.IntVal(setting[name], SPACE.logic.context))
    values = model.eval(PACK).children()
    yes = SPACE.logic.true.ast.value
    return {name for name, value in zip(FORMULAS, values, strict=True) if value.ast.value == yes}


def engine_says(decision: Decision) -> set[tuple[str, ...]]:
    """The same of the engine's decision."""
    step = decision.step.possible if decision.step else (OFF,)
    said: set[tuple[str, ...]] = {("route", decided_route(decision.route)), *(("step", value) for value in step)}
    said |= {("route possible", value) for value in decision.route.possible if value in ROUTES}
    said |= {("step rule", value) for value in _set(decision.facts["step_rule"])}
    flags = {flag: flag_holds(KNOWLEDGE, flag, decision.truths) for flag in KNOWLEDGE.red_flags}
    said |= {("flag", flag, str(held)) for flag, held in flags.items() if held is not None}
    said |= {("rule", rule, str(held)) for rule, held in decision.truths.items() if held is not None}
    return said | {(name, value) for name, choice in decision.verdicts.items() for value in choice.possible if value in VERDICTS}


def _set(value: Any) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset([value])


def a_setting(random: Random) -> Answers:
    """A reading, and assumptions anywhere within what is allowed."""
    found: Answers = {"guidance": random.choice(GUIDANCE)}
    for name, assumption in KNOWLEDGE.assumptions.items():
        match assumption.allowed:
            case (int() as lowest, int() as highest):
                found[name] = random.choice((lowest, highest, random.randint(lowest, highest)))
            case (first, *rest):
                found[name] = random.choice([first, *rest])
    return found


def differences(answers: Answers, setting: Answers) -> set[tuple[str, ...]]:
    facts: Mapping[str, Any] = {**answers, **setting}
    return solver_says(answers, setting) ^ engine_says(DECIDER.decide(facts, compare=False))


def read_alike(seed: int, people: int, partial: bool) -> None:
    random = Random(seed)
    for _ in range(people):
        answers, setting = anyone(random), a_setting(random)
        given = partly(answers, random) if partial else answers
        assert not differences(given, setting), (given, setting)


def test_complete_scenarios_are_read_alike() -> None:
    read_alike(4, 150, partial=False)


def test_partial_scenarios_are_read_alike() -> None:
    read_alike(5, 150, partial=True)


@pytest.mark.soak
@pytest.mark.parametrize("partial", [False, True])
def test_thousands_more_are_read_alike(partial: bool) -> None:
    read_alike(6, 10_000, partial)
