"""`pathway check` on knowledge that breaks a law: the scenario that breaks it, the rules that clash, and a file to look at it."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pathway.cli.main import main
from pathway.knowledge.loader import data_folder
from pathway.proof import Report, load_laws, proved
from pathway.proof.laws.save import kept, saved, yaml
from pathway.proof.report import Space as Counts
from pathway.proof.symbolic.scenarios import Space
from pathway.proof.symbolic.z3_solver import OutOfTime
from pathway.scenarios.scenario import scenario_in
from pathway.yaml.document import parse
from tests.people import KNOWLEDGE
from tests.proof.spoil import Spoil, with_part

NUMB = ("options/4-pain-management.yaml", "when: {is: {reduced_skin_sensation: present}}", "when: {is: {pregnancy: pregnant}}")
"""Heat and cold are no longer kept from numb skin."""
LAWS = {law.id: law for law in load_laws(KNOWLEDGE)}
OF_TWO = "worsening-never-lowers-the-step"
SPOILT: Spoil = with_part("conservative-care-first", {"is": {"course": "worsening"}})


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


@pytest.fixture
def spoilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A copy of the knowledge with one thing changed; the current directory is empty."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def copy(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "with a space" / "data"
        shutil.copytree(data_folder(), folder)
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return copy


def test_a_broken_law_prints_its_scenario_and_saves_it_for_explain(spoilt: Callable[..., Path]) -> None:
    folder = spoilt(*NUMB)
    found = run("check", folder)
    assert found.exit_code == 1 and found.stderr == ""
    assert "no-heat-or-cold-on-numb-skin is broken: Heat and cold never apply" in found.stdout
    assert "\n  reduced_skin_sensation: present\n" in found.stdout
    assert f"{len(LAWS) - 1} of {len(LAWS)} laws proved" in found.stdout
    file = Path("broken-laws/no-heat-or-cold-on-numb-skin.yaml")
    assert f"saved as {file}; to explain it, run\n" in found.stdout and file.is_file()
    (command,) = (line.strip() for line in found.stdout.splitlines() if line.startswith("    pathway explain"))
    explained = run(*shlex.split(command)[1:], "--json")
    assert explained.exit_code == 0 and json.loads(explained.stdout)["options"]["heat-and-cold"]["verdict"] == "applies"


def test_by_the_rules_as_they_are_the_saved_scenario_does_not_break_the_law(spoilt: Callable[..., Path]) -> None:
    run("check", spoilt(*NUMB))
    explained = run("explain", "broken-laws/no-heat-or-cold-on-numb-skin.yaml", "--json")
    assert json.loads(explained.stdout)["options"]["heat-and-cold"]["verdict"] == "contraindicated"


def test_the_rules_that_clash_are_named(spoilt: Callable[..., Path]) -> None:
    said = " ".join(run("check", spoilt(*NUMB)).stdout.split())
    assert "heat-and-cold comes out as applies. The rules that clash: heat-and-cold-on-the-page." in said


def test_check_as_json_holds_every_proof_with_its_files(spoilt: Callable[..., Path]) -> None:
    folder = spoilt(*NUMB)
    found = run("check", folder, "--json", "--witnesses", "found/here")
    laws = next(outcome for outcome in json.loads(found.stdout) if outcome["name"] == "laws")
    broken = {proof["law"]: proof for proof in laws["proofs"] if proof["result"] == "broken"}
    assert found.exit_code == 1 and laws["space"]["scenarios"] > laws["space"]["classes"] > 0 and laws["seconds"] > 0
    assert broken["no-heat-or-cold-on-numb-skin"]["files"] == ["found/here/no-heat-or-cold-on-numb-skin.yaml"]
    assert broken["no-heat-or-cold-on-numb-skin"]["commands"][0].startswith("pathway explain found/here/")
    assert len(laws["faults"]) == len(broken)


def test_where_no_law_is_broken_no_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = run("check")
    assert found.exit_code == 0 and list(tmp_path.iterdir()) == []
    said = " ".join(found.stdout.split())
    assert f"{len(LAWS)} of {len(LAWS)} laws proved in " in said and "with numbers as classes" in said and "are left out" in said


def test_where_the_scenario_cannot_be_saved_it_is_said_gently(spoilt: Callable[..., Path]) -> None:
    folder = spoilt(*NUMB)
    Path("taken").write_text("a file", "utf-8")
    found = run("check", folder, "--witnesses", "taken")
    assert found.exit_code == 1 and Path("taken").read_text("utf-8") == "a file"
    assert found.stderr == "taken: can't save scenarios there (File exists); name another folder with --witnesses\n"
    assert "reduced_skin_sensation: present" in found.stdout and "saved as" not in found.stdout


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        saved(proved(LAWS[OF_TWO], Space(SPOILT(KNOWLEDGE))), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_law_about_two_people_saves_both(tmp_path: Path) -> None:
    proof = proved(LAWS[OF_TWO], Space(SPOILT(KNOWLEDGE)))
    counts = Counts(scenarios=1, classes=1, excluded=0, settings=1)
    (found,) = kept(Report(proofs=(proof,), space=counts, seconds=1.0), tmp_path / "new")
    assert [Path(file).name for file in found.files] == [f"{OF_TWO}-first.yaml", f"{OF_TWO}-second.yaml"]
    people = [scenario_in(parse(Path(file).read_text("utf-8"), file), KNOWLEDGE).answers for file in found.files]
    assert {name for name in people[0] if people[0][name] != people[1][name]} == {"course"}
    assert all(command.startswith(f"pathway explain {file}") for command, file in zip(found.commands, found.files, strict=True))


def test_answers_that_nobody_gave_are_left_out_of_the_file() -> None:
    proof = proved(LAWS[OF_TWO], Space(SPOILT(KNOWLEDGE)))
    assert proof.witness
    nobody = proof.witness.model_copy(update={"people": ({}, {})})
    text = yaml(proof.model_copy(update={"witness": nobody, "says": "It's so. " * 50}), 0, "it.yaml")
    assert scenario_in(parse(text, "it.yaml"), KNOWLEDGE).answers == {}


def test_out_of_time_a_law_is_not_proved_and_that_is_a_fault() -> None:
    found = run("check", "--time-limit", "0.000001")
    said = " ".join(found.stdout.split())
    assert found.exit_code == 1 and f"0 of {len(LAWS)} laws proved" in said and f"{len(LAWS)} faults." in said
    assert "every-red-flag-leaves-the-ladder was not proved: not within 1e-06 s; it may hold or not" in said


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "1e9"])
def test_a_time_that_is_none_is_refused(seconds: str) -> None:
    found = run("check", "--time-limit", seconds)
    assert found.exit_code == 2 and "write seconds, more than 0 and at most 86400" in found.stderr


def test_a_folder_that_is_not_there_is_said() -> None:
    for words in (("check", "nowhere"), ("explain", "driver-eight-weeks", "--knowledge", "nowhere")):
        found = run(*words)
        assert (found.exit_code, found.stdout) == (2, "")
        assert found.stderr == "nowhere: there is no such folder; name a folder with knowledge files, such as data/\n"


BAD: dict[str, tuple[str, str, str]] = {
    "an unknown finding": (
        "is: {saddle_numbness: present}",
        "is: {sadle_numbness: present}",
        "there is no finding sadle_numbness; did you mean saddle_numbness?",
    ),
    "an unknown verdict": (
        "{is: {verdict: on_hold}}",
        "{is: {verdict: onhold}}",
        "onhold is no answer for verdict; did you mean on_hold?",
    ),
    "no scenario can test it": (
        "if: {is: {fragile_bones: present}}",
        "if: {all: [is: {fragile_bones: present}, is: {fragile_bones: absent}]}",
        "no-hands-on-fragile-bones says nothing: no scenario can be as its if says",
    ),
    "nothing could break it": (
        "then: {is: {route: [emergency, urgent, other_pathway, stepped_care]}}",
        "then: {any: [is: {route: urgent}, not: {is: {route: urgent}}]}",
        "every-scenario-has-a-route says nothing: whatever the rules said, nothing could break it",
    ),
    "of no kind": ("  rules: agree\n", "", "a law has one of: then, compare, knowing more, rules"),
}


@pytest.mark.parametrize("mistake", BAD)
def test_a_law_that_is_wrong_is_told_with_its_file_and_line(mistake: str, spoilt: Callable[..., Path]) -> None:
    old, new, says = BAD[mistake]
    found = run("check", spoilt("laws.yaml", old, new))
    assert found.exit_code == 1 and not Path("broken-laws").exists()
    (line,) = (line for line in found.stdout.splitlines() if says in line)
    assert line.startswith("data/laws.yaml:") and line.split(":")[1].isdecimal()


def test_a_law_is_broken_though_the_time_is_over_before_the_smallest_scenario_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: Any) -> None:
        raise OutOfTime("the time is over")

    monkeypatch.setattr(import_module("pathway.proof.laws.prove"), "smallest", late)
    proof = proved(LAWS[OF_TWO], Space(SPOILT(KNOWLEDGE)))
    assert proof.result == "broken" and proof.witness and "a smaller scenario may exist" in proof.detail
