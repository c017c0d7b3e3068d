"""The command `review`: makes the sheet for a reviewer, and records a filled-in one."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway.cli.inputs import usable_pathway
from pathway.cli.options import Documented, chosen_folder, examples, knowledge_option
from pathway.cli.revisions import knowledge_named
from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.reviews import ALL, parts
from pathway.phrases import safe_excerpt
from pathway.whole_file import write_whole

if TYPE_CHECKING:  # slow to load
    from pathway.review.sheet import Sheet

ONLY_FOR_MAKING = "--of and --since are for making a sheet; leave them out beside --record."


@click.command(
    cls=Documented,
    epilog=examples(
        "pathway review",
        "pathway review {option}-sheet --of {option}",
        "pathway review again --since HEAD~5",
        "pathway review --record review-sheet.xlsx",
    ),
)
@click.argument("sheet", default="review-sheet")
@click.option("--of", "part", default=ALL, show_default=True, metavar="PART", help="An option, a reading, or a file of data/.")
@click.option("--since", metavar="EDITION", help="Mark what changed since this folder or git revision.")
@click.option("--record", metavar="FILE", help="Record this filled-in spreadsheet instead of making a sheet.")
@knowledge_option
def review(sheet: str, part: str, since: str | None, record: str | None, knowledge: str | None) -> None:
    """Make the sheet for a reviewer, or record a filled-in one.

    Writes SHEET.html, to print, and SHEET.xlsx, to fill in: every point in plain English with its sources, and the verdicts in
    the examples. What changed since the last review comes first. With --record, adds a filled-in spreadsheet to the record of
    reviews, data/reviews.yaml.
    """
    if record is not None and (part != ALL or since is not None):
        raise click.UsageError(ONLY_FOR_MAKING)
    base = usable_pathway(knowledge).knowledge
    if record is None:
        _make(sheet, part, since, base, knowledge or chosen_folder())
    else:
        _record(record, base)


def _make(name: str, part: str, since: str | None, knowledge: Knowledge, folder: str | None) -> None:
    from pathway.review.html import html  # they load slowly, and no other command needs them
    from pathway.review.spreadsheet import xlsx

    if part not in parts(knowledge):
        says = f"there is no part {safe_excerpt(part)}; {suggestion(part, parts(knowledge), '`pathway rules`')}"
        raise Unusable([Fault("--of", None, says)])
    printed, filled_in = files = Path(f"{name}.html"), Path(f"{name}.xlsx")
    if existing := [file for file in files if file.exists()]:
        raise Unusable([Fault(str(existing[0]), None, "is there already, and may be filled in; name another sheet, or move it")])
    sheet = _sheet(part, since, knowledge)
    write_whole(printed, html(sheet).encode())
    write_whole(filled_in, xlsx(sheet))
    new = "" if since is None else f", {sum(row.is_new for row in sheet.rows)} of them new or changed"
    click.echo(f"Wrote {printed} to print and {filled_in} to fill in: {len(sheet.rows)} points{new}.")
    command = ["pathway", *(["--data", folder] if folder else []), "review", "--record", str(filled_in)]
    click.echo(f"Once it is filled in: {shlex.join(command)}")


def _sheet(part: str, since: str | None, knowledge: Knowledge) -> Sheet:
    """The sheet of a part, with what changed since an edition. Raises Unusable for an unknown edition."""
    from pathway.review.sheet import compared, sheet_of

    sheet = sheet_of(part, knowledge)
    if since is None:
        return sheet
    from pathway import proof

    with knowledge_named(since) as old:
        return compared(sheet, old, safe_excerpt(since), proof.diff(old, knowledge).outcomes())


def _record(file: str, knowledge: Knowledge) -> None:
    from pathway.review.record import append, counts, entry_text
    from pathway.review.spreadsheet import read_xlsx

    text = entry_text(read_xlsx(Path(file), file, knowledge), knowledge, file)
    path = append(text, knowledge.folder)
    total = counts(text)
    click.echo(
        f"Recorded in {path.parent.name}/{path.name}: {total['points']} points of {total['of']},"
        f" {total['agreed']} agreed, {total['refused']} not agreed."
    )
