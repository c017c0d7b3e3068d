"""The command `table`: sheets in and out, faults in their rows, and what can't be read."""

from __future__ import annotations

import csv
import json
import re
import signal
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

import pathway
from pathway.cli.main import main
from pathway.explanation.pathway import the_pathway
from pathway.tables.expected_row import expected_row
from pathway.tables.names import FAULTS, result_names
from pathway.tables.sheets import readers, run, sample, workbooks
from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, TRIED, anyone, explained, partly

pytestmark = pytest.mark.usefixtures("query_made_once")

HEADERS = ["row id", *KNOWLEDGE.findings, "note"]
COURSE = HEADERS.index("course")


def table(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["table", *map(str, words)])


def person(name: str, answers: dict[str, Any], note: Any = "") -> list[Any]:
    return [name, *(answers.get(finding, "") for finding in KNOWLEDGE.findings), note]


PEOPLE = [
    person("quiet", QUIET, "=1+1"),
    person("tried", {**TRIED, "course": "'Persisting "}, "-5"),
    person("later", OPERATED_ON, "+44 20"),
    person("typo", {**TRIED, "weakness": "sever", "age": "6,5"}, "@here"),
    person("contradicting", {**TRIED, "symptom_weeks": 3}, "a; b"),
    person("nothing", {}, "\ttab"),
]
FAULT = "row 5, column weakness: sever is not an answer for weakness; did you mean severe? | column age: age can't be 6,5; write"
STEPS = ["conservative", "injection", "surgery", None, None, "undetermined"]


def written_csv(path: Path, rows: list[list[Any]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([HEADERS, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def rows_of_csv(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=delimiter))


def test_csv_goes_in_and_out_as_spreadsheets_write_it(tmp_path: Path) -> None:
    source = written_csv(tmp_path / "people.csv", PEOPLE, ";", "utf-8-sig")
    result = table(source)
    written = tmp_path / "people-decided.csv"
    rows = rows_of_csv(written, ";")
    assert result.exit_code == 1
    assert result.stdout == f"{written}: 6 rows, 4 of them decided; 4 compared with explain\n"
    counted = "        1  column weakness: sever is not an answer for"
    assert result.stderr.startswith(f"2 with a fault, which are not decided:\n{counted}")
    assert written.read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(rows[0]) == [*HEADERS, FAULTS, *result_names(KNOWLEDGE)]
    assert [row["step"] or None for row in rows] == STEPS
    assert [row["row id"] for row in rows] == ["quiet", "tried", "later", "typo", "contradicting", "nothing"]
    assert [row["note"] for row in rows] == ["'=1+1", "-5", "'+44 20", "'@here", "a; b", "'\ttab"]
    assert rows[3][FAULTS].startswith(FAULT)
    assert rows[4][FAULTS] == "row 6, There are more weeks of conservative care than of symptoms."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people-decided.csv", "people.csv"]


def test_a_fault_has_the_row_number_of_the_spreadsheet_and_blank_rows_are_left_out(tmp_path: Path) -> None:
    wrong = person("wrong", {**TRIED, "weakness": "sever"}, "two\n\nlines")
    rows: list[list[Any]] = [[], [], person("quiet", QUIET), [""] * len(HEADERS), [], wrong, wrong, []]
    csv_sheet, workbook = written_csv(tmp_path / "people.csv", rows), tmp_path / "people.xlsx"
    sheet(HEADERS, *([cell or None for cell in row] for row in rows))(workbook)
    for source in (csv_sheet, workbook):
        assert table(source, "-o", tmp_path / "out.csv").exit_code == 1
        quiet, *faulty = rows_of_csv(tmp_path / "out.csv")
        assert quiet["step"] == "conservative"
        assert [row[FAULTS].partition(",")[0] for row in faulty] == ["row 7", "row 8"]


def test_excel_keeps_the_types_of_cells_and_runs_nothing(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(HEADERS)
    dated = {**TRIED, "symptom_weeks": date(2026, 3, 6), "course": True}
    for row in (person("quiet", QUIET, "=1+1"), person("dated", dated, date(2026, 1, 2)), person("tried", TRIED, 5)):
        page.append(row)
    book.save(tmp_path / "people.xlsx")
    assert table(tmp_path / "people.xlsx", "-o", tmp_path / "out.xlsx").exit_code == 1
    cells = list(load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows())
    names = [cell.value for cell in cells[0]]
    rows = [dict(zip(names, row, strict=True)) for row in cells[1:]]
    assert [row["note"].value for row in rows][::2] == ["=1+1", 5]
    assert rows[1]["note"].is_date and rows[0]["age"].value == QUIET["age"]
    assert {cell.data_type for row in rows for cell in row.values()} <= {"s", "n", "d", "b"}  # none is "f", a formula
    assert [row["step"].value for row in rows] == ["conservative", None, "injection"]
    assert str(rows[1][FAULTS].value).startswith("row 3, column symptom_weeks: symptom_weeks holds a date or a time, 2026-03-06")


def test_a_workbook_is_closed_once_it_is_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = list[Any]()

    def opened_and_noted(file: Any, *sizes: int, **how: bool) -> Any:
        opened.append(workbooks.opened_workbook(file, *sizes, **how))
        return opened[-1]

    monkeypatch.setattr(readers, "opened_workbook", opened_and_noted)
    sheet(HEADERS, person("quiet", QUIET))(tmp_path / "people.xlsx")
    sheet(["no", "such", "columns"])(tmp_path / "others.xlsx")
    assert [table(tmp_path / name, "-o", tmp_path / "out.csv").exit_code for name in ("people.xlsx", "others.xlsx")] == [0, 2]
    assert opened and all(book._archive.fp is None for book in opened)


def test_parquet_and_json_lines_hold_the_same(tmp_path: Path) -> None:
    answers = [{**person, "weight": 70.5, "row": number} for number, person in enumerate((QUIET, TRIED, OPERATED_ON))]
    pq.write_table(pa.Table.from_pylist(answers), tmp_path / "people.parquet")
    for name in ("out.parquet", "out.jsonl"):
        assert table(tmp_path / "people.parquet", "-o", tmp_path / name).exit_code == 0
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()] == rows
    assert [(row["row"], row["weight"], row["age"], row["step"]) for row in rows] == [
        (0, 70.5, QUIET["age"], "conservative"),
        (1, 70.5, TRIED["age"], "injection"),
        (2, 70.5, OPERATED_ON["age"], "surgery"),
    ]


def test_a_sheet_in_many_pieces_comes_out_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(7)
    people = [partly(anyone(random), random) for _ in range(25)]
    rows = [person(str(number), answers) for number, answers in enumerate(people)]
    source = written_csv(tmp_path / "people.csv", rows)
    whole = run.decide_sheet(source, tmp_path / "whole.csv", the_pathway())
    monkeypatch.setattr(readers, "ROWS", 6)
    monkeypatch.setattr(readers, "BLOCK", 4_000)
    done: list[int] = []
    pieces = run.decide_sheet(source, tmp_path / "pieces.csv", the_pathway(), progress=lambda rows, total: done.append(rows))
    assert (tmp_path / "pieces.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert pieces == whole
    assert done == [6, 12, 18, 24, 25]


def test_a_row_that_differs_from_what_explain_says_is_a_loud_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(result: pathway.Result, knowledge: pathway.Knowledge) -> dict[str, str | None]:
        return {**expected_row(result, knowledge), "step": "surgery"}

    monkeypatch.setattr(sample, "expected_row", wrong)
    source = written_csv(tmp_path / "people.csv", PEOPLE)
    result = table(source)
    assert result.exit_code == 3
    assert " in step, and explain surgery; nothing is written. This" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]


def sheet(headers: list[Any], *rows: list[Any]) -> Callable[[Path], Any]:
    def write(path: Path) -> None:
        book = Workbook()
        page = book.active
        assert page is not None
        for row in (headers, *rows):
            page.append(row)
        book.save(path)

    return write


def content(data: bytes) -> Callable[[Path], Any]:
    return lambda path: path.write_bytes(data)


LINE = ",".join(HEADERS)
UNREADABLE: list[tuple[str, Callable[[Path], Any], str]] = [
    ("a.csv", content(b""), "is empty"),
    ("a.csv", content(f"{LINE}\n".encode()), "has no rows below its headers"),
    ("a.csv", content(f"\ufeff{LINE}".encode()), "has no rows below its headers"),
    ("a.csv", content("\ufeff".encode()), "has no headers in its first line"),
    ("a.csv", content(f"\n{LINE}\n".encode()), "has no headers in its first line"),
    ("a.csv", content(f"{LINE}\n".encode("utf-16")), "is not in UTF-8; in the spreadsheet, save it as CSV UTF-8"),
    ("a.csv", content(f"{LINE}\n{',' * (len(HEADERS) - 1)}caf\xe9\n".encode("latin-1")), "save it as CSV UTF-8; line 2 is not"),
    ("a.csv", content(f"{LINE}\n\n{',' * len(HEADERS)}\n\n".encode()), "Row #3: Expected"),
    ("a.csv", content(f"{LINE}\n\n\n".encode()), "has no rows below its headers"),
    ("a.csv", content(f"{LINE}\nx,y\n".encode()), "can't be read: CSV parse error: Row #2: Expected 42 columns, got 2"),
    ("a.csv", content(f"{LINE},note\n{',' * len(HEADERS)}\n".encode()), "the column note is there 2 times; keep one"),
    ("a.csv", content(f"{LINE.replace('course', 'coarse')}\n,\n".encode()), "the column course is missing; did you mean coarse?"),
    ("a.csv", content(f"{LINE},route\n,\n".encode()), "results have columns of the same name as route"),
    ("a.xlsx", content(b"not a workbook"), "can't be read as a workbook; save it again as .xlsx, without a password"),
    ("a.xlsx", sheet(HEADERS, [""] * (len(HEADERS) + 1) + ["x"]), "row 2 has a cell beyond the last header"),
    ("a.xlsx", sheet([None]), "has no headers in the first row"),
    ("a.parquet", content(b"PAR1"), "can't be read: "),
    ("a.txt", content(b"x"), "can't be read as a sheet; name a file that ends in .csv, .parquet or .xlsx"),
    ("a.csv", lambda path: None, "there is no such file"),
    ("a.csv", lambda path: path.mkdir(), "is a folder; name a file in it"),
]


@pytest.mark.parametrize(("name", "write", "says"), UNREADABLE, ids=[f"{name} {says}" for name, _, says in UNREADABLE])
def test_an_unreadable_sheet_is_reported_and_nothing_is_written(
    name: str, write: Callable[[Path], Any], says: str, tmp_path: Path
) -> None:
    write(tmp_path / name)
    before = sorted(tmp_path.iterdir())
    result = table(tmp_path / name, "-o", tmp_path / "out.csv")
    assert result.exit_code == 2
    assert says in result.stderr
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("out.txt", "can't be written as a sheet; name a file that ends in .csv, .parquet, .jsonl or .xlsx"),
        ("people.csv", "is the sheet that is read; name another one to write"),
    ],
)
def test_a_sheet_is_not_written_where_it_should_not_be(target: str, says: str, tmp_path: Path) -> None:
    source = written_csv(tmp_path / "people.csv", PEOPLE)
    result = table(source, "-o", tmp_path / target)
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [source])
    assert says in result.stderr


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # the command prints into os.devnull from here on, and leaves it open
def test_a_sheet_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    source, target = written_csv(tmp_path / "people.csv", PEOPLE), tmp_path / "no such folder" / "out.csv"
    result = table(source, "-o", target)
    assert result.exit_code == 4
    assert result.stderr == f"pathway: can't write {target}: No such file or directory\n"


@pytest.mark.parametrize(("number", "code"), [pytest.param(signal.SIGINT, 130, marks=pytest.mark.soak), (signal.SIGTERM, 143)])
def test_a_command_that_is_ended_leaves_no_half_written_sheet(
    number: int, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample.Sample, "compare", lambda *_: signal.raise_signal(number))
    source = written_csv(tmp_path / "people.csv", PEOPLE)
    assert table(source).exit_code == code
    assert list(tmp_path.iterdir()) == [source]


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(tmp_path / "new.xlsx", "--template")
    monkeypatch.setattr(workbooks, "LARGEST_PART", 1_000)
    refused = table(tmp_path / "new.xlsx")
    assert refused.exit_code == 2
    assert re.search(r"unpacks to \d+ MB, and at most 0 MB are read; save it as CSV UTF-8", refused.stderr)


def test_without_a_sheet_the_command_says_how_to_get_one() -> None:
    result = table()
    assert result.exit_code == 2
    assert "--template" in result.stderr


def test_a_filled_in_template_is_decided_by_the_guidance_and_the_assumptions_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    assert table(path, "--template").exit_code == 0
    book = load_workbook(path)
    page = book["Scenarios"]
    allowed = {str(v.sqref).rstrip("0123456789").split(":")[0]: v for v in page.data_validations.dataValidation}
    course, age = (list(KNOWLEDGE.findings).index(name) + 1 for name in ("course", "age"))
    assert allowed[page.cell(2, course).coordinate].formula1 == '"improving,persisting,worsening,unknown"'
    assert (allowed[page.cell(2, age).coordinate].type, allowed[page.cell(2, age).coordinate].formula2) == ("whole", "120")
    for place, name in enumerate(KNOWLEDGE.findings, 1):
        page.cell(2, place, TRIED[name])
    book.save(path)
    as_asked = ("--guidance", "nice", "--assume", "conservative-trial-weeks=9")
    assert table(path, "-o", tmp_path / "out.csv", *as_asked).exit_code == 0
    (row,) = rows_of_csv(tmp_path / "out.csv")
    expected = expected_row(explained(TRIED, "nice", conservative_trial_weeks=9), KNOWLEDGE)
    assert {name: row[name] or None for name in expected} == expected


def test_a_template_never_replaces_a_sheet_and_takes_no_other_option(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("age\n40\n", encoding="utf-8")
    done = table(path, "--template")
    assert done.exit_code == 2 and "is there already" in done.stderr
    assert path.read_text(encoding="utf-8") == "age\n40\n"
    assert "does nothing beside --template" in table(tmp_path / "new.csv", "--template", "-o", "other.csv").stderr


def test_a_damaged_workbook_and_no_file_at_all_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    table(path, "--template")
    with ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with ZipFile(path, "w") as cut:
        for name, part in parts.items():
            cut.writestr(name, part[: len(part) // 2] if "sheet1" in name else part)
    done = table(path)
    assert done.exit_code == 2 and "can't be read as a workbook; save it again as .xlsx, without a password" in done.stderr
    assert table(Path(), "--guidance", "page").exit_code == 2


@pytest.mark.parametrize("value", [["low_back"], {"part": 1}, b"\xff"])
def test_a_parquet_column_that_is_neither_text_nor_number_is_refused(tmp_path: Path, value: Any) -> None:
    pq.write_table(pa.table({**{name: ["unknown"] for name in KNOWLEDGE.findings}, "more": [value]}), tmp_path / "in.parquet")
    done = table(tmp_path / "in.parquet")
    assert done.exit_code == 2 and "in the column more" in done.stderr


def test_the_template_explains_every_finding_and_every_answer(tmp_path: Path) -> None:
    table(tmp_path / "new.xlsx", "--template")
    rows = list(load_workbook(tmp_path / "new.xlsx")["Explained"].iter_rows(min_row=6, values_only=True))
    assert [row[0] for row in rows if row[0]] == list(KNOWLEDGE.findings)
    assert len(rows) == sum(len(finding.answers) or 1 for finding in KNOWLEDGE.findings.values())


def test_a_template_as_csv_has_the_headers(tmp_path: Path) -> None:
    assert table(tmp_path / "new.csv", "--template").exit_code == 0
    assert (tmp_path / "new.csv").read_text() == ",".join(KNOWLEDGE.findings) + "\n"
    assert "name a file that ends in .xlsx or .csv" in table(tmp_path / "new.parquet", "--template").stderr
