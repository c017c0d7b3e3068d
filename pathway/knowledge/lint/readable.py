"""The variables and answers that conditions may read, and faults for any others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from pathway.conditions.tree import AtLeast, Leaf
from pathway.errors import Fault, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Entry

YES_OR_NO = ("present", "absent")


@dataclass(frozen=True)
class Readable:
    """The variables that may be read: those with answers, the numbers, and what a number may be compared with."""

    answers: Mapping[str, tuple[str, ...]]
    numbers: Set[str]
    bounds: Set[str]

    def unknown(self, entry: Entry, leaf: Leaf) -> Iterator[Fault]:
        """Yield a fault at the entry for each unknown name or answer that the leaf reads."""
        if not isinstance(leaf, AtLeast):
            yield from self.unknown_answers(entry, leaf.variable, leaf.values)
            return
        yield from self.unknown_number(entry, leaf.variable)
        if isinstance(leaf.bound, str) and leaf.bound not in self.bounds:
            yield entry.fault(f"there is no assumption or number {leaf.bound}; {suggestion(leaf.bound, self.bounds)}")

    def unknown_number(self, entry: Entry, name: str) -> Iterator[Fault]:
        """Yield a fault if `name` is not a number."""
        if name not in self.numbers:
            yield entry.fault(f"there is no number {name}; {suggestion(name, self.numbers)}")

    def unknown_answers(self, entry: Entry, name: str, answers: Iterable[str]) -> Iterator[Fault]:
        """Yield a fault where `name` has no answers, or for each answer that is not one of them."""
        if name not in self.answers:
            yield entry.fault(f"there is no finding {name}; {suggestion(name, self.answers)}")
            return
        for answer in answers:
            if answer not in self.answers[name]:
                yield entry.fault(f"{answer} is not an answer for {name}; {suggestion(answer, self.answers[name])}")


def readable(knowledge: Knowledge) -> Readable:
    """Return what the conditions of this knowledge may read."""
    numbers = {finding.id for finding in knowledge.findings.values() if finding.whole}
    counted = {assumption.id for assumption in knowledge.assumptions.values() if isinstance(assumption.value, int)}
    return Readable(_answers(knowledge), numbers, numbers | counted)


def _answers(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    answers = {finding.id: tuple(finding.answers) for finding in knowledge.findings.values() if finding.answers}
    answers |= dict.fromkeys(knowledge.definitions, YES_OR_NO)
    answers |= {name: tuple(str(v) for v in a.allowed) for name, a in knowledge.assumptions.items() if isinstance(a.value, str)}
    return answers | {name: tuple(derived.answers) for name, derived in knowledge.derived.items()}
