"""Measures `pathway explain` as a whole process, in turn with Python alone and with pydantic alone: compare the ratios."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from functools import partial
from tempfile import TemporaryDirectory

from benchmarks.proofs import Times, took
from benchmarks.what_if import verdict

PYTHON, PYDANTIC = "Python alone", "pydantic alone"
CACHED, UNCACHED = "pathway explain", "pathway explain, without the cache"
EXPLAIN = ("-m", "pathway", "explain", "driver-eight-weeks")
TARGET = 0.4
"""Seconds at the median."""


def measured(number: int = 15) -> Times:
    """Return the seconds of each process. Each runs once beforehand, to fill its cache and compile its modules."""
    with TemporaryDirectory() as folder:
        words = {PYTHON: ("-c", "pass"), PYDANTIC: ("-c", "import pydantic.main"), CACHED: EXPLAIN, UNCACHED: EXPLAIN}
        calls = {
            name: partial(_process, command, "off" if name == UNCACHED else f"{folder}/cache", f"{folder}/compiled")
            for name, command in words.items()
        }
        times: Times = {name: [] for name in calls}
        for turn in range(number + 1):
            for name, call in calls.items():
                seconds = took(call)
                times[name] += [seconds] if turn else []
        return times


def _process(words: tuple[str, ...], cache: str, compiled: str) -> None:
    """Run Python with these arguments, as an installed program runs: with its modules compiled."""
    environment = {**os.environ, "PATHWAY_CACHE": cache, "PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL, env=environment)


def report(times: Times) -> None:
    """Print the table, and whether the target was reached."""
    base = statistics.median(times[PYTHON])
    print(f"\n{'A whole process, milliseconds':46}{'number':>8}{'p50':>8}{'least':>8}{'p50 to Python alone':>21}")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        print(f"{name:46}{len(seconds):8}{median * 1000:8.0f}{min(seconds) * 1000:8.0f}{median / base:21.1f}")
    median = statistics.median(times[CACHED])
    verdict(f"pathway explain within {TARGET:.1f} s at the median", median < TARGET, f"{median:.2f} s")


if __name__ == "__main__":
    report(measured())
