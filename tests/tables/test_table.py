"""`pathway.table`: a data frame or an ibis table in, an ibis table with the columns of a result out, and nothing read before."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import ibis
import pandas as pd
import pytest

import pathway
from pathway.tables.expected_row import expected_row
from pathway.tables.names import FAULTS, result_names
from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, TRIED, explained

pytestmark = pytest.mark.usefixtures("query_made_once")


def frame(*people: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([{name: person.get(name) for name in (*KNOWLEDGE.findings, *person)} for person in people])


def rows(table: Any) -> list[dict[str, Any]]:
    return list(table.to_pyarrow().to_pylist())


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"weakness": "sever"}, "weakness: sever is not an answer; write none, mild, severe, worsening or unknown"),
    ({"symptom_weeks": -1}, "symptom_weeks: -1.0 is not a whole number of weeks from 0 to 2600"),
    ({"symptom_weeks": 6.5}, "symptom_weeks: 6.5 is not a whole number of weeks from 0 to 2600"),
    ({"age": 121}, "age: 121.0 is not a whole number of years from 0 to 120"),
    ({"symptom_weeks": 3, "conservative_weeks": 8}, "There are more weeks of conservative care than of symptoms."),
]


def test_sound_rows_are_decided_as_asked_and_the_others_say_what_is_wrong_with_them() -> None:
    faulty = [{**TRIED, "name": f"wrong {number}", **change} for number, (change, _) in enumerate(WRONG)]
    people = {"quiet": QUIET, "tried": TRIED, "later": OPERATED_ON, "nothing": {}}
    sound = [{**answers, "name": name} for name, answers in people.items()]
    unknown = {"name": "unknown", "course": "unknown", "age": float("nan"), "weakness": ""}
    plain_names = {"saddle_numbness": "Saddle  numbness", "nsaid_risk": "nsaid risk"}
    source = frame(*faulty, *sound, unknown).rename(columns=plain_names)
    by_name = {row["name"]: row for row in rows(pathway.table(source, "nice", {"conservative-trial-weeks": 9}))}
    assert [by_name[f"wrong {number}"][FAULTS] for number in range(len(WRONG))] == [says for _, says in WRONG]
    assert {by_name[f"wrong {number}"][name] for number in range(len(WRONG)) for name in result_names(KNOWLEDGE)} == {None}
    for name, answers in {**people, "unknown": {}}.items():
        expected = expected_row(explained(answers, "nice", conservative_trial_weeks=9), KNOWLEDGE)
        assert {column: by_name[name][column] for column in expected} == expected
        assert by_name[name][FAULTS] is None


def test_nothing_is_read_before_someone_asks() -> None:
    unbound = ibis.table({f.id: "int64" if f.whole else "string" for f in KNOWLEDGE.findings.values()}, name="not there")
    assert pathway.table(unbound).columns == (*KNOWLEDGE.findings, FAULTS, *result_names(KNOWLEDGE))


UNUSABLE = [
    (frame(TRIED).drop(columns=["course"]), "the table: the column course is missing; an empty one means that nothing is known"),
    (frame({**TRIED, "cours": "x"}).drop(columns=["course"]), "the column course is missing; did you mean cours? Name it course"),
    (frame({**TRIED, "saddle numbness": "x"}), "the columns saddle_numbness and saddle numbness both hold saddle_numbness"),
    (frame({**TRIED, "step": "x"}), "results have columns of the same name as step; leave these columns out, or rename them"),
    (frame({**TRIED, "age": "forty"}), "the column age holds numbers (years), and here it is of type string; cast it"),
    (frame({**TRIED, "course": 5}), "the column course holds words, and here it is of type int64; cast it"),
    (
        frame(TRIED)[["age"]],
        "39 of the 40 columns are missing; `pathway table new.csv --template` writes a sheet with",
    ),
]


@pytest.mark.parametrize(("source", "says"), UNUSABLE, ids=[says for _, says in UNUSABLE])
def test_faults_of_the_columns_are_reported(source: pd.DataFrame, says: str) -> None:
    with pytest.raises(pathway.Unusable) as raised:
        pathway.table(source)
    assert says in str(raised.value)


def test_an_unknown_reading_and_an_assumption_out_of_range_are_reported_together() -> None:
    with pytest.raises(pathway.Unusable) as raised:
        pathway.table(frame(TRIED), "nise", {"surgery-weeks": 2})
    assert [fault.says for fault in raised.value.faults] == [
        "there is no reading nise; did you mean nice?",
        "surgery-weeks can't be 2; write a whole number of weeks from 6 to 26",
    ]


def test_neither_importing_nor_explaining_loads_what_tables_need() -> None:
    code = (
        "import sys, pathway; pathway.explain({'answers': {}}); "
        "print({'ibis', 'duckdb', 'openpyxl', 'pyarrow', 'pandas'} & sys.modules.keys())"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
