"""The commands. Each reads all of its input before it prints anything.

A command's module is imported when the command is asked for: most of the time of a short command is imports.
"""

from __future__ import annotations

import click

from pathway.cli.exit_codes import Commands
from pathway.cli.options import examples, folder_named
from pathway.knowledge.loader import in_use

MODULES = {
    "atlas": "pathway.cli.proofs",
    "check": "pathway.cli.check",
    "diff": "pathway.cli.proofs",
    "explain": "pathway.cli.explain",
    "line": "pathway.cli.proofs",
    "link": "pathway.cli.link",
    "new": "pathway.cli.new",
    "practice": "pathway.cli.practice",
    "review": "pathway.cli.review",
    "rules": "pathway.cli.rules",
    "scenarios": "pathway.cli.explain",
    "schema": "pathway.cli.schema",
    "set": "pathway.cli.practice",
    "source": "pathway.cli.rules",
    "table": "pathway.cli.table",
    "thresholds": "pathway.cli.proofs",
    "why-not": "pathway.cli.proofs",
}
"""The module of each command."""


def _use(context: click.Context, _: click.Parameter, folder: str | None) -> str | None:
    """Use a folder from here on, for the help too: `--data` is read before `--help` where it stands first."""
    if folder is not None:
        context.with_resource(in_use(folder_named(folder)))
    return folder


@click.group(cls=Commands, modules=MODULES, epilog=examples("pathway explain {scenario}"))
@click.option(
    "--data",
    metavar="FOLDER",
    is_eager=True,
    callback=_use,
    help="Use the pathway in this folder.  [default: the one that comes with this program]",
)
def main(data: str | None) -> None:
    """Explore a pathway, by its rules and their reasons.

    Exit codes: 0 success; 1 a check failed; 2 invalid input; 3 internal error; 4 output can't be written.
    """
