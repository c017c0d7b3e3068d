"""From an address to a view: the token read, checked and explained. It needs no session."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import pathway
from explorer.view import View
from pathway import Result, Scenario, Unusable
from pathway.assumptions import values_from
from pathway.at_visit import at_visit
from pathway.bundled import bundled_scenarios
from pathway.link import BadLink, Codes
from pathway.scenario import scenario_from
from pathway.walk import Pairs, State, paired

PARAMETER = "s"
IS_BAD = "This link can’t be used: {}. Here is a fresh start instead."
IS_OLD = "This link was made with another edition of the knowledge ({}; now {}). The answer may differ from then."


@cache
def scenarios() -> dict[str, Scenario]:
    """The bundled scenarios, by name."""
    return dict(bundled_scenarios(pathway.load()))


@cache
def codes() -> Codes:
    """What reads and writes the address."""
    return Codes(pathway.load())


@lru_cache(maxsize=1024)  # a click reads the address that the click before has written
def read(token: str) -> tuple[State, str]:
    """The state in an address, and the edition it was made with. Raises BadLink."""
    if not token:
        return State(), pathway.load().hash
    state, edition = codes().read(token)
    _check(state)
    return state, edition


def in_address(token: str) -> tuple[State, str]:
    """The state in an address, and what is to be said of it."""
    try:
        state, edition = read(token)
    except BadLink as error:
        return State(), IS_BAD.format(error)
    now = pathway.load().hash
    return state, "" if edition == now else IS_OLD.format(edition, now)


def _check(state: State) -> None:
    knowledge = pathway.load()
    try:
        values_from(state.assumptions, knowledge)
        for at in range(len(state.visits)):
            scenario_from({"answers": dict(state.answers_at(at))}, knowledge)
    except Unusable as error:
        raise BadLink(error.faults[0].says) from None


@lru_cache(maxsize=256)
def _explained(answers: Pairs, guidance: str, assumptions: Pairs, name: str) -> Result:
    """A result. The last ones are kept in memory, so that a walk of twenty visits is not decided anew at every click."""
    given = dict(answers)
    title = name or next((found.title for found in scenarios().values() if dict(found.answers) == given), "")
    return pathway.explain({"title": title, "answers": given}, guidance, dict(assumptions))


def viewed(state: State, message: str = "", **aside: Any) -> View:
    """A state, explained; `aside` is what the session knows beside it, as `View` names it."""
    knowledge = pathway.load()
    found = _explained(paired(state.answers), state.guidance, paired(state.assumptions), state.title)
    result = at_visit(found, state.known, state.at, state.weeks_at(state.at), knowledge)
    return View(knowledge, state, result, scenarios(), viewed, codes().written, codes().written(state), message=message, **aside)
