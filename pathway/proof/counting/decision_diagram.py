"""Multi-valued decision diagrams: they count scenarios exactly, without listing them.

A diagram is an index: 0 (false), 1 (true), or a node that asks one question and has one child for each answer. Diagrams are
reduced and shared, so equal diagrams have the same index and equality costs one comparison.
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
    """Diagrams over the same questions in the same order. `weights` says how often each answer of each question counts."""

    weights: Sequence[Sequence[int]]
    nodes: list[tuple[int, tuple[Node, ...]]] = field(default_factory=list)
    _index: dict[tuple[int, tuple[Node, ...]], Node] = field(default_factory=dict)
    _conjunctions: dict[tuple[Node, Node], Node] = field(default_factory=dict)
    _negations: dict[Node, Node] = field(default_factory=dict)
    _counts: dict[Node, int] = field(default_factory=dict)
    true: Node = TRUE
    false: Node = FALSE

    def __post_init__(self) -> None:
        last = len(self.weights)
        self.nodes[:] = [(last, ()), (last, ())]
        self._negations |= {FALSE: TRUE, TRUE: FALSE}
        self._counts |= {FALSE: 0, TRUE: 1}

    def node(self, question: int, children: tuple[Node, ...]) -> Node:
        """Return the diagram that asks `question` and continues with the child of its answer."""
        if children.count(children[0]) == len(children):
            return children[0]
        key = (question, children)
        if key not in self._index:
            self._index[key] = len(self.nodes)
            self.nodes.append(key)
        return self._index[key]

    def answer(self, question: int, answers: Iterable[int]) -> Node:
        """Return the diagram of "the question has one of these answers"."""
        chosen = set(answers)
        return self.node(question, tuple(int(number in chosen) for number in range(len(self.weights[question]))))

    def all(self, parts: Iterable[Node]) -> Node:
        """Return the conjunction; true for no parts."""
        return reduce(self._and, parts, TRUE)

    def any(self, parts: Iterable[Node]) -> Node:
        """Return the disjunction; false for no parts."""
        return self.negate(reduce(self._and, map(self.negate, parts), TRUE))

    def negate(self, part: Node) -> Node:
        """Return the negation."""
        if part not in self._negations:
            question, children = self.nodes[part]
            negation = self.node(question, tuple(map(self.negate, children)))
            self._negations |= {part: negation, negation: part}
        return self._negations[part]

    def _and(self, left: Node, right: Node) -> Node:
        """Return the conjunction of two. Most of the time is spent here."""
        if left > right:
            left, right = right, left
        if left == FALSE:
            return FALSE
        if left in (TRUE, right):
            return right
        both = self._conjunctions.get((left, right))
        if both is None:
            both = FALSE if self._negations.get(left) == right else self._and_children(left, right)
            self._conjunctions[left, right] = both
        return both

    def _and_children(self, left: Node, right: Node) -> Node:
        (question, lefts), (other, rights) = self.nodes[left], self.nodes[right]
        if question < other:  # the diagram that doesn't ask leads to itself by each answer
            rights = (right,) * len(lefts)
        elif other < question:
            question, lefts = other, (left,) * len(rights)
        return self.node(question, tuple(map(self._and, lefts, rights)))

    def count(self, node: Node) -> int:
        """Return how many scenarios make the diagram true, each answer counted by its weight."""
        return self._count(node) * self._skipped(-1, self.nodes[node][0])

    def _count(self, node: Node) -> int:
        if node not in self._counts:
            question, children = self.nodes[node]
            weighted = zip(self.weights[question], children, strict=True)
            self._counts[node] = sum(
                weight * self._count(child) * self._skipped(question, self.nodes[child][0])
                for weight, child in weighted
                if weight
            )
        return self._counts[node]

    def _skipped(self, question: int, later: int) -> int:
        """Return how many ways there are to answer the questions between two, which the diagram doesn't ask."""
        ways = 1
        for weights in self.weights[question + 1 : later]:
            ways *= sum(weights)
        return ways

    def cheapest(self, node: Node, costs: Sequence[Sequence[int]], paths: dict[Node, Path | None]) -> tuple[int, ...] | None:
        """Return the answers that make the diagram true at the least cost; None if it is false. Each answer has a cost.

        `paths` keeps the path of each node, for the next search with the same costs.
        """
        path = self._cheapest(node, costs, paths)
        return None if path is None else self._with_skipped(path[1], costs)

    def _cheapest(self, node: Node, costs: Sequence[Sequence[int]], paths: dict[Node, Path | None]) -> Path | None:
        if node in (FALSE, TRUE):
            return None if node == FALSE else (0, ())
        if node not in paths:
            question, children = self.nodes[node]
            routes = [(self._cheapest(child, costs, paths), number) for number, child in enumerate(children)]
            priced = [
                (self._price(path, question, number, costs), ((question, number), *path[1])) for path, number in routes if path
            ]
            paths[node] = min(priced) if priced else None
        return paths[node]

    @staticmethod
    def _price(path: Path, question: int, number: int, costs: Sequence[Sequence[int]]) -> int:
        return path[0] + costs[question][number] - min(costs[question])

    @staticmethod
    def _with_skipped(answers: tuple[tuple[int, int], ...], costs: Sequence[Sequence[int]]) -> tuple[int, ...]:
        """Return an answer to every question: the path's, or the cheapest where the path doesn't ask."""
        on_path = dict(answers)
        return tuple(on_path.get(question, prices.index(min(prices))) for question, prices in enumerate(map(list, costs)))


Path = tuple[int, tuple[tuple[int, int], ...]]
"""The cost of a path through a diagram, and its answers as (question, answer) pairs."""
