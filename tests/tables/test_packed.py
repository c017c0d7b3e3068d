"""What a table's speed is compared with gives the same outcomes on complete scenarios: bit-packed rules, and polars."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks import packed
from benchmarks.tables import people, polars_plan, write_people
from pathway.knowledge.assumptions import defaults
from pathway.tables.names import INTERNAL
from pathway.tables.outcomes import all_outcomes
from pathway.tables.sql_query import WORD, Query, words_of
from tests.people import KNOWLEDGE

pytestmark = pytest.mark.usefixtures("query_made_once")


def test_packed_rules_decide_complete_scenarios_alike() -> None:
    answers = people(KNOWLEDGE, 300)
    words = [pa.types.is_string(field.type) for field in answers.schema]
    coded = pa.table(
        [column.cast(WORD) if is_word else column for column, is_word in zip(answers.columns, words, strict=True)],
        names=answers.column_names,
    )
    table = Query(KNOWLEDGE).decide(coded, {**defaults(KNOWLEDGE), "guidance": "page"})
    result = pa.table(dict(words_of(packed.decide(KNOWLEDGE, coded), KNOWLEDGE)))
    for name in result.column_names:
        assert result[name].to_pylist() == table[name].to_pylist(), name


def test_polars_decides_complete_scenarios_alike(tmp_path: Path) -> None:
    write_people(tmp_path / "people.parquet", 300, KNOWLEDGE)
    answers = pq.read_table(
        tmp_path / "people.parquet", read_dictionary=[f.id for f in KNOWLEDGE.findings.values() if not f.whole]
    )
    (expected,) = Query(KNOWLEDGE).stream([answers], {**defaults(KNOWLEDGE), "guidance": "page"})
    numbers = polars_plan(tmp_path / "people.parquet", KNOWLEDGE).collect()
    for outcomes in all_outcomes(KNOWLEDGE):
        name = f"{INTERNAL}outcome:{outcomes.subject}"
        assert numbers[name].to_list() == expected[name].to_pylist(), name
