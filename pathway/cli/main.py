"""The commands. Each reads all of its input before it prints anything.

A command's module is imported when the command is asked for: most of the time of a short command is imports.
"""

from __future__ import annotations

import click

from pathway.cli.exit_codes import Commands
from pathway.cli.options import examples

MODULES = {
    "atlas": "pathway.cli.proofs",
    "check": "pathway.cli.check",
    "diff": "pathway.cli.proofs",
    "explain": "pathway.cli.explain",
    "line": "pathway.cli.proofs",
    "link": "pathway.cli.link",
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


@click.group(cls=Commands, modules=MODULES, epilog=examples("pathway explain driver-eight-weeks"))
def main() -> None:
    """Explore the treatment pathway for back pain from a trapped nerve root. For learning only; no medical advice.

    Exit codes: 0 success; 1 a check failed; 2 invalid input; 3 internal error; 4 output can't be written.
    """
