"""Runs the columns on DuckDB, batch by batch: small numbers come out of the query, and Arrow holds their words once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import duckdb
import ibis
import numpy as np
import pyarrow as pa

from pathway.deciding.precedence import Silent
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.tables.decision import Settings, decided
from pathway.tables.names import INTERNAL, POSSIBLE, RULE
from pathway.tables.outcomes import Outcomes, all_outcomes
from pathway.tables.table import with_contradictions

BATCH = "batch"
CONTRADICTIONS = f"{INTERNAL}contradictions"


@dataclass(frozen=True)
class Query:
    """Decides batches of answers by one knowledge base.

    The guidance and assumptions that `settings` leaves out are columns of each batch, beside the findings.
    """

    knowledge: Knowledge
    settings: Settings

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns of a batch."""
        findings = {finding.id: finding.whole is not None for finding in self.knowledge.findings.values()}
        settings = {"guidance": False, **{name: isinstance(value, int) for name, value in defaults(self.knowledge).items()}}
        columns = findings | {name: is_number for name, is_number in settings.items() if name not in self.settings}
        return pa.schema([(name, pa.int32() if is_number else pa.string()) for name, is_number in columns.items()])

    @cached_property
    def sql(self) -> str:
        """The query. It is made once: that takes seconds."""
        types = {field.name: "int32" if pa.types.is_integer(field.type) else "string" for field in self.schema}
        batch = ibis.table(types, name=BATCH)
        answers = {f"{INTERNAL}answer:{finding}": batch[finding] for finding in self.knowledge.findings}
        table = with_contradictions(batch.mutate(**answers), self.knowledge)
        result = decided(table, self.knowledge, self.settings)
        outcomes = [name for name in result.columns if name.startswith(f"{INTERNAL}outcome:")]
        return str(ibis.to_sql(result.select(CONTRADICTIONS, *outcomes), dialect="duckdb", pretty=False))

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect()

    def numbers(self, answers: pa.Table) -> pa.Table:
        """Return the number of each outcome in each row, and the contradictions in words."""
        self._connection.register(BATCH, answers)
        return self._connection.sql(self.sql).to_arrow_table()

    def decide(self, answers: pa.Table) -> pa.Table:
        """Return the columns of a result, in words. Raises Silent where no rule covers an option."""
        numbers = self.numbers(answers)
        return pa.table(dict(words_of(numbers, self.knowledge)))


def words_of(numbers: pa.Table, knowledge: Knowledge) -> Iterator[tuple[str, pa.Array]]:
    """Yield the columns of a result by name and in order, each as a dictionary of its words."""
    for outcomes in all_outcomes(knowledge):
        subject = outcomes.subject
        column = numbers[f"{INTERNAL}outcome:{subject}"].combine_chunks()
        if column.null_count and subject in knowledge.options:
            raise Silent(f"no recommendation covers {subject} in some row")
        yield subject, _words(column, outcomes, outcomes.value_of)
        if subject not in knowledge.gates:
            openness = numbers[f"{INTERNAL}outcome:route_possible"].combine_chunks() if subject == "route" else column
            yield f"{subject}{POSSIBLE}", _words(openness, outcomes, outcomes.possible_of)
            yield f"{subject}{RULE}", _words(column, outcomes, outcomes.rule_of)


def _words(numbers: pa.Array, outcomes: Outcomes, meaning: Callable[[int], str | None]) -> pa.DictionaryArray:
    """Return the word of each number; null where it means none."""
    none = outcomes.highest + 1
    words = [meaning(number) for number in range(outcomes.lowest, none)] + [None]
    dictionary = [word for word in dict.fromkeys(words) if word is not None]
    places = np.array([-1 if word is None else dictionary.index(word) for word in words], dtype=np.int16)
    indices = places[numbers.fill_null(none).to_numpy(zero_copy_only=False) - outcomes.lowest]
    return pa.DictionaryArray.from_arrays(pa.array(indices, mask=indices < 0), pa.array(dictionary, pa.string()))
