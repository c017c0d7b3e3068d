"""Mutation: whether the checks, the laws or the scenario tests notice a knowledge base that is wrong in one place."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

import pytest

from tests.people import KNOWLEDGE
from tests.proof.mutants import Mutant, mutants
from tests.proof.noticing import noticed_by
from tests.proof.spoil import changed

TARGET = 0.95
UNNOTICED = dict[str, str]()
"""Mutants that nobody notices, and why that is accepted."""
SAMPLE_EVERY = 47
BY = ("check", "laws", "scenarios")


@cache
def every() -> tuple[Mutant, ...]:
    """Every mutant, always in the same order."""
    return tuple(mutants(KNOWLEDGE))


def judged(number: int) -> tuple[str, str]:
    """A mutant's name, and who notices it."""
    mutant = every()[number]
    return str(mutant), noticed_by(changed(mutant.knowledge))  # a copy: what is worked out of it is forgotten with it


@dataclass(frozen=True)
class Figure:
    """Who noticed each mutant."""

    found: tuple[tuple[str, str], ...]

    @property
    def missed(self) -> tuple[str, ...]:
        """Those that nobody noticed, though some result differs."""
        return tuple(name for name, by in self.found if by == "nobody")

    @property
    def unlisted(self) -> tuple[str, ...]:
        """Those of them for which no reason is given."""
        return tuple(name for name in self.missed if name not in UNNOTICED)

    @property
    def share(self) -> float:
        """The share that is noticed of those that can be."""
        return 1 - len(self.missed) / sum(by != "nothing to notice" for _, by in self.found)

    def __str__(self) -> str:
        counts = Counter(by for _, by in self.found)
        words = ", ".join(f"{number} by {by}" for by, number in counts.most_common() if by in BY)
        same = counts["nothing to notice"]
        missed = (f"  {name} ({UNNOTICED.get(name, 'no reason is given: write a scenario or a law')})" for name in self.missed)
        head = f"{len(self.found)} mutants; {same} change no result, as the solver shows; of the other {len(self.found) - same},"
        return "\n".join([head, f"{self.share:.1%} noticed: {words}; {len(self.missed)} by nobody:", *missed])


def figure(found: Iterable[tuple[str, str]]) -> Figure:
    return Figure(tuple(found))


def test_a_fixed_sample_of_mutants_is_noticed() -> None:
    sample = figure(judged(number) for number in range(0, len(every()), SAMPLE_EVERY))
    assert not sample.unlisted and sample.share >= TARGET, str(sample)


def test_a_mutant_that_nobody_notices_fails_unless_a_reason_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(UNNOTICED, "d: listed", "a reason")
    found = figure(
        [("a: left out", "laws"), ("b: left out", "nobody"), ("d: listed", "nobody"), ("c: same", "nothing to notice")]
    )
    assert found.unlisted == ("b: left out",) and found.share == pytest.approx(1 / 3)
    assert "b: left out (no reason is given" in str(found) and "4 mutants; 1 change no result" in str(found)


def test_every_reason_is_of_a_mutant_that_there_is() -> None:
    assert UNNOTICED.keys() <= {str(mutant) for mutant in every()}


def test_no_two_mutants_share_a_name() -> None:
    assert [name for name, number in Counter(map(str, every())).items() if number > 1] == []


@pytest.mark.soak
def test_the_whole_set_of_mutants(capsys: pytest.CaptureFixture[str]) -> None:
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        whole = figure(pool.map(judged, range(len(every())), chunksize=8))
    with capsys.disabled():
        print("", whole, sep="\n")  # noqa: T201  # the figure is what this is run for
    assert whole.share >= TARGET and not whole.unlisted, "a mutant that nobody notices has no reason"
    assert set(UNNOTICED) <= set(whole.missed), "a reason is given for a mutant that is noticed now"
