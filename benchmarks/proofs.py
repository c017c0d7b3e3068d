"""Measures `pathway check` and everything else that uses the solver, in a fresh process and in a warm one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import permutations, product
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.what_if import at, verdict
from pathway.explanation.pathway import Pathway
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import VERDICTS
from pathway.proof import atlas, line_between, thresholds, why_not
from tests.people import anyone

CHECK, ATLAS, THRESHOLDS, GROWTH = 10.0, 0.3, 0.1, 20.0
"""Targets: seconds for `pathway check`, an atlas by other axes and thresholds; megabytes of growth over many questions."""
QUESTIONS = 2000
FRESH = """
from time import perf_counter
import pathway
pathway.explain({"answers": {}})
started = perf_counter()
from pathway.proof import why_not
from pathway.explanation.pathway import the_pathway
why_not(the_pathway(), {"answers": {}}, "tens", most=1)
print(perf_counter() - started)
"""
Times = dict[str, list[float]]


def measured(knowledge: Knowledge, number: int = 60) -> Times:
    """Return the seconds of each call, by what was called."""
    pathway, random = Pathway(knowledge), Random(17)
    times: Times = {"pathway check": [], "the first what-if of a process": []}
    for _ in range(3):
        times["pathway check"].append(took(partial(command, "-m", "pathway", "check")))
        times["the first what-if of a process"].append(float(command("-c", FRESH)))
    people = [{"answers": anyone(random)} for _ in range(number)]
    pathway.explain(people[0])
    times["thresholds"] = [took(partial(thresholds, pathway, who)) for who in people]
    times["an atlas, the first"] = [took(partial(atlas, knowledge, "symptom_weeks", "course"))]
    axes = [pair for pair in product(knowledge.findings, repeat=2) if pair[0] != pair[1]]
    atlases = [(*pair, random.choice(("step", "route", *knowledge.options))) for pair in random.sample(axes, number)]
    drawn = (partial(atlas, knowledge, across, down, subject) for across, down, subject in atlases)
    times["an atlas by other axes"] = [took(draw) for draw in drawn]
    scenarios = [{"answers": dict(who["answers"])} for who in people[:10]]
    times["an atlas around a scenario"] = [took(partial(atlas, knowledge, "course", "cause", given=who)) for who in scenarios]
    verdicts = [("tens", *pair) for pair in permutations(VERDICTS, 2)][:6]
    sides = [*verdicts, *(("step", *pair) for pair in permutations(knowledge.steps, 2))]
    lines = (partial(line_between, knowledge, subject, first, second) for subject, first, second in sides)
    times["the lines between two values"] = [took(find) for find in lines]
    return times


def command(*words: str) -> str:
    """Return what a Python command prints. Raises CalledProcessError if it fails."""
    return subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True).stdout


def took(call: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    started = perf_counter()
    call()
    return perf_counter() - started


def growth(knowledge: Knowledge) -> float:
    """Return by how many megabytes the process grows over many questions, after the first hundred."""
    pathway, random = Pathway(knowledge), Random(5)
    before = 0.0
    for number in range(QUESTIONS + 100):
        before = resident() if number == 100 else before
        subject, guidance = random.choice((*knowledge.options, *knowledge.steps)), random.choice(knowledge.readings)
        why_not(pathway, {"answers": anyone(random)}, subject, guidance, seconds=0.2)
    return resident() - before


def resident() -> float:
    """Return the resident memory of this process in megabytes; 0 where the system doesn't report it."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def report(times_by_call: Times, grown: float) -> None:
    """Print the table, and whether the targets were reached."""
    print(f"\n{'Asking about all scenarios, milliseconds':46}{'number':>8}{'p50':>8}{'p99':>8}{'longest':>9}")
    for what, times in times_by_call.items():
        half, late, longest = (at(times, share) * 1000 for share in (0.5, 0.99, 1.0))
        print(f"{what:46}{len(times):8}{half:8.1f}{late:8.1f}{longest:9.1f}")
    slowest = {what: max(times) for what, times in times_by_call.items()}
    verdict(f"pathway check within {CHECK:.0f} s", slowest["pathway check"] < CHECK, f"{slowest['pathway check']:.1f} s")
    first = slowest["the first what-if of a process"]
    verdict("the first what-if of a process within 1 s", first < 1, f"{first:.2f} s")
    for what, most in (("an atlas by other axes", ATLAS), ("thresholds", THRESHOLDS)):
        late = at(times_by_call[what], 0.99)
        verdict(f"{what} within {most * 1000:.0f} ms at the 99th percentile", late < most, f"{late * 1000:.0f} ms")
    verdict(f"under {GROWTH:.0f} MB more after {QUESTIONS:,} what-ifs", grown < GROWTH, f"{grown:.1f} MB")
