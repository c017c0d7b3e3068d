"""What is known at each visit of a walk, and since which visit: answers carried, counted on, asked again, or gone."""

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
"""From one visit to the next."""


@dataclass(frozen=True)
class Visit:
    """A visit: how long after the one before, how things went, and what was answered otherwise at it (None: not known)."""

    weeks: int = 0
    trend: Trend = "same"
    new_answers: Mapping[str, Answer | None] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class RememberedAnswer:
    """An answer, the visit (from 0) at which it was given, and whether time has counted it on since, as far as it goes."""

    answer: Answer
    visit: int
    how: Literal["carried", "counted"] = "carried"
    stopped: bool = False


Memory = Mapping[str, RememberedAnswer]


@dataclass(frozen=True)
class KnownAnswers:
    """What is known at one visit. `before`: what is remembered, and not known until it, or what it depends on, is asked again."""

    visit: int
    held: Memory
    before: Memory
    reversed: Memory = field(default_factory=dict)
    """Earlier answers that this visit's own can't follow: a number that only grows is less, or what was begun is not."""

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers at this visit."""
        return {name: held.answer for name, held in self.held.items()}

    @property
    def carried(self) -> Memory:
        """The answers that were not given at this visit."""
        return {name: held for name, held in self.held.items() if held.visit != self.visit}

    @property
    def stopped(self) -> tuple[str, ...]:
        """The numbers that would be more than they may, and are counted no further."""
        return tuple(name for name, held in self.held.items() if held.stopped)


def known_answers_per_visit(visits: Sequence[Visit], knowledge: Knowledge) -> tuple[KnownAnswers, ...]:
    """What is known at each visit."""
    return tuple(_walked(visits, knowledge))


def _walked(visits: Sequence[Visit], knowledge: Knowledge) -> Iterator[KnownAnswers]:
    changes = knowledge.changes if len(visits) > 1 else {}  # of one visit, knowledge that says nothing of time will do
    memory: Memory = {}
    weeks = 0
    for number, visit in enumerate(visits):
        earlier = memory
        if number:
            memory = dict(_passed(memory, visit, number, weeks, knowledge))
            weeks += visit.weeks
        memory = _answered(memory, visit, number, changes)
        yield replace(_known(memory, number, changes), reversed=dict(_reversed(earlier, visit, changes)))


def _passed(
    memory: Memory, visit: Visit, number: int, weeks: int, knowledge: Knowledge
) -> Iterator[tuple[str, RememberedAnswer]]:
    """What is remembered once time has passed; it may still have to be asked again. `weeks`: from the first visit till then."""
    said = {name: change.says[visit.trend] for name, change in knowledge.changes.items() if change.says}
    facts = {**_facts(memory), **said, **{name: visit.new_answers[name] for name in said if name in visit.new_answers}}
    known = {name: answer for name, answer in facts.items() if answer is not None}
    for name, held in memory.items():
        change = knowledge.changes[name]
        apart = change.parent is not None and known.get(change.parent.finding) in change.parent.apart
        grows = truth(change.growing, known) if change.growing else True
        if change.every is None or apart or (grows is False and change.otherwise == "stays"):
            yield name, held
        elif grows:
            more = (weeks + visit.weeks) // change.every - weeks // change.every
            yield name, _counted(held, more, knowledge.findings[name])
    yield from ((name, RememberedAnswer(answer, number)) for name, answer in said.items())


def _facts(memory: Memory) -> dict[str, Answer | None]:
    return {name: held.answer for name, held in memory.items()}


def _counted(held: RememberedAnswer, more: int, finding: Finding) -> RememberedAnswer:
    """A number counted on, up to the most that it may be."""
    assert finding.whole, "only numbers grow"
    total = int(held.answer) + more
    most = min(total, finding.whole.most)
    return replace(held, answer=most, how="counted" if more else held.how, stopped=held.stopped or total > most)


def _answered(memory: Memory, visit: Visit, number: int, changes: Changes) -> Memory:
    """What is remembered with a visit's own answers: an answer that depended on one of them may go."""
    before = _facts(memory)
    gone = {name for name in memory if name not in visit.new_answers and _goes(changes[name].parent, before, visit.new_answers)}
    gone |= {name for name, answer in visit.new_answers.items() if answer is None}
    given = {name: RememberedAnswer(answer, number) for name, answer in visit.new_answers.items() if answer is not None}
    return {name: held for name, held in {**memory, **given}.items() if name not in gone}


def _reversed(memory: Memory, visit: Visit, changes: Changes) -> Iterator[tuple[str, RememberedAnswer]]:
    for name, answer in visit.new_answers.items():
        if name in memory and answer is not None and _undoes(answer, memory[name].answer, changes[name]):
            yield name, memory[name]


def _undoes(answer: Answer, before: Answer, change: Change) -> bool:
    if change.time == "grows" and change.growing is None:
        return int(answer) < int(before)
    begins = change.after.keys() - {later for answers in change.after.values() for later in answers}
    return answer != before and answer in begins


def _goes(parent: Parent | None, before: Mapping[str, Answer | None], own: Mapping[str, Answer | None]) -> bool:
    if parent is None or parent.finding not in own:
        return False
    was, now = before.get(parent.finding), own[parent.finding]
    another = was is not None and now != was and parent.kept == "the same answer"
    return now not in parent.together or another


def _known(memory: Memory, number: int, changes: Changes) -> KnownAnswers:
    """What of it is known at this visit: not what is asked again, nor what depends on that."""
    kept = {name: one for name, one in memory.items() if one.visit == number or changes[name].time != "asked again"}
    waiting = memory.keys() - kept.keys()
    held = {name: one for name, one in kept.items() if one.visit == number or not _depends(changes[name].parent, waiting)}
    return KnownAnswers(number, held, {name: one for name, one in memory.items() if name not in held})


def _depends(parent: Parent | None, waiting: Set[str]) -> bool:
    return parent is not None and parent.finding in waiting


def with_children(own: Mapping[str, Answer | None], known: KnownAnswers, changes: Changes) -> dict[str, Answer | None]:
    """A visit's new answers, with the answers that go because of them as not known."""
    before = {**_facts(known.before), **_facts(known.held)}
    lost = {name: None for name in (*known.held, *known.before) if name not in own and _goes(changes[name].parent, before, own)}
    return {**own, **lost}
