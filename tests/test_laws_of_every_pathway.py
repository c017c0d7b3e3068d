"""What the program promises of any pathway, asked of each that comes with it: no test here knows a word of one."""

from __future__ import annotations

from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from pathway.explanation.pathway import Pathway
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.vocabulary import READING, ROUTE
from pathway.links.link import codec_of
from pathway.practice.case_set import as_yaml
from pathway.practice.practice import Practice
from pathway.proof.counting.atlas import atlas
from pathway.review.form import form
from pathway.review.record import entry_text
from pathway.review.sheet import sheet_of
from pathway.review.spreadsheet import read_xlsx, xlsx
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.walk import new_walk
from pathway.yaml.document import parse
from tests.pathways import FOLDERS, pathway_named

pytestmark = pytest.mark.parametrize("name", FOLDERS)
CASES = 20
"""Drawn at random, with the same seed in every run."""


@pytest.fixture
def pathway(name: str) -> Pathway:
    return pathway_named(name)


@cache
def drawn(name: str) -> list[dict[str, str | int]]:
    """Made-up cases of a pathway, each with some answers left out; none contradicts itself."""
    random, cases, pathway = Random(16), list[dict[str, str | int]](), pathway_named(name)
    bundled = [scenario.answers for _, scenario in bundled_scenarios(pathway.knowledge) if scenario.answers]
    while len(cases) < CASES:
        answers = dict(random.choice(bundled))
        for finding in random.sample(list(pathway.knowledge.findings.values()), 3):
            most = finding.whole.most if finding.whole else 0
            answers[finding.id] = random.randrange(most + 1) if finding.whole else random.choice(list(finding.answers))
        kept = {finding: answer for finding, answer in answers.items() if random.random() < 0.9}
        if not pathway.explain({"answers": kept}).warnings:
            cases.append(kept)
    return cases


def test_the_engine_and_the_second_evaluator_agree_by_every_reading(name: str, pathway: Pathway) -> None:
    for answers in drawn(name):
        for reading in pathway.knowledge.readings:
            pathway.decider.decide({**answers, **defaults(pathway.knowledge), READING: reading}, compare=True)


def test_one_more_answer_changes_no_decided_verdict_unless_a_red_flag_appears(name: str, pathway: Pathway) -> None:
    for answers in drawn(name):
        before = pathway.explain({"answers": answers})
        for asked in before.ask_next[:1]:
            usual = pathway.knowledge.findings[asked].benign_answer
            after = pathway.explain({"answers": {**answers, asked: usual}})
            decided = {option: entry.verdict for option, entry in before.options.items() if entry.verdict != "undetermined"}
            assert before.route in (after.route, "undetermined")
            assert {option: after.options[option].verdict for option in decided} == decided


def test_a_link_opens_the_same_case(name: str, pathway: Pathway) -> None:
    codec = codec_of(pathway.knowledge)
    for answers in drawn(name):
        for reading in pathway.knowledge.readings:
            state = new_walk(answers, reading, knowledge=pathway.knowledge)
            opened = codec.decode(codec.encode(state))
            assert (opened.state.answers, opened.state.guidance, opened.left_out) == (answers, reading, "")


def test_the_same_seed_draws_the_same_practice_cases_and_the_file_brings_them_back(pathway: Pathway) -> None:
    practice = Practice(pathway)
    made = practice.new_set(5, 2)
    assert made == Practice(pathway).new_set(5, 2)
    opened = practice.opened(parse(as_yaml(made), "set.yaml"))
    assert (opened.case_set.hash, opened.notes, opened.differences) == (made.hash, (), ())


def test_the_atlas_counts_every_case_once(pathway: Pathway) -> None:
    axes = pathway.knowledge.outline.atlas
    counted = [atlas(pathway.knowledge, *pair, of=ROUTE) for pair in ((axes.across, axes.down), (axes.down, axes.across))]
    totals = [sum(cell.total for cell in each.cells) for each in counted]
    assert totals[0] == totals[1] == counted[0].total > 0


def test_a_filled_in_review_sheet_is_recorded_by_the_pathways_own_words(pathway: Pathway, tmp_path: Path) -> None:
    knowledge, file = pathway.knowledge, tmp_path / "sheet.xlsx"
    file.write_bytes(xlsx(sheet_of(next(iter(knowledge.options)), knowledge)))
    book = load_workbook(file)
    filled = {"role": "Lecturer", "clinician": "no", "on": "2026-12-01", "next due": "2027-12-01"}
    for row, field in enumerate(form(knowledge), 2):
        if field.key in filled:
            book["Reviewer"].cell(row, 2, filled[field.key])
    labels = [str(cell.value).lower() for cell in book["Reviewer"]["A"]]
    assert f"{knowledge.outline.reviewer} (yes or no)" in labels
    for row in islice(book["Points"].iter_rows(min_row=2), 3):
        row[[cell.value for cell in book["Points"][1]].index("Agree (yes or no)")].value = "yes"
    book.save(file)
    assert 'clinician: "no"' in entry_text(read_xlsx(file, "sheet.xlsx", knowledge), knowledge, "sheet.xlsx")
