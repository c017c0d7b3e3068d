"""The words that a result is made of: verdicts, routes and steps in the order in which they win."""

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
"""Of a route, a step or a verdict that an open question may still make another."""
VERDICTS: tuple[Verdict, ...] = (
    "on_hold", "not_advised", "not_indicated", "contraindicated", UNDETERMINED, "later", "applies",
)  # fmt: skip
"""In the order in which they win. A recommendation that says `undetermined` waits for the route."""
RULED_OUT = frozenset({"not_advised", "not_indicated", "contraindicated"})
ROUTES: tuple[Route, ...] = ("emergency", "urgent", "other_pathway", "stepped_care")
"""Most urgent first."""
STEPS: tuple[Step, ...] = ("recovery", "conservative", "injection", "surgery")

GATE = ("yes", "no")
"""Whether an option may be possible: the values of a gate, which is worked out before the step."""
DERIVED: Mapping[str, tuple[str, ...]] = {
    "route": (*ROUTES, UNDETERMINED),
    "step": (*STEPS, "none"),
    "step_rule": (),
}
"""What the levels derive besides the gates, and its values (of `step_rule`: the step rules' ids)."""
