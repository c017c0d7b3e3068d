"""The command `review`: makes the sheet for a reviewer, and records a filled-in one."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from pathway.cli.inputs import usable_pathway
from pathway.cli.options import Documented, chosen_folder, examples
from pathway.cli.revisions import knowledge_named
from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.reviews import ALL, parts
from pathway.phrases import safe_excerpt
from pathway.whole_file import write_whole

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
@click.option("--knowledge", metavar="FOLDER", help="Use the knowledge in this folder, not the built-in one.")
def review(sheet: str, part: str, since: str | None, record: str | None, knowledge: str | None) -> None:
    """Make the sheet for a reviewer, or record a filled-in one.

    Writes SHEET.html, to print, and SHEET.xlsx, to fill in: every point in plain English with its sources, and the verdicts in
    the examples. What changed since the last review comes first. With --record, adds a filled-in spreadsheet to the record of
    reviews, data/reviews.yaml.
    """
    if record is not None and (part != ALL or since is not None):
        raise click.UsageError(ONLY_FOR_MAKING)
    known = usable_pathway(knowledge).knowledge
    if record is None:
        _make(sheet, part, since, known, knowledge or chosen_folder())
    else:
        _record(record, known)


def _make(name: str, part: str, since: str | None, knowledge: Knowledge, folder: str | None) -> None:
    from pathway.review.html import html  # they load slowly, and no other command needs them
    from pathway.review.sheet import compared, sheet_of
    from pathway.review.spreadsheet import xlsx

    if part not in parts(knowledge):
        says = f"there is no part {safe_excerpt(part)}; {suggestion(part, parts(knowledge), '`pathway rules`')}"
        raise Unusable([Fault("--of", None, says)])
    files = [Path(f"{name}.html"), Path(f"{name}.xlsx")]
    if there := [file for file in files if file.exists()]:
        raise Unusable([Fault(str(there[0]), None, "is there already, and may be filled in; name another sheet, or move it")])
    sheet = sheet_of(part, knowledge)
    if since is not None:
        from pathway import proof

        with knowledge_named(since) as old:
            sheet = compared(sheet, old, safe_excerpt(since), proof.diff(old, knowledge).outcomes())
    for file, content in zip(files, (html(sheet).encode(), xlsx(sheet)), strict=True):
        write_whole(file, content)
    new = "" if since is None else f", {sum(row.is_new for row in sheet.rows)} of them new or changed"
    click.echo(f"Wrote {files[0]} to print and {files[1]} to fill in: {len(sheet.rows)} points{new}.")
    command = ["pathway", *(["--data", folder] if folder else []), "review", "--record", str(files[1])]
    click.echo(f"Once it is filled in: {shlex.join(command)}")


def _record(file: str, knowledge: Knowledge) -> None:
    from pathway.review.record import append, counts, entry_text
    from pathway.review.spreadsheet import read_xlsx

    text = entry_text(read_xlsx(Path(file), file, knowledge), knowledge, file)
    path = append(text, knowledge.folder)
    said = counts(text)
    click.echo(
        f"Recorded in {path.parent.name}/{path.name}: {said['points']} points of {said['of']},"
        f" {said['agreed']} agreed, {said['refused']} not agreed."
    )
