"""Which answer may follow which, as formulas over the persons that the solver looks at."""

from __future__ import annotations

from pathway.knowledge.changes import Changes
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import Answers, Person


def may_follow(person: Person, answers: Answers, changes: Changes, finding: str) -> Formula:
    """What the person's answer to one finding may be, after `answers`."""
    logic, change = person.space.logic, changes[finding]
    if finding not in answers:
        return _open(person, finding) if change.how == "held" else logic.true
    now = answers[finding]
    match change.how:
        case "never" | "held":
            return person.answers(finding, now)
        case "grows":
            number = person.numbers[finding]
            return logic.all([number.known, logic.at_least(number.value, logic.whole(int(now)))])
        case "forward":
            return logic.any(person.answers(finding, answer) for answer in (now, *change.after.get(str(now), ())))
        case "freely":
            return person.known(finding)


def _open(person: Person, finding: str) -> Formula:
    usual = person.space.knowledge.findings[finding].if_not_adverse
    return person.space.logic.any([person.space.logic.no(person.known(finding)), person.answers(finding, usual)])
