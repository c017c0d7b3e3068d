"""The command `new`: makes a small pathway to begin with."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from pathway.cli.options import Documented, examples
from pathway.errors import Fault, Unusable
from pathway.knowledge.loader import load
from pathway.knowledge.template import make_pathway
from pathway.schemas.write import write_schemas


@click.command(cls=Documented, epilog=examples("pathway new my-pathway"))
@click.argument("folder")
def new(folder: str) -> None:
    """Make a small pathway of your own in a new FOLDER.

    Its files have comments that explain them, and JSON Schemas by which an editor completes and checks them. It passes
    `pathway check`, so you can change one thing at a time.
    """
    if not folder.strip():
        raise Unusable([Fault("the folder", None, "has an empty name; name a folder that is not there yet")])
    make_pathway(Path(folder), lambda path: write_schemas(load(path), path))
    quoted = shlex.quote(folder)
    click.echo(f"{folder}: a small pathway. Begin with {Path(folder) / 'pathway.yaml'}. Then try")
    for words in ("check", "explain dark-lamp"):
        click.echo(f"  pathway --data {quoted} {words}")
