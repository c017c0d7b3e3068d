"""The commands. Each reads all of its input before it prints anything."""

from __future__ import annotations

import click

from pathway.cli.check import check
from pathway.cli.exit_codes import CHECK_FAILED, INVALID_INPUT, Commands
from pathway.cli.inputs import parse_inputs, text_named, usable_pathway
from pathway.cli.link import link
from pathway.cli.options import (
    assume_option,
    colour,
    examples,
    json_option,
    print_json,
    print_lines,
    scenario_guidance_option,
    width,
)
from pathway.cli.practice import practice, set_command
from pathway.cli.proofs import atlas, diff, line, thresholds, why_not
from pathway.cli.result_view import render
from pathway.cli.rulebook import render_rulebook
from pathway.cli.rules_as_data import rules_as_data
from pathway.cli.writer import TextWriter
from pathway.explanation.pathway import Pathway
from pathway.knowledge.lint import used_statements
from pathway.phrases import safe_excerpt
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.scenario import LONGEST
from pathway.source import account, describe

NAME_ONE = "Name a scenario: a file, - for standard input, or one of these."


@click.group(cls=Commands, epilog=examples("pathway explain driver-eight-weeks"))
def main() -> None:
    """Explore the treatment pathway for back pain from a trapped nerve root. For learning only; no medical advice.

    Exit codes: 0 success; 1 a check failed; 2 invalid input; 3 internal error; 4 output can't be written.
    """


@main.command(
    epilog=examples("pathway explain driver-eight-weeks", "pathway explain mine.yaml --guidance nice --assume surgery-weeks=20")
)
@click.argument("file", required=False)
@scenario_guidance_option
@assume_option
@click.option("--visit", type=int, metavar="N", help="Visit to explain, counted from 1.  [default: the last]")
@click.option("--knowledge", metavar="FOLDER", help="Use the knowledge in this folder, not the built-in one.")
@json_option
def explain(
    file: str | None, guidance: str | None, assume: tuple[str, ...], visit: int | None, knowledge: str | None, as_json: bool
) -> int:
    """Show the route and step of a scenario, which options apply, and why.

    FILE is a scenario in YAML or JSON, - for standard input, or the name of a bundled scenario. The options --guidance and
    --assume override the file's own guidance and assumptions.
    """
    pathway = usable_pathway(knowledge)
    if file is None:
        click.echo(f"{NAME_ONE}\n\n{_scenarios(pathway)}", err=True, nl=False)
        return INVALID_INPUT
    inputs = parse_inputs(pathway, file, guidance, assume, visit)
    result = pathway.explain(inputs.scenario, inputs.guidance, inputs.values, visit)
    if as_json:
        print_json(result.model_dump(mode="json"))
    else:
        click.echo(render(result, pathway.knowledge, inputs.values, width(), colour()), nl=False, color=colour())
    return 0


@main.command(epilog=examples("pathway scenarios"))
@json_option
def scenarios(as_json: bool) -> None:
    """List the bundled scenarios."""
    pathway = usable_pathway()
    if as_json:
        bundled = bundled_scenarios(pathway.knowledge)
        print_json([{"name": name, "title": scenario.title, "about": scenario.about} for name, scenario in bundled])
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
        click.echo(render_rulebook(knowledge), nl=False)


@main.command(epilog=examples("pathway source page.txt"))
@click.argument("file")
@json_option
def source(file: str, as_json: bool) -> int:
    """Check every sentence of a copy against the recorded page.

    FILE is a copy as plain text, or - for standard input. The exit code is 1 if it differs from the page.
    """
    knowledge = usable_pathway().knowledge
    result = account(knowledge.ledger, text_named(file), used_statements(knowledge))
    if as_json:
        print_json(result.model_dump(mode="json"))
    else:
        print_lines(describe(result))
    return CHECK_FAILED if result.differs else 0


for command in (check, link, why_not, thresholds, line, atlas, diff, set_command, practice):
    main.add_command(command)


def _scenarios(pathway: Pathway) -> str:
    bundled = dict(bundled_scenarios(pathway.knowledge))
    writer = TextWriter(width())
    for name, scenario in bundled.items():
        writer.hanging(f"{name:{max(map(len, bundled)) + 2}}", safe_excerpt(scenario.title, LONGEST))
    return writer.text()
