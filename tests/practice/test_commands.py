"""The commands `set` and `practice`: a set is made, kept, opened and worked through; a report is kept at every step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pathway.cli.main import main
from pathway.knowledge.template import TEMPLATE
from pathway.practice.case_set import as_yaml
from pathway.practice.commitment import Commitment
from pathway.practice.paper import report_html
from pathway.practice.practice import the_practice
from pathway.practice.report import KIND, Report, VisitPlayed, as_json, opened_report, tally
from pathway.yaml.document import parse, read
from tests.practice.plays import wrong_place

PRACTICE = the_practice()


def run(*words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, words, input=stdin)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a set of two cases about the neck: on the ladder, and with no to every safety question."""
    path = tmp_path_factory.mktemp("sets") / "two.yaml"
    assert run("set", "--new", "--cases", "2", "--about", "the-neck", "-o", str(path)).exit_code == 0
    return path


def test_the_files_that_were_written_are_named(two: Path, tmp_path: Path) -> None:
    paper, moodle = tmp_path / "paper.html", tmp_path / "moodle.xml"
    assert run("set", str(two), "--handout", str(paper), "--moodle", str(moodle)).stdout == f"Wrote {paper} and {moodle}.\n"


def test_a_set_is_printed_or_written_with_the_same_bytes(two: Path) -> None:
    printed = run("set", "--new", "--cases", "2", "--about", "the-neck")
    assert printed.stdout == two.read_text(encoding="utf-8")
    assert run("set", str(two)).stdout == printed.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("set",), "Write --new to make a set, or name the FILE of one."),
        (("set", "--new", "x.yaml"), "--new makes a set, and FILE is one; write one or the other."),
        (("set", "x.yaml", "--seed", "3"), "go with --new"),
        (("set", "x.yaml", "--case", "driver-eight-weeks"), "go with --new"),
        (("set", "--new", "--seed", "3", "--case", "driver-eight-weeks"), "Write one or the other."),
        (("set", "--new", "--case", "driver-eigth-weeks"), "did you mean driver-eight-weeks?"),
        (("set", "--new", "--case", "nobody"), "see the 33 names in data/scenarios/ and data/cases_over_time.yaml"),
        (("set", "--new", "--cases", "0"), "write a number from 1 to 100"),
        (("set", "--new", "--about", "the-nek"), "did you mean the-neck?"),
        (("set", "no-such.yaml"), "there is no such file"),
        (("practice", "no-such.yaml"), "there is no such file; `pathway set --new -o SET.yaml` makes a set"),
        (("set", "--new", "--cases", "1", "-o", "no/such/folder/x.yaml"), "can't be written"),
    ],
)
def test_an_unusable_argument_is_reported_and_nothing_is_written(words: tuple[str, ...], says: str) -> None:
    done = run(*words)
    assert done.exit_code == 2 and says in done.stderr and done.stdout == ""


def test_a_set_is_made_of_bundled_cases_and_its_file_does_not_tell_their_names(tmp_path: Path) -> None:
    name = PRACTICE.teaching.over_time[0].id
    done = run("set", "--new", "--case", name, "--case", "driver-eight-weeks")
    assert (
        done.exit_code == 0 and done.stdout.count("- id: ") == 2 and name not in done.stdout and "driver-eight" not in done.stdout
    )


def test_either_all_files_are_written_or_none(two: Path, tmp_path: Path) -> None:
    done = run("set", str(two), "--handout", str(tmp_path / "a.html"), "--moodle", str(tmp_path / "no" / "b.xml"))
    assert done.exit_code == 2 and "can't be written" in done.stderr and list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_kept_unless_it_may_be_replaced(two: Path, tmp_path: Path) -> None:
    there, fresh = tmp_path / "there.html", tmp_path / "fresh.html"
    there.write_text("mine", encoding="utf-8")
    words = ("set", str(two), "--handout", str(there), "--answers", str(fresh))
    refused = run(*words)
    assert refused.exit_code == 2 and "is there already; name another file, or write --replace too" in refused.stderr
    assert there.read_text(encoding="utf-8") == "mine" and not fresh.exists()
    assert run(*words, "--replace").exit_code == 0 and fresh.exists() and there.read_text(encoding="utf-8") != "mine"
    assert "is named twice" in run("set", str(two), "--handout", str(fresh), "--answers", str(fresh), "--replace").stderr
    assert "is a folder" in run("set", str(two), "--handout", str(tmp_path), "--replace").stderr


@pytest.mark.parametrize("report", [True, False], ids=["kept in a report", "kept nowhere"])
def test_leaving_in_the_middle_loses_no_question_that_was_kept(report: bool, two: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mine.json"
    left = run("practice", str(two), *(("--report", str(kept)) if report else ()), stdin="1 2\n")
    assert left.exit_code == 130 and "Left before the end." in left.stderr and "Report on" in left.stdout
    assert kept.exists() is report
    if report:
        assert len(opened_report(read(kept), PRACTICE)[0].visit("case-1", 1).asked) == 2


def test_an_older_set_says_to_its_maker_what_changed_and_to_a_learner_only_in_which_cases(two: Path, tmp_path: Path) -> None:
    case_set = PRACTICE.opened(read(two)).case_set
    then = case_set.cases[1].answered[0].model_copy(update={"route": "urgent", "step": None})
    cases = (case_set.cases[0], case_set.cases[1].model_copy(update={"answered": (then,)}))
    older = tmp_path / "older.yaml"
    older.write_text(as_yaml(case_set.model_copy(update={"cases": cases, "knowledge": "0123456789ab"})), encoding="utf-8")
    file = tmp_path / "practice.html"
    made = run("set", str(older), "--html", str(file))
    assert made.exit_code == 0 and "case-2: urgent became " in made.stderr and "Answered differently now: case 2." in made.stderr
    assert "Answered differently now: case 2." in file.read_text(encoding="utf-8")
    assert "became" not in run("practice", str(older), stdin="").stderr


def test_where_no_option_has_many_rules_the_one_with_most_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathway.practice.case.RULES_TO_ASK_WHY", 99)
    made = run("--data", str(TEMPLATE), "set", "--new", "--cases", "3")
    assert made.exit_code == 0 and "case-3" in made.stdout


def played(two: Path, *more: str) -> Result:
    """The first case of two, with every safety question asked and a wrong step; then the input ends."""
    (stage,) = PRACTICE.stages(PRACTICE.opened(read(two)).case_set.cases[0])
    return run("practice", str(two), *more, stdin=f"1, 2 99\n1 2 3\n\nx\n{wrong_place(stage) + 1}\n1\n1\n1\n")


def test_practice_in_the_terminal_reveals_asks_and_judges(two: Path) -> None:
    done = played(two)
    assert "Write numbers from 1 to" in done.stdout and "Write one number from 1 to 7." in done.stdout
    before, after = done.stdout.split("What decides that for Epidural steroid injection?")
    assert ": Absent" in before and "Chosen" not in before
    assert "Route and step: wrong" in after and "The answer: " in after


def test_a_report_is_kept_at_every_step_and_goes_on_where_it_ends(two: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mine.json"
    played(two, "--report", str(kept))
    report, notes = opened_report(read(kept), PRACTICE)
    assert notes == () and len(report.visit("case-1", 1).asked) == 3
    second = run("practice", str(two), "--report", str(kept), stdin="\n1\n1\n\n1\n")
    assert second.exit_code == 0 and "Case 1 of 2" not in second.stdout and "Case 2 of 2" in second.stdout
    output = " ".join(second.stdout.split())
    assert "Report on The neck, seed 1" in output and "contraindicated option: 0 of 2" in output
    third = run("practice", str(two), "--report", str(kept))
    assert third.exit_code == 0 and "Case" not in third.stdout


def test_a_report_on_another_set_is_not_overwritten(two: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(as_json(Report(case_set=PRACTICE.new_set(1, 1, "the-neck")), PRACTICE), encoding="utf-8")
    before = other.read_bytes()
    done = run("practice", str(two), "--report", str(other))
    assert done.exit_code == 2 and "is a report on another set" in done.stderr and other.read_bytes() == before


def test_edited_words_of_a_report_are_ignored(two: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mine.json"
    played(two, "--report", str(kept))
    content = json.loads(kept.read_text(encoding="utf-8"))
    content["feedback"] = "All was right."
    report, _ = opened_report(parse(json.dumps(content), "mine.json"), PRACTICE)
    assert tally(report, PRACTICE).cells["wrong"] >= 1


BAD_REPORTS = {
    "a set": ("{title: T, cases: []}", "is not a report on practice"),
    "a picture": ("\x89PNG", "mine.json"),
    "a foreign case": ("case-9", "has a visit of case-9 that its set does not have"),
    "a foreign question": ("hair_colour", "the rules have no hair_colour"),
    "a foreign reason": ("no-such-rule", "the rules have no no-such-rule; the report was edited"),
    "a place that is none": ("injection", "no case belongs to emergency with injection"),
}


@pytest.mark.parametrize("name", BAD_REPORTS)
def test_a_report_that_cannot_be_used_is_reported(name: str) -> None:
    word, says = BAD_REPORTS[name]
    report = Report(case_set=PRACTICE.new_set(1, 1, "the-neck"))
    if name == "a foreign case":
        word = as_json(report.with_visit(word, 1, VisitPlayed()), PRACTICE)
    if name == "a foreign question":
        word = as_json(report.with_visit("case-1", 1, VisitPlayed(asked=(word,))), PRACTICE)
    if name in ("a foreign reason", "a place that is none"):
        made = {"route": "emergency", "step": None, "reason": ""} | ({"reason": word} if "reason" in name else {"step": word})
        visit = VisitPlayed(commitment=Commitment.model_validate(made))
        word = as_json(report, PRACTICE).replace('"played": {}', f'"played": {{"case-1": [{visit.model_dump_json()}]}}')
    with pytest.raises(ValueError, match=says):
        opened_report(parse(word, "mine.json"), PRACTICE)


def test_a_report_of_older_rules_goes_on_without_what_they_no_longer_have_and_says_so() -> None:
    made = PRACTICE.new_set(1, 1, "the-neck")
    decision = Commitment(route="urgent", step=None, reason="a-former-rule", applies=("tens", "a-former-option"))
    played = {"case-1": [VisitPlayed(asked=("weakness", "a_former_finding"), commitment=decision).model_dump(mode="json")]}
    older = {"kind": KIND, "set": {**made.as_data(), "knowledge": "0123456789ab"}, "played": played}
    report, notes = opened_report(parse(json.dumps(older), "mine.json"), PRACTICE)
    visit = report.visit("case-1", 1)
    assert visit.asked == ("weakness",) and visit.commitment and visit.commitment.applies == ("tens",)
    assert (visit.commitment.route, visit.commitment.reason) == ("urgent", "")
    assert "a-former-option; a-former-rule; a_former_finding" in notes[-1] and report_html(report, PRACTICE)
