"""Invalid input: each mistake has its own message, with file and line; exit code 2, and nothing else is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import pathway
from pathway.cli.main import main
from pathway.errors import Unusable

BAD = Path(__file__).parent / "bad"

MISTAKES: dict[str, list[tuple[int | None, str]]] = {
    "a-list": [(1, "a scenario is a map with title and answers, not a list")],
    "a-word": [(1, "a scenario is a map with title and answers, not the text low_back")],
    "a-number": [(1, "a scenario is a map with title and answers, not 42")],
    "only-a-comment": [(None, "is empty")],
    "answers-missing": [(1, "answers is missing; write answers: and below it a line FINDING: ANSWER for each, or answers: {}")],
    "answers-empty": [(2, "answers is a map of finding: answer, not nothing")],
    "answers-as-list": [(2, "answers is a map of finding: answer, not a list")],
    "answers-as-word": [(2, "answers is a map of finding: answer, not the text none")],
    "key-unknown": [(1, "there is no key titel; did you mean title?")],
    "finding-beside-answers": [(2, "there is no key region; write answers: (findings belong under it)")],
    "finding-unknown": [(3, "there is no finding sadle_numbness; did you mean saddle_numbness?")],
    "finding-far-from-any": [(2, "there is no finding favourite_colour; see the ")],
    "answer-unknown": [(3, "lower_back is not an answer for region; did you mean low_back?")],
    "answer-no": [(3, "no is not an answer for weakness; did you mean none?")],
    "answer-yes": [(2, "yes is not an answer for saddle_numbness; write absent, present or unknown")],
    "answer-true": [(2, "saddle_numbness is answered with a word, not true; write absent, present or unknown")],
    "answer-nothing": [(2, "region is answered with a word, not nothing; write low_back, mid_back, neck or unknown")],
    "answer-a-list": [(2, "region is answered with a word, not a list")],
    "answer-a-map": [(2, "region is answered with a word, not a map")],
    "answer-a-number": [(2, "region is answered with a word, not 3")],
    "number-negative": [(2, "symptom_weeks can't be -1; write a whole number of weeks from 0 to 2600, or unknown")],
    "number-fractional": [(2, "symptom_weeks can't be 6.5; write a whole number of weeks from 0 to 2600, or unknown")],
    "number-whole-with-a-point": [(2, "can't be 6.0; write a whole number")],
    "number-too-large": [(2, "age can't be 121; write a whole number of years from 0 to 120, or unknown")],
    "number-huge": [(2, "symptom_weeks can't be 99999999")],
    "number-with-an-exponent": [(2, "can't be inf; write a whole number")],
    "number-in-words": [(2, "can't be six; write a whole number")],
    "number-in-quotes": [(2, "symptom_weeks can't be 6 in quotes; write 6")],
    "number-true": [(2, "can't be true; write a whole number")],
    "number-a-list": [(2, "can't be a list; write a whole number")],
    "number-nan": [(2, "can't be nan; write a whole number")],
    "number-infinite": [(2, "can't be inf; write a whole number")],
    "number-in-another-base": [(2, "can't be 0x20; write a whole number")],
    "title-a-number": [(1, "title is text of at most 300 characters")],
    "title-a-list": [(1, "title is text of at most 300 characters")],
    "title-too-long": [(1, "title is text of at most 300 characters")],
    "key-twice": [(4, "answers is there twice in one map; keep one")],
    "finding-twice": [(4, "age is there twice in one map; keep one")],
    "two-documents": [(2, "a second document starts here; keep one in a file")],
    "not-closed": [(1, "is not YAML or JSON here: a comma or the closing '}' is missing, or a text needs quotes")],
    "indented-with-a-tab": [(2, "is not YAML or JSON here: a tab, where YAML wants spaces")],
    "indented-unevenly": [(3, "is not YAML or JSON here: did not find expected key")],
    "an-alias": [(1, "anchors and aliases (& and *) are not read; write the value out")],
    "a-bomb-of-aliases": [(1, "anchors and aliases (& and *) are not read; write the value out")],
    "a-merge-key": [(2, "there is no finding <<")],
    "a-tag": [(1, "tags (!) are not read; write a plain value")],
    "a-list-for-a-key": [(2, "a key must be a word")],
    "a-number-for-a-key": [(2, "there is no finding 6")],
    "an-escape-sequence": [(2, "]0;owned  [31mneck is not an answer for region; write low_back, mid_back, neck or unknown")],
    "an-escape-sequence-for-a-key": [(3, "[2Jregion is there twice in one map; keep one")],
    "a-change-of-direction": [(2, "kcen is not an answer for region")],
    "visits-and-answers": [(1, "answers and visits are both there; move these answers to the first of the visits")],
    "visits-empty": [(1, "visits is a list of at least one visit, each after a dash and with its answers")],
    "visits-a-map": [(1, "visits is a list of at least one visit, each after a dash and with its answers")],
    "visit-a-word": [(3, "a visit is a map with after, course and answers, not the text later")],
    "visit-key-unknown": [(4, "there is no key corse; did you mean course?")],
    "visit-finding-beside-answers": [(2, "there is no key region; write answers: (findings belong under it)")],
    "visit-first-with-a-time-before": [
        (2, "the first visit has none before it; leave after out"),
        (3, "the first visit has none before it; leave course out"),
    ],
    "visit-without-time": [(3, "after is missing; it is the whole number of weeks since the visit before, as in after: 6")],
    "visit-time-in-words": [(3, "after can't be six; write a whole number of weeks since the visit before from 0 to 520")],
    "visit-time-too-long": [(3, "after can't be 521; write a whole number of weeks since the visit before from 0 to 520")],
    "visit-course-unknown": [(4, "the course since the visit before can't be worse; did you mean worsening?")],
    "visit-answers-a-list": [(2, "answers is a map of finding: answer, not a list")],
    "visit-finding-unknown": [(5, "there is no finding sadle_numbness; did you mean saddle_numbness?")],
    "visit-answer-unknown": [(3, "no is not an answer for weakness; did you mean none?")],
    "visits-too-many": [(22, "a scenario has at most 20 visits, and this has 21")],
    "guidance-unknown": [(1, "there is no reading nise; did you mean nice?")],
    "guidance-nothing": [(1, "there is no reading nothing; write page or nice")],
    "assumptions-a-list": [(1, "assumptions is a map of assumption: value, not a list")],
    "assumption-unknown": [(3, "there is no assumption surgery-week with a value; did you mean surgery-weeks?")],
    "assumption-out-of-range": [
        (3, "surgery-weeks can't be 27; write a whole number of weeks from 6 to 26"),
        (4, "injection-first can't be true; write yes or no"),
    ],
    "everything-else-unknown": [
        (3, "everything_else can't be not adverse; write asked and not adverse, or leave it out"),
    ],
    "expects-a-word": [(3, "expects is a map of route, step and options")],
    "expects-unknown": [
        (4, "expects has no key rout; did you mean route?"),
        (5, "step can't be surgeon; did you mean surgery?"),
        (6, "expects has no key tens; write options: (options belong under it)"),
        (8, "there is no option tns; did you mean tens?"),
        (9, "heat-and-cold can't be yes; write on_hold, not_advised, not_indicated, contraindicated, "),
        (10, "there is no reading nise; did you mean nice?"),
    ],
    "expects-nothing": [(3, "expects is empty; write route, step or options under it, or leave it out")],
    "expects-a-step-of-nothing": [(4, "step is empty; write a word, or one for each reading")],
    "expects-options-a-list": [(3, "options is a map of option: verdict")],
    "several-at-once": [
        (1, "there is no key titel; did you mean title?"),
        (3, "there is no finding regoin; did you mean region?"),
        (4, "age can't be 200; write a whole number of years from 0 to 120, or unknown"),
        (5, "no is not an answer for weakness; did you mean none?"),
        (6, "saddle_numbness is answered with a word, not true; write absent, present or unknown"),
    ],
}  # fmt: skip
"""Of each file in `tests/bad/` (less `.yaml`): the lines and the words of its faults."""

MADE: dict[str, tuple[bytes, int | None, str]] = {
    "empty": (b"", None, "is empty"),
    "white-space": (b" \n\t\n", None, "is empty"),
    "latin-1": ("answers:\n  age: 50\ntitle: café\n".encode("latin-1"), 3, "is not UTF-8 text; save it as UTF-8"),
    "utf-16": ("answers: {}\n".encode("utf-16"), 1, "is not UTF-8 text; save it as UTF-8"),
    "a-picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 1, "is not UTF-8 text; save it as UTF-8"),
    "a-null": (b"answers: {}\ntitle: a\x00b\n", 2, "control characters are not allowed"),
    "a-raw-escape-sequence": (b"answers: {}\ntitle: \x1b[31mred\n", 2, "control characters are not allowed"),
    "10-mb-of-nesting": (b"[" * 10_000_000, None, "is larger than 100 kB; such a file is not read"),
    "90-kb-of-nesting": (b"{a: " * 22_000, 1, "is nested more than 40 deep"),
    "90-kb-of-dashes": (b"- " * 45_000, 1, "is nested more than 40 deep"),
    "nesting-by-indent": (b"".join(b" " * depth + b"a:\n" for depth in range(400)), 42, "is nested more than 40 deep"),
    "90-kb-of-a-key": (b"k" * 90_000 + b": 1\n", 1, "is not YAML or JSON here"),
    "a-long-key": (b'{"' + b"k" * 1000 + b'": 1, "answers": {}}', 1, "answers, visits, everything_else or expects"),
    "90-kb-of-digits": (b"answers: {age: " + b"1" * 90_000 + b"}", 1, "write a whole number of years from 0 to 120"),
    "json-cut-short": (b'{\n\t"answers": {\n\t\t"age": 5', 3, "is not YAML or JSON here"),
    "json-nan": (b'{"answers": {"age": NaN}}', 1, "can't be nan; write a whole number"),
    "json-minus-infinity": (b'{"answers": {"age": -Infinity}}', 1, "can't be -inf; write a whole number"),
    "json-with-half-a-letter": (b'{"title": "\\ud800", "answers": {}}', 1, "is not YAML or JSON here"),
}  # fmt: skip
"""Files that are made here, not kept: their bytes, and the line and words of the fault."""

NO_TRACEBACK = "Traceback"


def run(*words: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(main, words, input=stdin)


def refused(result: Result) -> list[str]:
    """The lines on standard error of a command that refused its input; standard output is empty."""
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert NO_TRACEBACK not in result.stderr
    assert all(letter.isprintable() or letter == "\n" for letter in result.stderr)
    assert all(len(line) < 400 for line in result.stderr.splitlines())
    return result.stderr.splitlines()


def starts(file: str | Path, line: int | None) -> str:
    return f"{file}: " if line is None else f"{file}:{line}: "


def test_every_bad_file_has_its_words_and_every_word_its_file() -> None:
    assert sorted(path.stem for path in BAD.iterdir()) == sorted(MISTAKES)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_reported_with_its_file_its_line_and_what_to_write(mistake: str) -> None:
    file = str(BAD / f"{mistake}.yaml")
    messages = refused(run("explain", file))
    for message, (line, words) in zip(messages, MISTAKES[mistake], strict=True):
        assert message.startswith(starts(file, line))
        assert words in message


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_reported_alike_when_the_answer_is_wanted_as_json(mistake: str) -> None:
    file = str(BAD / f"{mistake}.yaml")
    assert refused(run("explain", file, "--json")) == refused(run("explain", file))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_on_standard_input_is_reported_alike(mistake: str) -> None:
    file = BAD / f"{mistake}.yaml"
    messages = [line.replace(str(file), "standard input") for line in refused(run("explain", str(file)))]
    assert refused(run("explain", "-", stdin=file.read_bytes())) == messages


@pytest.mark.parametrize("made", MADE)
def test_bytes_that_no_editor_would_save_are_refused_too(made: str, tmp_path: Path) -> None:
    content, line, words = MADE[made]
    file = tmp_path / "scenario.yaml"
    file.write_bytes(content)
    (message,) = refused(run("explain", str(file)))
    assert message.startswith(starts(file, line))
    assert words in message


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refused(run("explain", str(tmp_path / "none.yaml"))) == [f"{tmp_path / 'none.yaml'}: there is no such file"]


def test_a_folder_is_named_as_one(tmp_path: Path) -> None:
    assert refused(run("explain", str(tmp_path))) == [f"{tmp_path}: is a folder; name a file in it"]


def test_a_file_in_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("answers: {}")
    assert refused(run("explain", str(tmp_path / "a" / "b"))) == [f"{tmp_path / 'a' / 'b'}: can't be read: Not a directory"]


def test_a_name_that_no_file_can_have_is_refused() -> None:
    (message,) = refused(run("explain", "a" * 5000))
    assert message.startswith("aaaa")
    (message,) = refused(run("explain", "./" + "a" * 5000))
    assert message.endswith("can't be read: File name too long")


def test_an_escape_sequence_in_a_file_name_does_not_reach_the_terminal() -> None:
    assert refused(run("explain", "\x1b]0;owned\x07.yaml")) == [" ]0;owned .yaml: there is no such file"]


def test_an_unknown_scenario_gives_the_nearest() -> None:
    (message,) = refused(run("explain", "driver-eigth-week"))
    assert message == (
        "driver-eigth-week: there is no such file, and no bundled scenario of that name; did you mean driver-eight-weeks?"
    )


def test_a_scenario_far_from_any_says_where_they_are_listed() -> None:
    (message,) = refused(run("explain", "xyzzy"))
    assert message.endswith("names in `pathway scenarios`")


def test_a_folder_without_a_pathway_is_one_fault_that_says_how_to_make_one(tmp_path: Path) -> None:
    first, only = refused(run("explain", "driver-eight-weeks", "--knowledge", str(tmp_path)))
    assert first.startswith("the knowledge base: has 1 fault")
    assert only == f"{tmp_path}/: has none of the files of a pathway; `pathway new FOLDER` makes a folder that has them"


def test_no_file_says_which_scenarios_there_are() -> None:
    message = refused(run("explain"))
    assert message[0] == "Name a scenario: a file, - for standard input, or one of these."
    assert any(line.startswith("driver-eight-weeks  ") for line in message)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--guidance", "nise"], "guidance: there is no reading nise; did you mean nice?"),
        (["--guidance", ""], "guidance: there is no reading ; write page or nice"),
        (["--assume", "surgery-week=9"], "assumption: there is no assumption surgery-week with a value; did you mean surgery-w"),
        (["--assume", "stepped-ladder=no"], "assumption: there is no assumption stepped-ladder with a value; "),
        (["--assume", "surgery-weeks=5"], "assumption: surgery-weeks can't be 5; write a whole number of weeks from 6 to 26"),
        (["--assume", "surgery-weeks=27"], "assumption: surgery-weeks can't be 27; write a whole number of weeks from 6 to 26"),
        (["--assume", "surgery-weeks=-12"], "assumption: surgery-weeks can't be -12; "),
        (["--assume", "surgery-weeks=12.0"], "assumption: surgery-weeks can't be 12.0; "),
        (["--assume", "surgery-weeks=twelve"], "assumption: surgery-weeks can't be twelve; "),
        (["--assume", "surgery-weeks=nan"], "assumption: surgery-weeks can't be nan; "),
        (["--assume", "surgery-weeks=" + "9" * 500], "assumption: surgery-weeks can't be 99999"),
        (["--assume", "injection-first=true"], "assumption: injection-first can't be true; write yes or no"),
        (["--assume", "injection-first=1"], "assumption: injection-first can't be 1; write yes or no"),
        (["--assume", "surgery-weeks"], "assumption: surgery-weeks is not complete; write NAME=VALUE, as in "),
        (["--assume", "surgery-weeks="], "assumption: surgery-weeks= is not complete; "),
        (["--assume", "=12"], "assumption: =12 is not complete; "),
        (["--assume", ""], "assumption: an empty argument is not complete; "),
        (["--assume", "surgery-weeks=12", "--assume", "surgery-weeks=13"], "assumption: surgery-weeks is given twice; give it "),
        (["--assume", "\x1b[31m=1"], "assumption: there is no assumption  [31m with a value; "),
    ],
)  # fmt: skip
def test_a_reading_or_an_assumption_that_cannot_be_used_is_reported(words: list[str], message: str) -> None:
    (refusal,) = refused(run("explain", "driver-eight-weeks", *words))
    assert refusal.startswith(message)


def test_scenario_guidance_and_assumptions_are_reported_together() -> None:
    file = str(BAD / "several-at-once.yaml")
    messages = refused(run("explain", file, "--guidance", "nise", "--assume", "surgery-weeks=99", "--assume", "nothing"))
    assert [line.split(":")[0] for line in messages] == [file] * 5 + ["assumption", "guidance", "assumption"]


def test_a_file_that_is_not_there_does_not_hide_what_else_is_wrong() -> None:
    messages = refused(run("explain", "none.yaml", "--guidance", "nise", "--assume", "surgery-weeks=99"))
    assert [line.split(":")[0] for line in messages] == ["none.yaml", "guidance", "assumption"]


def test_after_twenty_faults_the_rest_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    file.write_text("answers:\n" + "".join(f"  wrong_{number}: x\n" for number in range(33)))
    messages = refused(run("explain", str(file)))
    assert len(messages) == 21
    assert messages[-1] == "... and 13 more"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["explian"], "No such command 'explian'. Did you mean 'explain'?"),
        (["explain", "driver-eight-weeks", "--guidence", "nice"], "No such option '--guidence'. Did you mean '--guidance'?"),
        (["explain", "driver-eight-weeks", "--guidance"], "Option '--guidance' requires an argument."),
        (["explain", "one", "two"], "Got unexpected extra argument (two)"),
        (["check", "data", "now"], "Got unexpected extra argument (now)"),
        (["source"], "Missing argument 'FILE'."),
        (["explain", "driver-eight-weeks", "--visit", "x"], "'x' is not a valid whole number."),
        (["check", "--time-limit", "soon"], "'soon' is not a valid number."),
        (["check", "--today", "yesterday"], "'yesterday' is not a day; write it as 2026-12-31."),
        (
            ["review", "--record", "it.xlsx", "--of", "tens"],
            "--of and --since are for making a sheet; leave them out beside --record.",
        ),
        (["review", "--record", "none.xlsx"], "none.xlsx: there is no such file"),
        (["review", "--record", "."], ".: is a folder; name a file in it"),
        (["atlas", "region", "weather"], "there is no finding weather; see the 40 findings in GLOSSARY.md"),
        (["why-not", "driver-eight-weeks", "hope"], "names in GLOSSARY.md"),
        ([], "Usage: pathway"),
    ],
)
def test_an_unknown_word_of_a_command_is_reported_gently(words: list[str], message: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "is empty"), ("café".encode("latin-1"), "is not UTF-8 text"), (b"a" * 1_000_001, "is larger than 1000 kB")],
    ids=["empty", "latin-1", "large"],
)
def test_a_copy_of_the_page_that_cannot_be_read_is_refused(content: bytes, says: str, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(content)
    (message,) = refused(run("source", str(file)))
    assert message.startswith(str(file)) and says in message


def test_a_copy_of_the_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused(run("source", str(tmp_path / "none.txt")))
    refused(run("source", str(tmp_path)))


@pytest.mark.parametrize(
    "value",
    [pytest.param(10**5000, id="huge"), float("nan"), True, None, b"50", pytest.param([50], id="list"), {"age": 50}, 50.0],
)
def test_numbers_from_python_are_checked_alike(value: object) -> None:
    with pytest.raises(Unusable, match=r"age can't be .*; write a whole number of years from 0 to 120, or unknown"):
        pathway.explain({"answers": {"age": value}})


def test_python_gets_every_fault_of_everything_it_gave() -> None:
    with pytest.raises(Unusable) as caught:
        pathway.explain({"answers": {"age": -1, 7: "x"}}, guidance="nise", assumptions={"surgery-weeks": True})
    assert [fault.file for fault in caught.value.faults] == ["scenario", "scenario", "guidance", "assumption"]


def test_a_fault_is_one_line_of_json_safe_text() -> None:
    for line in refused(run("explain", str(BAD / "an-escape-sequence.yaml"))):
        assert "\\u00" not in json.dumps(line)
