"""A learner's decisions on one case as a short code, for a partner to compare with their own. It gives no answer away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from pathway.errors import Fault, Unusable
from pathway.practice.case_set import CaseSet
from pathway.practice.commitment import Commitment
from pathway.practice.practice import Practice
from pathway.practice.report import Report
from pathway.practice.stage import Stage

CHECK_LENGTH = 6
LONGEST_PASTE = 2_000
"""Characters of a pasted code, or of a link with a code in it."""
SHAPE = re.compile(
    r"(?P<set>[a-z0-9.-]{1,200})_(?P<case>[1-9][0-9]{0,2})(?P<visits>(?:_[0-9]{1,4}(?:-[0-9]{1,4}){3}){1,20})_(?P<check>[0-9a-f]{6})"
)
NO_CODE = "is not the code of a decision; copy all of it from the Practice page, where it is below the answer"
MISMATCH = "is for another case or edition, or was altered; open the same set in both browsers, and copy the code again"


@dataclass(frozen=True)
class DecisionCode:
    """The parts of a code: what names the set, the number of the case (from 1), and four numbers for each visit."""

    text: str
    set_name: str
    case: int
    visits: tuple[tuple[int, ...], ...]


def decision_code(set_name: str, report: Report, case: int, practice: Practice) -> str | None:
    """Return the code of a case (from 1). None while a visit is undecided, or where a choice is not on offer."""
    stages = practice.stages(report.case_set.cases[case - 1])
    commitments = [report.visit(stage.case.id, stage.number).commitment for stage in stages]
    try:
        decided = ((stage, choice) for stage, choice in zip(stages, commitments, strict=True) if choice)
        visits = ["-".join(map(str, _numbers(stage, choice))) for stage, choice in decided]
    except ValueError:
        return None
    if len(visits) < len(stages):
        return None
    text = "_".join((set_name, str(case), *visits))
    return f"{text}_{_check(text, report.case_set, practice)}"


def read_code(text: str) -> DecisionCode:
    """Return the parts of a code; what is around it in a pasted link is left out. Raises Unusable."""
    parts = SHAPE.search(text[:LONGEST_PASTE])
    if parts is None:
        raise Unusable([Fault("the code", None, NO_CODE)])
    visits = tuple(tuple(map(int, visit.split("-"))) for visit in parts["visits"][1:].split("_"))
    return DecisionCode(parts[0], parts["set"], int(parts["case"]), visits)


def decisions(code: DecisionCode, case_set: CaseSet, practice: Practice) -> tuple[tuple[Stage, Commitment], ...]:
    """Return the decision at each visit. Raises Unusable where the code is not of this set, or was altered."""
    body, _, check = code.text.rpartition("_")
    if check != _check(body, case_set, practice) or code.case > len(case_set.cases):
        raise Unusable([Fault("the code", None, MISMATCH)])
    stages = practice.stages(case_set.cases[code.case - 1])
    try:
        return tuple((stage, _commitment(stage, numbers)) for stage, numbers in zip(stages, code.visits, strict=True))
    except (IndexError, ValueError):  # a code that somebody made by hand
        raise Unusable([Fault("the code", None, MISMATCH)]) from None


def _numbers(stage: Stage, commitment: Commitment) -> Iterator[int]:
    """Yield the place, its reason, the options that apply as one number, and the key option's reason. Raises ValueError."""
    yield stage.pathway.knowledge.places.index((commitment.route, commitment.step))
    yield stage.reasons.index(commitment.reason)
    yield sum(1 << at for at, option in enumerate(stage.case.options) if option in commitment.applies)
    yield stage.option_reasons.index(commitment.option_reason)


def _commitment(stage: Stage, numbers: tuple[int, ...]) -> Commitment:
    place, reason, applies, why = numbers
    route, step = stage.pathway.knowledge.places[place]
    return Commitment(
        route=route,
        step=step,
        reason=stage.reasons[reason],
        applies=tuple(option for at, option in enumerate(stage.case.options) if applies >> at & 1),
        option_reason=stage.option_reasons[why],
    )


def _check(text: str, case_set: CaseSet, practice: Practice) -> str:
    """Return check digits, which differ between sets, editions and choices."""
    content = f"{case_set.hash} {practice.pathway.knowledge.hash} {text}"
    return sha256(content.encode()).hexdigest()[:CHECK_LENGTH]
