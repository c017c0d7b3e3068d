"""Reviews: the sheet, a filled-in one recorded, and what every notice then says; without any, that nobody has reviewed it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from explorer.pages.explore.evidence import review_line
from explorer.pages.explore.view import view_of
from pathway.cli.inspections import inspect_knowledge
from pathway.cli.main import main
from pathway.cli.rulebook import render_rulebook
from pathway.errors import Fault, Unusable, collect_into
from pathway.explanation.pathway import Pathway
from pathway.knowledge.base import Knowledge
from pathway.knowledge.json_values import from_json_values, to_json_values
from pathway.knowledge.lint import faults_in
from pathway.knowledge.lint.reviews import CHECKS, OF_THE_RECORD
from pathway.knowledge.loader import data_folder, load, loaded
from pathway.knowledge.models import Frame, Review
from pathway.knowledge.reviews import fingerprint, judgements, parts, points, points_of, review_warnings
from pathway.review import spreadsheet
from pathway.review.form import COLUMNS
from pathway.review.form import form as form_of
from pathway.review.record import entry_text
from pathway.review.sheet import sheet_of
from pathway.review.spreadsheet import read_xlsx, xlsx
from pathway.scenarios.walk import State
from pathway.whole_file import write_whole
from pathway.yaml.document import parse
from pathway.yaml.validation import validate_as
from tests.people import KNOWLEDGE, QUIET

pytestmark = pytest.mark.usefixtures("unchanged_files_are_read_once")
ROOT = Path(__file__).parents[1]
TENS = "options/4-pain-management.yaml"
AGREES, COMMENT = (list(COLUMNS).index(name) + 1 for name in ("agrees", "comment"))
FILLED = {"role": "Physiotherapist", "clinician": "yes", "on": "2026-12-01", "next due": "2027-12-01"}
SAID = "No clinician has reviewed it."


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `data/` in the current folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(data_folder(), tmp_path / "data", ignore=shutil.ignore_patterns("schemas")))


@pytest.fixture
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*words: str | Path, code: int = 0) -> Result:
    """What a command says on the copy; it must end with this code."""
    result = CliRunner().invoke(main, [*map(str, words)])
    assert result.exit_code == code, result.output
    return result


def made(data: Path, name: str, *words: str) -> Path:
    """The spreadsheet that the command writes."""
    run("review", name, "--knowledge", data, *words)
    return Path(f"{name}.xlsx")


@cache
def blank(part: str) -> bytes:
    """The spreadsheet of a part of the knowledge as it is, made once.

    But for the one of everything it lacks the verdicts: nobody fills them in, and to read them takes longer than all the rest.
    """
    whole = xlsx(sheet_of(part, KNOWLEDGE))
    if part == "all":
        return whole
    book = load_workbook(BytesIO(whole))
    del book["Verdicts"]
    book.save(rest := BytesIO())
    return rest.getvalue()


def got(part: str = "tens") -> Path:
    """The spreadsheet as a reviewer got it."""
    Path("sheet.xlsx").write_bytes(blank(part))
    return Path("sheet.xlsx")


def filled_in(file: Path, form: dict[str, str] = FILLED, refused: str = "", **cells: Any) -> Path:
    """The sheet as a reviewer fills it in: everything is agreed with but the point `refused`. `cells` are written last."""
    book = load_workbook(file)
    for row, field in enumerate(form_of(KNOWLEDGE), 2):
        if field.filled_in:
            book["Reviewer"].cell(row, 2, form.get(field.key))
    page = book["Points"]
    for row in range(2, page.max_row + 1):
        name = page.cell(row, 1).value
        page.cell(row, AGREES, "no" if name == refused else "Yes")
        page.cell(row, COMMENT, "The source says otherwise." if name == refused else None)
    for cell, value in cells.items():
        page[cell] = value
    book.save(file)
    return file


def recorded(data: Path, part: str = "tens", **filled: Any) -> Knowledge:
    """The knowledge after a review of a part."""
    run("review", "--record", filled_in(got(part), **filled), "--knowledge", data)
    return reloaded(data)


def reloaded(data: Path) -> Knowledge:
    """The knowledge as it is in the folder now: loading would remember what it was."""
    return loaded.__wrapped__(data)


def changed(data: Path, file: str, old: str, new: str) -> None:
    text = (data / file).read_text("utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), "utf-8")


# Without a review.


def test_without_a_review_every_notice_says_so() -> None:
    assert not KNOWLEDGE.reviews
    assert SAID in KNOWLEDGE.frame.notice and "Not reviewed by a clinician." in KNOWLEDGE.frame.in_short
    assert SAID in Pathway(KNOWLEDGE).explain({"answers": QUIET}).notice


def test_the_readme_says_so_exactly_as_long_as_it_is_true() -> None:
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    assert ("no clinician has reviewed it" in readme) == (not any(review.clinician == "yes" for review in KNOWLEDGE.reviews))


def typed() -> Iterator[Path]:
    for folder in ("pathway", "explorer", "data"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".yaml", ".js", ".jinja"))


def test_that_nobody_reviewed_it_is_typed_in_one_file_only() -> None:
    says = re.compile(r"clinicians?\s+(?:has|have)\s+(?:not\s+)?reviewed|reviewed\s+by\s+(?:a\s+)?clinician", re.IGNORECASE)
    assert {path.name for path in typed() if says.search(path.read_text("utf-8"))} == {"frame.yaml"}


# The sheet.


def test_the_sheet_has_every_rule_with_its_condition_reason_and_sources() -> None:
    rows = {row.id: row for row in sheet_of("all", KNOWLEDGE).rows}
    for rule in KNOWLEDGE.rules():
        row = rows[rule.id]
        assert row.when and row.because == " ".join(rule.because.split()) and row.sources
    assert len(rows) == len(points(KNOWLEDGE)) and len({row.version for row in rows.values()}) == len(rows)
    assert {row.judgement.state for row in rows.values()} == {"not_reviewed"}


def test_every_part_has_points() -> None:
    sizes = {part: len(points_of(part, KNOWLEDGE) or ()) for part in parts(KNOWLEDGE)}
    assert min(sizes.values()) > 0 and max(sizes, key=lambda part: sizes[part]) == "all"
    assert sizes["page"] < sizes["all"]


def test_the_sheet_is_written_to_print_and_to_fill_in(data: Path) -> None:
    changed(data, TENS, "    name: TENS", "    name: <b>TENS")
    book = load_workbook(made(data, "tens", "--of", "tens"))
    page = Path("tens.html").read_text("utf-8")
    assert book.sheetnames == ["Reviewer", "Points", "Verdicts"]
    ids = [row[0].value for row in book["Points"].iter_rows(min_row=2)]
    assert ids == list(points_of("tens", load(data)) or ())
    assert all(f"<code>{name}</code>" in page for name in ids)
    assert "Verdicts in the examples: &lt;b&gt;TENS" in page and "<b>TENS" not in page and "<script" not in page
    assert {cell.data_type for row in book["Points"].iter_rows() for cell in row if cell.value} == {"s"}


def test_what_is_new_is_counted_only_where_an_earlier_version_is_named(data: Path) -> None:
    shutil.copytree(data, "earlier")
    changed(data, TENS, "when: {is: {tens_risk: contraindicated}}", "when: {is: {tens_risk: [none, contraindicated]}}")
    number = len(points_of("tens", load(data)) or ())
    assert f"to fill in: {number} points.\n" in run("review", "first", "--of", "tens", "--knowledge", data).stdout
    again = run("review", "again", "--of", "tens", "--since", "earlier", "--knowledge", data).stdout
    assert f"to fill in: {number} points, 1 of them new or changed.\n" in again


def test_a_sheet_that_may_be_filled_in_is_not_overwritten(data: Path) -> None:
    file = got()
    assert "is there already" in run("review", "sheet", "--of", "tens", "--knowledge", data, code=2).stderr
    assert file.read_bytes() == blank("tens")


def test_an_unknown_part_is_reported_with_the_nearest(data: Path) -> None:
    assert "there is no part tans; did you mean tens?" in run("review", "--of", "tans", "--knowledge", data, code=2).stderr


# A review of everything, and a change after it.


def test_a_sheet_that_cannot_be_written_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotADirectoryError) as caught:
        write_whole(tmp_path / "file" / "sheet.html", b"")
    assert caught.value.filename == str(tmp_path / "file" / "sheet.html")


def test_a_recorded_review_is_shown_until_what_was_reviewed_changes(data: Path) -> None:
    before = (data / "reviews.yaml").read_text("utf-8")
    reviewed = recorded(data, "all")
    number = len(points(reviewed))
    assert (data / "reviews.yaml").read_text("utf-8").startswith(before.replace("[]\n", ""))
    assert reviewed.hash == load(data).hash  # a review changes nothing that it is about
    assert f"Clinicians have agreed with each of its {number} points, the last on 1 December 2026." in reviewed.frame.notice
    assert "Reviewed by clinicians." in reviewed.frame.in_short and SAID not in reviewed.frame.notice
    assert "Reviewed and agreed (Physiotherapist, 1 December 2026)." in render_rulebook(reviewed)
    assert list(review_warnings(reviewed, date(2026, 12, 2))) == []

    changed(data, TENS, "when: {is: {tens_risk: contraindicated}}", "when: {is: {tens_risk: [caution, contraindicated]}}")
    after = reloaded(data)
    assert [name for name, judgement in judgements(after).items() if judgement.state == "changed"] == ["tens-recorded-risk"]
    assert f"agreed with {number - 1} of its {number} points" in after.frame.notice
    assert "Changed since their review: 1." in after.frame.notice
    assert "Changed since its review (Physiotherapist, 1 December 2026)." in " ".join(render_rulebook(after).split())
    (warning,) = review_warnings(after, date(2026, 12, 2))
    assert warning.file == "data/reviews.yaml" and warning.line == before.count("\n")
    assert warning.says.startswith("changed since this review of 1 December 2026: tens-recorded-risk;")


def test_a_second_sheet_begins_with_what_changed_and_the_cases_concerned(data: Path) -> None:
    recorded(data)
    shutil.copytree(data, "earlier")
    changed(data, TENS, "when: {is: {tens_risk: contraindicated}}", "when: {is: {tens_risk: [none, contraindicated]}}")
    now = Path(shutil.copytree(data, "now"))
    book = load_workbook(made(now, "again", "--of", "tens", "--since", "earlier"))
    first, second = [[cell.value for cell in row] for row in book["Points"].iter_rows(min_row=2, max_row=3)]
    column = list(COLUMNS).index("changes")
    assert first[0] == "tens-recorded-risk" and second[column] is None
    assert "Guidance: Page. TENS was applies, now contraindicated for: " in first[column]
    assert "A driver whose leg pain persists" in first[column] and "postwoman" not in first[column]
    assert "tens (guidance: page): applies becomes contraindicated in" in Path("again.html").read_text("utf-8")


def stale(old: Knowledge, new: Knowledge) -> set[str]:
    """The points that are read otherwise than before."""
    before = points(old)
    return {name for name, entry in points(new).items() if fingerprint(entry, new) != fingerprint(before[name], old)}


def test_a_changed_word_of_a_question_unsettles_what_reads_it(data: Path) -> None:
    changed(data, "findings.yaml", KNOWLEDGE.findings["tens_risk"].question, "Is TENS a danger?")
    unsettled = stale(KNOWLEDGE, load(data))
    assert "tens-recorded-risk" in unsettled and "option/nsaids" not in unsettled and len(unsettled) < 10


def test_a_definition_that_changes_unsettles_what_reads_it(data: Path) -> None:
    changed(data, "definitions.yaml", "- not: {is: {numbness: absent}}", "- is: {numbness: present}")
    assert stale(KNOWLEDGE, load(data))


def test_what_a_reviewer_does_not_agree_with_is_reported(data: Path) -> None:
    refused = recorded(data, refused="tens-recorded-risk")
    assert "Not agreed with: 1." in refused.frame.notice
    number = len(points_of("tens", refused) or ()) - 1
    assert f"Clinicians agreed with {number} of {len(points(refused))} points." in refused.frame.in_short
    assert judgements(refused)["tens-recorded-risk"].comment == "The source says otherwise."


def test_the_review_of_someone_else_than_a_clinician_does_not_change_the_notice(data: Path) -> None:
    taught = recorded(data, form={**FILLED, "role": "Lecturer", "clinician": "no"})
    assert SAID in taught.frame.notice
    assert judgements(taught)["tens-recorded-risk"].state == "agreed"


def test_a_review_that_is_overdue_is_warned_of_by_the_day_given(data: Path) -> None:
    reviewed = recorded(data)
    assert list(review_warnings(reviewed, date(2027, 12, 1))) == []
    (warning,) = review_warnings(reviewed, date(2027, 12, 2))
    assert "the next review was due on 1 December 2027" in warning.says


def test_a_later_review_replaces_an_earlier_one_point_by_point(data: Path) -> None:
    recorded(data)
    again = recorded(data, form={**FILLED, "on": "2027-12-01", "next due": "2028-12-01"})
    assert len(again.reviews) == 2 and list(review_warnings(again, date(2028, 1, 1))) == []


def test_check_warns_and_still_passes(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewed = recorded(data)
    monkeypatch.setattr("pathway.cli.check.inspect", lambda folder, limit, today: (inspect_knowledge(reviewed, today),))
    overdue = run("check", data, "--today", "2028-01-01").stdout
    assert re.search(
        rf"(?m)^Warning: {re.escape(str(data))}/reviews\.yaml:\d+: the next review was due on 1 December 2027;", overdue
    )
    assert "no fault found" in overdue
    assert "Warning" not in run("check", data, "--today", "2026-12-02").stdout
    assert "is not a day; write it as 2026-12-31" in run("check", data, "--today", "tomorrow", code=2).stderr


# What can't be recorded.

TELLS: dict[str, tuple[dict[str, Any], str]] = {
    "nothing is filled in": ({f"{'I'}{row}": None for row in range(2, 13)}, "Points: nothing is filled in"),
    "a word that is neither": ({"I3": "perhaps"}, "Points:3: "),
    "a comment without a verdict": ({"I4": None, "J4": "Hm."}, "Points:4: "),
    "a refusal without a reason": ({"I5": "no"}, "Points:5: "),
    "a point that there is not": (
        {"A6": "tens-recorded-risks"},
        "there is no point tens-recorded-risks; did you mean tens-recorded-risk?",
    ),
    "a version that is none": ({"K2": "latest"}, "hash must be 12 digits and letters from a to f"),
}


def refusal(file: Path) -> str:
    """Why a filled-in sheet can't be recorded."""
    with pytest.raises(Unusable) as refused:
        entry_text(read_xlsx(file, str(file), KNOWLEDGE), KNOWLEDGE, str(file))
    return str(refused.value)


@pytest.mark.parametrize("what", TELLS)
def test_a_sheet_filled_in_wrongly_is_reported_with_its_row(what: str, in_a_folder: None) -> None:
    cells, says = TELLS[what]
    assert says in refusal(filled_in(got(), **cells))


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({**FILLED, "role": ""}, "Reviewer:5: Your role is empty; fill it in"),
        ({**FILLED, "clinician": "perhaps"}, "Reviewer:6: write yes or no"),
        ({**FILLED, "on": "yesterday"}, "on must be a day, written as 2026-12-31, not yesterday"),
        ({**FILLED, "next due": "2026-12-01"}, "the next review is due on 2026-12-01, which is not after this one"),
    ],
    ids=["no role", "no clinician nor none", "no day", "due at once"],
)
def test_a_form_filled_in_wrongly_is_reported(form: dict[str, str], says: str, in_a_folder: None) -> None:
    assert says in refusal(filled_in(got(), form))


def test_a_refused_sheet_leaves_the_record_as_it_was(data: Path) -> None:
    before = (data / "reviews.yaml").read_bytes()
    assert "sheet.xlsx, Points:3: " in run("review", "--record", filled_in(got(), I3="?"), "--knowledge", data, code=2).stderr
    assert (data / "reviews.yaml").read_bytes() == before


def test_a_day_that_the_program_of_the_reviewer_wrote_as_a_date_is_one(data: Path) -> None:
    dated: Any = {**FILLED, "on": date(2026, 12, 1)}
    assert recorded(data, form=dated).reviews[0].on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no such file"),
        (b"", "can't be read as a spreadsheet"),
        (b"PK\x03\x04 not really", "can't be read as a spreadsheet"),
        (b"x" * 2_000_001, "is larger than 2000 kB"),
    ],
    ids=["no file", "empty", "damaged", "too large"],
)
def test_a_file_that_is_no_sheet_is_refused(content: bytes | None, says: str, in_a_folder: None) -> None:
    if content is not None:
        Path("sheet.xlsx").write_bytes(content)
    assert says in refusal(Path("sheet.xlsx"))


def test_a_workbook_with_a_cut_part_and_one_that_unpacks_to_too_much_are_refused(
    in_a_folder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ZipFile(got()) as whole, ZipFile("cut.xlsx", "w") as cut:
        for name in whole.namelist():
            cut.writestr(name, whole.read(name)[:99] if "sheet" in name else whole.read(name))
    assert "can't be read as a spreadsheet" in refusal(Path("cut.xlsx"))
    monkeypatch.setattr(spreadsheet, "LARGEST_UNPACKED", 1_000)
    assert "unpacks to" in refusal(got())


def test_a_workbook_of_something_else_is_refused(in_a_folder: None) -> None:
    book = load_workbook(got())
    del book["Points"]
    book.save("sheet.xlsx")
    assert "it lacks Points" in refusal(Path("sheet.xlsx"))


# Mistakes in the record.

REVIEW = """- of: tens
  role: Physiotherapist
  clinician: "yes"
  on: 2026-12-01
  next due: 2027-12-01
  edition: "2026-11"
  hash: "66aeb6e8d34b"
  points:
    - {id: tens-recorded-risk, hash: "66aeb6e8d34b", agrees: "yes"}
"""
MISTAKES = {
    "of what there is not": ("of: tens", "of: tans", 1, "of: tans can't be reviewed; did you mean tens?"),
    "a point that there is not": ("tens-recorded-risk", "tens-recorded-risks", 1, "there is no point tens-recorded-risks;"),
    "no day": ("on: 2026-12-01", "on: 2026-13-01", 4, "on must be a day, written as 2026-12-31, not 2026-13-01"),
    "due before": ("next due: 2027", "next due: 2025", 1, "the next review is due on 2025-12-01, which is not after this one"),
    "no reason": ('agrees: "yes"', 'agrees: "no"', 1, "tens-recorded-risk is not agreed with, so it needs a comment"),
    "no clinician nor none": ('clinician: "yes"', "clinician: maybe", 3, "clinician can't be maybe; write yes or no"),
    "an unknown key": ("role:", "roll:", 2, "there is no key roll here; did you mean role?"),
    "a hash that is none": ('hash: "66aeb6e8d34b"\n', "hash: latest\n", 7, "hash must be 12 digits and letters from a to f"),
}  # fmt: skip


def faults_of(text: str) -> tuple[Fault, ...]:
    """The faults of a record with this text."""
    with collect_into(faults := list[Fault]()):
        reviews = validate_as(parse(text, "data/reviews.yaml"), tuple[Review, ...])
        faults += faults_in(KNOWLEDGE.model_copy(update={"reviews": reviews}), OF_THE_RECORD)
    return tuple(faults)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_record_is_reported_with_its_file_and_line(mistake: str) -> None:
    old, new, line, says = MISTAKES[mistake]
    assert old in REVIEW and faults_of(REVIEW) == ()
    faults = faults_of(REVIEW.replace(old, new, 1))
    assert any((fault.file, fault.line) == ("data/reviews.yaml", line) and says in fault.says for fault in faults)


def test_a_mistake_in_the_record_is_found_on_loading(data: Path) -> None:
    (data / "reviews.yaml").write_text(REVIEW.replace("of: tens", "of: tans"), "utf-8")
    with pytest.raises(Unusable, match=r"data/reviews\.yaml:1: of: tans can't be reviewed"):
        load(data)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{review} Nothing is stored.", "Nothing is stored.", "in_short needs {review} once"),
        ("{agreed} of its", "{agred} of its", "review: {agred} is not counted; did you mean agreed?"),
        ("none: Not reviewed", "none: Not {points} reviewed", "without a review there is nothing to count"),
        ("    refused: Reviewed and not agreed\n", "", "states needs words for refused"),
    ],
    ids=["a notice without it", "an unknown number", "a number of nothing", "no words for a state"],
)
def test_words_about_reviews_that_can_not_be_filled_in_are_reported(old: str, new: str, says: str) -> None:
    text = (data_folder() / "frame.yaml").read_text("utf-8")
    assert old in text
    frame = validate_as(parse(text.replace(old, new, 1), "data/frame.yaml"), Frame)
    faults = faults_in(KNOWLEDGE.model_copy(update={"frame": frame}), CHECKS)
    assert any(fault.file == "data/frame.yaml" and says in fault.says for fault in faults)


def test_a_review_comes_back_from_the_cache_as_it_was() -> None:
    reviews = validate_as(parse(REVIEW, "data/reviews.yaml"), tuple[Review, ...])
    assert from_json_values(to_json_values(reviews)) == reviews


def test_an_explanation_says_which_of_its_rules_still_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    reviews = validate_as(parse(REVIEW, "data/reviews.yaml"), tuple[Review, ...])
    reviewed = KNOWLEDGE.model_copy(update={"reviews": reviews})
    monkeypatch.setattr("explorer.pages.explore.evidence.the_pathway", lambda: Pathway(reviewed))
    view = replace(view_of(State()), knowledge=reviewed)
    assert "Changed since its review (Physiotherapist, 1 December 2026)." in str(review_line(view, "tens-recorded-risk"))
    assert "Not reviewed." in str(review_line(view, "tens-on-the-page"))
    assert review_line(view_of(State()), "tens-recorded-risk") is None
