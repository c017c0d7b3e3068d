"""What several commands share: their options, the examples in their help, and how they print."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable
from typing import Any

import click

json_option = click.option("--json", "as_json", is_flag=True, help="For programs: print JSON.")
guidance_option = click.option(
    "--guidance", default="page", show_default=True, metavar="page|nice", help="Whose reading decides."
)
reading_option = click.option(
    "--guidance", metavar="page|nice", help="Whose reading decides.  [default: as the scenario says, or page]"
)
assume_option = click.option(
    "--assume", multiple=True, metavar="NAME=VALUE", help="Vary an assumption; may be given several times."
)


def examples(*lines: str) -> str:
    """The end of a command's help; the first mark keeps click from wrapping it."""
    return "\b\n" + "\n".join([f"Example{'s' if len(lines) > 1 else ''}:", *(f"  {line}" for line in lines)])


def print_json(value: Any) -> None:
    """Prints a value for programs."""
    click.echo(json.dumps(value, indent=2))  # other letters as escapes: no byte of it acts on a terminal


def print_lines(lines: Iterable[str]) -> None:
    """Prints lines for people."""
    click.echo("\n".join(lines))


def width() -> int:
    """How many columns there are."""
    return shutil.get_terminal_size().columns if _terminal() else 80


def colour() -> bool:
    """Whether to print in colour."""
    return _terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()
