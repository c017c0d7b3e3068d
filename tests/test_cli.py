"""The commands, as people and programs use them: what they print, and with which exit code they end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import pathway
from pathway.cli import result_view as terminal
from pathway.cli.main import main
from pathway.deciding.decide import Disagreement
from pathway.explanation.result import OptionResult
from pathway.knowledge.assumptions import defaults, values_from
from pathway.knowledge.vocabulary import VERDICTS
from pathway.scenarios.examples import bundled_scenarios, scenario_files
from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, TRIED, explained

ROOT = Path(__file__).parents[1]
COMMANDS = ("explain", "scenarios", "rules", "check", "source", "why-not", "thresholds", "line", "atlas", "diff", "link")
NAMES = tuple(scenario_files())
REAL_PAGES = sorted((ROOT.parent / "shared" / "source").glob("*.txt"))
KEYS = {
    "route", "step", "provisional", "guidance", "route_open", "step_open", "options", "red_flags", "safety_net", "assumptions",
    "ask_next", "warnings", "notice", "knowledge",
}  # fmt: skip
REASON = {"rule", "basis", "because", "citations"}
CITATION = {"source", "locator", "checked"}


def run(*words: str, given: str | bytes = "") -> Result:
    """A command that does what it is asked."""
    result = CliRunner().invoke(main, words, input=given)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result


def printed(answers: dict[str, str | int], guidance: str = "page", width: int = 80) -> str:
    """A result as it stands in a terminal, in one long line of words."""
    result = explained(answers, guidance)
    return " ".join(terminal.render(result, KNOWLEDGE, defaults(KNOWLEDGE), width).split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    said = run(command, "--help").stdout
    assert re.search(rf"Examples?:\n +pathway {command}", said)


def test_the_help_lists_every_command_and_the_exit_codes() -> None:
    said = run("--help").stdout
    assert all(f"\n  {command} " in said for command in COMMANDS)
    assert "0 done; 1 a check found something; 2 the input can't be used" in " ".join(said.split())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("guidance", ["page", "nice"])
def test_every_bundled_scenario_is_explained_within_eighty_columns(name: str, guidance: str) -> None:
    said = run("explain", name, "--guidance", guidance).stdout
    assert max(map(len, said.splitlines())) <= 80
    assert not re.search(r"\bunknown\b|\bNone\b|[<>{}]|\x1b", said)
    assert all(line == line.rstrip() for line in said.splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_a_result_is_in_the_terminal(name: str) -> None:
    result = pathway.explain(scenario_files()[name])
    said = " ".join(run("explain", name).stdout.split())
    flags = [words for flag in result.red_flags for words in (flag.because, flag.do, flag.differs or "")]
    asked = [KNOWLEDGE.findings[finding].question for finding in result.ask_next]
    assumed = [KNOWLEDGE.assumptions[name].because for name in result.assumptions]
    parts = [
        result.title,
        *flags,
        *asked,
        *assumed,
        *result.warnings,
        *result.safety_net,
        result.notice,
        result.knowledge.edition,
    ]
    parts += [words for option, found in result.options.items() for words in parts_of(option, found)]
    assert [part for part in parts if " ".join(part.split()) not in said] == []


def parts_of(option: str, found: OptionResult) -> list[str]:
    """What the terminal says of an option. On hold, what applies or comes later and the cautions wait with it."""
    held = found.verdict == "on_hold"
    said = [r.because for r in found.reasons if not held or r.says not in ("applies", "later", "undetermined")]
    cautions = [] if held else [caution.text for caution in found.cautions]
    return [KNOWLEDGE.options[option].name, *said, *cautions, *found.contrasts, *(note.text for note in found.notes)]


def test_a_route_is_said_with_what_it_means() -> None:
    assert "Route Stepped care - no red flag: the ladder decides." in printed(QUIET)
    assert "Route Emergency - at once, within hours." in printed({**QUIET, "saddle_numbness": "present"})


def test_red_flags_stand_first_with_what_to_do_and_where_sources_differ() -> None:
    said = printed({**QUIET, "nerve_pain": "both_sides"})
    assert said.index("Red flags") < said.index("What to do: ") < said.index("Sources differ.") < said.index("Where this stands")


def test_provisional_is_said_plainly() -> None:
    assert "PROVISIONAL" in printed({"region": "low_back"})
    assert "PROVISIONAL" not in printed(QUIET)


def test_what_is_open_reads_as_unless() -> None:
    open_risk = {name: answer for name, answer in TRIED.items() if name != "tens_risk"}
    assert "- TENS Applies, unless: contraindicated (depends on: tens risk)" in printed(open_risk)


def test_a_more_urgent_route_that_is_still_possible_is_said() -> None:
    said = printed({"region": "low_back", "cord_signs": "present"})
    assert re.search(r"Route Urgent, unless: emergency \(depends on: bladder or bowel change, ", said)


def test_reasons_stand_with_their_basis_and_how_surely_each_citation_was_checked() -> None:
    said = printed(TRIED)
    assert re.search(r"with no caveat\. \[page\] physiotherapy 1c, [^()]* \(original read\)", said)
    assert re.search(r"\[assumption\] stepped-ladder; page, radiculopathy", said)
    assert "[guideline] ng59, 1.2.1 (original read)" in said


def test_where_nice_differs_is_said_beside_the_option() -> None:
    assert "- TENS The page says yes, NICE says do not offer." in printed(TRIED)
    assert "- Spinal traction The page says yes, NICE says do not offer." in printed(TRIED)
    assert "The page says yes, NICE says do not offer." not in printed(TRIED, "nice")


@pytest.mark.parametrize("guidance", ["page", "nice"])
@pytest.mark.parametrize(
    "answers",
    [
        QUIET,
        TRIED,
        OPERATED_ON,
        {},
        {"region": "low_back"},
        {**QUIET, "major_trauma": "present"},
        {**QUIET, "pregnancy": "pregnant"},
    ],
    ids=["quiet", "tried", "operated-on", "nothing", "region", "emergency", "pregnant"],
)
def test_the_caveat_on_ultrasound_is_always_seen(answers: dict[str, str | int], guidance: str) -> None:
    (caveat,) = [rule.because for rule in KNOWLEDGE.recommendations.values() if rule.id == "ultrasound-no-longer-advised"]
    assert " ".join(caveat.split()) in printed(answers, guidance)


def test_answers_that_do_not_go_together_are_pointed_out() -> None:
    assert "Check the answers: There are more weeks of conservative care than of symptoms." in printed(
        {**TRIED, "symptom_weeks": 2}
    )


def test_an_assumption_that_was_varied_shows_its_value_and_the_usual_one() -> None:
    said = " ".join(run("explain", "driver-eight-weeks", "--assume", "conservative-trial-weeks=12").stdout.split())
    assert "conservative-trial-weeks = 12 weeks (4 to 12 allowed; usually 6)" in said


def test_an_assumption_of_words_is_varied_with_a_word() -> None:
    content = json.dumps({"answers": {**TRIED, "symptom_weeks": 16}})
    steps = [run("explain", "-", "--assume", f"injection-first={word}", "--json", given=content).stdout for word in ("yes", "no")]
    assert [json.loads(step)["step"] for step in steps] == ["injection", "surgery"]


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_result_fits_the_terminal(width: int) -> None:
    text = terminal.render(explained(TRIED), KNOWLEDGE, defaults(KNOWLEDGE), width)
    assert max(map(len, text.splitlines())) <= width


def test_a_very_wide_terminal_is_not_filled() -> None:
    text = terminal.render(explained(TRIED), KNOWLEDGE, defaults(KNOWLEDGE), 400)
    assert max(map(len, text.splitlines())) <= 100


def test_colour_adds_nothing_but_colour() -> None:
    plain, coloured = (terminal.render(explained({}), KNOWLEDGE, defaults(KNOWLEDGE), 80, colour) for colour in (False, True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_nothing_in_a_title_acts_on_the_terminal() -> None:
    content = '{"title": "\\u001b]0;owned\\u0007 [bold]red[/bold] \\u202e\\u009b", "answers": {}}'
    said = run("explain", "-", given=content)
    assert said.stdout.startswith(" ]0;owned  [bold]red[/bold]".lstrip())
    assert all(letter.isprintable() or letter == "\n" for letter in said.stdout)
    as_json = run("explain", "-", "--json", given=content).stdout
    assert all(letter.isprintable() or letter == "\n" for letter in as_json)
    assert json.loads(as_json)["title"].startswith("\x1b]0;owned")


@pytest.mark.parametrize("name", NAMES)
def test_the_json_has_the_shape_of_the_contract(name: str) -> None:
    found = json.loads(run("explain", name, "--json").stdout)
    assert found.keys() >= KEYS
    assert list(found["options"]) == list(KNOWLEDGE.options)
    assert found["knowledge"].keys() == {"edition", "hash"}
    for option in found["options"].values():
        assert option["verdict"] in VERDICTS
        assert option.keys() >= {"verdict", "open", "cautions", "notes", "reasons"}
        assert (option["open"] is not None) == (option["verdict"] == "undetermined")
        assert option["open"] is None or option["open"].keys() == {"possible", "deciding"}
        assert all(reason.keys() >= REASON for reason in option["reasons"])
        assert all(cite.keys() >= CITATION for reason in option["reasons"] for cite in reason["citations"])
        assert all(note.keys() >= {"text", "edition", "number", "checked"} for note in option["notes"])
    for flag in found["red_flags"]:
        assert flag.keys() >= {"finding", "route", "because", "basis", "citations"}


@pytest.mark.parametrize("name", NAMES)
def test_the_json_is_what_python_gives(name: str) -> None:
    found = json.loads(run("explain", name, "--json").stdout)
    assert found == pathway.explain(scenario_files()[name]).model_dump(mode="json")


def test_guidance_and_assumptions_reach_the_result() -> None:
    words = ("--guidance", "nice", "--assume", "surgery-weeks=20", "--assume", "conservative-trial-weeks=+8", "--json")
    found = json.loads(run("explain", "walker-with-stenosis", *words).stdout)
    varied = {"surgery-weeks": 20, "conservative-trial-weeks": 8}
    assert found == pathway.explain(scenario_files()["walker-with-stenosis"], "nice", varied).model_dump(mode="json")


def test_a_dash_reads_standard_input() -> None:
    content = scenario_files()["driver-eight-weeks"].read_bytes()
    assert run("explain", "-", given=content).stdout == run("explain", "driver-eight-weeks").stdout


@pytest.mark.parametrize(
    ("form", "change"),
    [
        ("CRLF", lambda text: text.replace("\n", "\r\n").encode()),
        ("a byte order mark", lambda text: text.encode("utf-8-sig")),
        ("both", lambda text: text.replace("\n", "\r\n").encode("utf-8-sig")),
        ("no last new line", lambda text: text.rstrip().encode()),
    ],
)
def test_a_file_from_another_editor_is_read_alike(form: str, change: Callable[[str], bytes], tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes(change(scenario_files()["driver-eight-weeks"].read_text(encoding="utf-8")))
    assert run("explain", str(tmp_path / "mine.yaml")).stdout == run("explain", "driver-eight-weeks").stdout, form


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_is_read_alike_however_it_is_indented(indent: int | str | None, tmp_path: Path) -> None:
    scenario = dict(bundled_scenarios(KNOWLEDGE))["driver-eight-weeks"]
    (tmp_path / "mine.json").write_text(json.dumps(scenario.model_dump(), indent=indent))
    assert run("explain", str(tmp_path / "mine.json")).stdout == run("explain", "driver-eight-weeks").stdout


def test_a_file_goes_before_a_bundled_scenario_and_a_folder_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "driver-eight-weeks").mkdir()
    assert run("explain", "driver-eight-weeks").stdout.startswith("A driver")
    (tmp_path / "cellist-mid-back").write_text("title: Mine\nanswers: {}\n")
    assert run("explain", "cellist-mid-back").stdout.startswith("Mine\n")


def test_unknown_is_as_good_as_left_out() -> None:
    said = run("explain", "-", given="answers: {region: low_back, weakness: unknown, age: unknown}").stdout
    assert said == run("explain", "-", given="answers: {region: low_back}").stdout


def test_scenarios_are_listed_by_name_and_title() -> None:
    said = " ".join(run("scenarios").stdout.split())
    for name, scenario in bundled_scenarios(KNOWLEDGE):
        assert f"{name} {scenario.title}" in said


def test_scenarios_as_json_say_what_they_are_about() -> None:
    found = json.loads(run("scenarios", "--json").stdout)
    assert [entry["name"] for entry in found] == list(NAMES)
    assert all(entry["title"] and entry["about"] for entry in found)


def test_what_an_assumption_and_the_safety_net_rest_on_is_shown_with_how_surely_it_is_known() -> None:
    said = " ".join(run("explain", "driver-eight-weeks").stdout.split())
    assert re.search(r"sets the number\. nhs-111-wales-sciatica, [^()]* \(original read\); nerves-2021, [^()]* \(second", said)
    assert "asked again at each visit. girft-ces, a warning card (second-hand); finucane-2020, safety netting (" in said
    assert "No named source was found for what to look for after an injection or an operation." in said


def test_an_unsourced_flag_says_that_no_named_source_was_found() -> None:
    said = printed({**QUIET, "recent_spinal_procedure": "present"})
    assert "[unsourced] widely taught; no named source was found. Weaker than a guideline. " in said


def test_the_part_without_a_source_is_said_beside_what_has_one() -> None:
    said = printed({**QUIET, "suspected_vascular": "present"})
    assert re.search(r"No named source was found for a cold or pale limb, [^.]*\. \[guideline\] ng156, ", said)


def test_each_source_is_listed_with_its_publisher_edition_address_and_the_day_of_the_look() -> None:
    said = printed({**QUIET, "saddle_numbness": "present"}, width=100)
    assert "Sources, and how surely each is known (looked at 26 November 2026)" in said
    assert re.search(r"- bmj-bp-ces: BMJ Best Practice: Cauda equina .* Edition: undated\. https://bestpractice\.bmj\.c", said)


def test_where_sources_differ_a_rule_and_an_assumption_say_so_as_a_red_flag_does() -> None:
    said = printed({**TRIED, "weakness": "mild"})
    assert re.search(r"Objective weakness asks for [^.]*\. Sources differ\. Evidence-Based Interventions", said)
    assert re.search(r"acute-weeks = 12 weeks.* Sources differ\. That NICE", printed(TRIED, "nice"))


def test_the_rules_in_plain_english_are_as_last_read(golden: Callable[[str, str], None]) -> None:
    golden("rules.txt", run("rules").stdout)


def test_the_rules_name_every_entry_of_the_knowledge() -> None:
    said = run("rules").stdout
    names = [*KNOWLEDGE.assumptions, *KNOWLEDGE.definitions, *KNOWLEDGE.options, *(rule.id for rule in KNOWLEDGE.rules())]
    assert [name for name in names if name not in said] == []
    assert max(map(len, said.splitlines())) <= 80


def test_the_rules_as_json_hold_every_rule_with_its_condition_in_words() -> None:
    found = json.loads(run("rules", "--json").stdout)
    assert [rule["id"] for rule in found] == [rule.id for rule in KNOWLEDGE.rules()]
    assert all(rule["when"] and rule["because"] for rule in found)
    assert {rule["basis"] for rule in found if not rule["citations"]} <= {"unsourced", "assumption"}


def test_check_says_what_was_proved_and_then_in_one_line_what_it_looked_at() -> None:
    *proved, line = run("check").stdout.splitlines()
    # In one string: where its lines break depends on how many digits the seconds have.
    assert re.match(r"(\d+) of \1 laws proved in [\d.]+ s, over [\d,]+ scenarios \(", " ".join(proved))
    rules, statements = len(tuple(KNOWLEDGE.rules())), len(KNOWLEDGE.ledger.statements)
    assert f"({rules} rules), {statements} statements, {len(NAMES)} scenarios" in line
    assert re.search(r": [\d,]+ checks made, no fault found\.$", line)


def test_check_as_json_counts_its_checks() -> None:
    found = json.loads(run("check", "--json").stdout)
    assert [outcome["faults"] for outcome in found] == [[]] * len(found)
    assert all(outcome["checks"] > 0 for outcome in found)


def test_source_tells_a_page_that_is_another(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Rest is best.\n")
    result = CliRunner().invoke(main, ["source", str(tmp_path / "page.txt")])
    assert result.exit_code == 1
    assert "0 of 1 sentence accounted for" in result.stdout
    as_json = CliRunner().invoke(main, ["source", "-", "--json"], input="Rest is best.\n")
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["accounted"] == 0


def test_source_repeats_nothing_that_acts_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Rest \x1b[31mis\x07 best.\n")
    said = CliRunner().invoke(main, ["source", str(tmp_path / "page.txt")]).stdout
    assert all(letter.isprintable() or letter == "\n" for letter in said)


@pytest.mark.parametrize("page", REAL_PAGES, ids=lambda page: page.stem)
def test_source_accounts_for_the_real_page_and_finds_a_word_changed(page: Path, tmp_path: Path) -> None:
    assert "66 of 66 sentences accounted for" in run("source", str(page)).stdout
    changed = page.read_text(encoding="utf-8").replace("temporary", "lasting", 1)
    (tmp_path / "page.txt").write_text(changed, encoding="utf-8")
    assert CliRunner().invoke(main, ["source", str(tmp_path / "page.txt")]).exit_code == 1


def test_a_fault_inside_is_loud_and_gives_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def differ(*_: object) -> None:
        raise Disagreement("durable-rules and the reference reader differ on a-rule; no answer is given")

    monkeypatch.setattr(pathway.Pathway, "explain", differ)
    result = CliRunner().invoke(main, ["explain", "driver-eight-weeks"])
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("pathway: durable-rules and the reference reader differ on a-rule")


def test_values_that_were_not_given_are_the_defaults() -> None:
    assert values_from({}, KNOWLEDGE) == defaults(KNOWLEDGE)
