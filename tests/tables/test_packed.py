"""The bit-packed rules, which a table's speed is compared with, give the same outcomes on complete scenarios."""

from __future__ import annotations

import pyarrow as pa

from benchmarks import packed
from benchmarks.tables import people
from pathway.knowledge.assumptions import defaults
from pathway.tables.engine import WORD, Query, words_of
from tests.people import KNOWLEDGE


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
