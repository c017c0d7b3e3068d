"""Groups numbers into classes: two numbers are in one class if no comparison in the knowledge base tells them apart.

Numbers that are compared with each other (weeks of care with weeks in all) form one group. A class of the group is one
combination of true and false comparisons, and its size is how many tuples of numbers have that combination. Sizes are exact: the
bounds cut the numbers into intervals, and within one interval only the order of the numbers matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from math import comb, prod

from pathway.conditions.tree import AtLeast

Values = Mapping[str, int | str]
Interval = tuple[int, int]
"""The first number in it, and the first number after it."""


@dataclass(frozen=True)
class NumberClass:
    """One combination of comparisons: those that hold, an example, and how many tuples of numbers have it."""

    holds: frozenset[AtLeast]
    example: tuple[int, ...]
    size: int


@dataclass(frozen=True)
class ComparedNumbers:
    """Numbers that are compared with each other, and their classes."""

    names: tuple[str, ...]
    classes: tuple[NumberClass, ...]
    comparisons: tuple[AtLeast, ...]


def compared_numbers(most: Mapping[str, int], comparisons: Iterable[AtLeast]) -> tuple[ComparedNumbers, ...]:
    """Return the groups of numbers with their classes. `most` has each number's largest value; a bound may be another number."""
    distinct = list(dict.fromkeys(comparisons))
    return tuple(_classify(group, most, distinct) for group in _groups(most, distinct))


def _groups(most: Mapping[str, int], comparisons: Iterable[AtLeast]) -> list[tuple[str, ...]]:
    group = {name: {name} for name in most}
    for leaf in comparisons:
        if leaf.bound in most and leaf.variable in most:
            merged = group[leaf.variable] | group[str(leaf.bound)]
            group |= dict.fromkeys(merged, merged)
    return list(dict.fromkeys(tuple(name for name in most if name in members) for members in group.values()))


def _classify(names: tuple[str, ...], most: Mapping[str, int], comparisons: list[AtLeast]) -> ComparedNumbers:
    own = [leaf for leaf in comparisons if leaf.variable in names]
    sizes: Counter[frozenset[AtLeast]] = Counter()
    examples: dict[frozenset[AtLeast], tuple[int, ...]] = {}
    for example, size in _orderings(names, _intervals(names, own, most), most):
        holds = comparisons_that_hold(own, dict(zip(names, example, strict=True)))
        sizes[holds] += size
        examples.setdefault(holds, example)
    classes = tuple(NumberClass(holds, examples[holds], size) for holds, size in sizes.items())
    return ComparedNumbers(names, classes, tuple(own))


def comparisons_that_hold(comparisons: Iterable[AtLeast], numbers: Mapping[str, int]) -> frozenset[AtLeast]:
    """Return the comparisons that hold for these numbers."""
    # A bound that is no key of `numbers` is itself an integer; the type can't say so.
    return frozenset(leaf for leaf in comparisons if numbers[leaf.variable] >= numbers.get(str(leaf.bound), leaf.bound))  # type: ignore[operator]  # bounds are numbers here


def _intervals(names: tuple[str, ...], comparisons: list[AtLeast], most: Mapping[str, int]) -> list[Interval]:
    ends = {most[name] + 1 for name in names}
    bounds = {leaf.bound for leaf in comparisons if isinstance(leaf.bound, int) and 0 < leaf.bound < max(ends)}
    return list(pairwise(sorted({0, *ends, *bounds})))


def _orderings(
    names: tuple[str, ...], intervals: list[Interval], most: Mapping[str, int]
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield an example and a size for each choice of intervals and each order of the numbers within them."""
    possible = [[interval for interval in intervals if interval[0] <= most[name]] for name in names]
    for chosen in product(*possible):
        for ranks in product(range(len(names)), repeat=len(names)):
            if size := _size(chosen, ranks):
                yield tuple(interval[0] + rank for interval, rank in zip(chosen, ranks, strict=True)), size


def _size(chosen: tuple[Interval, ...], ranks: tuple[int, ...]) -> int:
    """Return how many tuples have this order; 0 where `ranks` leaves a gap, so that each order is counted once."""
    used_ranks = {interval: {rank for other, rank in zip(chosen, ranks, strict=True) if other == interval} for interval in chosen}
    if any(used != set(range(len(used))) for used in used_ranks.values()):
        return 0
    return prod(comb(end - start, len(used_ranks[start, end])) for start, end in used_ranks)
