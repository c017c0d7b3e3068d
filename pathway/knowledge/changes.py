"""How answers may change, from `data/changes.yaml`: in a what-if search, and as time passes between visits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PlainValidator

from pathway.conditions.tree import Condition, Is, leaves
from pathway.conditions.yaml_syntax import condition_from
from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Entry, Finding, FindingId, Id, Words
from pathway.model import FrozenModel
from pathway.yaml.document import read_part
from pathway.yaml.validation import validate_as

FILE = "data/changes.yaml"
Trend = Literal["better", "same", "worse"]
"""The course between two visits."""
TRENDS: tuple[Trend, ...] = ("better", "same", "worse")


class Parent(FrozenModel):
    """The finding that another depends on: the answers with which the dependent one applies, and those without it."""

    finding: FindingId
    together: tuple[str, ...] = Field(alias="with", min_length=1)
    apart: tuple[str, ...] = Field(alias="without", min_length=1)
    kept: Literal["any of them", "the same answer"] = Field(alias="kept with")


class Meanwhile(FrozenModel):
    """An answer that may turn into another between two visits without being asked."""

    before: str = Field(alias="from")
    after: str = Field(alias="to")


class Change(Entry):
    """How the answers to some findings may change, why they change no further, and what time does to them."""

    id: Id
    how: Literal["never", "held", "grows", "forward", "freely"]
    findings: tuple[FindingId, ...] = ()
    flags: Literal["all"] | None = None
    """Every red flag that is absent or present, besides the findings."""
    after: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    compared: tuple[FindingId, ...] = ()
    """Findings that no care can change, such as age: listed last, for comparison only."""
    because: Words
    time: Literal["stays", "asked again", "grows", "said"]
    every: int | None = Field(default=None, ge=1)
    """The number of weeks after which a growing number increases by one."""
    growing: Annotated[Condition | None, PlainValidator(condition_from), Field(alias="while")] = None
    """The condition for growing: read from the answers of the visit before, with the course since then."""
    otherwise: Literal["stays", "unknown"] | None = None
    """What happens to the number while it does not grow."""
    says: dict[Trend, str] = Field(default_factory=dict)
    """The answer that follows from each trend."""
    parent: Parent | None = Field(default=None, alias="depends on")
    meanwhile: Meanwhile | None = None


Changes = Mapping[str, Change]
"""For each finding, how its answer may change."""


def trends_by_course(changes: Changes) -> Mapping[str, Trend]:
    """Return the trend for each answer that a scenario file may give as the course between two visits."""
    return {answer: trend for change in changes.values() for trend, answer in change.says.items()}


def load_changes(knowledge: Knowledge, folder: Path | None = None) -> Changes:
    """Return how each finding may change, from a folder (default: the knowledge's own). Raises Unusable with every fault."""
    document = read_part(folder or knowledge.folder, Path(FILE).name)
    written: tuple[Change, ...] = validate_as(document, tuple[Change, ...])
    entries = tuple(_written_out(change, knowledge) for change in written)
    if faults := sorted(dict.fromkeys(_faults(entries, knowledge))):
        raise Unusable(faults)
    return {finding: change for change in entries for finding in change.findings}


def _written_out(change: Change, knowledge: Knowledge) -> Change:
    flags = knowledge.flags if change.flags else ()
    return change.model_copy(update={"findings": (*flags, *change.findings)})


def _faults(changes: tuple[Change, ...], knowledge: Knowledge) -> Iterator[Fault]:
    seen: set[str] = set()
    for change in changes:
        if not change.findings:
            yield change.fault(f"{change.id} names no finding; write findings, or flags: all")
        for name in change.findings:
            if name not in knowledge.findings:
                yield change.fault(f"there is no finding {name}; {suggestion(name, knowledge.findings)}")
            elif name in seen:
                yield change.fault(f"{name} is listed twice; keep it in one entry")
            else:
                yield from _finding_faults(change, knowledge.findings[name])
            seen.add(name)
        for name in change.compared:
            if name not in change.findings:
                yield change.fault(f"{name} is compared, but is not among the findings here; {suggestion(name, change.findings)}")
        yield from _time_faults(change, knowledge)
    for name in knowledge.findings:
        if name not in seen:
            yield Fault(FILE, None, f"says nothing of {name}; add it to an entry")


def _finding_faults(change: Change, finding: Finding) -> Iterator[Fault]:
    if (change.how == "grows") != bool(finding.whole) and change.how in ("grows", "forward"):
        yield change.fault(f"{finding.id} is {'a number' if finding.whole else 'no number'}, so it can't change {change.how}")
    if change.time == "grows" and not finding.whole:
        yield change.fault(f"{finding.id} is not a number, so time can't make it grow; write stays or asked again")
    if bool(change.after) != (change.how == "forward"):
        yield change.fault("after is given for answers that change forward, and for no others")
    moves = [change.meanwhile.before, change.meanwhile.after] if change.meanwhile else []
    after = (answer for before, answers in change.after.items() for answer in (before, *answers))
    yield from _answer_faults(change, finding, (*after, *change.says.values(), *moves))


def _answer_faults(change: Change, finding: Finding, answers: tuple[str, ...]) -> Iterator[Fault]:
    for answer in answers:
        if answer not in finding.answers:
            yield change.fault(f"{answer} is not an answer for {finding.id}; {suggestion(answer, finding.answers)}")


def _time_faults(change: Change, knowledge: Knowledge) -> Iterator[Fault]:
    if (change.time == "grows") != (change.every is not None):
        yield change.fault("every (a number of weeks) is given for what grows with time, and for nothing else")
    if change.growing and change.time != "grows":
        yield change.fault("while is given for what grows with time, and for nothing else")
    if bool(change.growing) != bool(change.otherwise):
        yield change.fault("while and otherwise go together: otherwise says what becomes of it while it does not grow")
    if (change.time == "said") != bool(change.says) or (change.says and set(change.says) != set(TRENDS)):
        yield change.fault("says gives an answer for each of better, same and worse, where the time is said, and nowhere else")
    if change.growing:
        yield from _growing_faults(change, change.growing, knowledge)
    if change.parent:
        yield from _parent_faults(change, change.parent, knowledge)


def _growing_faults(change: Change, condition: Condition, knowledge: Knowledge) -> Iterator[Fault]:
    for leaf in leaves(condition):
        if leaf.variable not in knowledge.findings:
            yield change.fault(
                f"while reads {leaf.variable}, which is not a finding; {suggestion(leaf.variable, knowledge.findings)}"
            )
        elif isinstance(leaf, Is):
            yield from _answer_faults(change, knowledge.findings[leaf.variable], leaf.values)
        elif isinstance(leaf.bound, str):
            yield change.fault(f"while compares {leaf.variable} with a number, and not with {leaf.bound}")


def _parent_faults(change: Change, parent: Parent, knowledge: Knowledge) -> Iterator[Fault]:
    finding = knowledge.findings.get(parent.finding)
    if finding is None:
        yield change.fault(f"there is no finding {parent.finding}; {suggestion(parent.finding, knowledge.findings)}")
        return
    yield from _answer_faults(change, finding, (*parent.together, *parent.apart))
    for answer in finding.answers:
        times = (*parent.together, *parent.apart).count(answer)
        if times != 1:
            what = "says nothing of" if times == 0 else "says twice what becomes of it with"
            yield change.fault(f"depends on {finding.id}, and {what} {answer}; name it once, under with or under without")
