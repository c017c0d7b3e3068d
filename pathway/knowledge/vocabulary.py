"""The values that a result is made of: verdicts, routes and steps, in order of precedence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Checked = Literal["primary", "secondary", "unchecked"]
Basis = Literal["page", "guideline", "unsourced", "assumption"]
Guidance = Literal["page", "nice"]
Verdict = Literal["on_hold", "not_advised", "not_indicated", "contraindicated", "undetermined", "later", "applies"]
Route = Literal["emergency", "urgent", "other_pathway", "stepped_care"]
Step = Literal["recovery", "conservative", "injection", "surgery"]

GUIDANCE: tuple[Guidance, ...] = ("page", "nice")
UNDETERMINED: Final = "undetermined"
"""A route, a step or a verdict that an open question could still change."""
VERDICTS: tuple[Verdict, ...] = (
    "on_hold", "not_advised", "not_indicated", "contraindicated", UNDETERMINED, "later", "applies",
)  # fmt: skip
"""In order of precedence. A recommendation that says `undetermined` waits for the route."""
LATER: Verdict = "later"
ON_HOLD: Verdict = "on_hold"
RULED_OUT = frozenset({"not_advised", "not_indicated", "contraindicated"})
ROUTES: tuple[Route, ...] = ("emergency", "urgent", "other_pathway", "stepped_care")
"""Most urgent first."""
STEPS: tuple[Step, ...] = ("recovery", "conservative", "injection", "surgery")

GATE = ("yes", "no")
"""The values of a gate: whether any of its options is possible. Gates are evaluated before the step."""
DERIVED: Mapping[str, tuple[str, ...]] = {
    "route": (*ROUTES, UNDETERMINED),
    "step": (*STEPS, "none"),
    "step_rule": (),
}
"""The derived variables besides the gates, with their values (those of `step_rule` are the ids of the step rules)."""
