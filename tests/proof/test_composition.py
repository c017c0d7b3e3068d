"""The solver and the engine agree on random scenarios, complete and partial."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
import z3  # type: ignore[import-untyped]  # z3 ships without types

from pathway.deciding.decide import Decider, Decision
from pathway.deciding.precedence import flag_holds
from pathway.knowledge.vocabulary import OFF_LADDER, VERDICTS
from pathway.proof.symbolic.scenarios import Answers, SymbolicSpace
from tests.people import GUIDANCE, KNOWLEDGE, ROUTES, anyone, partly

SPACE = SymbolicSpace(KNOWLEDGE)
CASE = SPACE.symbolic_case
DECIDER = Decider(KNOWLEDGE)


def formulas() -> dict[tuple[str, ...], Any]:
    """Return every formula of the outcome; the names are those of `engine_says`."""
    outcome = CASE.outcome
    named: dict[tuple[str, ...], Any] = {("route", value): formula for value, formula in outcome.route.items()}
    named |= {("route possible", value): formula for value, formula in outcome.route_possible.items()}
    named |= {("step", value): formula for value, formula in outcome.step.items()}
    named |= {("step rule", value): formula for value, formula in outcome.step_rule.items()}
    named |= {("flag", flag, str(value)): pair[not value] for flag, pair in outcome.flags.items() for value in (True, False)}
    named |= {("rule", rule, str(value)): pair[not value] for rule, pair in outcome.truths.items() for value in (True, False)}
    return named | {(option, value): formula for option, values in outcome.verdicts.items() for value, formula in values.items()}


FORMULAS = formulas()
PACK = z3.Function("pack", *[z3.BoolSort(SPACE.logic.context)] * (len(FORMULAS) + 1))(*FORMULAS.values())


def solver_says(answers: Answers, setting: Answers) -> set[tuple[str, ...]]:
    """Return the names of the formulas that hold. Evaluates all at once, which is faster than one by one."""
    model, truths = z3.Model(ctx=SPACE.logic.context), (SPACE.logic.false, SPACE.logic.true)
    for name, words in CASE.words.items():
        for word, formula in words.items():
            model.update_value(formula, truths[answers.get(name) == word])
    for name, number in CASE.numbers.items():
        model.update_value(number.known, truths[name in answers])
        model.update_value(number.value, z3.IntVal(answers.get(name, 0), SPACE.logic.context))
    for name, words in SPACE.word_settings.items():
        for word, formula in words.items():
            model.update_value(formula, truths[setting[name] == word])
    for name, number in SPACE.number_settings.items():
        model.update_value(number.value, z3.IntVal(setting[name], SPACE.logic.context))
    pack, yes = model.eval(PACK), SPACE.logic.true.ast.value
    values = (z3.Z3_get_app_arg(pack.ctx_ref(), pack.as_ast(), place) for place in range(len(FORMULAS)))
    return {name for name, value in zip(FORMULAS, values, strict=True) if value.value == yes}


def engine_says(decision: Decision) -> set[tuple[str, ...]]:
    """Return the same names for the engine's decision."""
    step = decision.step.possible if decision.step else (OFF_LADDER,)
    said: set[tuple[str, ...]] = {("route", decision.decided_route), *(("step", value) for value in step)}
    said |= {("route possible", value) for value in decision.route.possible if value in ROUTES}
    said |= {("step rule", value) for value in _set(decision.facts["step_rule"])}
    flags = {flag: flag_holds(KNOWLEDGE, flag, decision.truths) for flag in KNOWLEDGE.red_flags}
    said |= {("flag", flag, str(value)) for flag, value in flags.items() if value is not None}
    said |= {("rule", rule, str(value)) for rule, value in decision.truths.items() if value is not None}
    return said | {(name, value) for name, choice in decision.verdicts.items() for value in choice.possible if value in VERDICTS}


def _set(value: Any) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset([value])


def a_setting(random: Random) -> Answers:
    """Return a guidance and allowed values of the assumptions."""
    setting: Answers = {"guidance": random.choice(GUIDANCE)}
    for name, assumption in KNOWLEDGE.assumptions.items():
        match assumption.allowed:
            case (int() as lowest, int() as highest):
                setting[name] = random.choice((lowest, highest, random.randint(lowest, highest)))
            case (first, *rest):
                setting[name] = random.choice([first, *rest])
    return setting


def differences(answers: Answers, setting: Answers) -> set[tuple[str, ...]]:
    facts: Mapping[str, Any] = {**answers, **setting}
    return solver_says(answers, setting) ^ engine_says(DECIDER.decide(facts, compare=False))


def check_agreement(seed: int, people: int, partial: bool) -> None:
    random = Random(seed)
    for _ in range(people):
        answers, setting = anyone(random), a_setting(random)
        shown = partly(answers, random) if partial else answers
        assert not differences(shown, setting), (shown, setting)


def test_the_solver_and_the_engine_agree_on_complete_scenarios() -> None:
    check_agreement(4, 150, partial=False)


def test_the_solver_and_the_engine_agree_on_partial_scenarios() -> None:
    check_agreement(5, 150, partial=True)


@pytest.mark.soak
@pytest.mark.parametrize("partial", [False, True])
def test_the_solver_and_the_engine_agree_on_thousands_more(partial: bool) -> None:
    check_agreement(6, 10_000, partial)
