"""A new name is no new rule: two rule bases are compared under the same ids."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pathway.knowledge.lint import faults_in
from pathway.knowledge.loader import data_folder, load
from pathway.knowledge.models import Former
from pathway.proof.diff import diff
from pathway.proof.renames import KINDS, renamed_as
from tests.people import KNOWLEDGE
from tests.proof.spoil import changed, drop


def former(kind: str, was: str, now: str, finding: str | None = None) -> Former:
    return Former.model_validate(
        {"file": "data/renamed.yaml", "line": 1, "kind": kind, "former": was, "present": now, "finding": finding}
    )


def everything() -> list[Former]:
    """A new name for every id."""
    ids = [(kind, name) for table, kind in KINDS.items() for name in getattr(KNOWLEDGE, table)]
    joint = {"finding": "_"}
    found = [former(kind, name, f"new{joint.get(kind, '-')}{name}") for kind, name in ids]
    words = [(f"new_{one.id}", word) for one in KNOWLEDGE.findings.values() for word in one.answers]
    return found + [former("answer", word, f"new_{word}", finding) for finding, word in words]


RENAMED = changed(KNOWLEDGE, renamed=tuple(everything()))


def test_every_id_may_have_a_new_name_and_every_rule_still_leads_somewhere() -> None:
    found, said = renamed_as(KNOWLEDGE, RENAMED)
    assert len(said) == len(RENAMED.renamed)
    assert all(name.startswith("new") for table in KINDS for name in getattr(found, table))
    faults = faults_in(changed(found, renamed=()))
    assert [fault.says for fault in faults if not fault.says.startswith("scope:")] == []  # of sources, which decide nothing


@pytest.mark.parametrize("turned", [False, True], ids=["to the new names", "to the former names"])
def test_new_names_of_everything_change_no_answer(turned: bool) -> None:
    new = changed(renamed_as(KNOWLEDGE, RENAMED)[0], renamed=RENAMED.renamed)
    found = diff(new, KNOWLEDGE) if turned else diff(KNOWLEDGE, new)
    assert len(found.renamed) == len(RENAMED.renamed) and not found.same
    assert (found.rules, found.moved, found.not_compared) == ((), (), ())


def test_a_finding_with_a_new_name_in_the_files_is_shown_as_that_alone(tmp_path: Path) -> None:
    data = Path(shutil.copytree(data_folder(), tmp_path / "data"))
    for file in data.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("fragile_bones", "severe_osteoporosis"), "utf-8")
    entry = "- {kind: finding, former: fragile_bones, present: severe_osteoporosis}\n"
    (data / "renamed.yaml").write_text(entry, "utf-8")
    found = diff(KNOWLEDGE, load(data))
    assert found.describe() == [
        "Another name only: finding fragile_bones is severe_osteoporosis.",
        "No scenario changes its answer.",
    ]


def test_what_is_another_rule_too_is_still_shown() -> None:
    new = changed(drop("tens-on-numb-skin")(KNOWLEDGE), renamed=(former("finding", "fragile_bones", "brittle_bones"),))
    bones = KNOWLEDGE.findings["fragile_bones"]
    assert renamed_as(KNOWLEDGE, new)[0].findings["brittle_bones"].answers == bones.answers
    found = diff(renamed_as(new, new)[0], KNOWLEDGE)
    assert found.rules[0] == "tens-on-numb-skin" and found.moved


def test_what_has_both_names_is_not_made_one() -> None:
    both = changed(KNOWLEDGE, renamed=(former("finding", "fragile_bones", "tens_risk"),))
    assert renamed_as(KNOWLEDGE, both) == (KNOWLEDGE, ())


def test_where_a_finding_stands_alone_the_way_to_say_so_is_named() -> None:
    other = renamed_as(KNOWLEDGE, changed(KNOWLEDGE, renamed=(former("finding", "fragile_bones", "brittle_bones"),)))[0]
    said = " ".join(diff(KNOWLEDGE, other).describe())
    assert "Where one of these only has another name, say so in data/renamed.yaml" in said
