"""Counts scenarios exactly: all that are consistent, and those that lead to a route, a step or a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod

from pathway.conditions.tree import AtLeast, Condition, expanded, leaves
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding
from pathway.knowledge.vocabulary import GUIDANCE
from pathway.proof.counting.decision_diagram import DecisionDiagrams, Node
from pathway.proof.counting.number_classes import ComparedNumbers, Values, compared_numbers
from pathway.proof.report import SpaceSize
from pathway.proof.symbolic.conditions import NumberVariable, SingleValued, SymbolTable
from pathway.proof.symbolic.decision import SymbolicOutcome, decided_values, symbolic_outcome


def count_space(knowledge: Knowledge) -> SpaceSize:
    """How many scenarios the laws are proved over."""
    base = CountingContext(knowledge, defaults(knowledge))
    every, classes = ScenarioSpace((base,)), ScenarioSpace((base,), weighted=False)
    return SpaceSize(
        scenarios=every.diagrams.count(every.consistent(base)),
        classes=classes.diagrams.count(classes.consistent(base)),
        excluded=every.diagrams.count(every.diagrams.negate(every.consistent(base))),
        settings=len(GUIDANCE) * prod(_choices(entry.allowed) for entry in knowledge.assumptions.values() if entry.allowed),
    )


def _choices(allowed: tuple[int | str, ...]) -> int:
    match allowed:
        case (int() as lowest, int() as highest):
            return highest - lowest + 1
        case words:
            return len(words)


@dataclass(frozen=True)
class CountingContext:
    """A knowledge base, and the values of its assumptions."""

    knowledge: Knowledge
    settings: Values

    def resolved(self, leaf: AtLeast) -> AtLeast:
        """The comparison with the assumption's value in place of its name."""
        return AtLeast(leaf.of, self.settings.get(leaf.bound, leaf.bound)) if isinstance(leaf.bound, str) else leaf

    def comparisons(self) -> Iterator[AtLeast]:
        """Every comparison that can change a result."""
        for _, condition in self.knowledge.deciding_conditions():
            yield from (self.resolved(leaf) for leaf in leaves(condition) if isinstance(leaf, AtLeast))


@dataclass(frozen=True)
class ScenarioSpace:
    """Complete scenarios as answers to a few questions each, under fixed assumptions.

    Of several knowledge bases, the scenarios that they share. `weighted`: each number counts by itself, otherwise each class
    counts once. `extra_cuts` are comparisons to tell numbers apart by, beside those that the rules make.
    """

    bases: tuple[CountingContext, ...]
    weighted: bool = True
    extra_cuts: tuple[AtLeast, ...] = ()

    @property
    def findings(self) -> Iterator[Finding]:
        """The findings of every knowledge base."""
        for base in self.bases:
            yield from base.knowledge.findings.values()

    @cached_property
    def words(self) -> dict[str, tuple[str, ...]]:
        """Each finding that is answered in words, with the answers that all the knowledge bases have."""
        found: dict[str, tuple[str, ...]] = {}
        for finding in (finding for finding in self.findings if finding.answers):
            found[finding.id] = tuple(word for word in found.get(finding.id, finding.answers) if word in finding.answers)
        return found

    @cached_property
    def numbers(self) -> tuple[ComparedNumbers, ...]:
        """The numbers, as classes."""
        most = {finding.id: finding.whole.most for finding in self.findings if finding.whole}
        return compared_numbers(most, [*(leaf for base in self.bases for leaf in base.comparisons()), *self.extra_cuts])

    @cached_property
    def diagrams(self) -> DecisionDiagrams:
        """The diagrams: numbers are asked last."""
        numbers = [[one.size if self.weighted else 1 for one in group.classes] for group in self.numbers]
        return DecisionDiagrams([*([1] * len(words) for words in self.words.values()), *numbers])

    def symbols(self, base: CountingContext, guidance: str) -> SymbolTable:
        """What the variables of a condition stand for, by one of the knowledge bases."""
        logic = self.algebra
        chosen = {name: value for name, value in {**base.settings, "guidance": guidance}.items() if isinstance(value, str)}
        words = {
            name: SingleValued(logic, {word: self.answer(name, word) for word in words}) for name, words in self.words.items()
        }
        words |= {name: SingleValued(logic, {value: logic.true}) for name, value in chosen.items()}
        numbers = {name: NumberVariable(name, logic.true) for group in self.numbers for name in group.names}
        weeks = {name: NumberVariable(value, logic.true) for name, value in base.settings.items() if isinstance(value, int)}
        return SymbolTable(logic, words, {**numbers, **weeks})

    def answer(self, finding: str, answer: str) -> Node:
        """The finding has this answer."""
        return self.diagrams.answer(list(self.words).index(finding), [self.words[finding].index(answer)])

    def comparison(self, leaf: AtLeast) -> Node:
        """The comparison holds."""
        for number, group in enumerate(self.numbers):
            if leaf in group.comparisons:
                holding = (place for place, one in enumerate(group.classes) if leaf in one.holds)
                return self.diagrams.answer(len(self.words) + number, holding)
        raise KeyError(f"{leaf.of} is not told apart at {leaf.bound}")

    def consistent(self, base: CountingContext) -> Node:
        """The answers can go together."""
        symbols, known = self.symbols(base, "page"), base.knowledge
        whens: list[Condition] = [expanded(entry.when, known.written_out) for entry in known.contradictions]
        return self.diagrams.all(self.diagrams.negate(symbols.read(when).true) for when in whens)

    def outcome(self, base: CountingContext, guidance: str) -> SymbolicOutcome:
        """Where each scenario stands, by one of the knowledge bases."""
        return symbolic_outcome(base.knowledge, self.symbols(base, guidance))

    def verdicts(self, found: SymbolicOutcome, option: str) -> Mapping[str, Node]:
        """When the option has each verdict."""
        return decided_values(found.verdicts[option], self.algebra)

    @cached_property
    def algebra(self) -> DiagramAlgebra:
        """The diagrams, as what formulas are made with."""
        return DiagramAlgebra(self)


@dataclass(frozen=True)
class DiagramAlgebra:
    """Makes diagrams, as `algebra` has it. A number is its finding's name, or its value."""

    grid: ScenarioSpace
    true: Node = 1
    false: Node = 0

    def all(self, parts: Iterable[Node]) -> Node:
        """Every part."""
        return self.grid.diagrams.all(parts)

    def any(self, parts: Iterable[Node]) -> Node:
        """At least one part."""
        return self.grid.diagrams.any(parts)

    def negate(self, part: Node) -> Node:
        """The opposite."""
        return self.grid.diagrams.negate(part)

    def constant(self, value: int) -> int:
        """The number itself."""
        return value

    def at_least(self, number: str, bound: int | str) -> Node:
        """The number is at least the bound."""
        return self.grid.comparison(AtLeast(number, bound))
