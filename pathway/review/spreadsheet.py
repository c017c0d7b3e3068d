"""Writes the review sheet as a spreadsheet, and reads a filled-in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from pathway.errors import Fault, Unusable, suggestion
from pathway.explanation.wording import Wording
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import OFF_LADDER
from pathway.phrases import day, printable, safe_excerpt
from pathway.review.form import COLUMNS, POINTS, QUALIFIED, REVIEWER, VERDICTS, Field, form
from pathway.review.sheet import Row, Sheet
from pathway.tables.sheets.workbooks import DAMAGED, TooLarge, opened_workbook
from pathway.yaml.document import why_unreadable

LARGEST = 2_000_000
"""Bytes of a filled-in sheet; an empty one of everything has about 60,000."""
LARGEST_UNPACKED = 50_000_000
MOST_ROWS = 2_000
WIDTHS = {"says": 44, "when": 44, "because": 44, "sources": 44, "last": 20, "changes": 36, "comment": 44, "kind": 12, "id": 24}
NO_SHEET = "is not a review sheet: it lacks {}; fill in the one that `pathway review` makes"


def xlsx(sheet: Sheet) -> bytes:
    """Return the sheet as an Excel workbook: the form, the points, and the verdicts in the examples."""
    book = Workbook()
    book.remove(book.active)
    _write_form(book.create_sheet(REVIEWER), sheet)
    _write_points(book.create_sheet(POINTS), sheet)
    _write_verdicts(book.create_sheet(VERDICTS), sheet)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_form(page: Any, sheet: Sheet) -> None:
    known = {"of": sheet.of, "edition": sheet.knowledge.frame.edition, "hash": sheet.knowledge.hash}
    _append(
        page, ["Fill in column B here, and the columns for you to fill in under Points. Leave empty what you did not review."]
    )
    fields = form(sheet.knowledge)
    for field in fields:
        _append(page, [field.label, known.get(field.key, "")])
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 40, 60
    yes_or_no = next(number for number, field in enumerate(fields, 2) if field.key == QUALIFIED)
    _yes_or_no(page, f"B{yes_or_no}")


def _write_points(page: Any, sheet: Sheet) -> None:
    _append(page, COLUMNS.values(), bold=True)
    for row in sheet.rows:
        _append(page, _cells(row, sheet.knowledge))
    page.freeze_panes = "B2"
    for number, key in enumerate(COLUMNS, 1):
        page.column_dimensions[get_column_letter(number)].width = WIDTHS.get(key, 14)
    agrees = get_column_letter(list(COLUMNS).index("agrees") + 1)
    _yes_or_no(page, f"{agrees}2:{agrees}{len(sheet.rows) + 1}")
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _cells(row: Row, knowledge: Knowledge) -> list[str]:
    last, states = row.judgement, knowledge.frame.review.states if knowledge.frame.review else {}
    last_review = [states.get(last.state, ""), f"{last.review.role}, {day(last.review.on)}" if last.review else "", last.comment]
    texts = {
        "id": row.id, "kind": row.kind, "says": row.says, "when": "\n".join(row.when), "because": row.because,
        "sources": "\n".join(row.sources), "last": "\n".join(filter(None, last_review)), "changes": "\n".join(row.changes),
        "hash": row.version,
    }  # fmt: skip
    return [texts.get(key, "") for key in COLUMNS]


def _write_verdicts(page: Any, sheet: Sheet) -> None:
    words = Wording(sheet.knowledge)
    options = {name: option.name for name, option in sheet.knowledge.options.items()}
    _append(page, ["Scenario", "Guidance", "Route", "Step", *options.values()], bold=True)
    for results in sheet.results:
        titles = ["" if word == OFF_LADDER else words.title(word) for word in results.by_subject.values()]
        _append(page, [results.title, sheet.knowledge.reading(results.guidance).title, *titles])
    page.freeze_panes = "C2"


def _append(page: Any, texts: Iterable[str], bold: bool = False) -> None:
    """Write a row of texts below the others. Each stays text, whatever it begins with: a formula is run where it is opened."""
    number = page.max_row + 1 if page["A1"].value is not None else 1
    for column, text in enumerate(texts, 1):
        cell = page.cell(number, column, text or None)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if text:
            cell.data_type = "s"
        if bold:
            cell.font = Font(bold=True)


def _yes_or_no(page: Any, cells: str) -> None:
    choice = DataValidation(type="list", formula1='"yes,no"', allow_blank=True)
    page.add_data_validation(choice)
    choice.add(cells)


@dataclass(frozen=True)
class FilledPoint:
    """A row of the points that the reviewer filled in, and its number in the spreadsheet."""

    row: int
    id: str
    hash: str
    agrees: str
    comment: str


@dataclass(frozen=True)
class FilledSheet:
    """What a reviewer filled in. `form` has the texts by key, and the row of each."""

    form: Mapping[str, tuple[int, str]]
    points: tuple[FilledPoint, ...]


def read_xlsx(path: Path, name: str, knowledge: Knowledge) -> FilledSheet:
    """Return what was filled in. Raises Unusable, with the row of each fault, where the file is no sheet of this knowledge."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unusable([Fault(name, None, f"is larger than {LARGEST // 1000} kB; such a file is not read")])
        book = opened_workbook(BytesIO(path.read_bytes()), LARGEST_UNPACKED, data_only=True)
        tables = {title: list(_rows(book[title])) for title in (REVIEWER, POINTS) if title in book.sheetnames}
    except Unusable:
        raise  # it is a ValueError, as some of DAMAGED are
    except TooLarge as error:
        raise Unusable([Fault(name, None, str(error))]) from None
    except OSError as error:
        raise Unusable([Fault(name, None, why_unreadable(error))]) from None
    except DAMAGED:
        raise Unusable([Fault(name, None, "can't be read as a spreadsheet; save the filled-in sheet as .xlsx")]) from None
    if missing := [title for title in (REVIEWER, POINTS) if title not in tables]:
        raise Unusable([Fault(name, None, NO_SHEET.format(" and ".join(missing)))])
    return FilledSheet(_form(tables[REVIEWER], form(knowledge), name), tuple(_points(tables[POINTS], name)))


def _rows(page: Any) -> Iterator[list[str]]:
    for row in page.iter_rows(max_row=MOST_ROWS, max_col=len(COLUMNS), values_only=True):
        yield [_text(value) for value in row]


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    return " ".join(printable(text).split())


def _form(rows: Sequence[Sequence[str]], fields: Sequence[Field], name: str) -> dict[str, tuple[int, str]]:
    values_by_label = {row[0]: (number, row[1] if len(row) > 1 else "") for number, row in enumerate(rows, 1) if row}
    if missing := [field.label for field in fields if field.label not in values_by_label]:
        raise Unusable([Fault(name, None, NO_SHEET.format(f"the line {missing[0]!r} under {REVIEWER}"))])
    return {field.key: values_by_label[field.label] for field in fields}


def _points(rows: Sequence[Sequence[str]], name: str) -> Iterator[FilledPoint]:
    headings = list(rows[0]) if rows else []
    if missing := [words for words in COLUMNS.values() if words not in headings]:
        says = f"the column {missing[0]!r} under {POINTS}"
        raise Unusable([Fault(name, None, f"{NO_SHEET.format(says)} ({suggestion(missing[0], headings, 'that sheet')})")])
    at = {key: headings.index(words) for key, words in COLUMNS.items()}
    for number, row in enumerate(rows[1:], 2):
        texts = {key: row[place] if place < len(row) else "" for key, place in at.items()}
        if texts["agrees"] or texts["comment"]:
            yield FilledPoint(number, safe_excerpt(texts["id"], 200), texts["hash"], texts["agrees"].lower(), texts["comment"])
