"""The command `link`: turns a scenario into a link to the explorer, and such a link into a scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import click

from pathway.cli.exit_codes import INVALID_INPUT
from pathway.cli.inputs import parse_inputs, usable_pathway
from pathway.cli.options import WHOLE_NUMBER, Documented, assume_option, examples, scenario_guidance_option
from pathway.errors import Fault, Unusable
from pathway.links.link import DecodedLink, InvalidLink, default_codec
from pathway.links.token import single
from pathway.scenarios.walk import State
from pathway.scenarios.walk_file import as_yaml, scenario_of, visits_of

READ_HELP = "Print the scenario in a link. QUERY is its query, its whole address, or the part after s=."
FILE_OR_READ = "Give a FILE to print its link, or --read 'QUERY' to print the scenario in a link."
NOT_BOTH = "FILE prints a link, and --read reads one; write one or the other."
ONLY_WITH_A_FILE = "--guidance, --assume and --visit need a FILE. Write the link to a file first, then use them with it."


@click.command(cls=Documented, epilog=examples("pathway link {scenario}", "pathway link --read '?s=2_...' > mine.yaml"))
@click.argument("file", required=False)
@click.option("--read", "query", metavar="QUERY", help=READ_HELP)
@scenario_guidance_option
@assume_option
@click.option("--visit", type=WHOLE_NUMBER, metavar="N", help="Visit to open, counted from 1.  [default: the last]")
def link(file: str | None, query: str | None, guidance: str | None, assume: tuple[str, ...], visit: int | None) -> int:
    """Print the link that opens a scenario in the explorer.

    FILE is a scenario, as for explain. A link holds the title, every visit, the guidance and the assumptions, but not the
    description. If a link holds something that no longer exists, standard error names it.
    """
    if (file is None) == (query is None):
        click.echo(FILE_OR_READ if file is None else NOT_BOTH, err=True)
        return INVALID_INPUT
    if query is not None and (guidance or assume or visit is not None):
        click.echo(ONLY_WITH_A_FILE, err=True)
        return INVALID_INPUT
    click.echo(_scenario_in(query) if query is not None else _link_to(str(file), guidance, assume, visit), nl=query is None)
    return 0


def _link_to(file: str, guidance: str | None, assume: tuple[str, ...], visit: int | None) -> str:
    pathway = usable_pathway()
    inputs = parse_inputs(pathway, file, guidance, assume, visit)
    assumptions = pathway.knowledge.assumptions
    own = inputs.scenario.assumptions
    changed = {name: value for name, value in inputs.values.items() if name in own or value != assumptions[name].value}
    visits = visits_of(inputs.scenario, pathway.knowledge)
    state = State(visits, inputs.at, inputs.guidance, changed, inputs.scenario.title, knowledge=pathway.knowledge)
    return f"?s={default_codec().encode_always(state)}"


def _scenario_in(query: str) -> str:
    knowledge = usable_pathway().knowledge
    opened = decoded_link(query)
    for note in (*opened.notes, *_visit_note(opened)):
        click.echo(note, err=True)
    return as_yaml(scenario_of(opened.state, knowledge))


def _visit_note(opened: DecodedLink) -> Iterator[str]:
    """What a file can't say of a link: that it opens an earlier visit."""
    at, visits = opened.state.current_visit + 1, len(opened.state.visits)
    if at != visits:
        yield f"This link opens visit {at} of {visits}, and a file can't say that; write --visit {at} to explain that visit."


def decoded_link(query: str) -> DecodedLink:
    """The contents of a link. `query` is its query, its whole address or the part after s=, percent-encoded or not.

    Raises Unusable.
    """
    try:
        return default_codec().decode(_bare(query))
    except InvalidLink as error:
        raise Unusable([Fault("the link", None, f"can't be used: {error}")]) from None


def _bare(query: str) -> str:
    """The part of a link after s=."""
    for text in (query, unquote(query), unquote(unquote(query))):
        if links := re.findall(r"(?:^|[?&;])s=([^&#]*)", text.strip()):
            return single(links)
    if re.search("[/?=]", query):
        raise InvalidLink("it has no scenario; a scenario follows s=, as in ?s=2_...")
    return query
