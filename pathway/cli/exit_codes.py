"""How every command ends: 0 done, 1 a check found something, 2 the input can't be used; no traceback for what a person wrote."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

import click

from pathway.deciding.decide import Disagreement
from pathway.deciding.precedence import Silent
from pathway.errors import Unusable, listing
from pathway.phrases import printable
from pathway.rules import EngineFailed

FOUND, UNUSABLE, WRONG_INSIDE, UNWRITTEN = 1, 2, 3, 4
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
            code = super().main(*args, **extra) or 0
            if sys.stdout is not None:
                sys.stdout.flush()
            return code
        except click.ClickException as error:
            error.show()
            return UNUSABLE
        except Unusable as error:
            click.echo("\n".join(listing(error.faults)), err=True)
            return UNUSABLE
        except (Disagreement, Silent, EngineFailed) as error:
            click.echo(f"pathway: {printable(str(error))}. That is a fault in the pathway, not in what you gave it.", err=True)
            return WRONG_INSIDE
        except ImportError as error:
            click.echo(f"pathway: {printable(str(error))}. Something that it needs is not installed.", err=True)
            return WRONG_INSIDE
        except OSError as error:
            return _unwritten(error)
        except (click.Abort, KeyboardInterrupt):
            return INTERRUPTED
        except SystemExit:  # click leaves by itself, quietly, when whoever reads the output has gone
            return PIPE_CLOSED


def _unwritten(error: OSError) -> int:
    """What is printed can't be written, to a full disk for example; the interpreter shall not try again as it ends."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - it stays open until the end
    with contextlib.suppress(OSError):
        click.echo(f"pathway: the answer can't be written: {error.strerror or error}", err=True)
    return UNWRITTEN
