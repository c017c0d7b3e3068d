"""Measures a whole table: Parquet in, Parquet out, on DuckDB and on bit-packed numpy, each in a process of its own.

`python -m benchmarks.tables [ROWS]` measures it alone. Compare the ratios, not the times.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import packed
from benchmarks.scenarios import samples
from pathway.conditions.kleene import truth
from pathway.conditions.tree import expand_definitions
from pathway.explanation.pathway import Pathway, the_pathway
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.tables.engine import NUMBER, Query, words_of
from pathway.tables.sheets.run import decide_sheet

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
PIECE = 131_072
DIFFERENT = 4_000
"""Different scenarios, from which the rows are drawn."""
MOST_TIMES, MOST_MEMORY = 3.0, 1_000.0
"""Targets: times the time of numpy, and megabytes."""


@dataclass(frozen=True)
class Job:
    """What a job took: seconds, those of the rules alone, seconds of the processor, and the megabytes of its process at most."""

    name: str
    rows: int
    seconds: float
    rules: float
    processor: float
    memory: float


def people(knowledge: Knowledge, number: int = DIFFERENT) -> pa.Table:
    """Return so many different complete scenarios without contradictions."""
    conditions = [expand_definitions(entry.when, knowledge.expanded_definitions) for entry in knowledge.contradictions]
    complete = (sample.answers for sample in samples(knowledge, 20 * number) if sample.complete)
    sound = (answers for answers in complete if not any(truth(condition, answers) for condition in conditions))
    types = {finding.id: NUMBER if finding.whole else pa.string() for finding in knowledge.findings.values()}
    return pa.Table.from_pylist(list(islice(sound, number)), pa.schema(types.items()))


def write_people(path: Path, rows: int, knowledge: Knowledge) -> None:
    """Write so many scenarios, with a number each."""
    different, random = people(knowledge), np.random.default_rng(15)
    writer = None
    for first in range(0, rows, PIECE):
        size = min(PIECE, rows - first)
        table = different.take(pa.array(random.integers(0, different.num_rows, size)))
        table = table.append_column("number", pa.array(np.arange(first, first + size)))
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    assert writer is not None
    writer.close()


def on_duckdb(source: Path, target: Path) -> float:
    """Decide a sheet as the command does. What the rules alone take can't be told apart here: `rules_alone` measures that."""
    decide_sheet(source, target, the_pathway())
    return 0.0


def on_numpy(source: Path, target: Path) -> float:
    """Do the same with bit-packed rules, without looking for faults; return the seconds of the rules alone."""
    knowledge, rules, writer = the_pathway().knowledge, 0.0, None
    for table in pieces(source, knowledge):
        start = perf_counter()
        numbers = packed.decide(knowledge, table)
        rules += perf_counter() - start
        result = pa.table({**dict(zip(table.column_names, table.columns, strict=True)), **dict(words_of(numbers, knowledge))})
        writer = writer or pq.ParquetWriter(target, result.schema)
        writer.write_table(result)
    assert writer is not None
    writer.close()
    return rules


def pieces(source: Path, knowledge: Knowledge) -> Iterator[pa.Table]:
    """Yield the rows of a Parquet file, words as dictionaries."""
    words = [finding.id for finding in knowledge.findings.values() if not finding.whole]
    for batch in pq.ParquetFile(source, read_dictionary=words).iter_batches(PIECE):
        yield pa.Table.from_batches([batch])


def rules_alone(source: Path, target: Path) -> float:
    """Return the seconds that DuckDB takes for the rules alone."""
    knowledge = the_pathway().knowledge
    query, settings = Query(knowledge), {**defaults(knowledge), "guidance": "page"}
    query.sql()
    start = perf_counter()
    for _ in query.stream(pieces(source, knowledge), settings):
        pass
    return perf_counter() - start


Work = Callable[[Path, Path], float]


def measured_apart(name: str, work: Work, source: Path, rows: int) -> Job:
    """Return what a job takes in a new process, from reading to writing."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return Job(name, rows, *pool.submit(_timed, work, source).result())


def _timed(work: Work, source: Path) -> tuple[float, float, float, float]:
    the_pathway()
    start, before = perf_counter(), process_time()
    rules = work(source, source.with_name("out.parquet"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    return perf_counter() - start, rules, process_time() - before, memory


def measured(knowledge: Knowledge, most: int = SIZES[-1]) -> list[Job]:
    """Return what each job takes, for tables of several sizes."""
    jobs = []
    with TemporaryDirectory() as folder:
        for rows in (size for size in SIZES if size <= most):
            source = Path(folder) / "people.parquet"
            write_people(source, rows, knowledge)
            jobs += [
                measured_apart(name, work, source, rows)
                for name, work in (("DuckDB", on_duckdb), ("numpy, packed", on_numpy), ("DuckDB, rules alone", rules_alone))
            ]
    return jobs


def one_by_one(pathway: Pathway, number: int = 300) -> float:
    """Return the rows per second of `explain` in a loop."""
    scenarios = [{"answers": sample.answers} for sample in samples(pathway.knowledge, number + 5)]
    for scenario in scenarios[:5]:
        pathway.explain(scenario)
    start = perf_counter()
    for scenario in scenarios[5:]:
        pathway.explain(scenario)
    return number / (perf_counter() - start)


def report(jobs: list[Job], explained: float) -> None:
    """Print the table, and whether the targets were reached."""
    heads = f"{'rows':>12}{'seconds':>9}{'CPU':>8}{'rows/s':>10}{'to numpy':>10}{'to explain':>12}{'MB':>7}"
    print(f"\n{'A table, Parquet in and out':30}{heads}")
    for job in jobs:
        seconds = job.seconds if job.name != "DuckDB, rules alone" else job.rules
        numpy = next(other for other in jobs if other.rows == job.rows and other.name == "numpy, packed")
        times = seconds / (numpy.rules if "alone" in job.name else numpy.seconds)
        speed = job.rows / seconds
        took = f"{job.rows:12,}{seconds:9.1f}{job.processor:8.1f}"
        print(f"{job.name:30}{took}{speed:10,.0f}{times:10.2f}{speed / explained:12,.0f}{job.memory:7,.0f}")
    largest = [job for job in jobs if job.rows == jobs[-1].rows]
    times, memory = largest[0].seconds / largest[1].seconds, largest[0].memory
    print(f"\nOf numpy's time, {largest[1].rules / largest[1].seconds:.0%} are the rules; the rest is reading and writing.")
    _target(f"at most {MOST_TIMES:.0f} times numpy's time", times <= MOST_TIMES, f"{times:.2f}")
    _target("under 1 GB at most", memory < MOST_MEMORY, f"{memory:,.0f} MB")
    print(
        f"In the processor's seconds, which others on the machine change less: {largest[0].processor / largest[1].processor:.2f}."
    )
    print("Polars and Spark were not measured: neither is installed.")


def _target(words: str, reached: bool, value: str) -> None:
    print(f"Target, {words}: {'reached' if reached else 'NOT reached'} ({value}).")


def main() -> None:
    """Measure tables alone, of at most so many rows."""
    pathway = the_pathway()
    most = int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else SIZES[-1]
    report(measured(pathway.knowledge, most), one_by_one(pathway))


if __name__ == "__main__":
    main()
