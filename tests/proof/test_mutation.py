"""Mutation: whether the checks, the laws or the scenario tests notice a knowledge base that is wrong in one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from tests.people import KNOWLEDGE
from tests.proof.mutants import Mutant, mutants
from tests.proof.noticing import noticed_by

TARGET = 0.95
ONLY_WHILE_OPEN = "it differs only while safety questions are open: a known one of these flags has decided the route already"
UNNOTICED = {
    "hands-off: when: part 1 dropped": ONLY_WHILE_OPEN,
    "hands-off: when: part 1, route stepped_care for other_pathway": ONLY_WHILE_OPEN,
    "hands-off: when: part 1, route without other_pathway": ONLY_WHILE_OPEN,
    "neurogenic_claudication: when: part 2 dropped": "it differs only where answers can't go together, or are open",
}
"""Mutants that nobody notices, and why that is accepted."""
SAMPLE_EVERY = 64


def figure(every: Iterable[Mutant]) -> tuple[float, list[str]]:
    """The share that is noticed of those that can be, and lines that say so, with every one that nobody noticed."""
    found = [(str(mutant), noticed_by(mutant.knowledge)) for mutant in every]
    counts = Counter(by for _, by in found)
    can_be = len(found) - counts["nothing to notice"]
    share = (can_be - counts["nobody"]) / can_be
    words = ", ".join(f"{number} by {by}" for by, number in counts.most_common() if by in ("check", "laws", "scenarios"))
    lines = [
        f"{len(found)} mutants; {counts['nothing to notice']} change no result, as the solver shows; of the other {can_be},",
        f"{share:.1%} noticed: {words}; {counts['nobody']} by nobody:",
        *(f"  {name} ({UNNOTICED.get(name, 'no reason is given: write a scenario')})" for name, by in found if by == "nobody"),
    ]
    return share, lines


def test_a_fixed_sample_of_mutants_is_noticed() -> None:
    share, lines = figure(mutant for number, mutant in enumerate(mutants(KNOWLEDGE)) if number % SAMPLE_EVERY == 0)
    assert share >= TARGET - 0.1, "\n".join(lines)


@pytest.mark.soak
def test_the_whole_set_of_mutants(capsys: pytest.CaptureFixture[str]) -> None:
    share, lines = figure(mutants(KNOWLEDGE))
    with capsys.disabled():
        print("", *lines, sep="\n")  # noqa: T201  # the figure is what this is run for
    assert share >= TARGET, "\n".join(lines)
