"""The smallest scenario that breaks a law: as many usual answers as can be, then the smallest numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pathway.assumptions import defaults
from pathway.proof.algebra import Formula, Number
from pathway.proof.logic import Logic
from pathway.proof.report import Proof, Witness
from pathway.proof.space import Answers, Person, Space


def smallest(people: Sequence[Person], hold: Iterable[Formula], space: Space, seconds: float) -> Witness | None:
    """The people that make everything in `hold` true, with the fewest answers that are not the usual ones."""
    wishes = [wish for person in people for wish in _usual(person)] + list(_usual_setting(space))
    numbers = [number for person in people for number in _distances(person, space.logic)]
    model = space.logic.smallest([*space.settings(), *hold], wishes, numbers, seconds)
    if model is None:
        return None
    setting = space.setting(model)
    usual = defaults(space.knowledge)
    found = tuple(person.answered(model) for person in people)
    return Witness(
        people=found,
        unusual=tuple(_unusual(found, space)),
        guidance=str(setting.pop("guidance")),
        assumptions={name: setting[name] for name in usual if setting[name] != usual[name]},
    )


def _unusual(people: Iterable[Answers], space: Space) -> Iterator[str]:
    for finding in space.knowledge.findings.values():
        if {answers.get(finding.id, finding.if_not_adverse) for answers in people} != {finding.if_not_adverse}:
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


def yaml(proof: Proof) -> str:
    """A broken law's scenario as a file that `pathway explain` and the explorer open."""
    witness = proof.witness
    assert witness, "only a broken law has a scenario"
    about = [f"Breaks the law {proof.law}: {proof.detail}.", f"Open it with: {witness.command(proof.law + '.yaml')}"]
    lines = [f"title: {_quoted(proof.says)}", f"about: {_quoted(' '.join(about))}", "answers:"]
    return "\n".join([*lines, *(f"  {name}: {answer}" for name, answer in witness.people[-1].items())]) + "\n"


def saved(proof: Proof, folder: Path) -> Path:
    """The broken law's scenario, written into `folder` under the law's name."""
    path = folder / f"{proof.law}.yaml"
    path.write_text(yaml(proof), encoding="utf-8")
    return path


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
