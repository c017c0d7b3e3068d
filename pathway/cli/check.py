"""The command `check`: lists the faults of the knowledge base, proves every law, and saves the scenarios that break one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pathway.cli.exit_codes import CHECK_FAILED
from pathway.cli.inspections import Outcome, inspect, proofs_in, report
from pathway.cli.options import (
    NUMBER,
    Day,
    Documented,
    chosen_folder,
    examples,
    folder_named,
    json_option,
    print_json,
    print_lines,
)
from pathway.errors import Fault
from pathway.phrases import safe_excerpt

if TYPE_CHECKING:  # imports the solver, which is slow to load
    from pathway.proof import Proof, Report, SavedWitness

MAX_SECONDS = 86_400.0
"""One day; the solver's clock can't hold much more."""


def _seconds(_: click.Context, __: click.Parameter, value: float | None) -> float | None:
    if value is not None and not 0 < value <= MAX_SECONDS:  # refuses NaN too
        raise click.BadParameter(f"{value:g} is not a time limit; write seconds, more than 0 and at most {MAX_SECONDS:g}")
    return value


@click.command(cls=Documented, epilog=examples("pathway check", "pathway check my/data --witnesses broken --time-limit 60"))
@click.argument("folder", required=False)
@click.option(
    "--witnesses", default="broken-laws", show_default=True, metavar="FOLDER", help="Folder for scenarios that break a law."
)
@click.option("--time-limit", type=NUMBER, callback=_seconds, metavar="SECONDS", help="Time limit for each law.  [default: 20]")
@click.option("--today", type=Day(["%Y-%m-%d"]), metavar="DAY", help="Count reviews as overdue on this day.  [default: today]")
@json_option
def check(folder: str | None, witnesses: str, time_limit: float | None, today: datetime | None, as_json: bool) -> int:
    """Check the knowledge, and prove the safety laws.

    FOLDER holds knowledge files, as data/ does. The default is the knowledge that comes with this program. Prints every fault
    with its file, its line and the nearest valid word. Proves every law over every scenario. For a broken law, prints and saves
    the smallest scenario that breaks it, and names the rules that conflict. A law that is not proved within the time limit is a
    fault too. The exit code is 1 if there is a fault. Warns where what was reviewed has changed since, or a review is overdue.
    """
    as_of = date.today() if today is None else today.date()
    outcomes = inspect(None if folder is None else folder_named(folder), time_limit, as_of)
    proofs = proofs_in(outcomes)
    saved = _save(proofs, witnesses, folder or chosen_folder())
    if as_json:
        print_json(_as_data(outcomes, saved))
    else:
        print_lines(report(outcomes, _details_by_fault(proofs, saved), folder))
    return CHECK_FAILED if any(outcome.faults for outcome in outcomes) else 0


def _save(proofs: Report | None, witnesses: str, folder: str | None) -> tuple[SavedWitness, ...]:
    """Saves the scenarios that break laws. Where that fails, says so on standard error; the report is printed all the same."""
    if proofs is None or proofs.holds:
        return ()
    from pathway import proof

    try:
        return proof.save_witnesses(proofs, Path(witnesses), folder)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no folder can have that name"
        click.echo(
            f"{safe_excerpt(witnesses)}: can't save scenarios there ({reason}); name another folder with --witnesses", err=True
        )
        return ()


def _details_by_fault(proofs: Report | None, saved: Iterable[SavedWitness]) -> Mapping[Fault, list[str]]:
    """For each broken law the lines below its fault: the scenario, its file, and the command that explains it."""
    saved_by_law = {witness.law: witness for witness in saved}
    broken = [proof for proof in proofs.proofs if proof.witness] if proofs else []
    return {proof.fault: _details(proof, saved_by_law.get(proof.law)) for proof in broken if proof.fault}


def _details(proof: Proof, saved: SavedWitness | None) -> list[str]:
    from pathway.proof.report import describe_witness

    lines = list(describe_witness(proof.witness)) if proof.witness else []
    for file, command in zip(saved.files, saved.commands, strict=True) if saved else ():
        lines += [f"  saved as {file}; to explain it, run", f"    {command}"]
    return lines


def _as_data(outcomes: Iterable[Outcome], saved: Iterable[SavedWitness]) -> list[dict[str, Any]]:
    files = {witness.law: witness.model_dump(mode="json", include={"files", "commands"}) for witness in saved}
    return [_outcome(outcome, files) for outcome in outcomes]


def _outcome(outcome: Outcome, files: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {"name": outcome.name, "checks": outcome.checks, "faults": [vars(fault) for fault in outcome.faults]}
    data["warnings"] = [vars(warning) for warning in outcome.warnings]
    if outcome.report is None:
        return data
    proofs = outcome.report.model_dump(mode="json")
    no_files: dict[str, Any] = {"files": [], "commands": []}
    return data | proofs | {"proofs": [proof | files.get(proof["law"], no_files) for proof in proofs["proofs"]]}
