"""A whole `explain`, with reasons, citations, trace and what to ask next, and the same with its JSON."""

from __future__ import annotations

from time import perf_counter_ns

from benchmarks.scenarios import Sample, samples
from pathway import Pathway
from pathway.knowledge.base import Knowledge

MOST = 5.0
"""Milliseconds at the median."""
Times = dict[tuple[str, str], list[float]]


def measured(knowledge: Knowledge, number: int = 1_000) -> Times:
    """What each call took, in milliseconds, by what was called and whether the scenario was complete."""
    pathway, found = Pathway(knowledge), Times()
    for sample in samples(knowledge, number + 20):
        kind = "complete" if sample.complete else "partial"
        explained, written = _timed(pathway, sample)
        found.setdefault(("explain", kind), []).append(explained)
        found.setdefault(("explain and JSON", kind), []).append(written)
    return {key: times[4:] for key, times in found.items()}  # the first ones fill caches


def _timed(pathway: Pathway, sample: Sample) -> tuple[float, float]:
    start = perf_counter_ns()
    result = pathway.explain({"answers": sample.answers}, sample.guidance)
    explained = perf_counter_ns()
    result.model_dump_json()
    return (explained - start) / 1e6, (perf_counter_ns() - start) / 1e6


def report(found: Times) -> None:
    """Prints the table, and whether the target was reached."""
    print(f"\n{'Milliseconds':30}{'number':>8}{'p50':>8}{'p99':>8}")
    for (what, kind), times in sorted(found.items()):
        print(f"{what + ', ' + kind:30}{len(times):8}{_at(times, 0.5):8.2f}{_at(times, 0.99):8.2f}")
    median = _at([time for (what, _), times in found.items() if what == "explain" for time in times], 0.5)
    print(f"\nTarget, explain under {MOST:.0f} ms at the median: {'reached' if median < MOST else 'NOT reached'} ({median:.2f}).")


def _at(times: list[float], share: float) -> float:
    return sorted(times)[int(share * (len(times) - 1))]
