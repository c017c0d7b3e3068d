"""A condition as a column has the same three values as in the reference evaluator."""

from __future__ import annotations

from random import Random
from typing import Any

import ibis
import pyarrow as pa
import pytest

from pathway.conditions.kleene import truth
from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Facts, Is, Not
from pathway.tables.columns import MultiValued, SingleValued, Symbols
from tests.engine.trees import DERIVED, NUMBERS, WORDS, known, tree

PLAIN = (*NUMBERS, "some-weeks")
TYPES = {
    **dict.fromkeys(WORDS, pa.string()),
    **dict.fromkeys(PLAIN, pa.int64()),
    **{f"{name} {value}": pa.bool_() for name, values in DERIVED.items() for value in values},
}


def read(conditions: dict[str, Condition], rows: list[Facts]) -> list[dict[str, Any]]:
    """The truth of each condition in each row, worked out by DuckDB."""
    table = ibis.memtable(pa.Table.from_pylist([cells(facts) for facts in rows], pa.schema(TYPES.items())))
    derived = {name: MultiValued({value: table[f"{name} {value}"] for value in values}) for name, values in DERIVED.items()}
    plain = {name: SingleValued(table[name]) for name in WORDS}
    symbols = Symbols({**plain, **derived}, {name: table[name] for name in PLAIN})
    return list(
        table.select(**{name: symbols.read(condition) for name, condition in conditions.items()}).to_pyarrow().to_pylist()
    )


def cells(facts: Facts) -> dict[str, Any]:
    derived = {f"{name} {value}": value in facts[name] for name, values in DERIVED.items() for value in values}  # type: ignore[operator]  # sets here
    return {**{name: facts.get(name) for name in (*WORDS, *PLAIN)}, **derived}


def small(facts: Facts) -> Facts:
    """The facts with every derived variable, and with numbers that a column can hold."""
    everything: Facts = {name: frozenset(values) for name, values in DERIVED.items()}
    return {name: min(value, 2**60) if isinstance(value, int) else value for name, value in {**everything, **facts}.items()}


def test_random_conditions_have_the_truth_that_the_reference_evaluator_gives() -> None:
    random = Random(15)
    conditions = {f"c{number}": tree(random) for number in range(60)}
    rows = [small(known(random)) for _ in range(300)]
    expected = [{name: truth(condition, facts) for name, condition in conditions.items()} for facts in rows]
    assert read(conditions, rows) == expected
    assert {value for row in expected for value in row.values()} == {True, False, None}


UNKNOWN_WORD, UNKNOWN_NUMBER = Is("w0", ("a0",)), AtLeast("n0", 6)
YES, NO = AllOf(()), AnyOf(())


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (UNKNOWN_WORD, None),
        (Not(UNKNOWN_WORD), None),
        (UNKNOWN_NUMBER, None),
        (AllOf((UNKNOWN_WORD, YES)), None),
        (AllOf((UNKNOWN_WORD, NO)), False),
        (AnyOf((UNKNOWN_WORD, YES)), True),
        (AnyOf((UNKNOWN_WORD, NO)), None),
        (Is("step", ("recovery", "conservative", "injection", "surgery")), True),
        (Is("step", ("recovery",)), None),
    ],
    ids=str,
)
def test_unknown_stays_unknown(condition: Condition, holds: bool | None) -> None:
    assert read({"it": condition}, [small({})]) == [{"it": holds}]
