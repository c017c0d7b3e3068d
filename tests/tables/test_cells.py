"""Reading a cell of a sheet. Spreadsheets change typed text: if that could change an answer, it is a fault."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from pathway.tables.sheets.cells import Cell, read_cell
from tests.people import KNOWLEDGE

READ: list[tuple[str, Any, str | int | None]] = [
    ("course", "improving", "improving"),
    ("course", "  Improving \u00a0", "improving"),
    ("course", "'improving", "improving"),
    ("course", "\ufeffimproving", "improving"),
    ("conservative_care", "Not helped", "not_helped"),
    ("conservative_care", "not-helped", "not_helped"),
    ("nerve_pain", "on one side", "one_side"),
    ("course", "", None),
    ("course", "   ", None),
    ("course", "Unknown", None),
    ("course", None, None),
    ("age", "40", 40),
    ("age", "\uff14\uff10", 40),
    ("age", " 40 ", 40),
    ("age", "'40", 40),
    ("age", 40, 40),
    ("age", 40.0, 40),
    ("age", "40.0", 40),
    ("age", "40,00", 40),
    ("age", float("nan"), None),
    ("age", "unknown", None),
]


@pytest.mark.parametrize(("finding", "value", "answer"), READ, ids=[f"{finding} {value!r}" for finding, value, _ in READ])
def test_a_sound_cell_is_read(finding: str, value: Any, answer: str | int | None) -> None:
    assert read_cell(value, KNOWLEDGE.findings[finding]) == Cell(answer)


DATE = "age holds a date or a time, {}; spreadsheets make dates of what looks like one; write a whole number of years from"
AGE = "age can't be {}; write a whole number of years from 0 to 120, or unknown"
COURSE = "course is answered with a word, not "
COURSES = "; write improving, persisting, worsening or unknown"
FAULTS: list[tuple[str, Any, str]] = [
    ("weakness", "sever", "sever is not an answer for weakness; did you mean severe?"),
    ("course", "up and down", "up and down is not an answer for course; write improving, persisting, worsening or unknown"),
    ("course", True, f"{COURSE}true{COURSES}"),
    ("course", "TRUE", f"{COURSE}true{COURSES}"),
    ("course", 6, f"{COURSE}6{COURSES}"),
    ("age", False, AGE.format("false")),
    ("age", "-1", AGE.format("-1")),
    ("age", 6.5, AGE.format("6.5")),
    ("age", "6,5", AGE.format("6,5")),
    ("age", "6.5", AGE.format("6.5")),
    ("age", float("inf"), AGE.format("inf")),
    ("age", "121", AGE.format("121")),
    ("age", "forty", AGE.format("forty")),
    ("age", "4\u00b2", AGE.format("4\u00b2")),
    ("age", "1\u2080", AGE.format("1\u2080")),
    ("age", "\u2463", AGE.format("\u2463")),
    ("age", "9" * 16, AGE.format("9" * 16)),
    ("age", "9" * 60, AGE.format("9" * 37 + "...")),
    ("age", "1" + ",000" * 20, "age can't be 1" + ",000" * 9 + "..., a fraction to some and thousands to others"),
    ("age", "1,000", "age can't be 1,000, a fraction to some and thousands to others; write it in digits only"),
    ("age", "1.000", "age can't be 1.000, a fraction to some and thousands to others; write it in digits only"),
    ("age", "=B2+1", "age holds a formula; paste its value instead"),
    ("age", "#N/A", "age holds #N/A, an error of the spreadsheet; write an answer, or leave it empty"),
    ("age", date(2026, 3, 6), DATE.format("2026-03-06")),
    ("age", "06/03/2026", DATE.format("06/03/2026")),
    ("course", datetime(2026, 3, 6), "course holds a date or a time, 2026-03-06 00:00:00; spreadsheets make dates of what looks"),
]


@pytest.mark.parametrize(("finding", "value", "says"), FAULTS, ids=[f"{finding} {value!r}" for finding, value, _ in FAULTS])
def test_any_other_cell_is_a_fault_that_says_what_to_write(finding: str, value: Any, says: str) -> None:
    cell = read_cell(value, KNOWLEDGE.findings[finding])
    assert cell.answer is None
    assert cell.fault is not None and cell.fault.startswith(says)
