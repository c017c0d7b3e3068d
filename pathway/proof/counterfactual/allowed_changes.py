"""Which answer may follow which, as formulas over the persons that the solver looks at."""

from __future__ import annotations

from pathway.knowledge.changes import Changes
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import Answers, SymbolicCase


def may_follow(person: SymbolicCase, answers: Answers, changes: Changes, finding: str) -> Formula:
    """What the person's answer to one finding may be, after `answers`."""
    logic, change = person.space.logic, changes[finding]
    if finding not in answers:
        return _open(person, finding) if change.how == "held" else logic.true
    now = answers[finding]
    match change.how:
        case "never" | "held":
            return person.has_answer(finding, now)
        case "grows":
            number = person.numbers[finding]
            return logic.all([number.known, logic.at_least(number.value, logic.constant(int(now)))])
        case "forward":
            return logic.any(person.has_answer(finding, answer) for answer in (now, *change.after.get(str(now), ())))
        case "freely":
            return person.is_answered(finding)


def _open(person: SymbolicCase, finding: str) -> Formula:
    usual = person.space.knowledge.findings[finding].if_not_adverse
    return person.space.logic.any([person.space.logic.negate(person.is_answered(finding)), person.has_answer(finding, usual)])
