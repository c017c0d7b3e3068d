"""Numbers as classes: two numbers are of one class where no comparison in the knowledge base tells them apart.

Numbers that are compared with each other (weeks of care with weeks of symptoms) are taken together: a class is then one way
in which all their comparisons can come out, and its size is how many numbers together come out so. Both are counted exactly:
the bounds cut the numbers into stretches, and within one stretch only the order of the numbers matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from math import comb, prod

from pathway.conditions.tree import AtLeast

Values = Mapping[str, int | str]
Stretch = tuple[int, int]
"""Its first number, and the number after its last."""


@dataclass(frozen=True)
class Class:
    """One way in which the comparisons come out: those that hold, an example, and how many numbers come out so."""

    holds: frozenset[AtLeast]
    example: tuple[int, ...]
    size: int


@dataclass(frozen=True)
class ComparedNumbers:
    """Numbers that are compared with each other, and the classes into which they fall."""

    names: tuple[str, ...]
    classes: tuple[Class, ...]
    comparisons: tuple[AtLeast, ...]


def compared_numbers(most: Mapping[str, int], comparisons: Iterable[AtLeast]) -> tuple[ComparedNumbers, ...]:
    """The numbers (each with its largest value) by what they are compared with. A bound is a value, or another number."""
    asked = list(dict.fromkeys(comparisons))
    return tuple(_classed(group, most, asked) for group in _groups(most, asked))


def _groups(most: Mapping[str, int], comparisons: Iterable[AtLeast]) -> list[tuple[str, ...]]:
    group = {name: {name} for name in most}
    for leaf in comparisons:
        if leaf.bound in most and leaf.of in most:
            joined = group[leaf.of] | group[str(leaf.bound)]
            group |= dict.fromkeys(joined, joined)
    return list(dict.fromkeys(tuple(name for name in most if name in members) for members in group.values()))


def _classed(names: tuple[str, ...], most: Mapping[str, int], comparisons: list[AtLeast]) -> ComparedNumbers:
    asked = [leaf for leaf in comparisons if leaf.of in names]
    sizes: Counter[frozenset[AtLeast]] = Counter()
    examples: dict[frozenset[AtLeast], tuple[int, ...]] = {}
    for example, size in _orderings(names, _stretches(names, asked, most), most):
        holds = comparisons_that_hold(asked, dict(zip(names, example, strict=True)))
        sizes[holds] += size
        examples.setdefault(holds, example)
    return ComparedNumbers(names, tuple(Class(holds, examples[holds], size) for holds, size in sizes.items()), tuple(asked))


def comparisons_that_hold(comparisons: Iterable[AtLeast], numbers: Mapping[str, int]) -> frozenset[AtLeast]:
    """Those of the comparisons that hold."""
    # A bound that is no number here is the name of one that is: the type can't say so.
    return frozenset(leaf for leaf in comparisons if numbers[leaf.of] >= numbers.get(str(leaf.bound), leaf.bound))  # type: ignore[operator]


def _stretches(names: tuple[str, ...], comparisons: list[AtLeast], most: Mapping[str, int]) -> list[Stretch]:
    ends = {most[name] + 1 for name in names}
    bounds = {leaf.bound for leaf in comparisons if isinstance(leaf.bound, int) and 0 < leaf.bound < max(ends)}
    return list(pairwise(sorted({0, *ends, *bounds})))


def _orderings(
    names: tuple[str, ...], stretches: list[Stretch], most: Mapping[str, int]
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Every choice of stretches and, within each, every order of the numbers there: an example, and how many there are."""
    fitting = [[stretch for stretch in stretches if stretch[0] <= most[name]] for name in names]
    for chosen in product(*fitting):
        for ranks in product(range(len(names)), repeat=len(names)):
            if size := _size(chosen, ranks):
                yield tuple(stretch[0] + rank for stretch, rank in zip(chosen, ranks, strict=True)), size


def _size(chosen: tuple[Stretch, ...], ranks: tuple[int, ...]) -> int:
    """How many numbers are so placed; 0 where `ranks` leaves a gap, so that each order is counted once."""
    placed = {stretch: {rank for other, rank in zip(chosen, ranks, strict=True) if other == stretch} for stretch in chosen}
    if any(used != set(range(len(used))) for used in placed.values()):
        return 0
    return prod(comb(end - start, len(placed[start, end])) for start, end in placed)
