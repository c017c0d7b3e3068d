"""Two pathways in one process: each has its knowledge, its links and its commands, and neither knows of the other."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import pathway
from pathway.cli.main import main
from pathway.knowledge.loader import FOLDER, data_folder, in_use
from pathway.knowledge.template import TEMPLATE
from pathway.links.link import InvalidLink, codec_of
from pathway.scenarios.walk import new_walk
from tests.pathways import pathway_named
from tests.people import KNOWLEDGE

FIRST = KNOWLEDGE.outline.name
ANSWERS: dict[str, str | int] = {"region": "low_back", "nerve_pain": "one_side", "symptom_weeks": 8}
OWN = {
    "\nid: radiculopathy\n": "\nid: another\n",
    "unnamed links: yes\n": "",
    "name: back pain from a trapped nerve root": "name: another thing",
    "other_pathway": "elsewhere",
}
"""The words that make the copy another pathway, each with its replacement."""


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a second pathway."""
    folder = Path(shutil.copytree(data_folder(), tmp_path_factory.mktemp("own") / "another"))
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for old, new in OWN.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    return folder


def ran(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_each_pathway_explains_by_its_own_knowledge(another: Path) -> None:
    scenario = {"answers": {**ANSWERS, "inflammatory_pattern": "present"}}
    own = pathway.explain(scenario, knowledge=pathway.load(another))
    assert (own.route, pathway.explain(scenario).route) == ("elsewhere", "other_pathway")
    assert own.knowledge.hash != KNOWLEDGE.hash


def test_a_folder_may_be_named_by_its_path_as_text(another: Path) -> None:
    assert pathway.load(str(another)) is pathway.load(another)


def test_a_link_of_another_pathway_says_so(another: Path) -> None:
    own, first = codec_of(pathway.load(another)), codec_of(KNOWLEDGE)
    link = own.encode(new_walk(ANSWERS, knowledge=own.knowledge))
    assert own.decode(link).state.answers == ANSWERS
    with pytest.raises(InvalidLink, match=r"it belongs to another pathway; this one is about back pain"):
        first.decode(link)
    with pytest.raises(InvalidLink, match=f"it belongs to another pathway, about {FIRST}; this one is about another thing"):
        own.decode(first.encode(new_walk(ANSWERS)))


def test_a_link_of_a_pathway_that_came_with_the_program_says_which_one_it_is_of() -> None:
    bicycle = codec_of(pathway_named("bicycle").knowledge)
    name = bicycle.knowledge.outline.name
    with pytest.raises(InvalidLink, match=f"it belongs to another pathway, about {name}; this one is about {FIRST}"):
        codec_of(KNOWLEDGE).decode(bicycle.encode(new_walk({"weeks": 2}, "maker", knowledge=bicycle.knowledge)))


def test_the_links_of_the_first_pathway_name_none() -> None:
    link = codec_of(KNOWLEDGE).encode(new_walk(ANSWERS))
    assert link.startswith(f"2_{KNOWLEDGE.hash}_p0_0s-")


def test_every_command_takes_the_folder_of_a_pathway(another: Path) -> None:
    result = ran("--data", str(another), "explain", "student-stiff-mornings", "--json")
    assert result.exit_code == 0 and '"route": "elsewhere"' in result.output
    assert '"route": "other_pathway"' in ran("explain", "student-stiff-mornings", "--json").output
    link = ran("--data", str(another), "link", "driver-eight-weeks").output.strip()
    assert ran("--data", str(another), "link", "--read", link).exit_code == 0
    refused = ran("link", "--read", link)
    assert refused.exit_code == 2 and "it belongs to another pathway" in refused.output


@pytest.mark.parametrize(
    ("folder", "says"),
    [
        ("no-such-folder", "no-such-folder: there is no such folder; name a folder"),
        ("", "the folder: has an empty name; name a folder"),
        (__file__, "is a file; name the folder that it is in"),
    ],
)
def test_a_path_that_is_not_a_folder_is_reported(folder: str, says: str) -> None:
    refused = ran("--data", folder, "scenarios")
    assert refused.exit_code == 2 and says in refused.output


def test_a_fault_is_reported_by_the_folder_that_was_named(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TEMPLATE, tmp_path / "mine"))
    ladder = folder / "ladder.yaml"
    ladder.write_text(ladder.read_text("utf-8").replace("says: bulb", "says: bulbs"), "utf-8")
    line = ladder.read_text("utf-8").splitlines().index("- id: bulb-next") + 1
    says = f"{ladder}:{line}: says can't be bulbs; did you mean bulb?"
    assert says in ran("--data", str(folder), "rules").output
    assert says in ran("--data", str(folder), "check").output
    assert says in ran("check", str(folder)).output


def test_words_too_many_to_list_are_in_the_folder_that_was_named(another: Path, tmp_path: Path) -> None:
    (tmp_path / "it.yaml").write_text("answers: {zzz: present}\n", "utf-8")
    refused = ran("--data", str(another), "explain", str(tmp_path / "it.yaml"))
    assert re.search(rf"there is no finding zzz; see the \d+ findings in {re.escape(str(another))}/$", refused.output.strip())


def test_a_command_to_run_next_names_the_folder(another: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"pathway --data {another} review --record sheet.xlsx" in ran("--data", str(another), "review", "sheet").output


def test_the_folder_in_use_can_be_set_in_the_environment(another: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(another))
    assert pathway.load().outline.id == "another"
    with in_use(KNOWLEDGE.folder):
        assert pathway.load() is KNOWLEDGE
    assert pathway.load().outline.id == "another"


def test_the_help_names_what_the_pathway_in_use_has(another: Path) -> None:
    assert "--guidance page|nice" in ran("--data", str(another), "explain", "--help").output
    assert "pathway line step injection surgery --guidance nice" in ran("line", "--help").output


def changed(folder: Path, file: str, before: str, after: str) -> Path:
    """A file of a folder in which the first place of some words is changed."""
    path = folder / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    return path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATE, tmp_path / "mine"))


def test_a_fault_names_other_files_by_that_folder_too(mine: Path) -> None:
    changed(mine, "source/page.yaml", "source: ", "source: un")
    assert f"of {mine}/source/page.yaml" in ran("--data", str(mine), "check").output


def test_a_fault_of_changes_is_reported_once(mine: Path) -> None:
    entry = "- {id: more, how: freely, findings: [nothing_real], because: So it is., time: stays}\n"
    with (mine / "changes.yaml").open("a", encoding="utf-8") as file:
        file.write(entry)
    assert ran("--data", str(mine), "check").output.count("there is no finding nothing_real") == 1


def test_an_unknown_finding_of_a_red_flag_is_reported_once(mine: Path) -> None:
    flags = mine / "red_flags.yaml"
    finding = next(iter(pathway.load(TEMPLATE).red_flags.values())).finding
    flags.write_text(flags.read_text("utf-8").replace(finding, "no_such_thing"), "utf-8")
    assert ran("--data", str(mine), "check").output.count("there is no finding no_such_thing") == 1


def test_a_fault_of_the_examples_names_their_line(mine: Path) -> None:
    option = pathway.load(TEMPLATE).outline.example.option
    outline = changed(mine, "pathway.yaml", f"option: {option}", "option: no-such-option")
    lines = outline.read_text("utf-8").splitlines()
    line = lines.index("example:") + 2
    assert f"pathway.yaml:{line}: there is no option no-such-option" in ran("--data", str(mine), "check").output


def test_a_text_that_needs_quotes_is_reported_as_such(mine: Path) -> None:
    name = pathway.load(TEMPLATE).outline.title
    changed(mine, "pathway.yaml", f"title: {name}", f"title: {name}: first: one")
    assert "put the text in quotes" in ran("--data", str(mine), "check").output


def test_checks_that_wait_for_the_first_ones_are_announced(mine: Path) -> None:
    changed(mine, "ladder.yaml", "says: bulb", "says: bulbs")
    assert "More is checked once these are mended" in ran("--data", str(mine), "check").output


def test_the_help_names_no_assumption_where_the_example_has_none(mine: Path) -> None:
    assert not pathway.load(mine).outline.example.assumption
    assert "--assume ASSUMPTION" not in ran("--data", str(mine), "explain", "--help").output


def test_the_help_of_a_folder_is_about_its_pathway(mine: Path) -> None:
    says = ran("--data", str(mine), "--help").output
    assert "a lamp that stays dark" in says
    assert not any(word in says for word in ("medical", "clinician", KNOWLEDGE.outline.name))
    assert "medical" in ran("--help").output


@pytest.mark.parametrize("word", ["title", "describe", "counted", "real", "one", "several"])
def test_what_a_case_is_called_is_data(word: str) -> None:
    names = {getattr(pathway.load(folder).outline.case, word) for folder in (TEMPLATE, data_folder())}
    assert len(names) == 2
