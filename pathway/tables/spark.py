"""Runs the same columns on Spark, on this machine: answers go to it, and numbers come back, as Parquet files.

Data that lie on a cluster are decided there, by `pathway.table`: see docs/many.md.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pathway.errors import Fault, Unusable
from pathway.tables.decision import Settings
from pathway.tables.sql_query import PIECE, ROW, Query, numbered

PIECES = 8
"""Pieces that are decided at once: enough that planning costs little beside them, and few enough that memory stays flat."""
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",  # it would draw over what a command prints
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.debug.maxToStringFields": "1",
    "spark.log.level": "ERROR",
}


@dataclass(frozen=True)
class SparkQuery:
    """Decides pieces of a table of answers by one knowledge base, as `Query` does."""

    query: Query

    def stream(self, pieces: Iterable[pa.Table], settings: Settings) -> Iterator[pa.Table]:
        """Yield for each piece the number of each outcome in each row, and the contradictions in words.

        Raises Unusable where Spark can't be started.
        """
        session, remaining = local_session(), iter(pieces)
        while chunk := list(islice(remaining, PIECES)):
            numbers, first = self._decided(session, pa.concat_tables(self._plain(chunk, settings))), 0
            for piece in chunk:
                yield numbers.slice(first, piece.num_rows)
                first += piece.num_rows

    def _plain(self, chunk: list[pa.Table], settings: Settings) -> Iterator[pa.Table]:
        """Yield the pieces with their words written out, each row with its number."""
        first, schema = 0, self.query.numbered_schema
        words = [field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field for field in schema]
        for piece in chunk:
            yield numbered(piece, schema, settings, first).cast(pa.schema(words))
            first += piece.num_rows

    def _decided(self, session: Any, answers: pa.Table) -> pa.Table:
        with TemporaryDirectory() as folder:
            source, target = Path(folder) / "answers.parquet", Path(folder) / "numbers"
            pq.write_table(answers, source)
            session.read.parquet(str(source)).createOrReplaceTempView(PIECE)
            session.sql(self.query.sql("pyspark")).write.parquet(str(target))
            numbers = pq.read_table(target)
        return numbers.sort_by(ROW)


def what_spark_lacks() -> str | None:
    """Return what is missing to run Spark here, and how to install it; None where nothing is."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed; install it with pip install '.[spark]'"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "there is no Java, which Spark runs on; on Debian: apt-get install default-jre-headless"
    return None


@cache
def local_session() -> Any:
    """Return Spark's session on this machine, started on first use. Raises Unusable."""
    if lacking := what_spark_lacks():
        raise Unusable([Fault("--engine spark", None, lacking)])
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf().setMaster("local[*]").setAppName("pathway").setAll(SETTINGS.items())
    try:
        gateway = launch_gateway(conf, {"stderr": DEVNULL})  # Java warns there of what nobody can change
    except PySparkException as error:
        says = f"Spark did not start; it needs Java 17 or later ({' '.join(str(error).split())})"
        raise Unusable([Fault("--engine spark", None, says)]) from None
    return SparkSession(SparkContext(gateway=gateway, conf=conf))
