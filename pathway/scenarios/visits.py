"""The known answers at each visit of a walk, and since when: carried over, counted on with time, asked again, or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from pathway.conditions.kleene import truth
from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import Change, Changes, Parent, Trend
from pathway.knowledge.models import Finding

Answer = str | int
Answers = Mapping[str, Answer]
MOST_VISITS = 20
MOST_WEEKS = 520
"""The most weeks from one visit to the next."""


@dataclass(frozen=True)
class Visit:
    """A visit: the weeks since the one before, the trend, and the answers that changed at it (None: no longer known)."""

    weeks: int = 0
    trend: Trend = "same"
    new_answers: Mapping[str, Answer | None] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class RememberedAnswer:
    """An answer, the visit (from 0) at which it was given, and whether it was counted on since (`stopped`: no further)."""

    answer: Answer
    visit: int
    how: Literal["carried", "counted"] = "carried"
    stopped: bool = False


Memory = Mapping[str, RememberedAnswer]


@dataclass(frozen=True)
class KnownAnswers:
    """The answers known at one visit (`current`), and those that must be asked again before they count (`outdated`)."""

    visit: int
    current: Memory
    outdated: Memory
    reversed: Memory = field(default_factory=dict)
    """Earlier answers that the new ones can't follow: a growing number is smaller, or care that had begun has not."""

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers at this visit."""
        return {name: remembered.answer for name, remembered in self.current.items()}

    @property
    def carried(self) -> Memory:
        """The answers that were not given at this visit."""
        return {name: remembered for name, remembered in self.current.items() if remembered.visit != self.visit}

    @property
    def stopped(self) -> tuple[str, ...]:
        """The numbers that would exceed their maximum and are counted no further."""
        return tuple(name for name, remembered in self.current.items() if remembered.stopped)


def known_answers_per_visit(visits: Sequence[Visit], knowledge: Knowledge) -> tuple[KnownAnswers, ...]:
    """Return the known answers at each visit."""
    return tuple(_known_by_visit(visits, knowledge))


def _known_by_visit(visits: Sequence[Visit], knowledge: Knowledge) -> Iterator[KnownAnswers]:
    changes = knowledge.changes if len(visits) > 1 else {}  # a single visit needs no changes.yaml
    memory: Memory = {}
    weeks = 0
    for number, visit in enumerate(visits):
        earlier = memory
        if number:
            memory = dict(_after_time(memory, visit, number, weeks, knowledge))
            weeks += visit.weeks
        memory = _in_order(_with_new_answers(memory, visit, number, changes), knowledge)
        yield replace(_known(memory, number, changes), reversed=dict(_reversed_answers(earlier, visit, changes)))


def _after_time(
    memory: Memory, visit: Visit, number: int, weeks: int, knowledge: Knowledge
) -> Iterator[tuple[str, RememberedAnswer]]:
    """Yield the answers remembered after the time before this visit; some must be asked again. `weeks`: up to the last visit."""
    by_trend = {name: change.says[visit.trend] for name, change in knowledge.changes.items() if change.says}
    facts = {**_facts(memory), **by_trend, **{name: visit.new_answers[name] for name in by_trend if name in visit.new_answers}}
    known = {name: answer for name, answer in facts.items() if answer is not None}
    for name, remembered in memory.items():
        change = knowledge.changes[name]
        apart = change.parent is not None and known.get(change.parent.finding) in change.parent.apart
        grows = truth(change.growing, known) if change.growing else True
        if change.every is None or apart or (grows is False and change.otherwise == "stays"):
            yield name, remembered
        elif grows:
            more = (weeks + visit.weeks) // change.every - weeks // change.every
            yield name, _counted(remembered, more, knowledge.findings[name])
    yield from ((name, RememberedAnswer(answer, number)) for name, answer in by_trend.items())


def _in_order(memory: Memory, knowledge: Knowledge) -> Memory:
    """Return the memory in the order of the findings, whatever the order in which the answers were given."""
    return {**{name: memory[name] for name in knowledge.findings if name in memory}, **memory}


def _facts(memory: Memory) -> dict[str, Answer | None]:
    return {name: remembered.answer for name, remembered in memory.items()}


def _counted(remembered: RememberedAnswer, more: int, finding: Finding) -> RememberedAnswer:
    """Return a number increased by `more`, up to its maximum."""
    assert finding.whole, "only numbers grow"
    total = int(remembered.answer) + more
    most = min(total, finding.whole.most)
    return replace(remembered, answer=most, how="counted" if more else remembered.how, stopped=remembered.stopped or total > most)


def _with_new_answers(memory: Memory, visit: Visit, number: int, changes: Changes) -> Memory:
    """Return the memory updated with a visit's new answers, without the answers that no longer apply because of them."""
    before = _facts(memory)
    gone = {
        name
        for name in memory
        if name not in visit.new_answers and _no_longer_applies(changes[name].parent, before, visit.new_answers)
    }
    gone |= {name for name, answer in visit.new_answers.items() if answer is None}
    new = {name: RememberedAnswer(answer, number) for name, answer in visit.new_answers.items() if answer is not None}
    return {name: remembered for name, remembered in {**memory, **new}.items() if name not in gone}


def _reversed_answers(memory: Memory, visit: Visit, changes: Changes) -> Iterator[tuple[str, RememberedAnswer]]:
    for name, remembered in memory.items():
        answer = visit.new_answers.get(name)
        if answer is not None and _undoes(answer, remembered.answer, changes[name]):
            yield name, remembered


def _undoes(answer: Answer, before: Answer, change: Change) -> bool:
    if change.time == "grows" and change.growing is None:
        return int(answer) < int(before)
    begins = change.after.keys() - {later for answers in change.after.values() for later in answers}
    return answer != before and answer in begins


def _no_longer_applies(parent: Parent | None, before: Mapping[str, Answer | None], own: Mapping[str, Answer | None]) -> bool:
    if parent is None or parent.finding not in own:
        return False
    was, now = before.get(parent.finding), own[parent.finding]
    another = was is not None and now != was and parent.kept == "the same answer"
    return now not in parent.together or another


def _known(memory: Memory, number: int, changes: Changes) -> KnownAnswers:
    """Split the memory into the answers known at this visit, and those to ask again, with the answers that depend on them."""
    kept = {
        name: remembered
        for name, remembered in memory.items()
        if remembered.visit == number or changes[name].time != "asked again"
    }
    waiting = memory.keys() - kept.keys()
    current = {
        name: remembered
        for name, remembered in kept.items()
        if remembered.visit == number or not _depends_on_any(changes[name].parent, waiting)
    }
    return KnownAnswers(number, current, {name: remembered for name, remembered in memory.items() if name not in current})


def _depends_on_any(parent: Parent | None, waiting: Set[str]) -> bool:
    return parent is not None and parent.finding in waiting


def with_dropped_dependents(own: Mapping[str, Answer | None], known: KnownAnswers, changes: Changes) -> dict[str, Answer | None]:
    """Return the new answers, with the answers that no longer apply because of them set to None."""
    before = {**_facts(known.outdated), **_facts(known.current)}
    lost = {
        name: None
        for name in (*known.current, *known.outdated)
        if name not in own and _no_longer_applies(changes[name].parent, before, own)
    }
    return {**own, **lost}
