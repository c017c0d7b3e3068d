"""The command `link`: a scenario as the query that opens it in the explorer, and such a query as a scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import click

from pathway.cli.exit_codes import UNUSABLE
from pathway.cli.inputs import asked, usable_pathway
from pathway.cli.options import assume_option, examples, reading_option
from pathway.errors import Fault, Unusable
from pathway.knowledge.base import Knowledge
from pathway.links.link import BadLink, Opened, the_codes
from pathway.links.token import single
from pathway.scenarios.walk import State
from pathway.scenarios.walk_file import as_yaml, scenario_of, visits_of

HELP = "Print the scenario file that a link holds: its query, its whole address, or what stands after s=."
EITHER = "Give a FILE to print its link, or --read 'QUERY' to print what a link holds."
ONLY_WITH_A_FILE = "--guidance, --assume and --visit go with a FILE; write the link to a file first, then give them with it."
UNCHECKED = "it is of an older form, in which a link that was cut or altered can't be told; check the answers"


@click.command(epilog=examples("pathway link driver-eight-weeks", "pathway link --read '?s=2_...' > mine.yaml"))
@click.argument("file", required=False)
@click.option("--read", "query", metavar="QUERY", help=HELP)
@reading_option
@assume_option
@click.option(
    "--visit", type=int, metavar="N", help="Of several visits, the one to look at, counted from 1.  [default: the last]"
)
def link(file: str | None, query: str | None, guidance: str | None, assume: tuple[str, ...], visit: int | None) -> int:
    """Print the link that opens a scenario in the explorer.

    FILE is a scenario as for explain. A link holds the title, every visit, the reading and the assumptions; what the scenario
    is about is not in it. What a link holds and is not known any longer is named on standard error.
    """
    if (file is None) == (query is None):
        click.echo(EITHER, err=True)
        return UNUSABLE
    if query is not None and (guidance or assume or visit is not None):
        click.echo(ONLY_WITH_A_FILE, err=True)
        return UNUSABLE
    click.echo(_read(query) if query is not None else _written(str(file), guidance, assume, visit), nl=query is None)
    return 0


def _written(file: str, guidance: str | None, assume: tuple[str, ...], visit: int | None) -> str:
    pathway = usable_pathway()
    given = asked(pathway, file, guidance, assume, visit)
    usual = pathway.knowledge.assumptions
    own = given.scenario.assumptions
    varied = {name: value for name, value in given.values.items() if name in own or value != usual[name].value}
    visits = visits_of(given.scenario, pathway.knowledge)
    return f"?s={the_codes().spelt_out(State(visits, given.at, given.guidance, varied, given.scenario.title))}"


def _read(query: str) -> str:
    knowledge = usable_pathway().knowledge
    opened = opened_by(query)
    for says in _said(opened, knowledge):
        click.echo(Fault("the link", None, says), err=True)
    return as_yaml(scenario_of(opened.state, knowledge))


def _said(opened: Opened, knowledge: Knowledge) -> Iterator[str]:
    """What is to be said of a link beside what it holds."""
    at, visits = opened.state.at + 1, len(opened.state.visits)
    if not opened.checked:
        yield UNCHECKED
    if opened.edition != knowledge.hash:
        yield f"it was made with another edition of the knowledge ({opened.edition}; now {knowledge.hash})"
    if opened.left_out:
        yield opened.left_out
    if at != visits:
        yield f"it looks at visit {at} of {visits}, which a file does not hold; write --visit {at} to explain that one"


def opened_by(query: str) -> Opened:
    """What a link holds, given as its query, its whole address or alone; it may have been encoded. Raises Unusable."""
    try:
        return the_codes().read(_bare(query))
    except BadLink as error:
        raise Unusable([Fault("the link", None, f"can't be used: {error}")]) from None


def _bare(query: str) -> str:
    for text in (query, unquote(query), unquote(unquote(query))):
        if links := re.findall(r"(?:^|[?&;])s=([^&#]*)", text.strip()):
            return single(links)
    if re.search("[/?=]", query):
        raise BadLink("there is no scenario in it; one stands after s=, as in ?s=2_...")
    return query
