"""Proves each law over all scenarios at once, or finds the smallest scenario that breaks it."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from pathway.knowledge.base import Knowledge
from pathway.proof.counting.scenario_space import count_space
from pathway.proof.laws.claims import Claim, claim, trivial
from pathway.proof.laws.culprits import conflicting_rules
from pathway.proof.laws.law import Law
from pathway.proof.laws.load import load_laws
from pathway.proof.laws.rule_checks import check_rules
from pathway.proof.report import Proof, Report, Witness
from pathway.proof.symbolic.scenarios import SymbolicSpace
from pathway.proof.symbolic.witness import smallest_witness, witness_in
from pathway.proof.symbolic.z3_solver import Deadline, Model, OutOfTime, within

TIME_LIMIT = 20.0
"""Seconds for each law."""


def prove(knowledge: Knowledge, laws: Iterable[Law] | None = None, time_limit: float = TIME_LIMIT) -> Report:
    """Prove each law, by default those in `data/`, under either guidance and every allowed value of the assumptions.

    Covers every complete and consistent scenario, and partial ones for the laws about them. A law that takes longer than
    `time_limit` seconds is `not_proved`. Raises Unusable for laws with a fault.
    """
    started = perf_counter()
    space = SymbolicSpace(knowledge)
    proofs = tuple(proved(law, space, time_limit) for law in (load_laws(knowledge) if laws is None else laws))
    return Report(proofs=proofs, space=count_space(knowledge), seconds=perf_counter() - started)


def proved(law: Law, space: SymbolicSpace, time_limit: float = TIME_LIMIT) -> Proof:
    """Return the proof of one law, or what breaks it."""
    started, until = perf_counter(), within(time_limit)
    try:
        proof = _prove_about_rules(law, space, until) if law.rules else _prove_about_scenarios(law, space, until)
    except OutOfTime:
        proof = _result(law, result="not_proved", detail=f"not within {time_limit:g} s; it may hold or fail")
    return proof.model_copy(update={"seconds": perf_counter() - started})


def _result(law: Law, **fields: object) -> Proof:
    return Proof.model_validate({"law": law.id, "says": law.says, "file": law.file, "line": law.line, **fields})


def _prove_about_rules(law: Law, space: SymbolicSpace, until: Deadline) -> Proof:
    assert law.rules, "called only for a law about rules"
    defects = check_rules(law.rules, space, until)
    if not defects:
        return _result(law, result="proved")
    rules = tuple(dict.fromkeys(rule for defect in defects for rule in defect.rules))
    says = "; ".join(defect.says for defect in defects)
    return _result(law, result="broken", detail=says, rules=rules, witness=defects[0].witness)


def _prove_about_scenarios(law: Law, space: SymbolicSpace, until: Deadline) -> Proof:
    law_claim = claim(law, space)
    solver = law_claim.solver()
    model = solver.model(space.logic.any(law_claim.broken.values()), until=until)
    if model is not None:
        return _broken(law, law_claim, space, model, until)
    if solver.model(law_claim.applies, until=until) is None:
        return _result(law, result="untestable", detail="no scenario satisfies its if")
    if trivial(law, space, until):
        return _result(law, result="untestable", detail="no rules could break it")
    return _result(law, result="proved")


def _broken(law: Law, law_claim: Claim, space: SymbolicSpace, model: Model, until: Deadline) -> Proof:
    witness, note = _smallest(law_claim, space, model, until)
    rules, says = conflicting_rules(law_claim, witness, space)
    return _result(law, result="broken", detail=f"{says}{note}", witness=witness, rules=rules)


def _smallest(law_claim: Claim, space: SymbolicSpace, model: Model, until: Deadline) -> tuple[Witness, str]:
    """Return the smallest witness and no note; out of time, the witness in `model` and a note that says so."""
    try:
        hold = [*law_claim.about, space.logic.any(law_claim.broken.values())]
        witness = smallest_witness(law_claim.cases, hold, space, until)
    except OutOfTime:
        return witness_in(law_claim.cases, model, space), "; a smaller scenario may exist (time limit reached)"
    assert witness, "the solver has just found one"
    return witness, ""
