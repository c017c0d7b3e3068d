"""The exit code of every command, and the message of every expected error: a wrong input never causes a traceback."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import click

from pathway.cli.options import located, pathway_in_use, write_examples
from pathway.deciding.decide import Disagreement
from pathway.deciding.precedence import Silent
from pathway.errors import Fault, Unusable, summary_lines
from pathway.phrases import printable
from pathway.rules import EngineFailed

CHECK_FAILED, INVALID_INPUT, INTERNAL_ERROR, OUTPUT_FAILED = 1, 2, 3, 4
MEND_KNOWLEDGE = "write one that holds in this case, in data/options/; `pathway check` names each such case"
INTERRUPTED, PIPE_CLOSED, TERMINATED = 130, 141, 143
"""128 + the number of SIGINT, of SIGPIPE and of SIGTERM, as shells report them."""


class Terminated(BaseException):
    """The system asked the program to end: a file that is half written is removed first."""


@contextlib.contextmanager
def _ending_on_sigterm() -> Iterator[None]:
    """Raise Terminated where the program is asked to end. Python allows that in the main thread only."""

    def terminate(number: int, frame: object) -> None:
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Commands(click.Group):
    """A command group whose commands return their exit codes (None means 0). `modules` has the module of each command."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None if there is no such command."""
        if cmd_name not in self.modules:
            return None
        members = vars(import_module(self.modules[cmd_name])).values()
        return next(member for member in members if isinstance(member, click.Command) and member.name == cmd_name)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names. Raises NoSuchCommand with the nearest name, of commands not imported too."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand:
            raise click.NoSuchCommand(args[0], possibilities=self.modules, ctx=ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command. Faults, and a case that no rule covers, name the folder of `--data`."""
        try:
            return super().invoke(ctx)
        except Unusable as error:
            raise Unusable(map(located, error.faults)) from None
        except Silent as error:
            raise Unusable([located(Fault("the knowledge base", None, f"{error}; {MEND_KNOWLEDGE}"))]) from None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the help, with the subject and the audience of the pathway in use."""
        super().format_help_text(ctx, formatter)
        if about := pathway_in_use():
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(about)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the examples."""
        write_examples(self.epilog or "", formatter)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Runs a command and exits with its code."""
        with contextlib.suppress(AttributeError):  # there may be no standard output
            sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # prints "?" for a letter that the terminal lacks
        with _ending_on_sigterm():
            code = self._code(*args, **extra | {"standalone_mode": False, "prog_name": "pathway"})
        sys.exit(code)

    def _code(self, *args: Any, **extra: Any) -> int:
        try:
            code = super().main(*args, **extra) or 0
            if sys.stdout is not None:
                sys.stdout.flush()
            return code
        except click.ClickException as error:
            error.show()
            return INVALID_INPUT
        except Unusable as error:
            click.echo("\n".join(summary_lines(error.faults)), err=True)
            return INVALID_INPUT
        except (Disagreement, EngineFailed) as error:
            click.echo(f"pathway: {printable(str(error))}. This is an error in the program, not in the input.", err=True)
            return INTERNAL_ERROR
        except ImportError as error:
            click.echo(f"pathway: {printable(str(error))}. A required package is not installed.", err=True)
            return INTERNAL_ERROR
        except OSError as error:
            return _output_failed(error)
        except Terminated:
            return TERMINATED
        except (click.Abort, KeyboardInterrupt):
            return INTERRUPTED
        except SystemExit:  # click exits silently when the reader of the output has closed the pipe
            return PIPE_CLOSED


def _output_failed(error: OSError) -> int:
    """Reports that the output can't be written (to a full disk, for example).

    Replaces standard output, because the interpreter would try to flush the rest at its end.
    """
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - it stays open until the end
    with contextlib.suppress(OSError):  # standard error may be full too
        name = printable(str(error.filename or "the output"))
        click.echo(f"pathway: can't write {name}: {error.strerror or error}", err=True)
    return OUTPUT_FAILED
