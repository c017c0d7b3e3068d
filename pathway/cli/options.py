"""Shared by the commands: options, examples in the help, and printing."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from pathway.errors import Fault, Unusable, in_folder
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import FOLDER, load
from pathway.phrases import decapitalised, safe_excerpt

NAME_IN_BRACES = re.compile(r"(?P<option> --[a-z]+ )?\{(?P<name>[a-z]+)\}")


class _WholeNumber(click.types.IntParamType):
    name = "whole number"


class _Number(click.types.FloatParamType):
    name = "number"


WHOLE_NUMBER, NUMBER = _WholeNumber(), _Number()
"""Types of options, whose errors call a number what people call it."""


class Day(click.DateTime):
    """A day, written as in a file."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the day; fails with the form in which to write it."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{safe_excerpt(value)}' is not a day; write it as 2026-12-31.", param, ctx)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class ReadingOption(click.Option):
    """An option whose values are the readings of the pathway in use; its help names them."""

    def make_metavar(self, ctx: click.Context) -> str:
        """The readings, as in `page|handbook`."""
        return "|".join(_readings()) or "READING"


def _readings() -> tuple[str, ...]:
    """The readings of the pathway in use; none where it can't be loaded, which the command itself says."""
    try:
        return load().readings
    except Unusable:
        return ()


guidance_option = click.option("--guidance", cls=ReadingOption, help="Guidance to follow.  [default: the first of these]")
scenario_guidance_option = click.option(
    "--guidance", cls=ReadingOption, help="Guidance to follow.  [default: the scenario's own, or the first of these]"
)
knowledge_option = click.option("--knowledge", metavar="FOLDER", help="Use the knowledge in this folder, not the built-in one.")
assume_option = click.option("--assume", multiple=True, metavar="NAME=VALUE", help="Change an assumption. Can be repeated.")


def examples(*lines: str) -> str:
    """The examples at the end of a command's help. Names in braces become the examples of the pathway in use.

    A backspace character keeps click from wrapping them.
    """
    return "\b\n" + "\n".join([f"Example{'s' if len(lines) > 1 else ''}:", *(f"  {line}" for line in lines)])


def write_examples(epilog: str, formatter: click.HelpFormatter) -> None:
    """Writes examples with the names of the pathway in use; with words in capitals where it can't be loaded."""
    lines = NAME_IN_BRACES.sub(lambda name: _filled_in(name["option"] or "", name["name"]), epilog)
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(lines)


def _filled_in(option: str, name: str) -> str:
    """A name in an example. An option of a command is left out with it where the pathway in use has no example for it."""
    word = example_of(name)
    return "" if word == "" and option else f"{option}{word or name.upper()}"


class Documented(click.Command):
    """A command with examples in its help."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the examples."""
        write_examples(self.epilog or "", formatter)


def example_of(name: str) -> str | None:
    """What the pathway in use gives as an example; empty where it gives none, None where it can't be loaded."""
    try:
        return _examples(load()).get(name, "")
    except Unusable:
        return None


def pathway_in_use() -> str:
    """The subject and the audience of the pathway in use; empty if it can't be loaded."""
    try:
        knowledge = load()
    except Unusable:
        return ""
    outline = knowledge.outline
    return f"The pathway is about {outline.name}. It is for: {decapitalised(outline.audience)} {knowledge.frame.in_short}"


def _examples(knowledge: Knowledge) -> dict[str, str]:
    example, atlas = knowledge.outline.example, knowledge.outline.atlas
    steps = (*knowledge.rungs, *knowledge.rungs)[-2:]
    words = {"scenario": example.scenario, "option": example.option, "verdict": example.verdict}
    words |= {"across": atlas.across, "down": atlas.down, "reading": knowledge.readings[-1], "step": steps[0], "next": steps[1]}
    pairs = {"answer": example.answer, "assumption": example.assumption}
    return words | {name: f"{key}={value}" for name, pair in pairs.items() for key, value in pair.items()}


def folder_named(name: str) -> Path:
    """The folder with this name. Raises Unusable if there is no such folder."""
    with contextlib.suppress(OSError, ValueError):  # a name that no folder can have
        if name and Path(name).is_dir():
            return Path(name).resolve()
    raise Unusable([Fault(safe_excerpt(name) or "the folder", None, _no_folder(name))])


def _no_folder(name: str) -> str:
    with contextlib.suppress(OSError, ValueError):  # as above
        if Path(name).is_file():
            return "is a file; name the folder that it is in"
    says = "there is no such folder" if name else "has an empty name"
    return f"{says}; name a folder with knowledge files, such as data/"


def located(fault: Fault, folder: str | None = None) -> Fault:
    """The fault with a folder (default: the one chosen), instead of `data/`, before its file and the files that it names."""
    chosen = folder or chosen_folder()
    return fault if chosen is None else in_folder(fault, str(Path(chosen)))


def chosen_folder() -> str | None:
    """The folder that `--data` or the environment names; None where neither does."""
    context = click.get_current_context(silent=True)
    return (context.find_root().params.get("data") if context else None) or os.environ.get(FOLDER) or None


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
