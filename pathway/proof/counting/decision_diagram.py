"""Decision diagrams over questions with a few answers each: they count scenarios exactly, without listing them.

A diagram is a number: 0 (false), 1 (true), or a node that asks one question and leads on by its answer. Equal diagrams are
the same number, so two things that never differ are seen to be the same at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce

Node = int
FALSE: Node = 0
TRUE: Node = 1


@dataclass
class DecisionDiagrams:
    """DecisionDiagrams over the same questions, in the same order. `weights` says how often each answer of a question counts."""

    weights: Sequence[Sequence[int]]
    nodes: list[tuple[int, tuple[Node, ...]]] = field(default_factory=list)
    _known: dict[tuple[int, tuple[Node, ...]], Node] = field(default_factory=dict)
    _both: dict[tuple[Node, Node], Node] = field(default_factory=dict)
    _opposite: dict[Node, Node] = field(default_factory=dict)
    _counts: dict[Node, int] = field(default_factory=dict)
    true: Node = TRUE
    false: Node = FALSE

    def __post_init__(self) -> None:
        last = len(self.weights)
        self.nodes[:] = [(last, ()), (last, ())]
        self._opposite |= {FALSE: TRUE, TRUE: FALSE}
        self._counts |= {FALSE: 0, TRUE: 1}

    def node(self, question: int, leads: tuple[Node, ...]) -> Node:
        """The diagram that asks `question` and leads on by its answer."""
        if leads.count(leads[0]) == len(leads):
            return leads[0]
        key = (question, leads)
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.nodes.append(key)
        return self._known[key]

    def answer(self, question: int, among: Iterable[int]) -> Node:
        """The question is answered by one of these."""
        wanted = set(among)
        return self.node(question, tuple(int(number in wanted) for number in range(len(self.weights[question]))))

    def all(self, parts: Iterable[Node]) -> Node:
        """Every part."""
        return reduce(self._and, parts, TRUE)

    def any(self, parts: Iterable[Node]) -> Node:
        """At least one part."""
        return self.negate(reduce(self._and, map(self.negate, parts), TRUE))

    def negate(self, part: Node) -> Node:
        """The opposite."""
        if part not in self._opposite:
            question, leads = self.nodes[part]
            found = self.node(question, tuple(map(self.negate, leads)))
            self._opposite |= {part: found, found: part}
        return self._opposite[part]

    def _and(self, one: Node, other: Node) -> Node:
        if one == other or other == TRUE:
            return one
        if FALSE in (one, other) or self._opposite.get(one) == other:
            return FALSE
        if one == TRUE:
            return other
        key = (one, other) if one < other else (other, one)
        if key not in self._both:
            self._both[key] = self._and_each(one, other)
        return self._both[key]

    def _and_each(self, one: Node, other: Node) -> Node:
        question = min(self.nodes[one][0], self.nodes[other][0])
        return self.node(question, tuple(map(self._and, self.leads(one, question), self.leads(other, question))))

    def leads(self, node: Node, question: int) -> tuple[Node, ...]:
        """Where a diagram leads by each answer to a question at or before its first."""
        asked, leads = self.nodes[node]
        return leads if asked == question else (node,) * len(self.weights[question])

    def count(self, node: Node) -> int:
        """How many scenarios make the diagram true, each answer counted as often as its weight says."""
        return self._count(node) * self._between(-1, self.nodes[node][0])

    def _count(self, node: Node) -> int:
        if node not in self._counts:
            question, leads = self.nodes[node]
            weighed = zip(self.weights[question], leads, strict=True)
            self._counts[node] = sum(
                weight * self._count(lead) * self._between(question, self.nodes[lead][0]) for weight, lead in weighed if weight
            )
        return self._counts[node]

    def _between(self, question: int, later: int) -> int:
        found = 1
        for weights in self.weights[question + 1 : later]:
            found *= sum(weights)
        return found

    def cheapest(self, node: Node, costs: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
        """The answers that make the diagram true at the least cost, where each answer has one; None if it is false."""
        found = self._cheapest(node, costs, {})
        return None if found is None else self._filled(found[1], costs)

    def _cheapest(self, node: Node, costs: Sequence[Sequence[int]], seen: dict[Node, Path | None]) -> Path | None:
        if node in (FALSE, TRUE):
            return None if node == FALSE else (0, ())
        if node not in seen:
            question, leads = self.nodes[node]
            ways = [(self._cheapest(lead, costs, seen), number) for number, lead in enumerate(leads)]
            priced = [(self._price(way, question, number, costs), ((question, number), *way[1])) for way, number in ways if way]
            seen[node] = min(priced) if priced else None
        return seen[node]

    @staticmethod
    def _price(way: Path, question: int, number: int, costs: Sequence[Sequence[int]]) -> int:
        return way[0] + costs[question][number] - min(costs[question])

    @staticmethod
    def _filled(chosen: tuple[tuple[int, int], ...], costs: Sequence[Sequence[int]]) -> tuple[int, ...]:
        given = dict(chosen)
        return tuple(given.get(question, prices.index(min(prices))) for question, prices in enumerate(map(list, costs)))


Path = tuple[int, tuple[tuple[int, int], ...]]
"""What a way through a diagram costs, and the answers on it."""
