"""The smallest scenario that breaks a law, or draws a line: as many usual answers as can be, then the smallest numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pathway.knowledge.assumptions import defaults
from pathway.proof.report import Witness
from pathway.proof.symbolic.formulas import Formula, Number
from pathway.proof.symbolic.scenarios import Answers, Person, Space
from pathway.proof.symbolic.z3_solver import Deadline, Logic, Model


def smallest(people: Sequence[Person], hold: Iterable[Formula], space: Space, until: Deadline) -> Witness | None:
    """The people that make everything in `hold` true, with the fewest answers that are not the usual ones.

    By the usual reading and assumptions wherever that can be: a scenario file holds answers alone.
    """
    wishes = [(wish, 1) for person in people for wish in _usual(person)]
    wishes += [(wish, len(wishes) + 1) for wish in _usual_setting(space)]
    numbers = [number for person in people for number in _distances(person, space.logic)]
    model = space.logic.smallest([*space.settings(), *hold], wishes, numbers, until)
    return None if model is None else witnessed(people, model, space)


def witnessed(people: Sequence[Person], model: Model, space: Space) -> Witness:
    """The people, the reading and the assumptions under a model."""
    setting, usual = space.setting(model), defaults(space.knowledge)
    found = tuple(person.answered(model) for person in people)
    return Witness(
        people=found,
        unusual=tuple(_unusual(found, space)),
        guidance=str(setting.pop("guidance")),
        assumptions={name: setting[name] for name in usual if setting[name] != usual[name]},
    )


def _unusual(people: Iterable[Answers], space: Space) -> Iterator[str]:
    for finding in space.knowledge.findings.values():
        if {answers.get(finding.id) for answers in people} != {finding.if_not_adverse}:
            yield finding.id


def _usual(person: Person) -> Iterator[Formula]:
    for finding in person.space.knowledge.findings.values():
        yield person.answers(finding.id, finding.if_not_adverse)


def _usual_setting(space: Space) -> Iterator[Formula]:
    yield space.set("guidance", "page")
    yield from (space.set(name, value) for name, value in defaults(space.knowledge).items())


def _distances(person: Person, logic: Logic) -> Iterator[Number]:
    # How far a number is above the usual answer: a witness of 12 weeks says more than one of 1,731.
    for name, number in person.numbers.items():
        usual = person.space.knowledge.findings[name].if_not_adverse
        yield logic.distance(number.value, int(usual))
