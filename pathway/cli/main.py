"""The commands. Each reads everything before it prints anything."""

from __future__ import annotations

import click

from pathway.cli.check import check
from pathway.cli.exit_codes import FOUND, UNUSABLE, Commands
from pathway.cli.inputs import asked, text_named, usable_pathway
from pathway.cli.link import link
from pathway.cli.options import (
    assume_option,
    colour,
    examples,
    json_option,
    print_json,
    print_lines,
    reading_option,
    width,
)
from pathway.cli.proofs import atlas, diff, line, thresholds, why_not
from pathway.cli.result_view import render
from pathway.cli.rulebook import written
from pathway.cli.rules_as_data import rules_as_data
from pathway.cli.writer import Paper
from pathway.explanation.pathway import Pathway
from pathway.knowledge.lint import used_statements
from pathway.phrases import shown
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.scenario import LONGEST
from pathway.source import account, describe

NAME_ONE = "Name a scenario: a file, - for standard input, or one of these."


@click.group(cls=Commands, epilog=examples("pathway explain driver-eight-weeks"))
def main() -> None:
    """Explore the treatment pathway for back pain from a trapped nerve root. For learning only; no medical advice.

    Exit code: 0 done; 1 a check found something; 2 the input can't be used; 3 a fault of the pathway itself;
    4 the output can't be written.
    """


@main.command(
    epilog=examples("pathway explain driver-eight-weeks", "pathway explain mine.yaml --guidance nice --assume surgery-weeks=20")
)
@click.argument("file", required=False)
@reading_option
@assume_option
@click.option("--visit", type=int, metavar="N", help="Of a scenario with several visits, the one to explain, counted from 1.")
@click.option("--knowledge", metavar="FOLDER", help="Decide by the knowledge in a folder, as data/ is.")
@json_option
def explain(
    file: str | None, guidance: str | None, assume: tuple[str, ...], visit: int | None, knowledge: str | None, as_json: bool
) -> int:
    """Say where a scenario stands, which options apply, and why.

    FILE is a scenario in YAML or JSON, - for standard input, or the name of a bundled scenario. Of several visits it is about
    the last one. What is said here wins over the reading and the assumptions of the file.
    """
    pathway = usable_pathway(knowledge)
    if file is None:
        click.echo(f"{NAME_ONE}\n\n{_scenarios(pathway)}", err=True, nl=False)
        return UNUSABLE
    given = asked(pathway, file, guidance, assume, visit)
    result = pathway.explain(given.scenario, given.guidance, given.values, visit)
    if as_json:
        print_json(result.model_dump(mode="json"))
    else:
        click.echo(render(result, pathway.knowledge, given.values, width(), colour()), nl=False, color=colour())
    return 0


@main.command(epilog=examples("pathway scenarios"))
@json_option
def scenarios(as_json: bool) -> None:
    """List the bundled scenarios."""
    pathway = usable_pathway()
    if as_json:
        found = bundled_scenarios(pathway.knowledge)
        print_json([{"name": name, "title": scenario.title, "about": scenario.about} for name, scenario in found])
    else:
        click.echo(_scenarios(pathway), nl=False)


@main.command(epilog=examples("pathway rules | less"))
@json_option
def rules(as_json: bool) -> None:
    """Print the whole rule base in plain English, with its citations."""
    knowledge = usable_pathway().knowledge
    if as_json:
        print_json(rules_as_data(knowledge))
    else:
        click.echo(written(knowledge), nl=False)


@main.command(epilog=examples("pathway source page.txt"))
@click.argument("file")
@json_option
def source(file: str, as_json: bool) -> int:
    """Account for every sentence of a copy of the page.

    FILE is your own copy as plain text, or - for standard input. Exit code 1 where it differs from the page.
    """
    knowledge = usable_pathway().knowledge
    found = account(knowledge.ledger, text_named(file), used_statements(knowledge))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        print_lines(describe(found))
    return FOUND if found.differs else 0


for command in (check, link, why_not, thresholds, line, atlas, diff):
    main.add_command(command)


def _scenarios(pathway: Pathway) -> str:
    found = dict(bundled_scenarios(pathway.knowledge))
    paper = Paper(width())
    for name, scenario in found.items():
        paper.pair(f"{name:{max(map(len, found)) + 2}}", shown(scenario.title, LONGEST))
    return paper.text()
