"""A second implementation of the contract for complete scenarios, by hand: plain Python, no shared code, no shared data.

It checks the knowledge in `data/` and the engine together. Where the results differ, read the contract again.
"""

from __future__ import annotations

from typing import Any

Answers = dict[str, Any]

MANUAL = ("soft-tissue-mobilisation", "joint-mobilisation")
PLAIN = [
    "stretching",
    "strengthening",
    "low-impact-aerobic-exercise",
    "posture-education",
    "ergonomic-changes",
    "activity-modification",
    "physiotherapy-programme",
]
FITS = {
    "microdiscectomy": ("disc_herniation",),
    "laminectomy": ("spinal_stenosis", "bone_overgrowth"),
    "foraminotomy": ("foraminal_narrowing",),
}
SIMPLE_EMERGENCIES = [
    "bladder_or_bowel_change",
    "saddle_numbness",
    "sexual_function_change",
    "both_legs_weak",
    "suspected_infection",
    "major_trauma",
    "suspected_vascular",
    "recent_spinal_procedure",
]


def route(a: Answers) -> str:
    present = {name for name, answer in a.items() if answer == "present"}
    weak, numb, nerve = a["weakness"] != "none", a["numbness"] != "absent", a["nerve_pain"] != "none"
    both_numb = a["numbness"] == "both_sides"
    both = a["nerve_pain"] == "both_sides" or (a["nerve_pain"] == "both_sides_walking_only" and a["region"] != "low_back")
    severe_and_new = a["weakness"] == "severe" and a["weakness_weeks"] < 12
    cord = "cord_signs" in present
    if (
        present & set(SIMPLE_EMERGENCIES)
        or (a["region"] == "low_back" and (a["nerve_pain"] == "both_sides" or both_numb))
        or ((both or both_numb) and (cord or weak))
        or a["weakness"] == "worsening"
        or severe_and_new
        or (cord and (a["course"] == "worsening" or a["weakness"] in ("severe", "worsening")))
        or ("suspected_cancer" in present and (nerve or numb or weak or cord))
        or ("infection_risk" in present and (weak or numb))
        or ("suspected_fracture" in present and (weak or numb))
    ):
        return "emergency"
    if (
        both
        or both_numb
        or a["weakness"] == "severe"
        or (weak and not nerve)
        or present & {"cord_signs", "suspected_cancer", "infection_risk", "suspected_fracture", "eyelid_or_hand_sign"}
        or (a["region"] == "mid_back" and (nerve or numb or weak))
    ):
        return "urgent"
    if present & {"inflammatory_pattern", "other_explanation"} or a["age"] < 16 or a["pregnancy"] == "pregnant":
        return "other_pathway"
    return "stepped_care"


def has_nerve_symptom(a: Answers) -> bool:
    return not (a["nerve_pain"] == "none" and a["numbness"] == "absent" and a["weakness"] == "none")


def injection_ruled_out(a: Answers, nice: bool, acute_weeks: int) -> set[str]:
    ruled_out = set()
    if nice and a["region"] == "low_back":
        acute_and_severe = a["nerve_pain"] != "none" and a["pain_severity"] == "severe" and a["symptom_weeks"] < acute_weeks
        claudication = a["walking_pain_eased_by_sitting"] == "present" or a["nerve_pain"] == "both_sides_walking_only"
        if not acute_and_severe or (claudication and a["cause"] == "spinal_stenosis"):
            ruled_out.add("not_advised")
    if a["region"] != "low_back" or not has_nerve_symptom(a) or a["injection"] == "not_helped":
        ruled_out.add("not_indicated")
    if a["injection_risk"] == "contraindicated":
        ruled_out.add("contraindicated")
    return ruled_out


def step(a: Answers, nice: bool, v: dict[str, Any]) -> str:
    severe = a["pain_severity"] == "severe"
    helped = a["conservative_care"] == "helped" or a["injection"] == "helped"
    if helped and a["course"] != "worsening" and not severe:
        return "recovery"
    trial = a["conservative_weeks"] >= v["conservative-trial-weeks"]
    early = severe and a["conservative_weeks"] >= v["early-injection-weeks"]
    if a["conservative_care"] == "not_started" or a["course"] == "improving" or helped or not (trial or early):
        return "conservative"
    long_enough = a["symptom_weeks"] >= v["surgery-weeks"]
    surgery = trial and operation_is_possible(a) and (long_enough or severe)
    if surgery and long_enough and v["injection-first"] == "no":
        return "surgery"
    if not injection_ruled_out(a, nice, v["acute-weeks"]) and a["injection"] == "not_tried":
        return "injection"
    return "surgery" if surgery else "go-on"


def operation_is_possible(a: Answers) -> bool:
    ruled_out = {"not_indicated", "contraindicated"}
    left = [operation for operation in FITS if not operation_says(a, operation, "surgery") & ruled_out]
    return bool(left) and a["operation"] != "declined"


def verdicts(a: Answers, nice: bool, v: dict[str, Any]) -> dict[str, str]:
    """The verdict of each option."""
    where = route(a)
    if where != "stepped_care":
        result = dict.fromkeys((*MANUAL, *PLAIN, *FITS, *OTHERS), "on_hold")
        return result | {
            "specialist-assessment": "applies",
            "self-management-education": "on_hold" if where == "emergency" else "applies",
        }
    low, mid, neck = (a["region"] == region for region in ("low_back", "mid_back", "neck"))
    nice_low, at, numb_skin = nice and low, step(a, nice, v), a["reduced_skin_sensation"] == "present"
    result = dict.fromkeys((*PLAIN, "self-management-education"), "applies")
    exercise = {"not_started": "later", "under_way": "applies", "done": "not_advised"}[a["exercise_programme"]]
    fragile = a["fragile_bones"] == "present"
    for option in MANUAL:
        says = {exercise if nice_low else "applies"} | ({"not_indicated"} if mid else set())
        result[option] = wins(says | ({"contraindicated"} if fragile and option == "joint-mobilisation" else set()))
    result["spinal-traction"] = wins(
        {"not_advised" if nice_low else "applies"}
        | ({"not_indicated"} if mid or neck else set())
        | ({"contraindicated"} if fragile else set())
    )
    result["heat-and-cold"] = "contraindicated" if numb_skin else "applies"
    risky = numb_skin or a["tens_risk"] == "contraindicated"
    result["tens"] = "not_advised" if nice_low else "contraindicated" if risky else "applies"
    result["therapeutic-ultrasound"] = "not_indicated" if neck else "not_advised"
    medicine = "later" if at == "recovery" else "applies"
    result["nsaids"] = "contraindicated" if a["nsaid_risk"] == "contraindicated" else medicine
    chronic = nice_low and a["symptom_weeks"] >= v["acute-weeks"]
    result["prescription-pain-medication"] = "not_advised" if chronic else medicine
    its_time = at in ("injection", "surgery") and a["injection"] != "helped_for_a_while"
    result["epidural-steroid-injection"] = wins(
        injection_ruled_out(a, nice, v["acute-weeks"]) | {"applies" if its_time else "later"}
    )
    for operation in FITS:
        result[operation] = wins(operation_says(a, operation, at))
    result["specialist-assessment"] = "applies" if assessed(a, at) else "later"
    return result


def everything(a: Answers, nice: bool, v: dict[str, Any]) -> tuple[str, str, dict[str, str]]:
    """Route, step (`none` off the ladder) and verdicts."""
    where = route(a)
    return where, step(a, nice, v).replace("go-on", "conservative") if where == "stepped_care" else "none", verdicts(a, nice, v)


def operation_says(a: Answers, operation: str, at: str) -> set[str]:
    says = {"applies" if at == "surgery" else "later"}
    if a["region"] != "low_back" or a["imaging"] == "does_not_match" or not has_nerve_symptom(a):
        says.add("not_indicated")
    if a["cause"] not in (*FITS[operation], "not_established"):
        says.add("not_indicated")
    if a["fit_for_surgery"] == "unfit":
        says.add("contraindicated")
    if a["cause"] == "not_established" or a["imaging"] == "not_done":
        says.add("later")
    return says


def assessed(a: Answers, at: str) -> bool:
    weeks, severe, neck = a["symptom_weeks"], a["pain_severity"] == "severe", a["region"] == "neck"
    without_improvement = a["course"] != "improving" and (weeks >= 6 or (severe and weeks >= 2) or (neck and weeks >= 6))
    signs = a["weakness"] != "none" or (neck and a["numbness"] != "absent")
    tried = (a["conservative_care"], a["injection"])
    did_not_last = "helped_for_a_while" in tried or ("helped" in tried and severe)
    return at in ("injection", "surgery", "go-on") or signs or a["course"] == "worsening" or without_improvement or did_not_last


OTHERS = [
    "spinal-traction",
    "heat-and-cold",
    "tens",
    "therapeutic-ultrasound",
    "nsaids",
    "prescription-pain-medication",
    "epidural-steroid-injection",
]
ORDER = ("not_advised", "not_indicated", "contraindicated", "later", "applies")


def wins(says: set[str]) -> str:
    return next(verdict for verdict in ORDER if verdict in says)
