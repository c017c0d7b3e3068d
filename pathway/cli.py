"""The commands. Each reads everything before it prints anything."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import Any

import click

from pathway.bundled import bundled_scenarios
from pathway.check import used_statements
from pathway.commands import FOUND, UNUSABLE, Commands
from pathway.explain import Pathway
from pathway.faults import shown
from pathway.inspection import inspected, report
from pathway.paper import Paper
from pathway.request import answered, asked, text_named, usable_pathway
from pathway.revisions import knowledge_named
from pathway.rulebook import written
from pathway.rules_as_data import rules_as_data
from pathway.scenario import LONGEST
from pathway.source import account, describe
from pathway.terminal import render

NAME_ONE = "Name a scenario: a file, - for standard input, or one of these."
json_option = click.option("--json", "as_json", is_flag=True, help="For programs: print JSON.")


def examples(*lines: str) -> str:
    """The end of a command's help; the first mark keeps click from wrapping it."""
    return "\b\n" + "\n".join([f"Example{'s' if len(lines) > 1 else ''}:", *(f"  {line}" for line in lines)])


@click.group(cls=Commands, epilog=examples("pathway explain driver-eight-weeks"))
def main() -> None:
    """Explore the treatment pathway for back pain from a trapped nerve root. For learning only; no medical advice.

    Exit code: 0 done; 1 a check found something; 2 the input can't be used; 3 a fault of the pathway itself.
    """


@main.command(
    epilog=examples("pathway explain driver-eight-weeks", "pathway explain mine.yaml --guidance nice --assume surgery-weeks=20")
)
@click.argument("file", required=False)
@click.option("--guidance", default="page", show_default=True, metavar="page|nice", help="Whose reading decides.")
@click.option("--assume", multiple=True, metavar="NAME=VALUE", help="Vary an assumption; may be given several times.")
@json_option
def explain(file: str | None, guidance: str, assume: tuple[str, ...], as_json: bool) -> int:
    """Say where a scenario stands, which options apply, and why.

    FILE is a scenario in YAML or JSON, - for standard input, or the name of a bundled scenario.
    """
    pathway = usable_pathway()
    if file is None:
        click.echo(f"{NAME_ONE}\n\n{_scenarios(pathway)}", err=True, nl=False)
        return UNUSABLE
    result, values = answered(pathway, file, guidance, assume)
    if as_json:
        _print_json(result.model_dump(mode="json"))
    else:
        click.echo(render(result, pathway.knowledge, values, _width(), _colour()), nl=False, color=_colour())
    return 0


@main.command(name="why-not", epilog=examples("pathway why-not driver-eight-weeks microdiscectomy"))
@click.argument("file")
@click.argument("option")
@click.option("--guidance", default="page", show_default=True, metavar="page|nice", help="Whose reading decides.")
@click.option("--assume", multiple=True, metavar="NAME=VALUE", help="Vary an assumption; may be given several times.")
@json_option
def why_not(file: str, option: str, guidance: str, assume: tuple[str, ...], as_json: bool) -> None:
    """Say which answers would have to be different.

    FILE is a scenario as for explain. OPTION is an option, or a step: what would make it apply or, where it applies, no longer.
    """
    from pathway import proof  # here and in diff alone: the solver is slow to load

    pathway = usable_pathway()
    scenario, values = asked(pathway, file, guidance, assume)
    found = proof.why_not(pathway, scenario, option, guidance, values)
    if as_json:
        _print_json(found.model_dump(mode="json"))
    else:
        click.echo("\n".join(found.describe(pathway.knowledge)))


@main.command(epilog=examples("pathway diff HEAD~1 data", "pathway diff old/data new/data"))
@click.argument("old")
@click.argument("new")
@json_option
def diff(old: str, new: str, as_json: bool) -> int:
    """Compare two rule bases: rules in plain English, and who is answered differently.

    OLD and NEW are folders with knowledge, or revisions of this git repository. Exit code 1 where they differ.
    """
    from pathway import proof

    with knowledge_named(old) as before, knowledge_named(new) as after:
        found = proof.diff(before, after)
    if as_json:
        _print_json(found.model_dump(mode="json"))
    else:
        click.echo("\n".join(found.describe()))
    return 0 if found.same else FOUND


@main.command(epilog=examples("pathway scenarios"))
@json_option
def scenarios(as_json: bool) -> None:
    """List the bundled scenarios."""
    pathway = usable_pathway()
    if as_json:
        found = bundled_scenarios(pathway.knowledge)
        _print_json([{"name": name, "title": scenario.title, "about": scenario.about} for name, scenario in found])
    else:
        click.echo(_scenarios(pathway), nl=False)


@main.command(epilog=examples("pathway rules | less"))
@json_option
def rules(as_json: bool) -> None:
    """Print the whole rule base in plain English, with its citations."""
    knowledge = usable_pathway().knowledge
    if as_json:
        _print_json(rules_as_data(knowledge))
    else:
        click.echo(written(knowledge), nl=False)


@main.command(epilog=examples("pathway check"))
@json_option
def check(as_json: bool) -> int:
    """Check the knowledge base; exit code 1 where it has a fault.

    Prints every fault with its file, its line and the nearest valid word.
    """
    outcomes = inspected()
    faults = [fault for outcome in outcomes for fault in outcome.faults]
    if as_json:
        _print_json([{"name": o.name, "checks": o.checks, "faults": [vars(fault) for fault in o.faults]} for o in outcomes])
    else:
        click.echo("\n".join(report(outcomes)))
    return FOUND if faults else 0


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
        _print_json(found.model_dump(mode="json"))
    else:
        click.echo("\n".join(describe(found)))
    return FOUND if found.differs else 0


def _scenarios(pathway: Pathway) -> str:
    found = dict(bundled_scenarios(pathway.knowledge))
    paper = Paper(_width())
    for name, scenario in found.items():
        paper.pair(f"{name:{max(map(len, found)) + 2}}", shown(scenario.title, LONGEST))
    return paper.text()


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, indent=2))  # other letters as escapes: no byte of it acts on a terminal


def _width() -> int:
    return shutil.get_terminal_size().columns if _terminal() else 80


def _colour() -> bool:
    return _terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()
