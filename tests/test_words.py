"""The report on the words runs, on a small text."""

from __future__ import annotations

from pathlib import Path

from docs.words import DOCUMENTS, PHRASES, dialect, grade, labels, phrases, prose, report, sentences

MODULE = 'found = el("button", icon("x"), "Keep to compare", id="keep")\nheading(2, f"{one} rules")\nel("p", "Not a label")\n'


def test_a_longer_word_has_a_higher_grade() -> None:
    assert grade("Is it numb?") < grade("Is there considerable deterioration of sensation?")
    assert grade("") == 0.0


def test_a_text_is_split_into_sentences() -> None:
    assert sentences("It is so.\nWhy? Since 3.5 is more\nthan 2.\n\nA heading") == [
        "It is so.",
        "Why?",
        "Since 3.5 is more than 2.",
        "A heading",
    ]


def test_labels_are_what_headings_and_buttons_say() -> None:
    assert list(labels(MODULE)) == ["Keep to compare", "… rules"]


def test_markdown_is_read_without_its_marks() -> None:
    assert prose("# Title\nSee [the *map*](#map).\n```\ncode\n```\n| a | b |").split() == ["See", "the", "map."]


def test_identifiers_are_counted_and_words_in_texts_are_not() -> None:
    counts = dialect(["found_here = one  # told\nprint('held')\n", "found = found_here\n"])
    assert {word: number for word, number in counts.items() if number} == {"found": 3, "one": 1}


def test_an_identifier_that_is_right_in_one_place_is_counted_elsewhere() -> None:
    code = "asked = one_of(given)\n"
    assert dialect([code], "pathway/practice/report.py").total() == 1
    assert dialect([code], "pathway/engine/rules.py").total() == 2


def test_phrases_are_counted_in_docstrings_and_comments_alone() -> None:
    code = 'def told():  # for whoever\n    """What is told anew, of\n    which nothing is tolded."""\n    return "told"\n'
    assert {word: number for word, number in phrases([code]).items() if number} == {
        "told": 1, "whoever": 1, "anew": 1, "of which": 1,
    }  # fmt: skip


def test_the_report_is_of_the_tree_in_a_folder(tmp_path: Path) -> None:
    for folder in ("data", "explorer", "pathway"):
        (tmp_path / folder).mkdir()
    (tmp_path / "data" / "findings.yaml").write_text("findings:\n  - question: Is there numbness?\n")
    (tmp_path / "explorer" / "page.py").write_text(MODULE)
    for name in DOCUMENTS:
        (tmp_path / name).write_text("One sentence of six words only.\n")
    lines = list(report(tmp_path))
    assert lines[0] == "Questions, headings and labels of 4 words or more: 0; 0 have a reading grade above 9."
    assert any(line.endswith("Is there numbness?  (data/findings.yaml)") for line in lines)
    assert "     6  One sentence of six words only.  (README.md)" in lines
    assert lines[-len(PHRASES) - 11] == "     1  found"
    assert lines[-len(PHRASES) - 1].endswith("that have to be read twice: 0")
