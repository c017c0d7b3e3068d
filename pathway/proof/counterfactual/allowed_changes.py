"""Translates `data/changes.yaml` into formulas: which answers may follow the present one."""

from __future__ import annotations

from pathway.knowledge.changes import Changes
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import Answers, SymbolicCase


def may_follow(case: SymbolicCase, answers: Answers, changes: Changes, finding: str) -> Formula:
    """Return the constraint on the case's answer to one finding, given the present `answers`."""
    logic, change = case.space.logic, changes[finding]
    if finding not in answers:
        return _open_or_usual(case, finding) if change.how == "held" else logic.true
    now = answers[finding]
    match change.how:
        case "never" | "held":
            return case.has_answer(finding, now)
        case "grows":
            number = case.numbers[finding]
            return logic.all([number.known, logic.at_least(number.value, logic.constant(int(now)))])
        case "forward":
            return logic.any(case.has_answer(finding, answer) for answer in (now, *change.after.get(str(now), ())))
        case "freely":
            return case.is_answered(finding)


def _open_or_usual(case: SymbolicCase, finding: str) -> Formula:
    usual = case.space.knowledge.findings[finding].benign_answer
    return case.space.logic.any([case.space.logic.negate(case.is_answered(finding)), case.has_answer(finding, usual)])
