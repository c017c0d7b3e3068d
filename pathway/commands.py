"""How every command ends: 0 done, 1 a check found something, 2 the input can't be used; no traceback for what a person wrote."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

import click

from pathway.decide import Disagreement, Silent
from pathway.faults import Unusable, listing, printable
from pathway.rules import EngineFailed

FOUND, UNUSABLE, WRONG_INSIDE = 1, 2, 3
INTERRUPTED, PIPE_CLOSED = 130, 141
"""As a shell has them."""


class Commands(click.Group):
    """A group of commands, each of which returns its exit code (None for 0)."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Runs a command and leaves with its code."""
        with contextlib.suppress(AttributeError):  # there may be no standard output
            sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # where a letter can't be shown, a question mark
        sys.exit(self._code(*args, **extra | {"standalone_mode": False, "prog_name": "pathway"}))

    def _code(self, *args: Any, **extra: Any) -> int:
        try:
            return super().main(*args, **extra) or 0
        except click.ClickException as error:
            error.show()
            return UNUSABLE
        except Unusable as error:
            click.echo("\n".join(listing(error.faults)), err=True)
            return UNUSABLE
        except (Disagreement, Silent, EngineFailed) as error:
            click.echo(f"pathway: {printable(str(error))}. That is a fault in the pathway, not in what you gave it.", err=True)
            return WRONG_INSIDE
        except (click.Abort, KeyboardInterrupt):
            return INTERRUPTED
        except SystemExit:  # click leaves by itself, quietly, when whoever reads the output has gone
            return PIPE_CLOSED
