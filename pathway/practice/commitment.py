"""What a learner commits to at a visit, before anything tells right from wrong."""

from __future__ import annotations

from pathway.knowledge.vocabulary import ROUTES, STEPS, Route, Step
from pathway.model import FrozenModel

PLACES: tuple[tuple[Route, Step | None], ...] = (
    *((route, None) for route in ROUTES[:-1]),
    *((ROUTES[-1], step) for step in STEPS),
)
"""Where a case may belong: the routes off the ladder, then the steps on it."""


class Commitment(FrozenModel):
    """The route, the step (None off the ladder), the options that apply, and two reasons, each the id of a rule.

    `reason` decides the place on the pathway, `option_reason` the verdict of the case's key option.
    """

    route: Route
    step: Step | None
    reason: str
    applies: tuple[str, ...] = ()
    option_reason: str = ""
