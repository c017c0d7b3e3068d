"""The command for many scenarios at once. It imports what tables need when it runs, because that is slow to load."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from pathway.cli.exit_codes import CHECK_FAILED, INVALID_INPUT
from pathway.cli.inputs import assumption_values, usable_pathway
from pathway.cli.options import Documented, assume_option, examples, guidance_option
from pathway.errors import MAX_LISTED, Fault, Unusable
from pathway.knowledge.base import Knowledge
from pathway.phrases import pluralise

if TYPE_CHECKING:
    from pathway.tables.sheets.run import Summary

NAME_A_SHEET = "Name a sheet: a file that ends in .csv, .xlsx or .parquet. For an empty one: pathway table new.xlsx --template"


@click.command(
    cls=Documented,
    epilog=examples(
        "pathway table cases.xlsx --template",
        "pathway table cases.xlsx -o decided.xlsx --guidance {reading}",
    ),
)
@click.argument("file", metavar="IN", required=False)
@click.option("-o", "--output", metavar="OUT", help="Sheet to write.  [default: IN with -decided in its name]")
@guidance_option
@assume_option
@click.option(
    "--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True, help="Engine that decides the rows."
)
@click.option("--template", is_flag=True, help="Write an empty sheet to IN, with the allowed answers.")
def table(
    file: str | None, output: str | None, guidance: str | None, assume: tuple[str, ...], engine: str, template: bool
) -> int:
    """Decide a whole sheet: one made-up case in each row.

    IN is a CSV, Excel or Parquet file with a column for each finding; --template writes an empty one. An empty cell means "not
    known". OUT has the same columns and the results beside them. Its name ends in .csv, .xlsx, .parquet or .jsonl.
    A row with a fault is not decided, and the column "faults" says why; the exit code is then 1. Blank rows are left out of
    OUT; a fault names the number that its row has in IN.
    """
    from pathway.tables.sheets.run import decide_sheet

    if file is None:
        click.echo(NAME_A_SHEET, err=True)
        return INVALID_INPUT
    pathway, source = usable_pathway(), Path(file)
    if template:
        return _write_template(source, pathway.knowledge, output, assume)
    if not source.name:
        raise Unusable([Fault(file or "IN", None, "is not a file; name a CSV, Excel or Parquet file")])
    target = source.with_name(f"{source.stem}-decided{source.suffix}") if output is None else Path(output)
    assumptions = assumption_values(pathway.knowledge, assume)
    with _progress() as progress:
        summary = decide_sheet(source, target, pathway, guidance, assumptions, progress, engine)
    _print(summary, target)
    return CHECK_FAILED if summary.faulty else 0


def _write_template(path: Path, knowledge: Knowledge, output: str | None, assume: tuple[str, ...]) -> int:
    """Writes an empty sheet; the exit code. Raises Unusable for an option that does nothing for one."""
    from pathway.tables.sheets.template import write_template

    in_use = {"--output": output is not None, "--assume": bool(assume)}
    if unused := [name for name, is_used in in_use.items() if is_used]:
        raise Unusable([Fault(unused[0], None, "does nothing beside --template, which writes the sheet IN; leave it out")])
    write_template(path, knowledge)
    click.echo(f"{path}: an empty sheet")
    return 0


def _print(summary: Summary, target: Path) -> None:
    sound = summary.rows - summary.faulty
    rows = pluralise(summary.rows, "row")
    click.echo(f"{target}: {rows}, {sound:,} of them decided; {summary.compared:,} compared with explain")
    if summary.faulty:
        click.echo(f"{summary.faulty:,} with a fault, which are not decided:", err=True)
    for says, number in summary.counts.most_common(MAX_LISTED):
        click.echo(f"{number:>9,}  {says}", err=True)
    if len(summary.counts) > MAX_LISTED:
        click.echo(f"           and {len(summary.counts) - MAX_LISTED:,} other faults", err=True)


class _Speed(ProgressColumn):
    """Rows per second."""

    def render(self, task: Task) -> Text:
        """Return the speed in words."""
        return Text(f"{task.speed:,.0f} rows/s" if task.speed else "")


@contextmanager
def _progress() -> Iterator[Callable[[int, int | None], None]]:
    """Show how many rows are done, and how fast, if the error output is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Speed())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("rows", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
