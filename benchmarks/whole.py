"""Measures a whole `explain`, with reasons, citations, trace and next questions; and the same with its JSON."""

from __future__ import annotations

from time import perf_counter_ns

from benchmarks.scenarios import Sample, samples
from benchmarks.what_if import verdict
from pathway import Pathway
from pathway.knowledge.base import Knowledge

MEDIAN, LATE = 1.5, 5.0
"""Targets: milliseconds at the median and at the 99th percentile."""
Times = dict[tuple[str, str], list[float]]


def measured(knowledge: Knowledge, number: int = 1_000) -> Times:
    """Return the milliseconds of each call, by what was called and whether the scenario was complete."""
    pathway, times = Pathway(knowledge), Times()
    for sample in samples(knowledge, number + 20):
        completeness = "complete" if sample.complete else "partial"
        explained, with_json = _timed(pathway, sample)
        times.setdefault(("explain", completeness), []).append(explained)
        times.setdefault(("explain and JSON", completeness), []).append(with_json)
    return {key: values[4:] for key, values in times.items()}  # the first calls fill caches


def _timed(pathway: Pathway, sample: Sample) -> tuple[float, float]:
    start = perf_counter_ns()
    result = pathway.explain({"answers": sample.answers}, sample.guidance)
    explained = perf_counter_ns()
    result.model_dump_json()
    return (explained - start) / 1e6, (perf_counter_ns() - start) / 1e6


def report(calls: Times) -> None:
    """Print the table, and whether the target was reached."""
    print(f"\n{'Milliseconds':30}{'number':>8}{'p50':>8}{'p99':>8}")
    for (what, completeness), times in sorted(calls.items()):
        print(f"{what + ', ' + completeness:30}{len(times):8}{_at(times, 0.5):8.2f}{_at(times, 0.99):8.2f}")
    times = [time for (what, _), times in calls.items() if what == "explain" for time in times]
    print()
    for share, most, where in ((0.5, MEDIAN, "median"), (0.99, LATE, "99th percentile")):
        verdict(f"explain under {most} ms at the {where}", _at(times, share) < most, f"{_at(times, share):.2f}")


def _at(times: list[float], share: float) -> float:
    return sorted(times)[int(share * (len(times) - 1))]
