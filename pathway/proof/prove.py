"""Proves every law over all scenarios at once, or shows the smallest scenario that breaks it."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from pathway.knowledge import Knowledge
from pathway.proof.blame import clash
from pathway.proof.claims import Claim, claim, trivial
from pathway.proof.count import counted
from pathway.proof.law_check import load_laws
from pathway.proof.laws import Law
from pathway.proof.logic import OutOfTime
from pathway.proof.report import Proof, Report
from pathway.proof.space import Space
from pathway.proof.structure import findings_of
from pathway.proof.witness import smallest

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
    started = perf_counter()
    try:
        found = _of_rules(law, space, time_limit) if law.rules else _of_scenarios(law, space, time_limit)
    except OutOfTime:
        found = _result(law, result="not_proved", detail=f"not within {time_limit:g} s; it may hold or not")
    return found.model_copy(update={"seconds": perf_counter() - started})


def _result(law: Law, **fields: object) -> Proof:
    return Proof.model_validate({"law": law.id, "says": law.says, "file": law.file, "line": law.line, **fields})


def _of_rules(law: Law, space: Space, seconds: float) -> Proof:
    assert law.rules, "asked only of a law about rules"
    found = findings_of(law.rules, space, seconds)
    if not found:
        return _result(law, result="proved")
    rules = tuple(dict.fromkeys(rule for finding in found for rule in finding.rules))
    says = "; ".join(finding.says for finding in found)
    return _result(law, result="broken", detail=says, rules=rules, witness=found[0].witness)


def _of_scenarios(law: Law, space: Space, seconds: float) -> Proof:
    said = claim(law, space)
    logic = space.logic
    solver = logic.solver(*space.settings(), *said.about)
    if solver.model(logic.any(said.broken.values()), seconds=seconds) is not None:
        return _broken(law, said, space, seconds)
    if solver.model(said.applies, seconds=seconds) is None:
        return _result(law, result="untestable", detail="no scenario can be as its if says")
    if trivial(law, space, seconds):
        return _result(law, result="untestable", detail="whatever the rules said, nothing could break it")
    return _result(law, result="proved")


def _broken(law: Law, said: Claim, space: Space, seconds: float) -> Proof:
    hold = [*said.about, space.logic.any(said.broken.values())]
    try:
        witness = smallest(said.people, hold, space, seconds)
    except OutOfTime:
        return _result(law, result="broken", detail=f"the smallest scenario was not found within {seconds:g} s")
    assert witness, "the solver has just found one"
    rules, says = clash(said, witness, space)
    return _result(law, result="broken", detail=says, witness=witness, rules=rules)
