"""From a link token to a state, decoded and checked, without a session."""

from __future__ import annotations

import pathway
from explorer.per_pathway import per_pathway
from pathway import Scenario
from pathway.links.link import DecodedLink, InvalidLink, LinkCodec, default_codec
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.walk import State

IS_BAD = "This link can’t be used: {}. A new scenario is shown instead."


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
    return codes().decode(token) if token else DecodedLink(State(), pathway.load().hash)


def state_from_link(token: str) -> tuple[State, str]:
    """The state of a link, and the message to show about it; a new state for a bad link."""
    try:
        opened = read(token)
    except InvalidLink as error:
        return State(), IS_BAD.format(error)
    return opened.state, " ".join(opened.notes)
