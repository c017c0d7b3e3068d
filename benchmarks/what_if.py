"""How long "what would change it?" takes: the first set, and the whole list, over made-up people, options and readings.

    python -m benchmarks.what_if [people]

Wall time is what a person waits; on a busy machine the processor's own time says more about the code, so both are shown.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from random import Random
from time import perf_counter, process_time

from pathway.explanation.pathway import Pathway
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import GUIDANCE, STEPS
from pathway.proof import why_not
from tests.people import anyone, partly

FIRST, WHOLE = 0.050, 1.0
"""Seconds: the first set at the 99th percentile, and the whole list, or the word that more exist."""
Times = list[tuple[float, float]]


@dataclass
class Found:
    """Wall and processor seconds of each question; and how the lists ended that were cut off."""

    first: Times = field(default_factory=list)
    complete: Times = field(default_factory=list)
    partial: Times = field(default_factory=list)
    cut_off: Times = field(default_factory=list)
    """Of the lists above those that say that more exist."""


def measured(knowledge: Knowledge, people: int = 300) -> Found:
    """The times of two questions about each person: for one set, and for the whole list."""
    pathway, random, found = Pathway(knowledge), Random(11), Found()
    why_not(pathway, {"answers": {}}, "tens")  # once for every rule base: the rules are read
    for number in range(people):
        given = on_the_ladder(pathway, random, number % 2 == 1)
        of, guidance = random.choice((*knowledge.options, *STEPS)), random.choice(GUIDANCE)
        found.first.append(timed(pathway, given, of, guidance, 1)[:2])
        wall, cpu, more = timed(pathway, given, of, guidance, None)
        (found.partial if number % 2 else found.complete).append((wall, cpu))
        found.cut_off += [(wall, cpu)] if more else []
    return found


def on_the_ladder(pathway: Pathway, random: Random, partial: bool) -> dict[str, str | int]:
    """Someone for whom there is something to look for: off the ladder the answer is short."""
    while True:
        answers = anyone(random)
        given = partly(answers, random) if partial else answers
        if pathway.explain({"answers": given}).route in ("stepped_care", "undetermined"):
            return given


def timed(pathway: Pathway, answers: dict[str, str | int], of: str, guidance: str, most: int | None) -> tuple[float, float, bool]:
    """Wall and processor seconds of one question, and whether the list was cut off."""
    wall, cpu = perf_counter(), process_time()
    found = why_not(pathway, {"answers": answers}, of, guidance, most=most)
    return perf_counter() - wall, process_time() - cpu, found.more and most is None


def report(found: Found) -> None:
    """Prints the tables, and whether the targets were reached."""
    print(f"\n{'What would change it, milliseconds':46}{'number':>8}{'p50':>8}{'p99':>8}{'longest':>9}")
    show("the first set", found.first)
    show("the whole list, every question answered", found.complete)
    show("the whole list, some questions open", found.partial)
    whole = [*found.complete, *found.partial]
    print(f"{len(found.cut_off)} of {len(whole)} lists were cut off, and say that more exist.")
    late, own = (at([times[number] for times in found.first], 0.99) for number in (0, 1))
    says = f"{late * 1000:.0f} ms, {own * 1000:.0f} ms of them the processor's own"
    verdict("the first set under 50 ms at the 99th percentile", late < FIRST, says)
    longest = max(wall for wall, _ in whole)
    verdict("the whole list, or the word that more exist, under 1 s", longest < WHOLE, f"longest {longest * 1000:.0f} ms")


def verdict(target: str, reached: bool, measured: str) -> None:
    """Prints whether a target was reached."""
    print(f"Target, {target}: {'reached' if reached else 'NOT reached'} ({measured}).")


def show(name: str, times: Times) -> None:
    """Prints the median, the 99th percentile and the longest, in milliseconds."""
    for kind, values in (("wall", [wall for wall, _ in times]), ("processor", [cpu for _, cpu in times])):
        half, late, longest = (at(values, share) * 1000 for share in (0.5, 0.99, 1.0))
        print(f"{f'{name}, {kind}':51}{len(values):3}{half:8.1f}{late:8.1f}{longest:9.1f}")


def at(values: list[float], share: float) -> float:
    """The value below which a share of them lies."""
    return sorted(values)[int(share * (len(values) - 1))]


if __name__ == "__main__":
    from pathway import load

    report(measured(load(), *map(int, sys.argv[1:2])))
