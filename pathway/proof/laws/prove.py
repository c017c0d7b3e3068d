"""Proves every law over all scenarios at once, or shows the smallest scenario that breaks it."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from pathway.knowledge.base import Knowledge
from pathway.proof.counting.grid import counted
from pathway.proof.laws.claims import Claim, claim, trivial
from pathway.proof.laws.culprits import clash
from pathway.proof.laws.law import Law
from pathway.proof.laws.load import load_laws
from pathway.proof.laws.rule_checks import findings_of
from pathway.proof.report import Proof, Report, Witness
from pathway.proof.symbolic.scenarios import Space
from pathway.proof.symbolic.witness import smallest, witnessed
from pathway.proof.symbolic.z3_solver import Deadline, Model, OutOfTime, within

TIME_LIMIT = 20.0
"""Seconds for each law. All of them together take about three."""


def prove(knowledge: Knowledge, laws: Iterable[Law] | None = None, time_limit: float = TIME_LIMIT) -> Report:
    """Each law (by default those in `data/`), under either reading and every allowed value of the assumptions.

    Over every complete scenario whose answers can go together, or partial ones where the law speaks of them. A law that took
    longer than `time_limit` seconds is `not_proved`. Raises Unusable where the laws can't be used.
    """
    started = perf_counter()
    space = Space(knowledge)
    proofs = tuple(proved(law, space, time_limit) for law in (load_laws(knowledge) if laws is None else laws))
    return Report(proofs=proofs, space=counted(knowledge), seconds=perf_counter() - started)


def proved(law: Law, space: Space, time_limit: float = TIME_LIMIT) -> Proof:
    """One law."""
    started, until = perf_counter(), within(time_limit)
    try:
        found = _of_rules(law, space, until) if law.rules else _of_scenarios(law, space, until)
    except OutOfTime:
        found = _result(law, result="not_proved", detail=f"not within {time_limit:g} s; it may hold or not")
    return found.model_copy(update={"seconds": perf_counter() - started})


def _result(law: Law, **fields: object) -> Proof:
    return Proof.model_validate({"law": law.id, "says": law.says, "file": law.file, "line": law.line, **fields})


def _of_rules(law: Law, space: Space, until: Deadline) -> Proof:
    assert law.rules, "asked only of a law about rules"
    found = findings_of(law.rules, space, until)
    if not found:
        return _result(law, result="proved")
    rules = tuple(dict.fromkeys(rule for finding in found for rule in finding.rules))
    says = "; ".join(finding.says for finding in found)
    return _result(law, result="broken", detail=says, rules=rules, witness=found[0].witness)


def _of_scenarios(law: Law, space: Space, until: Deadline) -> Proof:
    said = claim(law, space)
    logic = space.logic
    solver = logic.solver(*space.settings(), *said.about)
    model = solver.model(logic.any(said.broken.values()), until=until)
    if model is not None:
        return _broken(law, said, space, model, until)
    if solver.model(said.applies, until=until) is None:
        return _result(law, result="untestable", detail="no scenario can be as its if says")
    if trivial(law, space, until):
        return _result(law, result="untestable", detail="whatever the rules said, nothing could break it")
    return _result(law, result="proved")


def _broken(law: Law, said: Claim, space: Space, model: Model, until: Deadline) -> Proof:
    witness, late = _smallest(said, space, model, until)
    rules, says = clash(said, witness, space)
    return _result(law, result="broken", detail=f"{says}{late}", witness=witness, rules=rules)


def _smallest(said: Claim, space: Space, model: Model, until: Deadline) -> tuple[Witness, str]:
    """The smallest scenario that breaks a law; the one that `model` is where the time is over, and words that say so."""
    try:
        found = smallest(said.people, [*said.about, space.logic.any(said.broken.values())], space, until)
    except OutOfTime:
        return witnessed(said.people, model, space), "; a smaller scenario may exist, the time was over"
    assert found, "the solver has just found one"
    return found, ""
