"""Measures "what would change this?": the first set and the whole list, over random people, options and guidances.

    python -m benchmarks.what_if [people]

Wall time is how long a person waits. On a busy machine processor time says more about the code, so both are printed.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from random import Random
from time import perf_counter, process_time

from pathway.explanation.pathway import Pathway
from pathway.knowledge.base import Knowledge
from pathway.proof import why_not
from tests.people import anyone, partly

FIRST, WHOLE = 0.050, 1.0
"""Targets in seconds: the first set at the 99th percentile, and the longest list."""
Times = list[tuple[float, float]]


@dataclass
class Measured:
    """Wall and processor seconds of each question."""

    first: Times = field(default_factory=list)
    complete: Times = field(default_factory=list)
    partial: Times = field(default_factory=list)
    cut_off: Times = field(default_factory=list)
    """The lists, among those above, that say that more sets exist."""


def measured(knowledge: Knowledge, people: int = 300) -> Measured:
    """Return the times of two questions about each person: for one set, and for the whole list."""
    pathway, random, times = Pathway(knowledge), Random(11), Measured()
    why_not(pathway, {"answers": {}}, "tens")  # builds the solver session, which is cached for the rule base
    for number in range(people):
        answers = on_the_ladder(pathway, random, number % 2 == 1)
        subject, guidance = random.choice((*knowledge.options, *knowledge.steps)), random.choice(knowledge.readings)
        times.first.append(timed(pathway, answers, subject, guidance, 1)[:2])
        wall, cpu, more = timed(pathway, answers, subject, guidance, None)
        (times.partial if number % 2 else times.complete).append((wall, cpu))
        times.cut_off += [(wall, cpu)] if more else []
    return times


def on_the_ladder(pathway: Pathway, random: Random, partial: bool) -> dict[str, str | int]:
    """Return the answers of someone on the ladder; off it there is nothing to search for."""
    while True:
        complete = anyone(random)
        answers = partly(complete, random) if partial else complete
        if pathway.explain({"answers": answers}).route in ("stepped_care", "undetermined"):
            return answers


def timed(
    pathway: Pathway, answers: dict[str, str | int], subject: str, guidance: str, most: int | None
) -> tuple[float, float, bool]:
    """Return wall and processor seconds of one question, and whether the list was cut off."""
    wall, cpu = perf_counter(), process_time()
    answer = why_not(pathway, {"answers": answers}, subject, guidance, most=most)
    return perf_counter() - wall, process_time() - cpu, answer.more and most is None


def report(times: Measured) -> None:
    """Print the tables, and whether the targets were reached."""
    print(f"\n{'What would change it, milliseconds':46}{'number':>8}{'p50':>8}{'p99':>8}{'longest':>9}")
    show("the first set", times.first)
    show("the whole list, every question answered", times.complete)
    show("the whole list, some questions open", times.partial)
    whole = [*times.complete, *times.partial]
    print(f"{len(times.cut_off)} of {len(whole)} lists were cut off, and say that more exist.")
    late, own = (at([pair[number] for pair in times.first], 0.99) for number in (0, 1))
    says = f"{late * 1000:.0f} ms, {own * 1000:.0f} ms of them the processor's own"
    verdict("the first set under 50 ms at the 99th percentile", late < FIRST, says)
    longest = max(wall for wall, _ in whole)
    verdict("the whole list, or a list that says more exist, under 1 s", longest < WHOLE, f"longest {longest * 1000:.0f} ms")


def verdict(target: str, reached: bool, measured: str) -> None:
    """Print whether a target was reached."""
    print(f"Target, {target}: {'reached' if reached else 'NOT reached'} ({measured}).")


def show(name: str, times: Times) -> None:
    """Print the median, the 99th percentile and the longest, in milliseconds."""
    for clock, values in (("wall", [wall for wall, _ in times]), ("processor", [cpu for _, cpu in times])):
        half, late, longest = (at(values, share) * 1000 for share in (0.5, 0.99, 1.0))
        print(f"{f'{name}, {clock}':51}{len(values):3}{half:8.1f}{late:8.1f}{longest:9.1f}")


def at(values: list[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    return sorted(values)[int(share * (len(values) - 1))]


if __name__ == "__main__":
    from pathway import load

    report(measured(load(), *map(int, sys.argv[1:2])))
