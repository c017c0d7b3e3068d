"""Which rules clash with a broken law: those that hold in its witness, and made the route, the step or the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Facts, Truth
from pathway.deciding.decide import Decider, Decision
from pathway.deciding.precedence import Silent, decided_route, flag_holds
from pathway.knowledge.assumptions import defaults
from pathway.proof.laws.claims import Claim
from pathway.proof.report import Witness
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import Answers, Person, Space


class ByReading(Decider):
    """Decides by the reference reader alone: a rule base that is asked only once is not worth compiling."""

    def _fired(self, level: int, facts: Facts, compare: bool) -> dict[str, Truth]:
        return {rule: truth(self.knowledge.tests[rule], facts) for rule in self.knowledge.levels[level]}


Clash = tuple[tuple[str, ...], str]


def clash(said: Claim, witness: Witness, space: Space) -> Clash:
    """The rules that hold where the law is broken, and in words what they lead to."""
    broken = [name for name in said.broken if _holds(said.broken[name], said, witness, space)]
    try:
        decisions = decided(witness, space)
    except Silent as error:
        return (), str(error)
    rules = dict.fromkeys(rule for decision in decisions for name in broken for rule in _rules(name, decision, space))
    says = (", then ".join(dict.fromkeys(_led_to(name, decision) for decision in decisions)) for name in broken)
    return tuple(rules), "; ".join(dict.fromkeys(says))


def decided(witness: Witness, space: Space) -> tuple[Decision, ...]:
    """What is decided of each person of a witness."""
    values = {**defaults(space.knowledge), **witness.assumptions, "guidance": witness.guidance}
    return tuple(ByReading(space.knowledge).decide({**answers, **values}, compare=False) for answers in witness.people)


def _holds(formula: Formula, said: Claim, witness: Witness, space: Space) -> bool:
    values = {**defaults(space.knowledge), **witness.assumptions, "guidance": witness.guidance}
    fixed = [space.set(name, value) for name, value in values.items()]
    for person, answers in zip(said.people, witness.people, strict=True):
        fixed += exactly(person, answers)
    return space.logic.solver(*space.settings(), *said.about, *fixed).model(formula) is not None


def exactly(person: Person, answers: Answers) -> Iterator[Formula]:
    """The person gives these answers, and leaves the rest open."""
    for finding in person.space.knowledge.findings:
        if finding in answers:
            yield person.answers(finding, answers[finding])
        else:
            yield person.space.logic.no(person.known(finding))


def _rules(name: str, decision: Decision, space: Space) -> Iterator[str]:
    if name in space.knowledge.options:
        yield from (rule.id for rule in space.knowledge.spoken_of[name] if decision.truths[rule.id])
        return
    yield from (flag for flag in space.knowledge.red_flags if flag_holds(space.knowledge, flag, decision.truths))
    if decision.step and name != "route":
        yield from (rule for rule in decision.step.considered if decision.truths[rule])


def _led_to(name: str, decision: Decision) -> str:
    if name in decision.verdicts:
        return f"{name} comes out as {decision.verdicts[name].value}"
    step = decision.step.value if decision.step else "none"
    return f"the route comes out as {decided_route(decision.route)}, the step as {step}"
