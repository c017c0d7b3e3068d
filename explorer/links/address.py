"""From an address to a view: the token read, checked and explained. It needs no session."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import pathway
from explorer.instrument.view import View
from pathway import Result, Scenario, Unusable
from pathway.explanation.at_visit import at_visit
from pathway.knowledge.assumptions import values_from
from pathway.links.link import BadLink, Codes, Opened, the_codes
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.scenario import scenario_from
from pathway.scenarios.walk import Pairs, State, paired

PARAMETER = "s"
IS_BAD = "This link can’t be used: {}. A new scenario is shown instead."
IS_OLD = "This link was made with another version of the knowledge ({}; now {}). The result may differ."
IS_UNCHECKED = "This is an older kind of link. It can’t show whether it was cut or altered. Check the answers."


@cache
def scenarios() -> dict[str, Scenario]:
    """The bundled scenarios, by name."""
    return dict(bundled_scenarios(pathway.load()))


def codes() -> Codes:
    """What reads and writes the address."""
    return the_codes()


@lru_cache(maxsize=1024)  # a click reads the address that the click before has written
def read(token: str) -> Opened:
    """What an address holds. Raises BadLink."""
    if not token:
        return Opened(State(), pathway.load().hash)
    opened = codes().read(token)
    _check(opened.state)
    return opened


def state_from_link(token: str) -> tuple[State, str]:
    """The state in an address, and what is to be said of it."""
    try:
        opened = read(token)
    except BadLink as error:
        return State(), IS_BAD.format(error)
    return opened.state, link_notes(opened)


def link_notes(opened: Opened) -> str:
    """What is to be said of a link that opened: its edition, whether it could be checked, and what was left out."""
    now = pathway.load().hash
    old = IS_OLD.format(opened.edition, now) if opened.edition != now else ""
    return " ".join(filter(None, (old, "" if opened.checked else IS_UNCHECKED, opened.left_out)))


def _check(state: State) -> None:
    knowledge = pathway.load()
    try:
        values_from(state.assumptions, knowledge)
        for at in range(len(state.visits)):
            scenario_from({"answers": dict(state.answers_at(at))}, knowledge)
    except Unusable as error:
        raise BadLink(error.faults[0].says) from None


@lru_cache(maxsize=256)
def _cached_result(title: str, answers: Pairs, guidance: str, assumptions: Pairs) -> Result:
    """A result. The last ones are kept in memory, so that a walk of twenty visits is not decided anew at every click."""
    return pathway.explain({"title": title, "answers": dict(answers)}, guidance, dict(assumptions))


def _title(state: State) -> str:
    """A state's title, or that of the bundled scenario with just these answers."""
    return state.title or next((found.title for found in scenarios().values() if found.answers == state.answers), "")


def view_of(state: State, message: str = "", **aside: Any) -> View:
    """A state, explained; `aside` is what the session knows beside it, as `View` names it."""
    knowledge = pathway.load()
    found = _cached_result(_title(state), paired(state.answers), state.guidance, paired(state.assumptions))
    result = at_visit(found, state.known, state.at, state.weeks_at(state.at), knowledge)
    return View(knowledge, state, result, scenarios(), view_of, codes().written, codes().written(state), message=message, **aside)
