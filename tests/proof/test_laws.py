"""Every law is proved, and every law catches a rule base that was changed to break it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pathway.cli.inspections import inspect_laws
from pathway.conditions.kleene import truth
from pathway.conditions.tree import Facts, expand_definitions
from pathway.deciding.decide import Decider, Decision
from pathway.deciding.precedence import Silent
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.proof import TIME_LIMIT, Law, Proof, Report, Witness, load_laws, prove, proved
from pathway.proof.laws.claims import claim
from pathway.proof.laws.save import save_witness
from pathway.proof.symbolic import decision
from pathway.proof.symbolic.conditions import ThreeValued
from pathway.proof.symbolic.scenarios import SymbolicSpace
from pathway.proof.symbolic.witness import witness_in
from pathway.proof.symbolic.z3_solver import within
from pathway.scenarios.scenario import scenario_from
from tests.people import KNOWLEDGE, ROUTES
from tests.proof.spoil import Spoil, drop, each, edit, twice, twin, when, with_part, without_part

LAWS = {law.id: law for law in load_laws(KNOWLEDGE)}
ALWAYS: dict[str, Any] = {"all": []}

SPOILT: dict[str, Spoil] = {
    "every-red-flag-leaves-the-ladder": drop("cancer"),
    "cauda-equina-signs-are-an-emergency": edit("saddle-numbness", says="urgent"),
    "danger-at-once-is-an-emergency": edit("infection", says="urgent"),
    "flags-with-nerve-signs-are-an-emergency": drop("fracture-with-nerve-signs"),
    "cancer-with-nerve-pain-or-cord-signs-is-an-emergency": edit("cancer-with-nerve-signs", says="urgent"),
    "spine-flags-are-at-least-urgent": edit("cord-signs", says="other_pathway"),
    "both-legs-numb-leaves-the-ladder": drop("numbness-on-both-sides"),
    "numbness-on-both-sides-with-cord-signs-is-an-emergency": drop("numbness-on-both-sides-with-cord-signs-or-weakness"),
    "worsening-weakness-is-an-emergency": drop("worsening-weakness"),
    "severe-weakness-is-at-least-urgent": edit("long-standing-severe-weakness", says="other_pathway"),
    "new-pain-on-both-sides-leaves-the-ladder": drop("pain-on-both-sides"),
    "mid-back-nerve-signs-leave-the-ladder": drop("mid-back-with-nerve-signs"),
    "children-and-pregnancy-leave-the-ladder": when("under-16", {"not": {"at least": {"age": 15}}}),
    "weakness-never-goes-unseen": without_part("assessment_due", 2),
    "off-the-ladder-treatment-is-on-hold": edit("on-hold-off-the-ladder", options=("tens",)),
    "teaching-goes-on-except-in-an-emergency": drop("on-hold-in-an-emergency"),
    "nothing-is-on-hold-on-the-ladder": when("on-hold-off-the-ladder", {"not": {"is": {"route": "undetermined"}}}),
    "every-ladder-has-a-step": drop("go-on-with-conservative-care"),
    "every-complete-scenario-is-decided": drop("tens-on-the-page"),
    "worsening-never-lowers-the-step": with_part("conservative-care-first", {"is": {"course": "worsening"}}),
    "growing-weakness-never-lowers-the-step": each(
        drop("severe-weakness"),
        drop("long-standing-severe-weakness"),
        with_part("conservative-care-first", {"is": {"weakness": "severe"}}),
    ),
    "worsening-weakness-never-lowers-urgency": drop("worsening-weakness"),
    "new-weakness-never-lowers-the-step": with_part("conservative-care-first", {"is": {"weakness": "mild"}}),
    "more-pain-never-lowers-the-step": with_part("conservative-care-first", {"is": {"pain_severity": "severe"}}),
    "moderate-pain-never-lowers-the-step": with_part("conservative-care-first", {"is": {"pain_severity": "moderate"}}),
    "faded-relief-is-no-less-than-no-relief": with_part(
        "conservative-care-first", {"is": {"conservative_care": "helped_for_a_while"}}
    ),
    "faded-relief-of-an-injection-is-no-less-than-no-relief": with_part(
        "conservative-care-first", {"is": {"injection": "helped_for_a_while"}}
    ),
    "more-weeks-within-the-window-never-lower-the-step": with_part("conservative-care-first", {"at least": {"symptom_weeks": 4}}),
    "no-surgery-step-before-the-trial": without_part("time_for_surgery", 0),
    "no-operation-before-the-trial": without_part("time_for_surgery", 0),
    "the-surgery-step-has-a-possible-operation": without_part("operation_open", 1),
    "an-injection-whose-relief-faded-waits": drop("injection-whose-relief-faded"),
    "help-that-did-not-last-is-seen": without_part("assessment_due", 5),
    "medicines-rest-in-recovery": drop("medicines-in-recovery"),
    "more-weeks-never-lower-the-step": with_part("conservative-care-first", {"at least": {"symptom_weeks": 30}}),
    "more-care-never-lowers-the-step": with_part("conservative-care-first", {"at least": {"conservative_weeks": 30}}),
    "improving-never-moves-up": without_part("conservative-care-first", 1),
    "recovery-needs-help-that-lasts": when("recovered", {"is": {"helped_before": "present"}}),
    "no-injection-or-operation-before-care-has-begun": without_part("conservative-care-first", 0),
    "no-step-up-before-a-trial": without_part("conservative-care-first", 3),
    "surgery-step-needs-time-or-severe-pain": when("surgery-step", ALWAYS),
    "conservative-care-never-stops": edit("stretching-on-the-page", says="later"),
    "assessment-from-the-injection-step-on": without_part("assessment_due", 1),
    "injection-only-at-its-step-or-after": each(
        when("injection-not-yet", {"is": {"step": "recovery"}}),
        when("injection-at-its-step", {"not": {"is": {"step": "recovery"}}}),
    ),
    "the-injection-step-has-an-injection": without_part("injection-step", 0),
    "a-refusal-stands": without_part("injection-step", 1),
    "a-failed-injection-never-applies": drop("injection-did-not-help"),
    "microdiscectomy-fits-the-cause": drop("microdiscectomy-for-another-cause"),
    "laminectomy-fits-the-cause": drop("laminectomy-for-another-cause"),
    "foraminotomy-fits-the-cause": drop("foraminotomy-for-another-cause"),
    "operations-come-last": drop("unfit-for-surgery"),
    "the-surgery-step-has-its-operation": edit("microdiscectomy-at-the-surgery-step", says="later"),
    "no-option-against-its-contraindication": edit("nsaids-on-the-page", overrides=("nsaids-recorded-risk",)),
    "no-anti-inflammatory-against-a-recorded-risk": drop("nsaids-recorded-risk"),
    "no-injection-against-a-recorded-risk": drop("injection-recorded-risk"),
    "no-tens-against-a-recorded-risk": drop("tens-on-numb-skin"),
    "no-heat-or-cold-on-numb-skin": drop("heat-and-cold-on-numb-skin"),
    "no-hands-on-fragile-bones": drop("fragile-bones"),
    "ultrasound-never-for-the-back": when("ultrasound-no-longer-advised", {"is": {"region": "mid_back"}}),
    "back-treatments-stay-off-the-neck": drop("traction-is-for-the-back"),
    "the-mid-back-is-left-alone": drop("nothing-manual-for-the-mid-back"),
    "no-nerve-symptom-no-nerve-root-treatment": drop("not-nerve-root-pain"),
    "nice-do-not-offer-means-no": drop("traction-not-offered"),
    "nice-keeps-the-injection-for-acute-severe-sciatica": drop("injection-for-claudication"),
    "nice-hands-on-only-with-exercise": drop("hands-on-care-waits-for-exercise"),
    "nice-no-prescription-once-chronic": drop("prescription-medication-in-chronic-sciatica"),
    "every-rule-can-hold": with_part("cord-signs-getting-worse", {"is": {"cord_signs": "absent"}}),
    "every-rule-is-needed": twin("tens-not-offered"),
    "no-two-rules-contradict": edit("ultrasound-no-longer-advised", overrides=()),
}
"""For each law a rule base that it must catch."""

UNKNOWN_TAKEN_FOR_NO = ("knowing-more-never-contradicts", "open-values-leave-nothing-out", "unknown-never-gives-a-stronger-step")
COMPOSED = {*UNKNOWN_TAKEN_FOR_NO, "knowing-more-never-lowers-urgency", "every-scenario-has-a-route"}
"""Laws that hold by the way rules are combined, whatever the rules say. Tests below break that instead."""


@cache
def the_report() -> Report:
    return prove(KNOWLEDGE)


def test_every_law_is_proved() -> None:
    report = the_report()
    assert report.holds, "\n".join(report.describe())
    assert len(report.proofs) >= 15 and report.seconds < 30


@pytest.mark.parametrize("name", SPOILT)
def test_a_law_catches_rules_that_break_it(name: str) -> None:
    law, spoilt = LAWS[name], SPOILT[name](KNOWLEDGE)
    if law.rules:
        assert proved(law, SymbolicSpace(spoilt)).result == "broken"
        return
    witness = a_witness(law, SymbolicSpace(spoilt))
    assert witness and (law.then is None or broken_by(law, witness, spoilt, Decider(spoilt).reference_decision))


def a_witness(law: Law, space: SymbolicSpace) -> Witness | None:
    """Return some scenario that breaks the law: to find the smallest, as a proof does, takes as long again."""
    law_claim = claim(law, space)
    model = law_claim.solver().model(space.logic.any(law_claim.broken.values()), until=within(TIME_LIMIT))
    return None if model is None else witness_in(law_claim.cases, model, space)


def test_every_law_has_a_spoilt_rule_base() -> None:
    assert LAWS.keys() == SPOILT.keys() | COMPOSED
    assert not SPOILT.keys() & COMPOSED


REDUNDANT: dict[str, Spoil] = {
    "twin": twin("tens-not-offered"),
    "ultrasound-not-offered as an exception of ultrasound-praised": edit(
        "ultrasound-not-offered", overrides=("ultrasound-praised",)
    ),
    " adds nothing to data/options/": twice("cautions"),
    " adds nothing to data/contradictions.yaml:": twice("contradictions"),
}
"""Rule bases with a redundant entry, by words of the expected message."""


@pytest.mark.parametrize("says", REDUNDANT)
def test_a_redundant_entry_is_named(says: str) -> None:
    proof = proved(LAWS["every-rule-is-needed"], SymbolicSpace(REDUNDANT[says](KNOWLEDGE)))
    assert proof.result == "broken" and says in proof.detail


def test_two_rules_with_one_condition_that_say_different_things_contradict() -> None:
    spoilt = each(twin("heat-and-cold-on-the-page"), edit("twin", says="later"))(KNOWLEDGE)
    proof = proved(LAWS["no-two-rules-contradict"], SymbolicSpace(spoilt))
    assert proof.detail == "heat-and-cold-on-the-page and twin have the same condition and differ on heat-and-cold"


@pytest.mark.soak
@pytest.mark.parametrize("name", SPOILT)
def test_a_broken_law_is_reported_and_the_compiled_rules_agree(name: str) -> None:
    law, spoilt = LAWS[name], SPOILT[name](KNOWLEDGE)
    proof = proved(law, SymbolicSpace(spoilt))
    assert proof.result == "broken" and proof.fault and name in str(proof.fault)
    if law.then is not None:
        assert proof.witness and broken_by(law, proof.witness, spoilt, Decider(spoilt).decide)


def broken_by(law: Law, witness: Witness, knowledge: Knowledge, decide: Callable[[Facts], Decision]) -> bool:
    """Return whether the decision breaks the law."""
    assert law.then is not None
    facts: dict[str, Any] = {**witness.people[0], **defaults(knowledge), **witness.assumptions, "guidance": witness.guidance}
    try:
        decision = decide(facts)
    except Silent:
        return True
    names = knowledge.options if law.options == "all" else law.options or ("",)
    for name in names:
        verdict = (
            {"verdict": decision.verdicts[name].value, "said": rule_verdict(knowledge, name, decision.facts)} if name else {}
        )
        step = decision.step.value if decision.step else "none"
        known = {**decision.facts, "route": decision.decided_route, "step": step, **verdict}
        if truth(expand_definitions(law.where, knowledge.expanded_definitions), known) and not truth(
            expand_definitions(law.then, knowledge.expanded_definitions), known
        ):
            return True
    return False


def rule_verdict(knowledge: Knowledge, option: str, facts: Mapping[str, Any]) -> str:
    """Return `contraindicated` if any rule of the option says so, exceptions ignored; otherwise `applies`."""
    rules = [
        rule
        for rule in knowledge.rules_by_option[option]
        if truth(expand_definitions(rule.when, knowledge.expanded_definitions), facts)
    ]
    return "contraindicated" if any(rule.says == "contraindicated" for rule in rules) else "applies"


@pytest.mark.parametrize("name", UNKNOWN_TAKEN_FOR_NO)
def test_composed_laws_catch_unknown_taken_for_no(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    space, read = SymbolicSpace(KNOWLEDGE), decision._read

    def taken_for_no(*known: Any) -> dict[str, ThreeValued]:
        return {rule: ThreeValued(pair.true, space.logic.negate(pair.true)) for rule, pair in read(*known).items()}

    monkeypatch.setattr(decision, "_read", taken_for_no)
    assert broken(proved(LAWS[name], space))


def test_the_urgency_law_catches_a_route_that_is_only_possible_taken_for_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    space = SymbolicSpace(KNOWLEDGE)

    def the_most_urgent(possible: Any, logic: Any) -> dict[str, Any]:
        routes = {"emergency": possible["emergency"]}
        for more, route in pairwise(ROUTES):
            routes[route] = logic.all(
                [possible[route], *(logic.negate(possible[other]) for other in ROUTES[: ROUTES.index(more) + 1])]
            )
        return {**routes, "undetermined": logic.false}

    monkeypatch.setattr(decision, "effective_route", the_most_urgent)
    assert broken(proved(LAWS["knowing-more-never-lowers-urgency"], space))


def test_the_route_law_catches_a_route_that_gets_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    effective = decision.effective_route
    monkeypatch.setattr(decision, "effective_route", lambda *known: {**effective(*known), "other_pathway": known[1].false})
    assert broken(proved(LAWS["every-scenario-has-a-route"], SymbolicSpace(KNOWLEDGE)))


def broken(proof: Proof) -> bool:
    return proof.result == "broken" and proof.witness is not None


def test_a_witness_is_a_file_that_explain_opens(tmp_path: Path) -> None:
    spoilt = SPOILT["ultrasound-never-for-the-back"](KNOWLEDGE)
    proof = proved(LAWS["ultrasound-never-for-the-back"], SymbolicSpace(spoilt))
    assert proof.witness and proof.rules == ("ultrasound-praised",)
    scenario = scenario_from(save_witness(proof, tmp_path)[0], KNOWLEDGE)
    assert scenario.answers == proof.witness.people[0] and scenario.answers["region"] == "low_back"
    assert proof.witness.unusual == ()


def test_a_witness_is_saved_under_the_name_of_its_law(tmp_path: Path) -> None:
    proof = proved(LAWS["no-heat-or-cold-on-numb-skin"], SymbolicSpace(SPOILT["no-heat-or-cold-on-numb-skin"](KNOWLEDGE)))
    (path,) = save_witness(proof, tmp_path)
    assert path.name == "no-heat-or-cold-on-numb-skin.yaml"
    assert scenario_from(path, KNOWLEDGE).answers["reduced_skin_sensation"] == "present"


def test_loading_the_knowledge_needs_neither_solver_nor_compiled_engine() -> None:
    says = "import sys, pathway; pathway.load(); sys.exit(bool({'z3', 'durable_rules_engine'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", says], check=False).returncode == 0


def test_the_laws_are_an_inspection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathway.proof.prove", lambda *_: the_report())
    outcome = inspect_laws(KNOWLEDGE)
    assert not outcome.faults and outcome.checks >= len(LAWS) and outcome.scope == f"{len(LAWS)} laws" and outcome.report


def test_a_broken_law_is_a_fault_with_its_line() -> None:
    spoilt = SPOILT["no-heat-or-cold-on-numb-skin"](KNOWLEDGE)
    law = LAWS["no-heat-or-cold-on-numb-skin"]
    says = str(prove(spoilt, [law]).faults[0])
    assert says.startswith(f"data/laws.yaml:{law.line}: {law.id} is broken: {law.says} heat-and-cold comes out as applies.")
