"""Shared by the commands: options, examples in the help, and printing."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable
from typing import Any

import click

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
guidance_option = click.option("--guidance", default="page", show_default=True, metavar="page|nice", help="Guidance to follow.")
scenario_guidance_option = click.option(
    "--guidance", metavar="page|nice", help="Guidance to follow.  [default: the scenario's own, or page]"
)
assume_option = click.option("--assume", multiple=True, metavar="NAME=VALUE", help="Change an assumption. Can be repeated.")


def examples(*lines: str) -> str:
    """The examples at the end of a command's help. A backspace character keeps click from wrapping them."""
    return "\b\n" + "\n".join([f"Example{'s' if len(lines) > 1 else ''}:", *(f"  {line}" for line in lines)])


def print_json(value: Any) -> None:
    """Prints a value as JSON."""
    click.echo(json.dumps(value, indent=2))  # escapes non-ASCII letters, so that nothing acts on the terminal


def print_lines(lines: Iterable[str]) -> None:
    """Prints the lines of a plain report."""
    click.echo("\n".join(lines))


def width() -> int:
    """The number of columns of the terminal; 80 without one."""
    return shutil.get_terminal_size().columns if _terminal() else 80


def colour() -> bool:
    """Whether the output is a terminal that wants colour."""
    return _terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()
