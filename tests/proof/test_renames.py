"""Renamed entries are compared under the same ids, and don't count as new rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pathway.knowledge.base import Knowledge
from pathway.knowledge.lint import faults_in
from pathway.knowledge.loader import load
from pathway.knowledge.models import FormerId
from pathway.proof.diff import diff
from pathway.proof.renames import KINDS, renamed_as
from tests.pathways import FOLDERS, pathway_named
from tests.people import KNOWLEDGE
from tests.proof.spoil import changed, drop


def former(id_kind: str, was: str, now: str, finding: str | None = None) -> FormerId:
    return FormerId.model_validate(
        {"file": "data/renamed.yaml", "line": 1, "kind": id_kind, "former": was, "present": now, "finding": finding}
    )


def with_new_names(knowledge: Knowledge) -> Knowledge:
    """Return the knowledge with a new name for every id in its renames."""
    ids = [(id_kind, name) for table, id_kind in KINDS.items() for name in getattr(knowledge, table)]
    joint = {"finding": "_"}
    renames = [former(id_kind, name, f"changed{joint.get(id_kind, '-')}{name}") for id_kind, name in ids]
    words = [(f"changed_{finding.id}", word) for finding in knowledge.findings.values() for word in finding.answers]
    renames += [former("answer", word, f"changed_{word}", finding) for finding, word in words]
    return changed(knowledge, renamed=tuple(renames))


BICYCLE = pathway_named("bicycle").knowledge
"""The smaller pathway, where the number of rules is not the point."""
NO_MATTER_OF_NAMES = ("scope:", "in_short needs", "notice needs")
"""Sources, which decide nothing, and the notices, whose braces are filled when the knowledge is loaded."""


def test_every_id_can_be_renamed_and_every_reference_still_resolves() -> None:
    new_names = with_new_names(KNOWLEDGE)
    renamed, described = renamed_as(KNOWLEDGE, new_names)
    assert len(described) == len(new_names.renamed)
    assert all(name.startswith("changed") for table in KINDS for name in getattr(renamed, table))
    faults = faults_in(changed(renamed, renamed=()))
    assert [fault.says for fault in faults if not fault.says.startswith(NO_MATTER_OF_NAMES)] == []


@pytest.mark.parametrize(
    ("knowledge", "turned"), [(KNOWLEDGE, False), (BICYCLE, True)], ids=["to the new names", "to the former"]
)
def test_new_names_of_everything_change_no_answer(knowledge: Knowledge, turned: bool) -> None:
    new_names = with_new_names(knowledge)
    new = changed(renamed_as(knowledge, new_names)[0], renamed=new_names.renamed)
    difference = diff(new, knowledge) if turned else diff(knowledge, new)
    assert len(difference.renamed) == len(new_names.renamed) and not difference.same
    assert (difference.rules, difference.moved, difference.not_compared) == ((), (), ())


def test_a_finding_renamed_in_the_files_is_shown_as_a_rename_only(tmp_path: Path) -> None:
    data = Path(shutil.copytree(FOLDERS["bicycle"], tmp_path / "bicycle"))
    for file in data.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("hot_brake", "glowing_disc"), "utf-8")
    (data / "renamed.yaml").write_text("- {kind: finding, former: hot_brake, present: glowing_disc}\n", "utf-8")
    difference = diff(BICYCLE, load(data))
    assert difference.describe() == [
        "Renamed: finding hot_brake is now glowing_disc.",
        "No scenario changes its result.",
    ]


def test_a_changed_rule_is_shown_beside_a_rename() -> None:
    new = changed(drop("hot-disc")(BICYCLE), renamed=(former("finding", "hot_brake", "glowing_disc"),))
    hot = BICYCLE.findings["hot_brake"]
    assert renamed_as(BICYCLE, new)[0].findings["glowing_disc"].answers == hot.answers
    difference = diff(renamed_as(new, new)[0], BICYCLE)
    assert difference.rules[0] == "hot-disc" and difference.moved


def test_an_id_that_both_have_is_not_renamed() -> None:
    both = changed(KNOWLEDGE, renamed=(former("finding", "fragile_bones", "tens_risk"),))
    assert renamed_as(KNOWLEDGE, both) == (KNOWLEDGE, ())


def test_a_finding_that_only_one_has_points_to_the_renames_file() -> None:
    other = renamed_as(BICYCLE, changed(BICYCLE, renamed=(former("finding", "hot_brake", "glowing_disc"),)))[0]
    report = " ".join(diff(BICYCLE, other).describe())
    assert "If one of these was only renamed, add it to data/renamed.yaml" in report
