"""Tells two runs of sentences apart: what kept its order, what moved, what changed, what stands in one of them alone."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

Pair = tuple[int, int]
"""An index in the first run and one in the second."""
Keyed = Iterable[tuple[int, Hashable]]
Chain = tuple[Pair, "Chain | None"]


@dataclass(frozen=True)
class Order:
    """Every index of both runs, in exactly one of these: pairs, or alone in the first (`lost`) or second (`added`)."""

    same: list[Pair]
    moved: list[Pair]
    changed: list[Pair]
    lost: list[int]
    added: list[int]

    def before(self, at: int, side: int) -> Pair | None:
        """The last pair in order before `at` of the first run (side 0) or the second (side 1)."""
        place = bisect_left(self.same, at, key=itemgetter(side))
        return self.same[place - 1] if place else None


def compared(first: Sequence[str], second: Sequence[str], places: tuple[Sequence[Hashable], Sequence[Hashable]]) -> Order:
    """How the fingerprints `second` differ from `first`.

    What is new counts as a changed form of what is missing between the same two neighbours; of several, `places`
    says which.
    """
    same = in_order(first, second)
    lost, added = _without(range(len(first)), same, 0), _without(range(len(second)), same, 1)
    moved = equals([(at, first[at]) for at in lost], [(at, second[at]) for at in added])
    lost, added = _without(lost, moved, 0), _without(added, moved, 1)
    known = set(first)  # what is said twice is no changed form of something else
    changed = list(_changed(same, lost, [at for at in added if second[at] not in known], places))
    return Order(same, moved, changed, _without(lost, changed, 0), _without(added, changed, 1))


def in_order(first: Sequence[str], second: Sequence[str]) -> list[Pair]:
    """The most pairs of equals that stand in the same order in both (Hunt and Szymanski's way).

    difflib joins the longest block first, and so may call more moved than need be.
    """
    where = defaultdict(list)
    for at, word in enumerate(second):
        where[word].append(at)
    ends: list[int] = []
    chains: list[Chain] = []
    for at, word in enumerate(first):
        for other in reversed(where[word]):
            size = bisect_left(ends, other)
            ends[size : size + 1] = [other]
            chains[size : size + 1] = [((at, other), chains[size - 1] if size else None)]
    return _unlinked(chains[-1] if chains else None)


def _unlinked(chain: Chain | None) -> list[Pair]:
    pairs = []
    while chain:
        pair, chain = chain
        pairs.append(pair)
    return pairs[::-1]


def equals(first: Keyed, second: Keyed) -> list[Pair]:
    """Pairs of equals whatever their order, each index used once."""
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for at, word in second:
        waiting[word].append(at)
    return [(at, waiting[word].popleft()) for at, word in first if waiting[word]]


def _changed(
    same: list[Pair], lost: list[int], added: list[int], places: tuple[Sequence[Hashable], Sequence[Hashable]]
) -> Iterator[Pair]:
    gaps: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, indices in enumerate((lost, added)):
        for at in indices:
            gaps[bisect_left(same, at, key=itemgetter(side))][side].append(at)
    for old, new in gaps.values():
        placed = equals([(at, places[0][at]) for at in old], [(at, places[1][at]) for at in new])
        yield from placed
        yield from zip(_without(old, placed, 0), _without(new, placed, 1), strict=False)


def _without(indices: Iterable[int], pairs: list[Pair], side: int) -> list[int]:
    taken = {pair[side] for pair in pairs}
    return [at for at in indices if at not in taken]
