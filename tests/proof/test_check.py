"""`pathway check` on knowledge that breaks a law: it shows the scenario and the rules, and saves a file."""

from __future__ import annotations

import json
import shlex
import shutil
import signal
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from z3 import OnClause  # type: ignore[import-untyped]  # z3 ships without types

from pathway.cli.main import main
from pathway.proof import Report, load_laws, proved
from pathway.proof.laws.save import save_witness, save_witnesses, witness_yaml
from pathway.proof.report import SpaceSize as Counts
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import SymbolicSpace
from pathway.proof.symbolic.z3_solver import OutOfTime, Z3Algebra
from pathway.scenarios.scenario import scenario_in
from pathway.yaml.document import parse
from tests.pathways import BICYCLE, pathway_named
from tests.proof.spoil import Spoil, with_part

KNOWLEDGE = pathway_named("bicycle").knowledge
"""The smaller of the two pathways: what is tested is the command."""
HOT = ("options/remedies.yaml", "when: {is: {hot_brake: present}}", "when: {is: {pads: worn}}")
"""An edit by which a hot brake no longer rules out wiping the disc."""
LAWS = {law.id: law for law in load_laws(KNOWLEDGE)}
OF_TWO = "getting-worse-never-lowers-the-step"
SPOILT: Spoil = with_part("clean-first", {"is": {"course": "worsening"}})


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


@pytest.fixture
def spoilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Return a function that copies the knowledge with texts of one file replaced; the current directory is empty."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def copy(file: str, *edits: str) -> Path:
        folder = tmp_path / "with a space" / "data"
        shutil.copytree(BICYCLE, folder)
        text = (folder / file).read_text("utf-8")
        for old, new in zip(edits[::2], edits[1::2], strict=True):
            assert old in text
            text = text.replace(old, new, 1)
        (folder / file).write_text(text, "utf-8")
        return folder

    return copy


def test_an_interrupt_while_z3_searches_is_no_answer_of_z3() -> None:
    logic, interrupts = Z3Algebra(), list[int]()
    solver = logic.solver(*pigeons_in_holes(logic, 6, 5))

    def interrupt_once(*_: object) -> None:
        if not interrupts:
            signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, lambda number, _: interrupts.append(number))
    listener = OnClause(solver.inner, interrupt_once)  # z3 calls it while it searches
    try:
        assert solver.model() is None, "z3 searched to the end"
    finally:
        signal.signal(signal.SIGINT, before)
    assert interrupts == [signal.SIGINT] and listener.s is solver.inner


def pigeons_in_holes(logic: Z3Algebra, pigeons: int, holes: int) -> Iterator[Formula]:
    """Each pigeon has a hole, and no two have one. Where the pigeons are more, there is some search before that is known."""
    places = [[logic.boolean(f"{pigeon} in {hole}") for hole in range(holes)] for pigeon in range(pigeons)]
    yield from map(logic.any, places)
    for shared in zip(*places, strict=True):
        yield from (logic.any(map(logic.negate, two)) for two in combinations(shared, 2))


def test_a_broken_law_prints_its_scenario_and_saves_it_for_explain(spoilt: Callable[..., Path]) -> None:
    folder = spoilt(*HOT)
    result = run("check", folder)
    assert result.exit_code == 1 and result.stderr == ""
    assert "no-hand-on-a-hot-disc is broken: A hot disc is never wiped." in result.stdout
    assert "\n  hot_brake: present\n" in result.stdout
    assert f"{len(LAWS) - 1} of {len(LAWS)} laws proved" in result.stdout
    file = Path("broken-laws/no-hand-on-a-hot-disc.yaml")
    assert f"saved as {file}; to explain it, run\n" in result.stdout and file.is_file()
    (command,) = (line.strip() for line in result.stdout.splitlines() if line.startswith("    pathway explain"))
    explained = run(*shlex.split(command)[1:], "--json")
    assert explained.exit_code == 0 and json.loads(explained.stdout)["options"]["clean-disc"]["verdict"] == "applies"


def test_the_unchanged_rules_do_not_break_the_law_in_the_saved_scenario(spoilt: Callable[..., Path]) -> None:
    run("check", spoilt(*HOT))
    explained = run("explain", "broken-laws/no-hand-on-a-hot-disc.yaml", "--knowledge", BICYCLE, "--json")
    assert json.loads(explained.stdout)["options"]["clean-disc"]["verdict"] == "contraindicated"


def test_the_conflicting_rules_are_named(spoilt: Callable[..., Path]) -> None:
    output = " ".join(run("check", spoilt(*HOT)).stdout.split())
    assert "clean-disc comes out as applies. Conflicting rules: disc-can-be-wiped." in output


def test_check_as_json_holds_every_proof_with_its_files(spoilt: Callable[..., Path]) -> None:
    folder = spoilt(*HOT)
    result = run("check", folder, "--json", "--witnesses", "found/here")
    laws = next(outcome for outcome in json.loads(result.stdout) if outcome["name"] == "laws")
    broken = {proof["law"]: proof for proof in laws["proofs"] if proof["result"] == "broken"}
    assert result.exit_code == 1 and laws["space"]["scenarios"] > laws["space"]["classes"] > 0 and laws["seconds"] > 0
    assert broken["no-hand-on-a-hot-disc"]["files"] == ["found/here/no-hand-on-a-hot-disc.yaml"]
    assert broken["no-hand-on-a-hot-disc"]["commands"][0].startswith("pathway explain found/here/")
    assert len(laws["faults"]) == len(broken)


def test_where_no_law_is_broken_no_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check", BICYCLE)
    assert result.exit_code == 0 and list(tmp_path.iterdir()) == []
    output = " ".join(result.stdout.split())
    assert f"{len(LAWS)} of {len(LAWS)} laws proved in " in output and "are left out" in output
    assert "if numbers that no rule tells apart count once" in output


def test_a_folder_that_cannot_be_written_is_reported_and_the_rest_printed(spoilt: Callable[..., Path]) -> None:
    folder = spoilt(*HOT)
    Path("taken").write_text("a file", "utf-8")
    result = run("check", folder, "--witnesses", "taken")
    assert result.exit_code == 1 and Path("taken").read_text("utf-8") == "a file"
    assert result.stderr == "taken: can't save scenarios there (File exists); name another folder with --witnesses\n"
    assert "hot_brake: present" in result.stdout and "saved as" not in result.stdout


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        save_witness(proved(LAWS[OF_TWO], SymbolicSpace(SPOILT(KNOWLEDGE))), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_law_about_two_people_saves_both(tmp_path: Path) -> None:
    proof = proved(LAWS[OF_TWO], SymbolicSpace(SPOILT(KNOWLEDGE)))
    counts = Counts(scenarios=1, classes=1, excluded=0, settings=1)
    (saved,) = save_witnesses(Report(proofs=(proof,), space=counts, seconds=1.0), tmp_path / "new")
    assert [Path(file).name for file in saved.files] == [f"{OF_TWO}-first.yaml", f"{OF_TWO}-second.yaml"]
    people = [scenario_in(parse(Path(file).read_text("utf-8"), file), KNOWLEDGE).answers for file in saved.files]
    assert {name for name in people[0] if people[0][name] != people[1][name]} == {"course"}
    assert all(command.startswith(f"pathway explain {file}") for command, file in zip(saved.commands, saved.files, strict=True))


def test_answers_that_nobody_gave_are_left_out_of_the_file() -> None:
    proof = proved(LAWS[OF_TWO], SymbolicSpace(SPOILT(KNOWLEDGE)))
    assert proof.witness
    nobody = proof.witness.model_copy(update={"people": ({}, {})})
    text = witness_yaml(proof.model_copy(update={"witness": nobody, "says": "It's so. " * 50}), 0, "it.yaml")
    assert scenario_in(parse(text, "it.yaml"), KNOWLEDGE).answers == {}


def test_out_of_time_a_law_is_not_proved_and_that_is_a_fault() -> None:
    result = run("check", BICYCLE, "--time-limit", "0.000001")
    output = " ".join(result.stdout.split())
    assert result.exit_code == 1 and f"0 of {len(LAWS)} laws proved" in output and f"{len(LAWS)} faults." in output
    assert "every-red-flag-stops-the-ride was not proved: not within 1e-06 s; it may hold or fail" in output


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "1e9"])
def test_an_invalid_time_limit_is_refused(seconds: str) -> None:
    result = run("check", "--time-limit", seconds)
    assert result.exit_code == 2 and "write seconds, more than 0 and at most 86400" in result.stderr


def test_a_missing_folder_is_reported() -> None:
    for words in (("check", "nowhere"), ("explain", "driver-eight-weeks", "--knowledge", "nowhere")):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == "nowhere: there is no such folder; name a folder with knowledge files, such as data/\n"


BAD: dict[str, tuple[str, str, str]] = {
    "an unknown finding": (
        "is: {hot_brake: present}",
        "is: {hot_brakes: present}",
        "there is no finding hot_brakes; did you mean hot_brake?",
    ),
    "an unknown verdict": (
        "{is: {verdict: on_hold}}",
        "{is: {verdict: onhold}}",
        "onhold is not an answer for verdict; did you mean on_hold?",
    ),
    "of no kind": ("  rules: agree\n", "", "a law has one of: then, compare, knowing more, rules"),
}


@pytest.mark.parametrize("mistake", BAD)
def test_a_faulty_law_is_reported_with_its_file_and_line(mistake: str, spoilt: Callable[..., Path]) -> None:
    old, new, says = BAD[mistake]
    result = run("check", folder := spoilt("laws.yaml", old, new))
    assert result.exit_code == 1 and not Path("broken-laws").exists()
    (line,) = (line for line in result.stdout.splitlines() if says in line)
    assert line.startswith(f"{folder}/laws.yaml:") and line.split(":")[1].isdecimal()


UNTESTABLE = (
    (
        "if: {is: {hot_brake: present}}",
        "if: {all: [is: {hot_brake: present}, is: {hot_brake: absent}]}",
        "no-hand-on-a-hot-disc can't fail: no scenario satisfies its if",
    ),
    (
        "then: {not: {is: {verdict: applies}}}",
        "then: {any: [is: {verdict: applies}, not: {is: {verdict: applies}}]}",
        "nothing-is-bought-early can't fail: no rules could break it",
    ),
)


def test_laws_that_nothing_can_break_are_reported_with_their_file_and_line(spoilt: Callable[..., Path]) -> None:
    edits = (text for old, new, _ in UNTESTABLE for text in (old, new))
    result = run("check", folder := spoilt("laws.yaml", *edits))
    assert result.exit_code == 1 and not Path("broken-laws").exists()
    for _, _, says in UNTESTABLE:
        (line,) = (line for line in result.stdout.splitlines() if says in line)
        assert line.startswith(f"{folder}/laws.yaml:") and line.split(":")[1].isdecimal()
    assert "\n2 faults." in result.stdout


def test_a_law_is_broken_even_if_there_is_no_time_to_find_the_smallest_scenario(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: Any) -> None:
        raise OutOfTime("the time is over")

    monkeypatch.setattr(import_module("pathway.proof.laws.prove"), "smallest_witness", late)
    proof = proved(LAWS[OF_TWO], SymbolicSpace(SPOILT(KNOWLEDGE)))
    assert proof.result == "broken" and proof.witness and "a smaller scenario may exist" in proof.detail
