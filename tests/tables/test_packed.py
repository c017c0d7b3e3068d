"""What a table's speed is compared with gives the same outcomes on complete scenarios: bit-packed rules, and polars."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks import packed
from benchmarks.tables import polars_plan, write_people
from pathway.knowledge.assumptions import defaults
from pathway.tables.names import INTERNAL
from pathway.tables.outcomes import all_outcomes
from pathway.tables.sql_query import Query, words_of
from tests.people import KNOWLEDGE

pytestmark = pytest.mark.usefixtures("query_made_once")


class Decided(NamedTuple):
    """A file of complete scenarios, its rows, and the number of each outcome in each row."""

    file: Path
    answers: pa.Table
    numbers: pa.Table


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Decided:
    file = tmp_path_factory.mktemp("people") / "people.parquet"
    write_people(file, 300, KNOWLEDGE)
    answers = pq.read_table(file, read_dictionary=[f.id for f in KNOWLEDGE.findings.values() if not f.whole])
    (numbers,) = Query(KNOWLEDGE).stream([answers], {**defaults(KNOWLEDGE), "guidance": "page"})
    return Decided(file, answers, numbers)


def test_packed_rules_decide_complete_scenarios_alike(decided: Decided) -> None:
    result, table = (
        dict(words_of(numbers, KNOWLEDGE)) for numbers in (packed.decide(KNOWLEDGE, decided.answers), decided.numbers)
    )
    assert result.keys() == table.keys()
    for name, column in result.items():
        assert column.to_pylist() == table[name].to_pylist(), name


def test_polars_decides_complete_scenarios_alike(decided: Decided) -> None:
    numbers = polars_plan(decided.file, KNOWLEDGE).collect()
    for outcomes in all_outcomes(KNOWLEDGE):
        name = f"{INTERNAL}outcome:{outcomes.subject}"
        assert numbers[name].to_list() == decided.numbers[name].to_pylist(), name
