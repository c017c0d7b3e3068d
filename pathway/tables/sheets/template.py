"""An empty sheet to fill in: a column for each finding, and a page that explains them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from pathway.errors import Fault, Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding
from pathway.phrases import sentence_case
from pathway.scenarios.problems import UNKNOWN
from pathway.whole_file import write_whole

ROWS = 1_000
"""Rows with a list of answers to choose from."""
HOW_TO = (
    "Fill in the first page: one made-up {case} a row, and a column for each question.",
    "An empty cell, or the word unknown, means that the answer is not known. It never means no.",
    "You may add columns of your own, such as a number for each row; they are passed on as they are.",
)


def write_template(path: Path, knowledge: Knowledge) -> None:
    """Write an empty sheet. Raises Unusable where its name says neither Excel nor CSV, or where there is such a file."""
    templates = {".xlsx": excel_template, ".csv": _csv_template}
    if path.suffix.lower() not in templates:
        raise Unusable([Fault(str(path), None, "can't be written as a template; name a file that ends in .xlsx or .csv")])
    if path.exists():
        raise Unusable([Fault(str(path), None, "is there already, and may be filled in; name another sheet, or move it")])
    write_whole(path, templates[path.suffix.lower()](knowledge))


def _csv_template(knowledge: Knowledge) -> bytes:
    return (",".join(knowledge.findings) + "\n").encode()


def excel_template(knowledge: Knowledge) -> bytes:
    """Return an empty workbook: a page to fill in, and a page that explains it."""
    book, content = Workbook(), BytesIO()
    _fill_in(book.active, knowledge)
    _explained(book.create_sheet("Explained"), knowledge)
    book.save(content)
    return content.getvalue()


def _fill_in(page: Any, knowledge: Knowledge) -> None:
    """Make the page to fill in: each column takes only the answers of its finding."""
    page.title = "Scenarios"
    page.append(list(knowledge.findings))
    page.freeze_panes = "A2"
    for number, finding in enumerate(knowledge.findings.values(), 1):
        letter = get_column_letter(number)
        page[f"{letter}1"].font = Font(bold=True)
        page.column_dimensions[letter].width = len(finding.id) + 4
        validation = _validation(finding)
        validation.add(f"{letter}2:{letter}{ROWS + 1}")
        page.add_data_validation(validation)


def _validation(finding: Finding) -> DataValidation:
    if finding.whole is None:
        allowed = ",".join([*finding.answers, UNKNOWN])
        validation = DataValidation(type="list", formula1=f'"{allowed}"', allow_blank=True)
    else:
        validation = DataValidation(
            type="whole", operator="between", formula1="0", formula2=str(finding.whole.most), allow_blank=True
        )
    validation.showErrorMessage = True
    validation.errorTitle, validation.error = finding.id, f"{sentence_case(_allowed(finding))}, or nothing."
    return validation


def _explained(page: Any, knowledge: Knowledge) -> None:
    """Make the page that explains each column."""
    for line in HOW_TO:
        page.append([line.format(case=knowledge.outline.case.one)])
    page.append([])
    page.append(["Column", "Question", "Answer", "Meaning"])
    for cell in page[page.max_row]:
        cell.font = Font(bold=True)
    for finding in knowledge.findings.values():
        for row in _rows(finding):
            page.append(row)
    for letter, width in zip("ABCD", (32, 70, 30, 60), strict=True):
        page.column_dimensions[letter].width = width
    for row in page.iter_rows(min_row=len(HOW_TO) + 1, max_col=4):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _rows(finding: Finding) -> Iterator[list[str]]:
    first = [finding.id, " ".join(filter(None, (finding.question, finding.hint)))]
    if finding.whole is not None:
        yield [*first, _allowed(finding), ""]
    for number, (answer, words) in enumerate(finding.answers.items()):
        yield [*(first if number == 0 else ["", ""]), answer, sentence_case(words)]


def _allowed(finding: Finding) -> str:
    if finding.whole is None:
        return "one of the words of the list"
    return f"a whole number of {finding.whole.unit} from 0 to {finding.whole.most}"
