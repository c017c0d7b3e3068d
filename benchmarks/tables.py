"""Measures a whole table, Parquet in and out, on DuckDB, Spark and bit-packed numpy; and the rules alone, on polars too.

Each job has a process of its own, which is ready before it is timed: the knowledge loaded, Spark started.

`python -m benchmarks.tables [ROWS]` measures it alone. Compare the ratios, not the times.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice, pairwise
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import packed
from benchmarks.processes import usage
from benchmarks.scenarios import samples
from pathway.conditions.kleene import truth
from pathway.conditions.tree import expand_definitions
from pathway.explanation.pathway import Pathway, the_pathway
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.tables.decision import decided
from pathway.tables.names import INTERNAL
from pathway.tables.sheets.run import decide_sheet
from pathway.tables.spark import local_session, what_spark_lacks
from pathway.tables.sql_query import NUMBER, Query, words_of

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
MOST_ELSEWHERE = 1_000_000
"""Rows that polars and Spark are given at most: polars holds them all in memory."""
PIECE = 131_072
DIFFERENT = 4_000
"""Different scenarios, from which the rows are drawn."""
MOST_TIMES, MOST_MEMORY, MOST_GROWTH = 3.0, 1_000.0, 1.1
"""Targets: times the time of numpy, megabytes, and times the time for a row where there are ten times as many rows."""
DUCKDB, NUMPY, SPARK = "DuckDB", "numpy, packed", "Spark, on this machine"
ALONE = ", rules alone"


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
    different, random = people(knowledge, min(rows, DIFFERENT)), np.random.default_rng(15)
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


def on_spark(source: Path, target: Path) -> float:
    """Decide a sheet as the command does with `--engine spark`."""
    decide_sheet(source, target, the_pathway(), engine="spark")
    return 0.0


def rules_alone(source: Path, target: Path) -> float:
    """Return the seconds that DuckDB takes for the rules alone."""
    knowledge = the_pathway().knowledge
    query, settings = Query(knowledge), {**defaults(knowledge), "guidance": "page"}
    query.sql()
    start = perf_counter()
    for _ in query.stream(pieces(source, knowledge), settings):
        pass
    return perf_counter() - start


def rules_on_polars(source: Path, target: Path) -> float:
    """Return the seconds that polars takes for the rules alone, of all rows at once."""
    plan = polars_plan(source, the_pathway().knowledge)
    start = perf_counter()
    plan.collect()
    return perf_counter() - start


def polars_plan(source: Path, knowledge: Knowledge) -> Any:
    """Return what polars has to do for the numbers of the outcomes. Their words it can't give: ibis lets it join none to null."""
    connection = ibis.polars.connect()
    people = connection.read_parquet(source)
    answers = people.select(**{f"{INTERNAL}answer:{finding}": people[finding] for finding in knowledge.findings})
    return connection.compile(decided(answers, knowledge, {**defaults(knowledge), "guidance": "page"}))


Work = Callable[[Path, Path], float]


def measured_apart(name: str, work: Work, source: Path, rows: int) -> Job:
    """Return what a job takes in a new process, from reading to writing."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return Job(name, rows, *pool.submit(_timed, work, source).result())


def _timed(work: Work, source: Path) -> tuple[float, float, float, float]:
    the_pathway()
    if work is on_spark:
        local_session()
    start, before = perf_counter(), usage()
    rules = work(source, source.with_name("out.parquet"))
    return perf_counter() - start, rules, usage().processor - before.processor, usage().peak_memory


def absent() -> dict[str, str]:
    """Return why an engine can't be measured here, by its name."""
    lacks = {SPARK: what_spark_lacks(), f"polars{ALONE}": None if find_spec("polars") else "polars is not installed"}
    return {name: says for name, says in lacks.items() if says}


JOBS: dict[str, Work] = {
    DUCKDB: on_duckdb, NUMPY: on_numpy, f"DuckDB{ALONE}": rules_alone, f"polars{ALONE}": rules_on_polars, SPARK: on_spark,
}  # fmt: skip


def measured(knowledge: Knowledge, most: int = SIZES[-1]) -> list[Job]:
    """Return what each job takes, for tables of several sizes."""
    lacking, jobs = absent(), []
    with TemporaryDirectory() as folder:
        for rows in (size for size in SIZES if size <= most):
            source = Path(folder) / "people.parquet"
            write_people(source, rows, knowledge)
            names = [name for name in JOBS if name not in lacking and (rows <= MOST_ELSEWHERE or name[0] not in "pS")]
            jobs += [measured_apart(name, JOBS[name], source, rows) for name in names]
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
    by_name = {(job.name, job.rows): job for job in jobs}
    for job in jobs:
        numpy = by_name[NUMPY, job.rows]
        seconds, base = (job.rules, numpy.rules) if ALONE in job.name else (job.seconds, numpy.seconds)
        took = f"{job.rows:12,}{seconds:9.1f}{job.processor:8.1f}"
        speed = job.rows / seconds
        print(f"{job.name:30}{took}{speed:10,.0f}{seconds / base:10.2f}{speed / explained:12,.0f}{job.memory:7,.0f}")
    print(f"explain in a loop: {explained:,.0f} rows/s.")
    for name, says in absent().items():
        print(f"{name}: not measured, {says}.")
    rows = jobs[-1].rows
    duckdb, numpy = by_name[DUCKDB, rows], by_name[NUMPY, rows]
    times = duckdb.seconds / numpy.seconds
    print(f"\nOf numpy's time, {numpy.rules / numpy.seconds:.0%} are the rules; the rest is reading and writing.")
    _target(f"at most {MOST_TIMES:.0f} times numpy's time", times <= MOST_TIMES, f"{times:.2f}")
    _target("under 1 GB at most", duckdb.memory < MOST_MEMORY, f"{duckdb.memory:,.0f} MB")
    for fewer, more in pairwise(sorted(size for name, size in by_name if name == DUCKDB)):
        growth = by_name[DUCKDB, more].seconds / by_name[DUCKDB, fewer].seconds * fewer / more
        _target(f"{more:,} rows take no more for a row than {fewer:,}", growth <= MOST_GROWTH, f"{growth:.2f} times")
    print(f"In the processor's seconds, which others on the machine change less: {duckdb.processor / numpy.processor:.2f}.")


def _target(words: str, reached: bool, value: str) -> None:
    print(f"Target, {words}: {'reached' if reached else 'NOT reached'} ({value}).")


def main() -> None:
    """Measure tables alone, of at most so many rows."""
    pathway = the_pathway()
    most = int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else SIZES[-1]
    report(measured(pathway.knowledge, most), one_by_one(pathway))


if __name__ == "__main__":
    main()
