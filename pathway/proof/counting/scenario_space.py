"""Counts scenarios exactly: all consistent ones, and those that lead to a route, a step or a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod

from pathway.conditions.tree import AtLeast, leaves
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding
from pathway.knowledge.vocabulary import READING
from pathway.proof.counting.decision_diagram import DecisionDiagrams, Node
from pathway.proof.counting.number_classes import ComparedNumbers, Values, compared_numbers
from pathway.proof.report import SpaceSize
from pathway.proof.symbolic.conditions import NumberVariable, SingleValued, SymbolTable
from pathway.proof.symbolic.decision import SymbolicOutcome, decided_values, symbolic_outcome


def count_space(knowledge: Knowledge) -> SpaceSize:
    """Return how many scenarios the laws are proved over."""
    context = CountingContext(knowledge, defaults(knowledge))
    assumptions = knowledge.assumptions.values()
    scenarios, classes = ScenarioSpace((context,)), ScenarioSpace((context,), weighted=False)
    return SpaceSize(
        scenarios=scenarios.diagrams.count(scenarios.consistent(context)),
        classes=classes.diagrams.count(classes.consistent(context)),
        excluded=scenarios.diagrams.count(scenarios.diagrams.negate(scenarios.consistent(context))),
        settings=len(knowledge.readings) * prod(_count_values(entry.allowed) for entry in assumptions if entry.allowed),
    )


def _count_values(allowed: tuple[int | str, ...]) -> int:
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
        """Return the comparison with an assumption's value in place of its name."""
        return AtLeast(leaf.variable, self.settings.get(leaf.bound, leaf.bound)) if isinstance(leaf.bound, str) else leaf

    def comparisons(self) -> Iterator[AtLeast]:
        """Yield every comparison that can change a result."""
        for _, condition in self.knowledge.deciding_conditions():
            yield from (self.resolved(leaf) for leaf in leaves(condition) if isinstance(leaf, AtLeast))


@dataclass(frozen=True)
class ScenarioSpace:
    """Every complete scenario, as answers to the questions of diagrams, under fixed assumptions.

    With several knowledge bases: the scenarios that all of them have. `weighted`: each number counts by itself; otherwise each
    class of numbers counts once. `extra_cuts` are comparisons that
    separate classes in addition to those of the rules.
    """

    contexts: tuple[CountingContext, ...]
    weighted: bool = True
    extra_cuts: tuple[AtLeast, ...] = ()

    @property
    def findings(self) -> Iterator[Finding]:
        """The findings of every knowledge base."""
        for context in self.contexts:
            yield from context.knowledge.findings.values()

    @cached_property
    def words(self) -> dict[str, tuple[str, ...]]:
        """Each finding answered in words, with the answers that all knowledge bases have."""
        words: dict[str, tuple[str, ...]] = {}
        for finding in (finding for finding in self.findings if finding.answers):
            known = words.get(finding.id, finding.answers)
            words[finding.id] = tuple(word for word in known if word in finding.answers)
        return words

    @cached_property
    def numbers(self) -> tuple[ComparedNumbers, ...]:
        """The findings answered by numbers, as groups with classes."""
        most = {finding.id: finding.whole.most for finding in self.findings if finding.whole}
        comparisons = (leaf for context in self.contexts for leaf in context.comparisons())
        return compared_numbers(most, [*comparisons, *self.extra_cuts])

    @cached_property
    def diagrams(self) -> DecisionDiagrams:
        """The diagrams: one question for each finding in words, then one for each group of numbers."""
        numbers = [[number_class.size if self.weighted else 1 for number_class in group.classes] for group in self.numbers]
        return DecisionDiagrams([*([1] * len(words) for words in self.words.values()), *numbers])

    def symbols(self, context: CountingContext, guidance: str) -> SymbolTable:
        """Return the symbolic value of each variable, for one of the knowledge bases."""
        logic = self.algebra
        settings = {**context.settings, READING: guidance}
        words = {
            name: SingleValued(logic, {word: self.answer(name, word) for word in words}) for name, words in self.words.items()
        }
        words |= {name: SingleValued(logic, {value: logic.true}) for name, value in settings.items() if isinstance(value, str)}
        numbers = {name: NumberVariable(name, logic.true) for group in self.numbers for name in group.names}
        numbers |= {name: NumberVariable(value, logic.true) for name, value in settings.items() if isinstance(value, int)}
        return SymbolTable(logic, words, numbers)

    def answer(self, finding: str, answer: str) -> Node:
        """Return the diagram of "the finding has this answer"."""
        return self.diagrams.answer(list(self.words).index(finding), [self.words[finding].index(answer)])

    def comparison(self, leaf: AtLeast) -> Node:
        """Return the diagram of the comparison. Raises KeyError if no class boundary matches it."""
        for number, group in enumerate(self.numbers):
            if leaf in group.comparisons:
                places = (place for place, number_class in enumerate(group.classes) if leaf in number_class.holds)
                return self.diagrams.answer(len(self.words) + number, places)
        raise KeyError(f"no class of {leaf.variable} ends at {leaf.bound}")

    def consistent(self, context: CountingContext) -> Node:
        """Return the diagram of the scenarios without contradictions."""
        symbols, conditions = self.symbols(context, context.knowledge.readings[0]), context.knowledge.contradiction_conditions
        return self.diagrams.all(self.diagrams.negate(symbols.read(condition).true) for condition in conditions.values())

    def outcome(self, context: CountingContext, guidance: str) -> SymbolicOutcome:
        """Return route, step and verdicts as diagrams, for one of the knowledge bases."""
        return symbolic_outcome(context.knowledge, self.symbols(context, guidance))

    def verdicts(self, outcome: SymbolicOutcome, option: str) -> Mapping[str, Node]:
        """Return the diagram of each verdict of the option."""
        return decided_values(outcome.verdicts[option], self.algebra)

    @cached_property
    def algebra(self) -> DiagramAlgebra:
        """The diagrams as an `Algebra`."""
        return DiagramAlgebra(self)


@dataclass(frozen=True)
class DiagramAlgebra:
    """Implements `Algebra` with diagrams. A number is the id of its finding, or an integer."""

    space: ScenarioSpace
    true: Node = 1
    false: Node = 0

    def all(self, parts: Iterable[Node]) -> Node:
        """Return the conjunction; true for no parts."""
        return self.space.diagrams.all(parts)

    def any(self, parts: Iterable[Node]) -> Node:
        """Return the disjunction; false for no parts."""
        return self.space.diagrams.any(parts)

    def negate(self, part: Node) -> Node:
        """Return the negation."""
        return self.space.diagrams.negate(part)

    def constant(self, value: int) -> int:
        """Return the number itself."""
        return value

    def at_least(self, number: str, bound: int | str) -> Node:
        """Return the diagram of "the number is at least the bound"."""
        return self.space.comparison(AtLeast(number, bound))
