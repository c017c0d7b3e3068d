"""From a link token to a view: decoded, checked and explained, without a session."""

from __future__ import annotations

from typing import Any

import pathway
from explorer.pages.explore.view import View
from explorer.pages.missing_rules import missing_rules
from explorer.per_pathway import per_pathway
from pathway import Result, Scenario, Unusable
from pathway.explanation.at_visit import at_visit
from pathway.explanation.pathway import the_pathway
from pathway.knowledge.assumptions import values_from
from pathway.links.link import DecodedLink, InvalidLink, LinkCodec, default_codec
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.scenario import scenario_from
from pathway.scenarios.walk import Pairs, State, hashable

PARAMETER = "s"
IS_BAD = "This link can’t be used: {}. A new scenario is shown instead."
IS_OLD = "This link was made with another version of the knowledge ({}; now {}). The result may differ."
IS_UNCHECKED = "This is an older kind of link. It can’t show whether it was cut or altered. Check the answers."


@per_pathway(maxsize=2)
def scenarios() -> dict[str, Scenario]:
    """The bundled scenarios, by name."""
    return dict(bundled_scenarios(pathway.load()))


def codes() -> LinkCodec:
    """The codec of link tokens."""
    return default_codec()


@per_pathway(maxsize=1024)  # a click decodes the token that the click before has written
def read(token: str) -> DecodedLink:
    """The decoded link. Raises InvalidLink where the token or its answers are not valid."""
    if not token:
        return DecodedLink(State(), pathway.load().hash)
    opened = codes().decode(token)
    _check(opened.state)
    return opened


def state_from_link(token: str) -> tuple[State, str]:
    """The state of a link, and the message to show about it; a new state for a bad link."""
    try:
        opened = read(token)
    except InvalidLink as error:
        return State(), IS_BAD.format(error)
    return opened.state, link_notes(opened)


def link_notes(opened: DecodedLink) -> str:
    """The message about a decoded link: another version, no check digits, answers that were left out."""
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
        raise InvalidLink(error.faults[0].says) from None


@per_pathway(maxsize=256)
def _cached_result(title: str, answers: Pairs, guidance: str, assumptions: Pairs) -> Result:
    """The result of some answers. Cached, so that a click on a scenario of twenty visits does not decide all of them anew."""
    return the_pathway().explain({"title": title, "answers": dict(answers)}, guidance, dict(assumptions), gaps=True)


def _title(state: State) -> str:
    """A state's title, or that of the bundled scenario with exactly these answers."""
    return state.title or next((scenario.title for scenario in scenarios().values() if scenario.answers == state.answers), "")


def view_of(state: State, message: str = "", **session_context: Any) -> View:
    """The view of a state. `session_context`: further fields of `View` that the session knows."""
    knowledge = pathway.load()
    result_without_visits = _cached_result(_title(state), hashable(state.answers), state.guidance, hashable(state.assumptions))
    result = at_visit(result_without_visits, state.known, state.current_visit, state.weeks_at(state.current_visit), knowledge)
    return View(
        knowledge,
        state,
        result,
        scenarios(),
        view_of,
        codes().encode,
        codes().encode(state),
        message=" ".join(filter(None, (message, missing_rules(result.uncovered, knowledge)))),
        **session_context,
    )
