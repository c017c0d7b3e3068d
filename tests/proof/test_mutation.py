"""Mutation testing: the checks, the laws or the scenario tests detect a knowledge base with one mistake."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

import pytest

from tests.people import KNOWLEDGE
from tests.proof.mutants import Mutant, mutants
from tests.proof.noticing import DETECTORS, QUICKEST_FIRST, noticed_by
from tests.proof.spoil import changed

TARGET = 0.95
UNNOTICED = dict[str, str]()
"""Mutants that nothing detects, and why that is accepted."""
SAMPLE_EVERY = 47


@cache
def every() -> tuple[Mutant, ...]:
    """Return every mutant, always in the same order."""
    return tuple(mutants(KNOWLEDGE))


def detected(number: int, order: Sequence[str] = ()) -> tuple[str, str]:
    """Return a mutant's name, and what detects it; `order`: what is asked first."""
    mutant = every()[number]
    return str(mutant), noticed_by(changed(mutant.knowledge), order)  # a copy, so that its cached properties are freed with it


@dataclass(frozen=True)
class Detection:
    """What detected each mutant."""

    outcomes: tuple[tuple[str, str], ...]

    @property
    def missed(self) -> tuple[str, ...]:
        """The mutants that nothing detects, though some result differs."""
        return tuple(name for name, by in self.outcomes if by == "nobody")

    @property
    def unlisted(self) -> tuple[str, ...]:
        """The missed mutants without an accepted reason."""
        return tuple(name for name in self.missed if name not in UNNOTICED)

    @property
    def share(self) -> float:
        """The share of detectable mutants that is detected."""
        return 1 - len(self.missed) / sum(by != "nothing to notice" for _, by in self.outcomes)

    def __str__(self) -> str:
        counts = Counter(by for _, by in self.outcomes)
        words = ", ".join(f"{number} by {by}" for by, number in counts.most_common() if by in DETECTORS)
        same = counts["nothing to notice"]
        missed = (f"  {name} ({UNNOTICED.get(name, 'no reason is given: write a scenario or a law')})" for name in self.missed)
        total = len(self.outcomes)
        head = f"{total} mutants; {same} change no result, as the solver shows; of the other {total - same},"
        return "\n".join([head, f"{self.share:.1%} noticed: {words}; {len(self.missed)} by nobody:", *missed])


def detection(outcomes: Iterable[tuple[str, str]]) -> Detection:
    return Detection(tuple(outcomes))


def test_a_fixed_sample_of_mutants_is_noticed() -> None:
    sample = detection(detected(number, QUICKEST_FIRST) for number in range(0, len(every()), SAMPLE_EVERY))
    assert not sample.unlisted and sample.share >= TARGET, str(sample)


def test_a_mutant_that_nobody_notices_fails_unless_a_reason_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(UNNOTICED, "d: listed", "a reason")
    outcome = detection(
        [("a: left out", "laws"), ("b: left out", "nobody"), ("d: listed", "nobody"), ("c: same", "nothing to notice")]
    )
    assert outcome.unlisted == ("b: left out",) and outcome.share == pytest.approx(1 / 3)
    assert "b: left out (no reason is given" in str(outcome) and "4 mutants; 1 change no result" in str(outcome)


def test_every_accepted_mutant_exists() -> None:
    assert UNNOTICED.keys() <= {str(mutant) for mutant in every()}


def test_no_two_mutants_share_a_name() -> None:
    assert [name for name, number in Counter(map(str, every())).items() if number > 1] == []


@pytest.mark.soak
def test_the_whole_set_of_mutants(capsys: pytest.CaptureFixture[str]) -> None:
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        whole = detection(pool.map(detected, range(len(every())), chunksize=8))
    with capsys.disabled():
        print("", whole, sep="\n")  # noqa: T201  # this run is for its figures
    assert whole.share >= TARGET and not whole.unlisted, "a mutant that nobody notices has no reason"
    assert set(UNNOTICED) <= set(whole.missed), "a reason is given for a mutant that is noticed now"
