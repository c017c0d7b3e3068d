"""Accounts for every sentence of a copy of the page: which statements it makes, and how the copy differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from operator import itemgetter
from typing import Literal

from pathway.model import FrozenModel
from pathway.phrases import safe_excerpt
from pathway.source.alignment import Order, Pair, compared
from pathway.source.ledger import KINDS, Entry, Kind, Ledger
from pathway.source.sentences import Place, Sentence, sentences

How = Literal["changed", "lost", "added", "moved"]
LONGEST = 60
"""Characters of a person's own sentence that are shown to them again."""


class MatchedSentence(FrozenModel):
    """A sentence of the copy that stands unchanged where it should, and the ids of the statements it makes."""

    place: Place
    statements: tuple[str, ...]


class Difference(FrozenModel):
    """One way in which a copy differs from the page.

    `place` and `statements` are the ledger's: of what was `changed`, `lost` or `moved`, or of what an `added` sentence
    says again. For one that the page never had they are None and empty. `after` is the last sentence before it that
    stands as it should (None at the start). `text` is the copy's, trimmed; None for what is lost.
    """

    kind: How
    place: Place | None
    statements: tuple[str, ...]
    after: Place | None
    text: str | None


class Account(FrozenModel):
    """What became of every sentence of a copy.

    `accounted` of the copy's `sentences` stand unchanged and in order (`belonging` says what each states); the page
    itself has `expected`. `kinds` counts the ledger's statements. `unused` are the encoded ones that no rule or option
    cites. `checks` counts the comparisons made: each sentence of the copy and of the page looked for in the other, the
    order of each two neighbours, and the use of each encoded statement.
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
        """Whether the copy is not, sentence for sentence, the page that the ledger knows."""
        return bool(self.differences)


def account(ledger: Ledger, text: str, used: AbstractSet[str]) -> Account:
    """Compares a copy of the page with its ledger. `used` holds the ids of the statements that rules and options cite."""
    page = ledger.sentences
    copy = sentences(text, ledger.sections, {entry.fingerprint for entry in page})
    order = _order(page, copy)
    kinds = Counter(statement.kind for statement in ledger.statements)
    encoded = [statement.id for statement in ledger.statements if statement.kind == "encoded"]
    return Account(
        source=ledger.source,
        sentences=len(copy),
        accounted=len(order.same),
        expected=len(page),
        checks=len(copy) + len(page) + max(0, len(order.same) - 1) + len(encoded),
        kinds={kind: kinds[kind] for kind in KINDS},
        belonging=tuple(MatchedSentence(place=page[old].place, statements=page[old].statements) for old, _ in order.same),
        unused=tuple(name for name in encoded if name not in used),
        differences=_differences(page, copy, order),
    )


def _order(page: tuple[Entry, ...], copy: tuple[Sentence, ...]) -> Order:
    places = ([entry.place for entry in page], [sentence.place for sentence in copy])
    return compared([entry.fingerprint for entry in page], [sentence.fingerprint for sentence in copy], places)


def _differences(page: tuple[Entry, ...], copy: tuple[Sentence, ...], order: Order) -> tuple[Difference, ...]:
    """Every difference, in reading order; what is lost comes where it would have stood."""
    again = {entry.fingerprint: entry for entry in page}
    in_copy: list[tuple[int, How, Entry | None]] = [
        *((new, "moved", page[old]) for old, new in order.moved),
        *((new, "changed", page[old]) for old, new in order.changed),
        *((new, "added", again.get(copy[new].fingerprint)) for new in order.added),
    ]
    found = [(at, _difference(how, entry, _after(page, order.before(at, 1)), copy[at].text)) for at, how, entry in in_copy]
    for old in order.lost:
        before = order.before(old, 0)
        found.append((before[1] if before else -1, _difference("lost", page[old], _after(page, before), None)))
    return tuple(difference for _, difference in sorted(found, key=itemgetter(0)))


def _after(page: tuple[Entry, ...], before: Pair | None) -> Place | None:
    return page[before[0]].place if before else None


def _difference(how: How, entry: Entry | None, after: Place | None, text: str | None) -> Difference:
    return Difference(
        kind=how,
        place=entry.place if entry else None,
        statements=entry.statements if entry else (),
        after=after,
        text=None if text is None else safe_excerpt(text, LONGEST),
    )
