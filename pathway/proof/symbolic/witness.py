"""Finds the smallest scenario that satisfies some formulas: the fewest unusual answers, then the smallest numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pathway.knowledge.assumptions import defaults
from pathway.knowledge.vocabulary import READING
from pathway.proof.report import Witness
from pathway.proof.symbolic.formulas import Formula, Number
from pathway.proof.symbolic.scenarios import Answers, SymbolicCase, SymbolicSpace
from pathway.proof.symbolic.z3_solver import Deadline, Model, Z3Algebra


def smallest_witness(
    cases: Sequence[SymbolicCase], hold: Iterable[Formula], space: SymbolicSpace, until: Deadline
) -> Witness | None:
    """Return the scenarios that satisfy `hold` with the fewest unusual answers; None if there are none. Raises OutOfTime.

    The default guidance and assumptions weigh more than all answers together, because a scenario file holds answers alone.
    """
    preferences = [(preference, 1) for case in cases for preference in _usual_answers(case)]
    preferences += [(preference, len(preferences) + 1) for preference in _default_settings(space)]
    numbers = [number for case in cases for number in _distances(case, space.logic)]
    model = space.logic.best_model([*space.valid_settings(), *hold], preferences, numbers, until)
    return None if model is None else witness_in(cases, model, space)


def witness_in(cases: Sequence[SymbolicCase], model: Model, space: SymbolicSpace) -> Witness:
    """Return the scenarios, the guidance and the assumptions that a model assigns."""
    settings, usual = space.settings_in(model), defaults(space.knowledge)
    answers = tuple(case.answers_in(model) for case in cases)
    return Witness(
        people=answers,
        unusual=tuple(_unusual(answers, space)),
        guidance=str(settings.pop(READING)),
        first_reading=space.knowledge.readings[0],
        assumptions={name: settings[name] for name in usual if settings[name] != usual[name]},
    )


def _unusual(people: Iterable[Answers], space: SymbolicSpace) -> Iterator[str]:
    for finding in space.knowledge.findings.values():
        if {answers.get(finding.id) for answers in people} != {finding.benign_answer}:
            yield finding.id


def _usual_answers(case: SymbolicCase) -> Iterator[Formula]:
    for finding in case.space.knowledge.findings.values():
        yield case.has_answer(finding.id, finding.benign_answer)


def _default_settings(space: SymbolicSpace) -> Iterator[Formula]:
    yield space.has_setting(READING, space.knowledge.readings[0])
    yield from (space.has_setting(name, value) for name, value in defaults(space.knowledge).items())


def _distances(case: SymbolicCase, logic: Z3Algebra) -> Iterator[Number]:
    # How far a number is above the usual answer: a witness of 12 weeks is easier to understand than one of 1,731.
    for name, number in case.numbers.items():
        usual = case.space.knowledge.findings[name].benign_answer
        yield logic.distance(number.value, int(usual))
