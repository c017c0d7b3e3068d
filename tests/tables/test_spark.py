"""Spark, on this machine, gives the answers that DuckDB gives; elsewhere these tests say what is missing to run it."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pathway
from pathway.tables import spark
from pathway.tables.spark import SparkQuery, local_session, what_spark_lacks
from pathway.tables.sql_query import words_of
from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, TRIED
from tests.tables.test_agreement import Case, answers_of, bundled, query, random_cases, readings, rows_of
from tests.tables.test_sheets import PEOPLE, table, written_csv
from tests.tables.test_table import WRONG, frame, rows

PAGE = (Path(__file__).parents[2] / "docs/many.md").read_text(encoding="utf-8")
on_spark = pytest.mark.spark
pytestmark = pytest.mark.filterwarnings("default")  # its libraries warn of each other


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Spark on this machine. Where PATHWAY_SPARK says that it must be there, its lack is a failure."""
    if lacking := what_spark_lacks():
        assert not os.environ.get("PATHWAY_SPARK"), lacking
        pytest.skip(f"Spark is not tested here: {lacking}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")  # a short run gains nothing from the slower compiler
        yield local_session()


def rows_on_spark(cases: list[Case]) -> list[dict[str, str | None]]:
    (numbers,) = SparkQuery(query()).stream([answers_of(cases)], {})
    return list(pa.table(dict(words_of(numbers, KNOWLEDGE))).to_pylist())


@on_spark
@pytest.mark.parametrize("number", [2_000, pytest.param(100_000, marks=pytest.mark.soak)])
def test_random_and_bundled_scenarios_have_the_rows_that_duckdb_gives(number: int, session: Any) -> None:
    cases = [*bundled(list(readings())), *random_cases(number, seed=16)]
    assert rows_on_spark(cases) == rows_of(cases)


@on_spark
def test_what_the_page_shows_decides_a_table_of_sparks_own_with_its_faults(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = [{**TRIED, **change} for change, _ in WRONG]
    source = frame(QUIET, TRIED, OPERATED_ON, {}, {"course": "  unknown "}, *faulty)
    source.to_parquet(tmp_path / "people.parquet")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    code = code.replace('"decided"', repr(str(tmp_path / "decided")))  # Java stays in the folder in which it was started
    exec(compile(code, "docs/many.md", "exec"), {})
    expected = rows(pathway.table(source, "nice", {"conservative-trial-weeks": 9}))
    assert pq.read_table(tmp_path / "decided").to_pylist() == expected


@on_spark
def test_a_sheet_comes_out_the_same_on_either_engine(session: Any, tmp_path: Path) -> None:
    source = written_csv(tmp_path / "people.csv", PEOPLE)
    for engine in ("duckdb", "spark"):
        assert table(source, "-o", tmp_path / f"{engine}.csv", "--engine", engine).exit_code == 1
    by_duckdb, other = (list(csv.reader(StringIO((tmp_path / f"{name}.csv").read_text()))) for name in ("duckdb", "spark"))
    assert by_duckdb == other


def test_without_spark_the_command_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "local_session", local_session.__wrapped__)  # not one that is started
    monkeypatch.setattr(spark, "find_spec", lambda name: None)
    source = written_csv(tmp_path / "people.csv", PEOPLE)
    refused = table(source, "--engine", "spark")
    assert refused.exit_code == 2
    assert refused.stderr == "--engine spark: pyspark is not installed; install it with pip install '.[spark]'\n"
    assert list(tmp_path.iterdir()) == [source]
