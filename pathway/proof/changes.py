"""Which answer may follow which, from `data/changes.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from pathway.document import read
from pathway.entries import Entry, Finding, FindingId, Id, Words
from pathway.faults import Fault, Unusable, nearest
from pathway.knowledge import Knowledge
from pathway.load import data_folder
from pathway.proof.algebra import Formula
from pathway.proof.laws import entries
from pathway.proof.space import Answers, Person


class Change(Entry):
    """How the answers to some findings may change, and why no further."""

    id: Id
    how: Literal["never", "held", "grows", "forward", "freely"]
    findings: tuple[FindingId, ...] = Field(min_length=1)
    after: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    compared: tuple[FindingId, ...] = ()
    """Those of the findings that no care sets out to change: told last, and only to compare with."""
    because: Words


Changes = Mapping[str, Change]
"""For each finding how its answer may change."""


def load_changes(knowledge: Knowledge, folder: Path | None = None) -> Changes:
    """How each finding may change (by default as it comes with this package). Raises Unusable with every fault."""
    document = read((folder or data_folder()) / "changes.yaml", "data/changes.yaml")
    found: tuple[Change, ...] = entries(document, Change)
    if faults := sorted(dict.fromkeys(_faults(found, knowledge))):
        raise Unusable(faults)
    return {finding: change for change in found for finding in change.findings}


def _faults(changes: tuple[Change, ...], knowledge: Knowledge) -> Iterator[Fault]:
    seen: set[str] = set()
    for change in changes:
        for name in change.findings:
            if name not in knowledge.findings:
                yield change.fault(f"there is no finding {name}; {nearest(name, knowledge.findings)}")
            elif name in seen:
                yield change.fault(f"{name} stands twice; keep it in one entry")
            else:
                yield from _unfit(change, knowledge.findings[name])
            seen.add(name)
        for name in change.compared:
            if name not in change.findings:
                yield change.fault(f"{name} is compared, but is not among the findings here; {nearest(name, change.findings)}")
    for name in knowledge.findings:
        if name not in seen:
            yield Fault("data/changes.yaml", None, f"says nothing of {name}; add it to an entry")


def _unfit(change: Change, finding: Finding) -> Iterator[Fault]:
    if (change.how == "grows") != bool(finding.whole) and change.how in ("grows", "forward"):
        yield change.fault(f"{finding.id} is {'a number' if finding.whole else 'no number'}, so it can't change {change.how}")
    if bool(change.after) != (change.how == "forward"):
        yield change.fault("after is given for answers that change forward, and for no others")
    for answer in (answer for before, after in change.after.items() for answer in (before, *after)):
        if answer not in finding.answers:
            yield change.fault(f"{answer} is no answer for {finding.id}; {nearest(answer, finding.answers)}")


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
