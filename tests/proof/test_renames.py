"""Renamed entries are compared under the same ids, and don't count as new rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pathway.knowledge.lint import faults_in
from pathway.knowledge.loader import data_folder, load
from pathway.knowledge.models import FormerId
from pathway.proof.diff import diff
from pathway.proof.renames import KINDS, renamed_as
from tests.people import KNOWLEDGE
from tests.proof.spoil import changed, drop


def former(id_kind: str, was: str, now: str, finding: str | None = None) -> FormerId:
    return FormerId.model_validate(
        {"file": "data/renamed.yaml", "line": 1, "kind": id_kind, "former": was, "present": now, "finding": finding}
    )


def everything() -> list[FormerId]:
    """Return a new name for every id."""
    ids = [(id_kind, name) for table, id_kind in KINDS.items() for name in getattr(KNOWLEDGE, table)]
    joint = {"finding": "_"}
    renames = [former(id_kind, name, f"new{joint.get(id_kind, '-')}{name}") for id_kind, name in ids]
    words = [(f"new_{finding.id}", word) for finding in KNOWLEDGE.findings.values() for word in finding.answers]
    return renames + [former("answer", word, f"new_{word}", finding) for finding, word in words]


RENAMED = changed(KNOWLEDGE, renamed=tuple(everything()))
NO_MATTER_OF_NAMES = ("scope:", "in_short needs", "notice needs")
"""Sources, which decide nothing, and the notices, whose braces are filled when the knowledge is loaded."""


def test_every_id_can_be_renamed_and_every_reference_still_resolves() -> None:
    renamed, described = renamed_as(KNOWLEDGE, RENAMED)
    assert len(described) == len(RENAMED.renamed)
    assert all(name.startswith("new") for table in KINDS for name in getattr(renamed, table))
    faults = faults_in(changed(renamed, renamed=()))
    assert [fault.says for fault in faults if not fault.says.startswith(NO_MATTER_OF_NAMES)] == []


@pytest.mark.parametrize("turned", [False, True], ids=["to the new names", "to the former names"])
def test_new_names_of_everything_change_no_answer(turned: bool) -> None:
    new = changed(renamed_as(KNOWLEDGE, RENAMED)[0], renamed=RENAMED.renamed)
    difference = diff(new, KNOWLEDGE) if turned else diff(KNOWLEDGE, new)
    assert len(difference.renamed) == len(RENAMED.renamed) and not difference.same
    assert (difference.rules, difference.moved, difference.not_compared) == ((), (), ())


def test_a_finding_renamed_in_the_files_is_shown_as_a_rename_only(tmp_path: Path) -> None:
    data = Path(shutil.copytree(data_folder(), tmp_path / "data"))
    for file in data.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("fragile_bones", "severe_osteoporosis"), "utf-8")
    entry = "- {kind: finding, former: fragile_bones, present: severe_osteoporosis}\n"
    (data / "renamed.yaml").write_text(entry, "utf-8")
    difference = diff(KNOWLEDGE, load(data))
    assert difference.describe() == [
        "Renamed: finding fragile_bones is now severe_osteoporosis.",
        "No scenario changes its result.",
    ]


def test_a_changed_rule_is_shown_beside_a_rename() -> None:
    new = changed(drop("tens-on-numb-skin")(KNOWLEDGE), renamed=(former("finding", "fragile_bones", "brittle_bones"),))
    bones = KNOWLEDGE.findings["fragile_bones"]
    assert renamed_as(KNOWLEDGE, new)[0].findings["brittle_bones"].answers == bones.answers
    difference = diff(renamed_as(new, new)[0], KNOWLEDGE)
    assert difference.rules[0] == "tens-on-numb-skin" and difference.moved


def test_an_id_that_both_have_is_not_renamed() -> None:
    both = changed(KNOWLEDGE, renamed=(former("finding", "fragile_bones", "tens_risk"),))
    assert renamed_as(KNOWLEDGE, both) == (KNOWLEDGE, ())


def test_a_finding_that_only_one_has_points_to_the_renames_file() -> None:
    other = renamed_as(KNOWLEDGE, changed(KNOWLEDGE, renamed=(former("finding", "fragile_bones", "brittle_bones"),)))[0]
    said = " ".join(diff(KNOWLEDGE, other).describe())
    assert "If one of these was only renamed, add it to data/renamed.yaml" in said
