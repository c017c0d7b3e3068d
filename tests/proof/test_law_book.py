"""Mistakes in the laws file are reported with their line and the nearest valid word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pathway.conditions.tree import expand_definitions, variables
from pathway.errors import Unusable
from pathway.knowledge.vocabulary import OFF_LADDER, VERDICTS
from pathway.proof import Law, load_laws, prove, proved
from pathway.proof.laws.load import conditions, faults_in
from pathway.proof.symbolic.scenarios import SymbolicSpace
from tests.people import KNOWLEDGE, ROUTES, STEPS

TEXT = (Path(__file__).parents[2] / "data" / "laws.yaml").read_text("utf-8")
LAWS = load_laws(KNOWLEDGE)
BAD = {
    "flags: [bladder_or_bowel_change, saddle_numbness,": (
        "flags: [bladder_or_bowel_change, sadle_numbness,",
        "there is no red flag sadle_numbness; did you mean saddle_numbness?",
    ),
    "is: {cord_signs: present}": (
        "is: {cord_sign: present}",
        "there is no finding cord_sign; did you mean cord_signs?",
    ),
    "options: active-care": ("options: activ-care", "there is no option activ-care; did you mean active-care?"),
    "  flags: all\n  then:\n": ("  flags: all\n  rules: agree\n  if:\n", "only a law with then has options or flags"),
    "{is: {weakness: worsening}}": ("{is: {weakness: worse}}", "worse is not an answer for weakness; did you mean worsening?"),
    "options: [nsaids]": ("options: [nsaid]", "there is no option nsaid; did you mean nsaids?"),
    "{at least: {age: 16}}": ("{at least: {agee: 16}}", "there is no number agee; did you mean age?"),
    "  rules: agree": ("  rules: agrees", "rules can't be agrees; did you mean agree?"),
    "knowing more: leaves_out_nothing": (
        "knowing more: never_lowers_urgency",
        "no law says knowing more: leaves_out_nothing; write one",
    ),
    "knowing more: never_lowers_urgency": (
        "knowing mor: never_lowers_urgency",
        "there is no key knowing mor here; did you mean knowing more?",
    ),
    "finding: course, from": ("finding: curse, from", "there is no finding curse; did you mean course?"),
    "from: [improving, persisting]": (
        "from: [improved, persisting]",
        "improved is not an answer for course; did you mean improving?",
    ),
    "finding: symptom_weeks, grows": (
        "finding: symptom_week, grows",
        "there is no number symptom_week; did you mean symptom_weeks?",
    ),
    "options: [heat-and-cold]": ("options: [tens]", "no law names"),
    "- id: a-refusal-stands": (
        "- id: every-rule-is-needed",
        "the id every-rule-is-needed is used twice; each law needs its own id",
    ),
    "  options: [specialist-assessment]\n": ("", "reads the verdict of its options, but names no options"),
}


def loaded(text: str, folder: Path) -> Any:
    (folder / "laws.yaml").write_text(text, "utf-8")
    return load_laws(KNOWLEDGE, folder)


@pytest.mark.parametrize("mistake", BAD)
def test_a_mistake_in_the_laws_has_a_place_and_the_nearest_word(mistake: str, tmp_path: Path) -> None:
    assert mistake in TEXT
    text = TEXT.replace("options: treatments", "options: active-care") if "heat" in mistake else TEXT
    with pytest.raises(Unusable) as error:
        loaded(text.replace(mistake, BAD[mistake][0]), tmp_path)
    assert BAD[mistake][1] in str(error.value) and "data/laws.yaml" in str(error.value)


def made_up_law(**fields: Any) -> Law:
    made_up = {"file": "data/laws.yaml", "line": 7, "id": "made-up", "says": "It is so.", "because": "Why not."}
    return Law.model_validate({**made_up, **fields})


def test_a_law_that_no_scenario_can_test_is_a_fault() -> None:
    both = {"all": [{"is": {"conservative_care": "not_started"}}, {"at least": {"conservative_weeks": 3}}]}
    proof = proved(
        made_up_law(options=["tens"], **{"if": both, "then": {"is": {"verdict": "applies"}}}), SymbolicSpace(KNOWLEDGE)
    )
    assert proof.result == "untestable"
    assert str(proof.fault) == "data/laws.yaml:7: made-up can't fail: no scenario satisfies its if"


def test_a_law_that_nothing_could_break_is_a_fault() -> None:
    either = {"any": [{"is": {"step": "surgery"}}, {"not": {"is": {"step": "surgery"}}}]}
    proof = proved(made_up_law(then=either), SymbolicSpace(KNOWLEDGE))
    assert proof.result == "untestable" and proof.fault and "no rules could break it" in proof.fault.says


def test_out_of_time_is_not_proved() -> None:
    report = prove(KNOWLEDGE, [made_up_law(**{"knowing more": "keeps_what_is_decided"})], time_limit=0.001)
    assert report.proofs[0].result == "not_proved" and not report.holds
    assert "was not proved: not within 0.001 s" in "\n".join(report.describe()).replace("\n", " ")
    assert report.describe()[0].startswith("0 of 1 laws proved")


NAMED = {"route": (*ROUTES,), "step": (*STEPS, OFF_LADDER), "verdict": tuple(word for word in VERDICTS if word != "undetermined")}


@pytest.mark.parametrize(("variable", "word"), [(variable, word) for variable, words in NAMED.items() for word in words])
def test_a_route_a_step_or_a_verdict_without_a_law_is_a_fault(variable: str, word: str) -> None:
    others = tuple(law for law in LAWS if word not in str(law.then) + str(law.where))
    says = [fault.says for fault in faults_in(others, KNOWLEDGE)]
    assert f"no law names the {variable} {word}; write one" in says


@pytest.mark.parametrize("option", KNOWLEDGE.options)
def test_an_option_without_a_law_of_its_own_is_a_fault(option: str) -> None:
    others = tuple(law for law in LAWS if law.options == "all" or option not in law.options)
    assert f"no law names the option {option}; write one" in [fault.says for fault in faults_in(others, KNOWLEDGE)]


def test_two_requirements_in_one_law_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="a law has one of: then, compare, knowing more, rules"):
        loaded(TEXT.replace("  rules: agree", "  rules: agree\n  knowing more: leaves_out_nothing"), tmp_path)


@pytest.mark.parametrize("finding", sorted({flag.finding for flag in KNOWLEDGE.red_flags.values()}))
def test_a_red_flag_that_no_law_about_the_route_names_is_a_fault(finding: str) -> None:
    laws = tuple(law for law in LAWS if finding not in read_by(law))
    faults = {fault for fault in faults_in(laws, KNOWLEDGE) if f"no law about the route names {finding}; write one" in fault.says}
    flags = {flag.line for flag in KNOWLEDGE.red_flags.values() if flag.finding == finding}
    assert {(fault.file, fault.line) for fault in faults} == {("data/red_flags.yaml", line) for line in flags}


def read_by(law: Law) -> frozenset[str]:
    read = (variables(expand_definitions(condition, KNOWLEDGE.expanded_definitions)) for condition in conditions(law))
    return frozenset[str]().union(*read)


def test_the_if_of_a_comparison_must_hold_in_both_scenarios() -> None:
    lowers = {"finding": "symptom_weeks", "grows": True, "never lowers": "step"}
    window = {"is": {"acute_severe_sciatica": "present"}}
    assert proved(made_up_law(compare=lowers), SymbolicSpace(KNOWLEDGE)).result == "broken"
    assert proved(made_up_law(compare=lowers, **{"if": window}), SymbolicSpace(KNOWLEDGE)).result == "proved"


def test_an_if_is_refused_where_it_is_not_read() -> None:
    with pytest.raises(ValueError, match="only a law with then or compare has an if"):
        made_up_law(**{"knowing more": "leaves_out_nothing", "if": {"is": {"region": "neck"}}})
