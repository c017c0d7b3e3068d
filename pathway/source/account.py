"""Compares a copy of the page with the ledger: what each sentence states, and how the copy differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from operator import itemgetter
from typing import Literal

from pathway.model import FrozenModel
from pathway.phrases import safe_excerpt
from pathway.source.alignment import Alignment, IndexPair, align
from pathway.source.ledger import KINDS, Entry, Kind, Ledger
from pathway.source.sentences import Place, Sentence, sentences

How = Literal["changed", "lost", "added", "moved"]
MAX_EXCERPT = 60
"""Characters of a sentence of the copy that are repeated."""


class MatchedSentence(FrozenModel):
    """A sentence of the copy that is unchanged and in order, with the ids of its statements."""

    place: Place
    statements: tuple[str, ...]


class Difference(FrozenModel):
    """One way in which a copy differs from the page.

    `place` and `statements` come from the ledger: those of the sentence that was `changed`, `lost` or `moved`, or that an
    `added` sentence repeats. For a sentence that the page never had they are None and empty. `after` is the last unchanged
    sentence before it (None at the start). `text` is an excerpt of the copy; None for a lost sentence.
    """

    kind: How
    place: Place | None
    statements: tuple[str, ...]
    after: Place | None
    text: str | None


class Account(FrozenModel):
    """The comparison of a copy with the page.

    `accounted` of the copy's `sentences` are unchanged and in order (`belonging` says what each states); the page has
    `expected`. `kinds` counts the ledger's statements. `unused` are the encoded statements that no rule or option cites.
    `checks` counts the comparisons: each sentence of the copy and of the page sought in the other, the order of each
    pair of neighbours, and the use of each encoded statement.
    """

    source: str
    sentences: int
    accounted: int
    expected: int
    checks: int
    kinds: dict[Kind, int]
    belonging: tuple[MatchedSentence, ...]
    unused: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def differs(self) -> bool:
        """Whether the copy differs from the page in any sentence."""
        return bool(self.differences)


def account(ledger: Ledger, text: str, used: AbstractSet[str]) -> Account:
    """Compare a copy of the page with its ledger. `used` holds the ids of the statements that rules and options cite."""
    page = ledger.sentences
    copy = sentences(text, ledger.sections, {entry.fingerprint for entry in page})
    alignment = _align(page, copy)
    kinds = Counter(statement.kind for statement in ledger.statements)
    encoded = [statement.id for statement in ledger.statements if statement.kind == "encoded"]
    return Account(
        source=ledger.source,
        sentences=len(copy),
        accounted=len(alignment.same),
        expected=len(page),
        checks=len(copy) + len(page) + max(0, len(alignment.same) - 1) + len(encoded),
        kinds={kind: kinds[kind] for kind in KINDS},
        belonging=tuple(MatchedSentence(place=page[old].place, statements=page[old].statements) for old, _ in alignment.same),
        unused=tuple(name for name in encoded if name not in used),
        differences=_differences(page, copy, alignment),
    )


def _align(page: tuple[Entry, ...], copy: tuple[Sentence, ...]) -> Alignment:
    places = ([entry.place for entry in page], [sentence.place for sentence in copy])
    return align([entry.fingerprint for entry in page], [sentence.fingerprint for sentence in copy], places)


def _differences(page: tuple[Entry, ...], copy: tuple[Sentence, ...], alignment: Alignment) -> tuple[Difference, ...]:
    """Return every difference in reading order; a lost sentence comes where it would have been."""
    by_fingerprint = {entry.fingerprint: entry for entry in page}
    in_copy: list[tuple[int, How, Entry | None]] = [
        *((new, "moved", page[old]) for old, new in alignment.moved),
        *((new, "changed", page[old]) for old, new in alignment.changed),
        *((new, "added", by_fingerprint.get(copy[new].fingerprint)) for new in alignment.added),
    ]
    differences = [
        (at, _difference(how, entry, _after(page, alignment.before(at, 1)), copy[at].text)) for at, how, entry in in_copy
    ]
    for old in alignment.lost:
        before = alignment.before(old, 0)
        differences.append((before[1] if before else -1, _difference("lost", page[old], _after(page, before), None)))
    return tuple(difference for _, difference in sorted(differences, key=itemgetter(0)))


def _after(page: tuple[Entry, ...], before: IndexPair | None) -> Place | None:
    return page[before[0]].place if before else None


def _difference(how: How, entry: Entry | None, after: Place | None, text: str | None) -> Difference:
    return Difference(
        kind=how,
        place=entry.place if entry else None,
        statements=entry.statements if entry else (),
        after=after,
        text=None if text is None else safe_excerpt(text, MAX_EXCERPT),
    )
