"""The commands: what they print, as text and as JSON, and their exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import pathway
from pathway.cli.main import main
from pathway.cli.result_view import render
from pathway.deciding.decide import Disagreement
from pathway.explanation.result import OptionResult
from pathway.knowledge.assumptions import defaults, values_from
from pathway.knowledge.loader import load
from pathway.knowledge.vocabulary import VERDICTS
from pathway.scenarios.examples import bundled_scenarios, scenario_files
from tests.pathways import BICYCLE
from tests.people import KNOWLEDGE, OPERATED_ON, QUIET, TRIED, explained

ROOT = Path(__file__).parents[1]
COMMANDS = (
    "explain", "scenarios", "rules", "check", "review", "source", "why-not", "thresholds", "line", "atlas", "diff", "link",
    "table", "set", "practice", "schema",
)  # fmt: skip
NAMES = tuple(scenario_files())
REAL_PAGES = sorted((ROOT.parent / "shared" / "source").glob("*.txt"))
KEYS = {
    "route", "step", "provisional", "guidance", "route_open", "step_open", "options", "red_flags", "safety_net", "assumptions",
    "ask_next", "warnings", "notice", "knowledge",
}  # fmt: skip
REASON = {"rule", "basis", "because", "citations"}
CITATION = {"source", "locator", "checked"}


def run(*words: str, stdin: str | bytes = "") -> Result:
    """Runs a command that must succeed without a message on standard error."""
    result = CliRunner().invoke(main, words, input=stdin)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result


@cache
def explained_text(name: str, *words: str) -> str:
    """What `explain` prints of a bundled scenario, which several tests read."""
    return run("explain", name, *words).stdout


def printed(answers: dict[str, str | int], guidance: str = "page", width: int = 80) -> str:
    """A rendered result on one line, with single spaces."""
    result = explained(answers, guidance)
    return " ".join(render(result, KNOWLEDGE, defaults(KNOWLEDGE), width).split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    output = run(command, "--help").stdout
    assert re.search(rf"Examples?:\n +pathway {command}", output)


def test_the_help_lists_every_command_and_the_exit_codes() -> None:
    output = run("--help").stdout
    assert all(f"\n  {command} " in output for command in COMMANDS)
    assert "0 success; 1 a check failed; 2 invalid input; 3 internal error" in " ".join(output.split())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("guidance", ["page", pytest.param("nice", marks=pytest.mark.soak)])
def test_every_bundled_scenario_is_explained_within_eighty_columns(name: str, guidance: str) -> None:
    output = explained_text(name, "--guidance", guidance)
    assert max(map(len, output.splitlines())) <= 80
    assert not re.search(r"\bunknown\b|\bNone\b|[<>{}]|\x1b", output)
    assert all(line == line.rstrip() for line in output.splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_the_terminal_shows_every_part_of_a_result(name: str) -> None:
    result = pathway.explain(scenario_files()[name])
    output = " ".join(explained_text(name, "--guidance", "page").split())
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
    parts += [words for option, entry in result.options.items() for words in parts_of(option, entry)]
    assert [part for part in parts if " ".join(part.split()) not in output] == []


def parts_of(option: str, entry: OptionResult) -> list[str]:
    """The texts printed with an option. One that is on hold shows neither cautions nor reasons to apply it, now or later."""
    on_hold = entry.verdict == "on_hold"
    reasons = [r.because for r in entry.reasons if not on_hold or r.says not in ("applies", "later", "undetermined")]
    cautions = [] if on_hold else [caution.text for caution in entry.cautions]
    return [KNOWLEDGE.options[option].name, *reasons, *cautions, *entry.contrasts, *(note.text for note in entry.notes)]


def test_the_route_is_printed_with_its_meaning() -> None:
    assert "Route Stepped care - no red flag: the ladder decides." in printed(QUIET)
    assert "Route Emergency - at once, within hours." in printed({**QUIET, "saddle_numbness": "present"})


def test_red_flags_come_first_with_what_to_do_and_how_sources_differ() -> None:
    output = printed({**QUIET, "nerve_pain": "both_sides"})
    assert (
        output.index("Red flags")
        < output.index("What to do: ")
        < output.index("Sources differ.")
        < output.index("Route and step")
    )


def test_a_provisional_result_says_so() -> None:
    assert "PROVISIONAL" in printed({"region": "low_back"})
    assert "PROVISIONAL" not in printed(QUIET)


def test_an_undetermined_verdict_says_what_it_is_so_far_and_what_decides() -> None:
    open_risk = {name: answer for name, answer in TRIED.items() if name != "tens_risk"}
    assert "- TENS Applies so far. Could change to: contraindicated (depends on: TENS risk)" in printed(open_risk)


def test_a_more_urgent_route_that_is_still_possible_is_printed() -> None:
    output = printed({"region": "low_back", "cord_signs": "present"})
    assert re.search(r"Route Urgent so far\. Could change to: emergency \(depends on: bladder or bowel change, ", output)


def test_each_reason_has_its_basis_and_how_its_citations_were_checked() -> None:
    output = printed(TRIED)
    assert re.search(r"with no caveat\. \[page\] physiotherapy 1c, [^()]* \(text read\)", output)
    assert re.search(r"\[assumption\] stepped-ladder; page, radiculopathy", output)
    assert "[guideline] ng59, 1.2.1 (text read)" in output


def test_an_option_says_where_nice_differs() -> None:
    assert "- TENS Page: yes. NICE: do not offer." in printed(TRIED)
    assert "- Spinal traction Page: yes. NICE: do not offer." in printed(TRIED)
    assert "Page: yes. NICE: do not offer." not in printed(TRIED, "nice")


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
def test_the_caveat_on_ultrasound_is_always_printed(answers: dict[str, str | int], guidance: str) -> None:
    (caveat,) = [rule.because for rule in KNOWLEDGE.recommendations.values() if rule.id == "ultrasound-no-longer-advised"]
    assert " ".join(caveat.split()) in printed(answers, guidance)


def test_contradictory_answers_give_a_warning() -> None:
    assert "Check the answers: There are more weeks of conservative care than of symptoms." in printed(
        {**TRIED, "symptom_weeks": 2}
    )


def test_a_changed_assumption_shows_its_value_and_its_default() -> None:
    output = " ".join(run("explain", "driver-eight-weeks", "--assume", "conservative-trial-weeks=12").stdout.split())
    assert "conservative-trial-weeks = 12 weeks (4 to 12 allowed; default 6)" in output


def test_an_assumption_with_word_values_can_be_changed() -> None:
    content = json.dumps({"answers": {**TRIED, "symptom_weeks": 16}})
    steps = [run("explain", "-", "--assume", f"injection-first={word}", "--json", stdin=content).stdout for word in ("yes", "no")]
    assert [json.loads(step)["step"] for step in steps] == ["injection", "surgery"]


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_result_fits_the_terminal(width: int) -> None:
    text = render(explained(TRIED), KNOWLEDGE, defaults(KNOWLEDGE), width)
    assert max(map(len, text.splitlines())) <= width


def test_a_very_wide_terminal_is_not_filled() -> None:
    text = render(explained(TRIED), KNOWLEDGE, defaults(KNOWLEDGE), 400)
    assert max(map(len, text.splitlines())) <= 100


def test_colour_adds_nothing_but_colour() -> None:
    plain, coloured = (render(explained({}), KNOWLEDGE, defaults(KNOWLEDGE), 80, colour) for colour in (False, True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_no_control_character_of_a_title_reaches_the_terminal() -> None:
    content = '{"title": "\\u001b]0;owned\\u0007 [bold]red[/bold] \\u202e\\u009b", "answers": {}}'
    output = run("explain", "-", stdin=content)
    assert output.stdout.startswith(" ]0;owned  [bold]red[/bold]".lstrip())
    assert all(letter.isprintable() or letter == "\n" for letter in output.stdout)
    as_json = run("explain", "-", "--json", stdin=content).stdout
    assert all(letter.isprintable() or letter == "\n" for letter in as_json)
    assert json.loads(as_json)["title"].startswith("\x1b]0;owned")


@pytest.mark.parametrize("name", NAMES)
def test_the_json_has_the_shape_of_the_contract(name: str) -> None:
    data = json.loads(explained_text(name, "--json"))
    assert data.keys() >= KEYS
    assert list(data["options"]) == list(KNOWLEDGE.options)
    assert data["knowledge"].keys() == {"edition", "hash"}
    for option in data["options"].values():
        assert option["verdict"] in VERDICTS
        assert option.keys() >= {"verdict", "open", "cautions", "notes", "reasons"}
        assert (option["open"] is not None) == (option["verdict"] == "undetermined")
        assert option["open"] is None or option["open"].keys() == {"possible", "deciding"}
        assert all(reason.keys() >= REASON for reason in option["reasons"])
        assert all(cite.keys() >= CITATION for reason in option["reasons"] for cite in reason["citations"])
        assert all(note.keys() >= {"text", "edition", "number", "checked"} for note in option["notes"])
    for flag in data["red_flags"]:
        assert flag.keys() >= {"finding", "route", "because", "basis", "citations"}


@pytest.mark.parametrize("name", NAMES)
def test_the_json_equals_the_result_in_python(name: str) -> None:
    data = json.loads(explained_text(name, "--json"))
    assert data == pathway.explain(scenario_files()[name]).model_dump(mode="json")


def test_guidance_and_assumptions_change_the_result() -> None:
    words = ("--guidance", "nice", "--assume", "surgery-weeks=20", "--assume", "conservative-trial-weeks=+8", "--json")
    data = json.loads(run("explain", "walker-with-stenosis", *words).stdout)
    varied = {"surgery-weeks": 20, "conservative-trial-weeks": 8}
    assert data == pathway.explain(scenario_files()["walker-with-stenosis"], "nice", varied).model_dump(mode="json")


def test_a_dash_reads_standard_input() -> None:
    content = scenario_files()["driver-eight-weeks"].read_bytes()
    assert run("explain", "-", stdin=content).stdout == explained_text("driver-eight-weeks")


@pytest.mark.parametrize(
    ("form", "change"),
    [
        ("CRLF", lambda text: text.replace("\n", "\r\n").encode()),
        ("a byte order mark", lambda text: text.encode("utf-8-sig")),
        ("both", lambda text: text.replace("\n", "\r\n").encode("utf-8-sig")),
        ("no last new line", lambda text: text.rstrip().encode()),
    ],
)
def test_line_ends_and_byte_order_marks_make_no_difference(form: str, change: Callable[[str], bytes], tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes(change(scenario_files()["driver-eight-weeks"].read_text(encoding="utf-8")))
    assert run("explain", str(tmp_path / "mine.yaml")).stdout == explained_text("driver-eight-weeks"), form


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_the_indentation_of_a_json_file_makes_no_difference(indent: int | str | None, tmp_path: Path) -> None:
    scenario = dict(bundled_scenarios(KNOWLEDGE))["driver-eight-weeks"]
    (tmp_path / "mine.json").write_text(json.dumps(scenario.model_dump(), indent=indent))
    assert run("explain", str(tmp_path / "mine.json")).stdout == explained_text("driver-eight-weeks")


def test_a_file_hides_a_bundled_scenario_and_a_folder_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "driver-eight-weeks").mkdir()
    assert run("explain", "driver-eight-weeks").stdout.startswith("A driver")
    (tmp_path / "cellist-mid-back").write_text("title: Mine\nanswers: {}\n")
    assert run("explain", "cellist-mid-back").stdout.startswith("Mine\n")


def test_the_answer_unknown_equals_no_answer() -> None:
    output = run("explain", "-", stdin="answers: {region: low_back, weakness: unknown, age: unknown}").stdout
    assert output == run("explain", "-", stdin="answers: {region: low_back}").stdout


def test_scenarios_are_listed_by_name_and_title() -> None:
    output = " ".join(run("scenarios").stdout.split())
    for name, scenario in bundled_scenarios(KNOWLEDGE):
        assert f"{name} {scenario.title}" in output


def test_scenarios_as_json_have_a_description() -> None:
    data = json.loads(run("scenarios", "--json").stdout)
    assert [entry["name"] for entry in data] == list(NAMES)
    assert all(entry["title"] and entry["about"] for entry in data)


def test_assumptions_and_the_safety_net_are_printed_with_their_citations() -> None:
    output = " ".join(explained_text("driver-eight-weeks").split())
    assert re.search(r"sets the number\. nhs-111-wales-sciatica, [^()]* \(text read\); nerves-2021, [^()]* \(second", output)
    assert "asked again at each visit. girft-ces, a warning card (second-hand); finucane-2020, safety netting (" in output
    assert "or for what to look for after an injection or an operation." in output.partition("No named source was found for")[2]


def test_an_unsourced_flag_says_that_it_has_no_named_source() -> None:
    output = printed({**QUIET, "recent_spinal_procedure": "present"})
    assert "[unsourced] widely taught, but no named source was found. Weaker than a guideline. " in output


def test_a_flag_names_the_part_of_it_that_has_no_source() -> None:
    output = printed({**QUIET, "suspected_vascular": "present"})
    assert re.search(r"No named source was found for a cold or pale limb, [^.]*\. \[guideline\] ng156, ", output)


def test_each_source_is_listed_with_publisher_edition_and_address() -> None:
    output = printed({**QUIET, "saddle_numbness": "present"}, width=100)
    assert "Sources and how they were checked (looked up 26 November 2026, in stored copies)" in output
    assert re.search(r"- bmj-bp-ces: BMJ Best Practice: Cauda equina .* Edition: undated\. https://bestpractice\.bmj\.c", output)


def test_rules_and_assumptions_say_where_sources_differ() -> None:
    output = printed({**TRIED, "weakness": "mild"})
    assert re.search(r"With objective weakness, [^.]*\. Sources differ\. Evidence-Based Interventions", output)
    assert re.search(r"acute-weeks = 12 weeks.* Sources differ\. NICE says to consider", printed(TRIED, "nice"))


def test_the_rules_in_plain_english_equal_the_golden_file(golden: Callable[[str, str], None]) -> None:
    golden("rules.txt", run("rules").stdout)


def test_the_rules_name_every_entry_of_the_knowledge() -> None:
    output = run("rules").stdout
    names = [*KNOWLEDGE.assumptions, *KNOWLEDGE.definitions, *KNOWLEDGE.options, *(rule.id for rule in KNOWLEDGE.rules())]
    assert [name for name in names if name not in output] == []
    assert max(map(len, output.splitlines())) <= 80


def test_the_rules_as_json_have_every_rule_with_its_condition_in_words() -> None:
    data = json.loads(run("rules", "--json").stdout)
    assert [rule["id"] for rule in data] == [rule.id for rule in KNOWLEDGE.rules()]
    assert all(rule["when"] and rule["because"] for rule in data)
    assert {rule["basis"] for rule in data if not rule["citations"]} <= {"unsourced", "assumption"}


def test_check_prints_the_proofs_and_then_the_scope_of_its_checks() -> None:
    *proved, line = run("check", str(BICYCLE)).stdout.splitlines()
    # In one string: where its lines break depends on how many digits the seconds have.
    assert re.match(r"(\d+) of \1 laws proved in [\d.]+ s\. They cover [\d,]+ scenarios \(", " ".join(proved))
    knowledge, scenarios = load(BICYCLE), scenario_files(BICYCLE)
    rules, statements = len(tuple(knowledge.rules())), len(knowledge.ledger.statements)
    assert f"({rules} rules), {statements} statements, {len(scenarios)} scenarios" in line
    assert re.search(r": [\d,]+ checks made, no fault found\.$", line)


def test_check_as_json_counts_its_checks() -> None:
    data = json.loads(run("check", str(BICYCLE), "--json").stdout)
    assert [outcome["faults"] for outcome in data] == [[]] * len(data)
    assert all(outcome["checks"] > 0 for outcome in data)


def test_source_recognises_a_different_page(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Rest is best.\n")
    result = CliRunner().invoke(main, ["source", str(tmp_path / "page.txt")])
    assert result.exit_code == 1
    assert "0 of 1 sentence accounted for" in result.stdout
    as_json = CliRunner().invoke(main, ["source", "-", "--json"], input="Rest is best.\n")
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["accounted"] == 0


def test_source_prints_no_control_characters(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Rest \x1b[31mis\x07 best.\n")
    output = CliRunner().invoke(main, ["source", str(tmp_path / "page.txt")]).stdout
    assert all(letter.isprintable() or letter == "\n" for letter in output)


def test_source_accounts_for_the_real_page_and_finds_a_word_changed(tmp_path: Path) -> None:
    if not REAL_PAGES:
        pytest.skip("the real page is not kept in this project, and is not beside it")
    page = REAL_PAGES[0]
    assert "66 of 66 sentences accounted for" in run("source", str(page)).stdout
    changed = page.read_text(encoding="utf-8").replace("temporary", "lasting", 1)
    (tmp_path / "page.txt").write_text(changed, encoding="utf-8")
    assert CliRunner().invoke(main, ["source", str(tmp_path / "page.txt")]).exit_code == 1


def test_a_disagreement_gives_exit_code_3_and_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    def differ(*_: object) -> None:
        raise Disagreement("durable-rules and the reference evaluator differ on a-rule; no answer is given")

    monkeypatch.setattr(pathway.Pathway, "explain", differ)
    result = CliRunner().invoke(main, ["explain", "driver-eight-weeks"])
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("pathway: durable-rules and the reference evaluator differ on a-rule")


def test_assumptions_that_are_not_given_have_their_defaults() -> None:
    assert values_from({}, KNOWLEDGE) == defaults(KNOWLEDGE)
