"""What a learner commits to at a visit, before any feedback."""

from __future__ import annotations

from pathway.model import FrozenModel


class Commitment(FrozenModel):
    """The route, the step (None off the ladder), the options that apply, and two reasons, each the id of a rule.

    `reason` decides the place on the pathway, `option_reason` the verdict of the case's key option.
    """

    route: str
    step: str | None
    reason: str
    applies: tuple[str, ...] = ()
    option_reason: str = ""
