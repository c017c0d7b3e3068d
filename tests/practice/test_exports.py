"""Files for a class, each read back by an outside program: an HTML parser, Anki, an XML parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from pathway.cli.main import main
from pathway.practice.anki import anki_deck
from pathway.practice.case_set import CaseSet, as_yaml
from pathway.practice.commitment import Commitment
from pathway.practice.facilitator import QUESTIONS_WITHOUT_TRAP, facilitator_html
from pathway.practice.feedback_words import feedback_blocks, turning_words
from pathway.practice.moodle import moodle_xml
from pathway.practice.paper import handout_html, report_html
from pathway.practice.practice import the_practice
from pathway.practice.report import Report, VisitPlayed
from pathway.practice.scoring import place_words
from pathway.practice.single_file import single_file
from pathway.practice.stage import Stage
from pathway.yaml.document import parse

if TYPE_CHECKING:  # Anki is slow to load, and every process of the tests reads this file
    from anki.collection import Collection

PRACTICE = the_practice()
NASTY = "</script><b>&amp; \"quoted\" 'it' {{x}} {#1} ]]> $$ ~ = \x0b"


URGENT = Commitment(route="urgent", step=None, reason="")


@cache
def made() -> CaseSet:
    """Three cases, of which the last is an emergency, under a title that every format must escape."""
    return PRACTICE.new_set(7, 3).model_copy(update={"title": NASTY})


def stages() -> Iterator[Stage]:
    for case in made().cases:
        yield from PRACTICE.stages(case)


@cache
def html_file() -> str:
    return single_file(made(), PRACTICE)


class Reader(HTMLParser):
    """What a page says outside its script and style, and every address that it names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses = list[str]()
        self.open = list[str]()
        self.texts = list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open = [*self.open, tag] if tag not in ("meta", "br", "input") else self.open
        self.addresses += [str(value) for name, value in attrs if name in ("src", "href", "action", "srcset")]

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open[:-1]

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.texts.append(data.strip())

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.texts).split())


@pytest.mark.parametrize("write", [html_file, lambda: handout_html(made(), PRACTICE)], ids=["the file", "the handout"])
def test_a_page_names_no_address_and_every_text_in_it_is_text(write: Any) -> None:
    reader = Reader(write())
    assert reader.addresses == [] and reader.open == []
    assert " ".join(NASTY.split()) in reader.words


def test_every_export_says_that_it_is_not_advice_and_which_rules_answered() -> None:
    knowledge = PRACTICE.pathway.knowledge
    written = (
        html_file(),
        handout_html(made(), PRACTICE),
        facilitator_html(made(), PRACTICE),
        report_html(Report(case_set=made()), PRACTICE),
        moodle_xml(made(), PRACTICE).decode(),
        anki_deck(made(), PRACTICE, 1_000.0),
    )
    *pages, deck = written
    for page in pages:
        assert any(notice in page for notice in (knowledge.frame.notice, knowledge.frame.in_short)) and knowledge.hash in page
    with ZipFile(BytesIO(deck)) as package:
        assert knowledge.frame.in_short.encode() in package.read("collection.anki2")


def test_ten_cases_make_a_file_of_less_than_a_megabyte() -> None:
    assert len(html_file().encode()) * 10 / 3 < 1_000_000


def test_the_handout_tells_the_answers_only_where_it_is_asked_to() -> None:
    plain, told = (Reader(handout_html(made(), PRACTICE, answers)).words for answers in (False, True))
    assert made().hash in plain and made().objectives[0].says not in plain, "an objective tells the answer"
    for stage in stages():
        assert " ".join(stage.presentation) in plain and stage.reason_text(stage.reasons[0]) in plain
    assert "What decides: " not in plain and "The answer: " not in plain
    places = [place_words(stage.result.route, stage.result.step) for stage in stages()]
    assert all(f"Route and step: {PRACTICE.pathway.knowledge.label(place).title}" in told for place in places)
    assert told.count("What this case teaches") == len(places)


def test_the_printed_report_holds_every_choice_with_its_feedback() -> None:
    stage = next(stages())
    commitment = Commitment(route="urgent", step=None, reason=stage.reasons[0], option_reason=stage.option_reasons[0])
    report = Report(case_set=made()).with_visit("case-1", 1, VisitPlayed(asked=("weakness",), commitment=commitment))
    words = Reader(report_html(report, PRACTICE)).words
    assert "Asked: weakness." in words and "Chosen: Urgent. The answer: " in words
    assert all(line in words for block in feedback_blocks(stage, commitment, ("weakness",)) for line in block.lines)


def test_the_facilitators_sheet_has_an_aim_three_questions_and_where_each_case_turns() -> None:
    reader = Reader(facilitator_html(made(), PRACTICE))
    trap = PRACTICE.teaching.traps[made().cases[0].objective]
    assert trap.aim in reader.words and all(question in reader.words for question in (*trap.ask, *QUESTIONS_WITHOUT_TRAP))
    assert reader.words.count("What would change the result") == len(made().cases)
    assert (
        all(turning_words(case, PRACTICE.pathway.knowledge) in reader.words for case in made().cases) and reader.addresses == []
    )


def imported(collection: Collection, deck: bytes, folder: Path) -> dict[str, list[str]]:
    """The notes of a collection once Anki has imported a deck, each by its case and its question."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    path = folder / "deck.apkg"
    path.write_bytes(deck)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions()))
    notes = [collection.get_note(number).fields for number in collection.find_notes("")]
    return {f"{fields[0]}: {fields[2]}": fields for fields in notes}


def test_anki_imports_the_deck_and_an_edited_set_updates_its_cards(tmp_path: Path) -> None:
    from anki.collection import Collection

    collection = Collection(str(tmp_path / "collection.anki2"))
    first = imported(collection, anki_deck(made(), PRACTICE, 1_000.0), tmp_path)
    assert collection.note_count() == len(first) == 4 * len(list(stages())) == collection.card_count()
    deciding = [stage.judged(URGENT, ()).place.deciding[0] for stage in stages()]
    assert all(escape(PRACTICE.pathway.rule_texts.reasons[rule].because) in str(list(first.values())) for rule in deciding)
    title = made().cases[0].scenario.title
    named = made().model_copy(update={"title": "For Monday"})
    text = as_yaml(named).replace(f'title: "{title}"', 'title: "A baker"', 1)
    opened = PRACTICE.opened(parse(text, "set.yaml")).case_set
    edited = imported(collection, anki_deck(opened, PRACTICE, 2_000.0), tmp_path)
    assert collection.note_count() == len(edited) == len(first)
    assert sum("A baker" in name for name in edited) == 4 * made().cases[0].visits and not any(
        f"Case 1 of 3: {title}" in name for name in edited
    )
    collection.close()


def moodle_questions() -> list[ElementTree.Element]:
    quiz = ElementTree.fromstring(moodle_xml(made(), PRACTICE))
    return quiz.findall("question[@type='multichoice']")


def inner(element: ElementTree.Element, path: str) -> str:
    return element.findtext(f"{path}/text") or ""


def test_moodle_xml_has_feedback_for_each_answer_and_marks_that_add_up() -> None:
    questions = moodle_questions()
    assert len(questions) >= 3 * len(list(stages()))
    for question in questions:
        fractions = [float(answer.get("fraction", "")) for answer in question.findall("answer")]
        assert abs(sum(fraction for fraction in fractions if fraction > 0) - 100) < 0.01
        assert question.findtext("single") == "false" or sorted(fractions)[-2] == 0
        assert all(inner(answer, "feedback") for answer in question.findall("answer"))
    ids = [question.findtext("idnumber") for question in questions]
    assert len(set(ids)) == len(ids)


def test_moodle_xml_escapes_what_the_format_treats_as_control() -> None:
    text = moodle_xml(made(), PRACTICE).decode()
    assert "<b>" not in text and "\x0b" not in text
    category = ElementTree.fromstring(text).findtext("question/category/text") or ""
    assert category == f"$course$/top/{NASTY.replace('/', '//')}".replace("\x0b", " ")
    assert not re.search(
        r"<(?!/?(p|ul|li|strong)>)", " ".join(inner(question, "questiontext") for question in moodle_questions())
    )


def test_the_command_writes_each_kind_of_file(tmp_path: Path) -> None:
    names = {
        "--html": "a.html",
        "--handout": "b.html",
        "--answers": "c.html",
        "--anki": "d.apkg",
        "--moodle": "e.xml",
        "-o": "f.yaml",
    }
    files = [word for name, file in names.items() for word in (name, str(tmp_path / file))]
    done = CliRunner().invoke(main, ["set", "--new", "--cases", "1", "--seed", "7", *files])
    assert (done.exit_code, done.stderr) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == set(names.values())
