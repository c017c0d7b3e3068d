"""The line between two verdicts of an option (or two steps): a pair of scenarios that differ in one answer."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.assumptions import defaults
from pathway.faults import Fault, Unusable, nearest
from pathway.knowledge import Knowledge
from pathway.proof.algebra import Formula
from pathway.proof.atlas import reading_faults
from pathway.proof.report import Model, Witness
from pathway.proof.space import Person, Space
from pathway.proof.witness import smallest
from pathway.vocabulary import STEPS, VERDICTS

SECONDS = 10.0


class Line(Model):
    """Two scenarios that differ in the answer to `finding` alone: the first leads to the one, the second to the other."""

    of: str
    finding: str
    witness: Witness


def line_between(knowledge: Knowledge, of: str, one: str, other: str, guidance: str = "page") -> tuple[Line, ...]:
    """For each finding that can draw the line, the pair nearest to the usual answers; of a number, the last and the first.

    `of` is an option, `one` and `other` two of its verdicts; or `of` is `step`, and they are steps. By the usual assumptions.
    Raises Unusable for what is neither.
    """
    if faults := [*_faults(knowledge, of, one, other), *reading_faults(guidance)]:
        raise Unusable(faults)
    return tuple(_lines(Space(knowledge), of, one, other, guidance))


def _faults(knowledge: Knowledge, of: str, one: str, other: str) -> Iterator[Fault]:
    valid = ("step", *knowledge.options)
    if of not in valid:
        yield Fault("line", None, f"there is no option {of}; {nearest(of, valid)}")
        return
    words = STEPS if of == "step" else VERDICTS
    for word in (one, other):
        if word not in words:
            yield Fault("line", None, f"there is no {'step' if of == 'step' else 'verdict'} {word}; {nearest(word, words)}")


def _lines(space: Space, of: str, one: str, other: str, guidance: str) -> Iterator[Line]:
    logic, first = space.logic, space.anyone
    settings = [space.set(name, value) for name, value in {**defaults(space.knowledge), "guidance": guidance}.items()]
    solver = logic.solver(*space.settings(), *settings, *_about(first), _is(first, of, one))
    for finding in space.knowledge.findings:
        second = space.like(first, finding)
        with solver.told(*_about(second), _is(second, of, other)):
            found = solver.model(*_touching(first, second, finding), seconds=SECONDS)
        if found is not None:
            hold = [*settings, *_about(first), *_about(second), _is(first, of, one), _is(second, of, other)]
            witness = smallest([first, second], [*hold, *_touching(first, second, finding)], space, SECONDS)
            if witness:
                yield Line(of=of, finding=finding, witness=witness)


def _about(person: Person) -> list[Formula]:
    return [*person.well_formed(), *person.complete(), *person.consistent()]


def _is(person: Person, of: str, value: str) -> Formula:
    return person.step[value] if of == "step" else person.verdicts[of][value]


def _touching(first: Person, second: Person, finding: str) -> list[Formula]:
    """Of a number, the two are neighbours: no number lies between them."""
    if finding not in first.numbers:
        return []
    return [first.space.logic.neighbours(first.numbers[finding].value, second.numbers[finding].value)]
