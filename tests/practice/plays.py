"""Plays of a visit, right and wrong, worked out from the result: which cases a seed gives changes with the knowledge."""

from __future__ import annotations

from pathway.practice.stage import Stage
from tests.people import PLACES, ROUTES


def right_place(stage: Stage) -> int:
    """The index of the case's place in the list of places."""
    return next(at for at, place in enumerate(PLACES) if place == (stage.result.route, stage.result.step))


def wrong_place(stage: Stage) -> int:
    """A place that is wrong and not unsafe: another step, or off the ladder a more urgent route if there is one."""
    right = right_place(stage)
    return right - 1 if right else len(ROUTES)
