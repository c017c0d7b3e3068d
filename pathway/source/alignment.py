"""Aligns two sequences of sentences: which are unchanged, moved, changed, or only in one of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

IndexPair = tuple[int, int]
"""An index in the first sequence and one in the second."""
Keyed = Iterable[tuple[int, Hashable]]
Chain = tuple[IndexPair, "Chain | None"]


@dataclass(frozen=True)
class Alignment:
    """Every index of both sequences once: in a pair, or alone in the first (`lost`) or the second (`added`)."""

    same: list[IndexPair]
    moved: list[IndexPair]
    changed: list[IndexPair]
    lost: list[int]
    added: list[int]

    def before(self, at: int, side: int) -> IndexPair | None:
        """Return the last unchanged pair before index `at` of the first (side 0) or second (side 1) sequence."""
        count = bisect_left(self.same, at, key=itemgetter(side))
        return self.same[count - 1] if count else None


def align(first: Sequence[str], second: Sequence[str], places: tuple[Sequence[Hashable], Sequence[Hashable]]) -> Alignment:
    """Align two sequences of fingerprints.

    A new one counts as a changed form of a missing one between the same two neighbours; where there are several, the
    one with the same place counts.
    """
    same = longest_common_pairs(first, second)
    lost, added = _excluding(range(len(first)), same, 0), _excluding(range(len(second)), same, 1)
    moved = match_equal([(at, first[at]) for at in lost], [(at, second[at]) for at in added])
    lost, added = _excluding(lost, moved, 0), _excluding(added, moved, 1)
    known = set(first)  # a sentence repeated from elsewhere is not a changed form of a lost one
    changed = list(_changed_pairs(same, lost, [at for at in added if second[at] not in known], places))
    return Alignment(same, moved, changed, _excluding(lost, changed, 0), _excluding(added, changed, 1))


def longest_common_pairs(first: Sequence[str], second: Sequence[str]) -> list[IndexPair]:
    """Return the longest common subsequence as pairs of indices (Hunt and Szymanski's algorithm).

    difflib matches the longest block first, so it can report more sentences as moved than necessary.
    """
    positions = defaultdict(list)
    for at, word in enumerate(second):
        positions[word].append(at)
    ends: list[int] = []
    chains: list[Chain] = []
    for at, word in enumerate(first):
        for position in reversed(positions[word]):
            size = bisect_left(ends, position)
            ends[size : size + 1] = [position]
            chains[size : size + 1] = [((at, position), chains[size - 1] if size else None)]
    return _pairs_of_chain(chains[-1] if chains else None)


def _pairs_of_chain(chain: Chain | None) -> list[IndexPair]:
    pairs = []
    while chain:
        pair, chain = chain
        pairs.append(pair)
    return pairs[::-1]


def match_equal(first: Keyed, second: Keyed) -> list[IndexPair]:
    """Return pairs of equal items in any order, using each index once."""
    unmatched: dict[Hashable, deque[int]] = defaultdict(deque)
    for at, word in second:
        unmatched[word].append(at)
    return [(at, unmatched[word].popleft()) for at, word in first if unmatched[word]]


def _changed_pairs(
    same: list[IndexPair], lost: list[int], added: list[int], places: tuple[Sequence[Hashable], Sequence[Hashable]]
) -> Iterator[IndexPair]:
    gaps: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, indices in enumerate((lost, added)):
        for at in indices:
            gaps[bisect_left(same, at, key=itemgetter(side))][side].append(at)
    for old, new in gaps.values():
        placed = match_equal([(at, places[0][at]) for at in old], [(at, places[1][at]) for at in new])
        yield from placed
        yield from zip(_excluding(old, placed, 0), _excluding(new, placed, 1), strict=False)


def _excluding(indices: Iterable[int], pairs: list[IndexPair], side: int) -> list[int]:
    paired = {pair[side] for pair in pairs}
    return [at for at in indices if at not in paired]
