"""Reasons and cautions that a result must show even where another rule decides the verdict: by hand, no shared data."""

from __future__ import annotations

from dataclasses import dataclass, field

MANUAL = ("soft-tissue-mobilisation", "joint-mobilisation")
HANDS_ON = (*MANUAL, "spinal-traction")
OPERATIONS = ("microdiscectomy", "laminectomy", "foraminotomy")
EXERCISE = ("stretching", "strengthening", "low-impact-aerobic-exercise", "physiotherapy-programme")
CONSERVATIVE = (
    *EXERCISE, "posture-education", "ergonomic-changes", "heat-and-cold", "tens", "self-management-education",
    "activity-modification", "nsaids", "prescription-pain-medication",
)  # fmt: skip
WAITING = {*HANDS_ON, "epidural-steroid-injection", *OPERATIONS}
"""Options that are undetermined while a safety question is open."""
SURGERY: dict[str, str | int] = {
    "symptom_weeks": 16,
    "conservative_care": "not_helped",
    "conservative_weeks": 8,
    "injection": "not_helped",
}


@dataclass(frozen=True)
class Stands:
    """Each option must show a reason with this verdict and basis: a named assumption, or a place in NG59."""

    says: str
    options: tuple[str, ...]
    basis: str
    answers: dict[str, str | int]
    guidance: str = "page"
    assumption: str | None = None
    at: str = ""


REASONS = {
    "the page's conservative care is read for the neck by a named assumption": Stands(
        "applies", (*CONSERVATIVE, *MANUAL), "assumption", {"region": "neck"}, assumption="page-reaches-all-regions"
    ),
    "and for the mid-back, but for what is manual": Stands(
        "applies", CONSERVATIVE, "assumption", {"region": "mid_back", "nerve_pain": "none"}, assumption="page-reaches-all-regions"
    ),
    "no injection and no operation for the mid-back rests on an assumption": Stands(
        "not_indicated",
        ("epidural-steroid-injection", *OPERATIONS),
        "assumption",
        {"region": "mid_back", "nerve_pain": "none"},
        assumption="mid-back-is-cautious",
    ),
    "by NICE's reading hands-on care applies as part of an exercise package": Stands(
        "applies", MANUAL, "guideline", {"exercise_programme": "under_way"}, "nice", at="1.2.7"
    ),
    "with a fracture hands-on care is on hold, and the reason says more": Stands(
        "contraindicated", HANDS_ON, "guideline", {"suspected_fracture": "present"}
    ),
    "the page's praise of ultrasound is shown where its caveat does not reach": Stands(
        "applies", ("therapeutic-ultrasound",), "page", {"region": "neck"}
    ),
    "NICE's own advice against ultrasound is shown beside the page's": Stands(
        "not_advised", ("therapeutic-ultrasound",), "guideline", {}, "nice", at="1.2.9"
    ),
    "for low back pain alone NICE's advice against injections is shown": Stands(
        "not_advised", ("epidural-steroid-injection",), "guideline", {"nerve_pain": "none"}, "nice", at="1.3.1"
    ),
    "imaging that was not done is a reason to wait with each operation": Stands(
        "later", OPERATIONS, "assumption", {"imaging": "not_done"}, assumption="imaging-before-operation"
    ),
    **{
        f"NICE's words are the reason for {operation} at the surgery step": Stands(
            "applies", (operation,), "guideline", {**SURGERY, "cause": cause, "imaging": "matches_symptoms"}, "nice", at="1.3.8"
        )
        for operation, cause in zip(OPERATIONS, ("disc_herniation", "spinal_stenosis", "foraminal_narrowing"), strict=True)
    },
}
"""`answers` are changes to a person with nothing wrong."""


@dataclass(frozen=True)
class Warned:
    """Each option must show a caution with these words."""

    options: tuple[str, ...]
    words: str
    answers: dict[str, str | int] = field(default_factory=dict)


CAUTIONS = {
    "nothing hands-on with a bleeding disorder": Warned(HANDS_ON, "bleeding disorder"),
    "exercise under the guidance of a professional": Warned(EXERCISE, "qualified physiotherapist"),
    "operations that were declined": Warned(OPERATIONS, "Operations were declined", {"operation": "declined"}),
    "an injection that was declined": Warned(
        ("epidural-steroid-injection",), "The injection was declined", {"injection": "declined"}
    ),
    "a medicine that can cause dependence": Warned(
        ("prescription-pain-medication",), "not stopped abruptly", {"dependence_forming_medicine": "taken"}
    ),
    "medicines for back pain alone": Warned(
        ("prescription-pain-medication",), "only where an anti-inflammatory can't be used", {"nerve_pain": "none"}
    ),
    "leg pain on walking, which NG127 has a specialist assess": Warned(
        ("specialist-assessment",), "By itself it decides nothing here", {"walking_pain_eased_by_sitting": "present"}
    ),
    "soft-tissue work with fragile bones": Warned(
        ("soft-tissue-mobilisation",), "never over a fracture", {"fragile_bones": "present"}
    ),
}


@dataclass(frozen=True)
class StillOpen:
    """The verdicts that stay possible for each option while a question is unanswered."""

    question: str
    possible: dict[str, set[str]]
    answers: dict[str, str | int]
    guidance: str = "page"


STILL_OPEN = {
    "while a safety question is open what waits is as it would hold, or on hold, and nothing else": StillOpen(
        "saddle_numbness",
        {
            **{option: {"applies", "on_hold"} for option in (*HANDS_ON, "epidural-steroid-injection")},
            "microdiscectomy": {"later", "on_hold"},
        },
        {},
    ),
    "pain on both sides only on walking is claudication, though nobody asked about sitting": StillOpen(
        "walking_pain_eased_by_sitting",
        {"epidural-steroid-injection": {"not_advised"}},
        {"nerve_pain": "both_sides_walking_only", "pain_severity": "severe", "cause": "spinal_stenosis"},
        "nice",
    ),
}
"""`answers` are changes to a person whose conservative care did not help."""


@dataclass(frozen=True)
class StillUnknown:
    """Whether a rule holds in the trace while a question is unanswered (None: unknown)."""

    rule: str
    question: str
    holds: bool | None
    answers: dict[str, str | int]
    guidance: str = "page"


STILL_UNKNOWN = {
    "while another service decides and a flag is open, what rules out hands-on care is not known": StillUnknown(
        "hands-off", "saddle_numbness", None, {"pregnancy": "pregnant"}
    ),
    **{
        f"before imaging is done NICE's words never speak for {operation}, though the cause be open": StillUnknown(
            f"{operation}-by-nice", "cause", False, {**SURGERY, "imaging": "not_done"}, "nice"
        )
        for operation in OPERATIONS
    },
}
"""`answers` are changes to a person with nothing wrong."""
