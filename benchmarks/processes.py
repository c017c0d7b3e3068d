"""Processor time and memory of a process and of those that it started, as Linux counts them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROCESSES = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


class Usage(NamedTuple):
    """Processor time in seconds; memory in megabytes, now and at its peak. Sums, if there are several processes."""

    processor: float
    memory: float
    peak_memory: float


def usage(process: int | None = None) -> Usage:
    """Return what a process (this one, if none is named) and those that it started use."""
    return Usage(*map(sum, zip(*map(_own, _family(process or os.getpid())), strict=True)))


def _family(process: int) -> Iterator[int]:
    yield process
    for children in (PROCESSES / str(process) / "task").glob("*/children"):
        for child in children.read_text().split():
            yield from _family(int(child))


def _own(process: int) -> Usage:
    folder = PROCESSES / str(process)
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    status = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", (folder / "status").read_text(), re.MULTILINE))
    ticks = int(fields[11]) + int(fields[12])
    return Usage(ticks / TICKS, int(status.get("VmRSS", 0)) / 1_000, int(status.get("VmHWM", 0)) / 1_000)
