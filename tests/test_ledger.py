"""The ledger's file: a valid one loads, and each fault is reported with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathway.errors import Unusable
from pathway.source import load_ledger

GOOD = """source: made-up
title: A made-up page
statements:
  - id: stand-holds
    place: {section: wheels, item: 1a, sentence: 1, part: 1}
    says: A stand keeps it still.
    fingerprint: "0123456789abcdef"
    kind: encoded
    hedge: may
  - id: stand-is-heavy
    place: {section: wheels, item: 1a, sentence: 1, part: 2}
    says: It is heavy.
    fingerprint: "0123456789abcdef"
    kind: context
    note: No one weighed it.
"""
FAULTS = [
    ("kind: encoded", "kind: encodd", "8: kind can't be encodd; did you mean encoded?"),
    ("    hedge: may", "    hegde: may", "9: there is no key hegde here; did you mean hedge?"),
    ("title: A made-up page", "titel: A made-up page", "2: there is no key titel here; did you mean title?"),
    ("part: 2", "prat: 2", "11: there is no key prat here; did you mean part?"),
    ("id: stand-is-heavy", "id: stand-holds", "10: the id stand-holds is already used on line 4"),
    ("id: stand-holds", "id: Stand holds", "4: id must be small letters and digits, joined by hyphens, not Stand holds"),
    ('"0123456789abcdef"', '"0123"', "7: fingerprint must be sixteen hexadecimal digits, in quotes, not 0123"),
    ('"0123456789abcdef"', "0123456789012345", "7: fingerprint must be text; put it in quotes"),
    ('"0123456789abcdef"', '"fedcba9876543210"', "5: the parts of wheels 1a, sentence 1 have different fingerprints"),
    ("item: 1a", "item: 1", "5: item must be text; put it in quotes"),
    ("sentence: 1", "sentence: -1", "5: sentence is too small"),
    ("sentence: 1", "sentence: one", "5: sentence must be a whole number"),
    ("part: 2", "part: 3", "5: the parts of wheels 1a, sentence 1 must be 1, 2"),
    (", part: 2", "", "5: the parts of wheels 1a, sentence 1 must be 1, 2"),
    ("    says: It is heavy.\n", "", "10: says is missing; add it here"),
    ("    says: It is heavy.\n", "    says: ''\n", "12: says must not be empty"),
]


@pytest.mark.parametrize(("old", "new", "says"), FAULTS, ids=[says for _, _, says in FAULTS])
def test_a_fault_in_a_ledger_is_named_with_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    reported = faults(tmp_path, GOOD.replace(old, new, 1))
    assert any(fault.startswith(says) for fault in reported), reported


@pytest.mark.parametrize("text", ["7", "[]", "statements: []", "statements: {}", "statements: [7]", "source: made-up\ntitle: x"])
def test_a_file_that_is_not_a_ledger_is_refused(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)


def test_all_faults_of_a_ledger_are_named_at_once_in_order(tmp_path: Path) -> None:
    text = GOOD.replace("encoded", "encodd").replace("stand-is-heavy", "stand-holds").replace("note:", "notes:")
    assert [fault.partition(":")[0] for fault in faults(tmp_path, text)] == ["8", "10", "15"]


def test_parts_of_one_sentence_must_stand_together(tmp_path: Path) -> None:
    same_sentence = GOOD.partition("statements:\n")[2].replace("stand-", "frame-")
    other_sentence = same_sentence.replace("1a", "1b").replace("frame-", "fork-")
    assert [fault.partition(":")[2] for fault in faults(tmp_path, GOOD + other_sentence + same_sentence)] == [
        " wheels 1a, sentence 1 is already further up; its parts go together"
    ]


def faults(folder: Path, text: str) -> list[str]:
    """The faults of a ledger with this text, without the file's name."""
    (folder / "ledger.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Unusable) as refused:
        load_ledger(folder / "ledger.yaml", "ledger.yaml")
    return [str(fault).removeprefix("ledger.yaml:") for fault in refused.value.faults]


def test_a_good_ledger_loads_and_its_parts_make_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "ledger.yaml").write_text(GOOD, encoding="utf-8")
    ledger = load_ledger(tmp_path / "ledger.yaml")
    assert [entry.statements for entry in ledger.sentences] == [("stand-holds", "stand-is-heavy")]
    assert [statement.hedge for statement in ledger.statements] == ["may", None]
