"""The command `schema`: writes the JSON Schemas by which an editor completes and checks the files of a knowledge folder."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from pathway.cli.options import examples, folder_named, print_lines
from pathway.errors import Unusable
from pathway.knowledge.loader import load
from pathway.schemas.kinds import FOLDER, files_by_kind, first_line
from pathway.schemas.write import write_schemas


@click.command(epilog=examples("pathway schema data"))
@click.argument("folder")
def schema(folder: str) -> None:
    """Write JSON Schemas for an editor.

    FOLDER holds knowledge files, as data/ does. The schemas go into its folder schemas/. An editor that reads them offers keys,
    findings and answers, and marks mistakes. A comment at the top of a file names its schema; the command prints the comment
    for each file that has none. Run it again when findings, options or assumptions change.
    """
    path = folder_named(folder)
    try:
        knowledge = load(path)
    except Unusable:
        knowledge = None
    written = write_schemas(knowledge, path)
    lines = [f"Wrote {len(written)} schemas to {path / FOLDER}."]
    if knowledge is None:
        command = shlex.join(["pathway", "check", folder])
        lines.append(f"They name no finding and no option, since the knowledge has faults; `{command}` lists them.")
    print_lines([*lines, *_files_without_schema(path)])


def _files_without_schema(folder: Path) -> Iterator[str]:
    for kind, file in files_by_kind(folder):
        line = first_line(kind, file, folder)
        if not file.read_bytes().startswith(line.encode()):
            yield f"{file.relative_to(folder)} should begin with: {line}"
