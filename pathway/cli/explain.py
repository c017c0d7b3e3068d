"""The command `explain`, and `scenarios`, which lists the bundled ones."""

from __future__ import annotations

import click

from pathway.cli.exit_codes import INVALID_INPUT
from pathway.cli.inputs import parse_inputs, usable_pathway
from pathway.cli.options import (
    WHOLE_NUMBER,
    Documented,
    assume_option,
    colour,
    examples,
    json_option,
    knowledge_option,
    print_json,
    scenario_guidance_option,
    width,
)
from pathway.cli.result_view import render
from pathway.cli.writer import TextWriter
from pathway.explanation.pathway import Pathway
from pathway.phrases import safe_excerpt
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.scenario import LONGEST_TITLE

NO_SCENARIO_NAMED = "Name a scenario: a file, - for standard input, or one of these."


@click.command(
    cls=Documented,
    epilog=examples("pathway explain {scenario}", "pathway explain mine.yaml --guidance {reading} --assume {assumption}"),
)
@click.argument("file", required=False)
@scenario_guidance_option
@assume_option
@click.option("--visit", type=WHOLE_NUMBER, metavar="N", help="Visit to explain, counted from 1.  [default: the last]")
@knowledge_option
@json_option
def explain(
    file: str | None, guidance: str | None, assume: tuple[str, ...], visit: int | None, knowledge: str | None, as_json: bool
) -> int:
    """Explain a scenario: its route, step, options and reasons.

    FILE is a scenario in YAML or JSON, - for standard input, or the name of a bundled scenario. The options --guidance and
    --assume override the file's own guidance and assumptions.
    """
    pathway = usable_pathway(knowledge)
    if file is None:
        click.echo(f"{NO_SCENARIO_NAMED}\n\n{_scenarios(pathway)}", err=True, nl=False)
        return INVALID_INPUT
    inputs = parse_inputs(pathway, file, guidance, assume, visit)
    result = pathway.explain(inputs.scenario, inputs.guidance, inputs.values, visit)
    if as_json:
        print_json(result.model_dump(mode="json"))
    else:
        click.echo(render(result, pathway.knowledge, inputs.values, width(), colour()), nl=False, color=colour())
    return 0


@click.command(cls=Documented, epilog=examples("pathway scenarios"))
@json_option
def scenarios(as_json: bool) -> None:
    """List the bundled scenarios."""
    pathway = usable_pathway()
    if as_json:
        bundled = bundled_scenarios(pathway.knowledge)
        print_json([{"name": name, "title": scenario.title, "about": scenario.about} for name, scenario in bundled])
    else:
        click.echo(_scenarios(pathway), nl=False)


def _scenarios(pathway: Pathway) -> str:
    bundled = dict(bundled_scenarios(pathway.knowledge))
    writer = TextWriter(width())
    for name, scenario in bundled.items():
        writer.hanging(f"{name:{max(map(len, bundled)) + 2}}", safe_excerpt(scenario.title, LONGEST_TITLE))
    return writer.text()
