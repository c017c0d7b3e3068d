"""How long "what would change it?" takes: the first set, and the whole list, over made-up people, options and readings.

    python -m benchmarks.what_if [people]

Wall time is what a person waits; on a busy machine the processor's own time says more about the code, so both are shown.
"""

from __future__ import annotations

import sys
from random import Random
from time import perf_counter, process_time

from pathway.explain import GUIDANCE, Pathway
from pathway.proof.what_if import why_not
from pathway.vocabulary import STEPS
from tests.people import KNOWLEDGE, anyone, partly

Times = list[tuple[float, float]]


def main(people: int = 150) -> None:
    """Measures and prints."""
    pathway, random = Pathway(KNOWLEDGE), Random(11)
    why_not(pathway, {"answers": {}}, "tens")  # once for every rule base: the rules are read
    first: Times = []
    complete: Times = []
    partial: Times = []
    more = 0
    for number in range(people):
        given = on_the_ladder(pathway, random, number % 2 == 1)
        of, guidance = random.choice((*KNOWLEDGE.options, *STEPS)), random.choice(GUIDANCE)
        first.append(timed(pathway, given, of, guidance, 1)[:2])
        wall, cpu, unfinished = timed(pathway, given, of, guidance, None)
        (partial if number % 2 else complete).append((wall, cpu))
        more += unfinished
    show("the first set", first)
    show("the whole list, every question answered", complete)
    show("the whole list, some questions open", partial)
    print(f"{more} of {people} lists were cut off after a second, and say that more exist")


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


def show(name: str, times: Times) -> None:
    """The median, the 99th percentile and the longest, in milliseconds."""
    for kind, values in (("wall", sorted(wall for wall, _ in times)), ("processor", sorted(cpu for _, cpu in times))):
        half, late, longest = (values[int(share * (len(values) - 1))] * 1000 for share in (0.5, 0.99, 1.0))
        print(f"{name} ({kind}): p50 {half:.0f} ms, p99 {late:.0f} ms, longest {longest:.0f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
