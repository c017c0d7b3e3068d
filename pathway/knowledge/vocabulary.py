"""The values that every pathway's results share: verdicts in order of precedence, and what a rule rests on."""

from __future__ import annotations

from typing import Final, Literal

Checked = Literal["primary", "secondary", "unchecked"]
Basis = Literal["page", "guideline", "unsourced", "assumption"]
Verdict = Literal["on_hold", "not_advised", "not_indicated", "contraindicated", "undetermined", "later", "applies"]
RulingOut = Literal["not_advised", "not_indicated", "contraindicated"]
Icon = Literal[
    "triangle", "diamond", "turn", "stairs", "loop", "step_one", "step_two", "step_three", "step_four", "step_five", "step_six",
    "step_seven", "step_eight", "step_nine", "step_ten",
]  # fmt: skip
"""The pictures that a route or a step may have."""

UNDETERMINED: Final = "undetermined"
"""A route, a step or a verdict that an open question could still change."""
VERDICTS: tuple[Verdict, ...] = (
    "on_hold", "not_advised", "not_indicated", "contraindicated", UNDETERMINED, "later", "applies",
)  # fmt: skip
"""In order of precedence. A recommendation that says `undetermined` waits for the route."""
LATER: Verdict = "later"
APPLIES: Verdict = "applies"
ON_HOLD: Verdict = "on_hold"
RULED_OUT: frozenset[RulingOut] = frozenset({"not_advised", "not_indicated", "contraindicated"})

GATE = ("yes", "no")
"""The values of a gate: whether any of its options is possible. Gates are evaluated before the step."""
OFF_LADDER: Final = "none"
"""The step of someone who is not on the ladder."""
ANY_STEP: Final = "any"
"""The step of an option that belongs to no step in particular."""
READING: Final = "guidance"
"""The variable whose value is the chosen reading."""
ROUTE, STEP, STEP_RULE = "route", "step", "step_rule"
"""The derived variables besides the gates; the values of the last are the ids of the ladder's rules."""
DERIVED = (ROUTE, STEP, STEP_RULE)
