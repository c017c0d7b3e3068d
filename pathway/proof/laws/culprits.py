"""Finds the rules that break a law: those that hold in its witness and made the route, the step or the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.deciding.decide import Decider, Decision
from pathway.deciding.precedence import Silent, flag_holds
from pathway.knowledge.assumptions import Values, defaults
from pathway.knowledge.vocabulary import OFF_LADDER, READING
from pathway.proof.laws.claims import Claim
from pathway.proof.report import Witness
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import Answers, SymbolicCase, SymbolicSpace
from pathway.proof.symbolic.z3_solver import is_true

Culprits = tuple[tuple[str, ...], str]


def conflicting_rules(claim: Claim, witness: Witness, space: SymbolicSpace) -> Culprits:
    """Return the rules that hold where the law is broken, and a sentence that says what they lead to."""
    broken = _broken(claim, witness, space)
    try:
        decisions = decisions_in(witness, space)
    except Silent as error:
        return (), str(error)
    rules = dict.fromkeys(rule for decision in decisions for name in broken for rule in _rules(name, decision, space))
    results = (", then ".join(dict.fromkeys(_result(name, decision) for decision in decisions)) for name in broken)
    return tuple(rules), "; ".join(dict.fromkeys(results))


def decisions_in(witness: Witness, space: SymbolicSpace) -> tuple[Decision, ...]:
    """Return the decision for each scenario of a witness."""
    settings, decider = _settings(witness, space), Decider(space.knowledge)
    # The second evaluator: to compile the rules for the engine takes longer than the few decisions made here.
    return tuple(decider.reference_decision({**answers, **settings}) for answers in witness.people)


def _settings(witness: Witness, space: SymbolicSpace) -> Values:
    return {**defaults(space.knowledge), **witness.assumptions, READING: witness.guidance}


def _broken(claim: Claim, witness: Witness, space: SymbolicSpace) -> list[str]:
    """Return the names of what breaks the law in the witness. It answers every question; what a law leaves open is false."""
    fixed = [space.has_setting(name, value) for name, value in _settings(witness, space).items()]
    for case, answers in zip(claim.cases, witness.people, strict=True):
        fixed += exact_answers(case, answers)
    model = space.logic.solver(*space.valid_settings(), *fixed).model()
    return [name for name, formula in claim.broken.items() if is_true(model, formula)]


def exact_answers(case: SymbolicCase, answers: Answers) -> Iterator[Formula]:
    """Yield constraints: the case has these answers, and every other question is open."""
    for finding in case.space.knowledge.findings:
        if finding in answers:
            yield case.has_answer(finding, answers[finding])
        else:
            yield case.space.logic.negate(case.is_answered(finding))


def _rules(name: str, decision: Decision, space: SymbolicSpace) -> Iterator[str]:
    if name in space.knowledge.options:
        yield from (rule.id for rule in space.knowledge.rules_by_option[name] if decision.truths[rule.id])
        return
    yield from (flag for flag in space.knowledge.red_flags if flag_holds(space.knowledge, flag, decision.truths))
    if decision.step and name != "route":
        yield from (rule for rule in decision.step.considered if decision.truths[rule])


def _result(name: str, decision: Decision) -> str:
    if name in decision.verdicts:
        return f"{name} comes out as {decision.verdicts[name].value}"
    step = decision.step.value if decision.step else OFF_LADDER
    return f"the route comes out as {decision.decided_route}, the step as {step}"
