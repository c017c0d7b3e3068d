"""The command `check`: every fault of the knowledge base, every law proved, and the scenarios that break one kept as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pathway.cli.exit_codes import FOUND
from pathway.cli.inputs import folder_named
from pathway.cli.inspections import Outcome, inspected, proofs_in, report
from pathway.cli.options import examples, json_option, print_json, print_lines
from pathway.errors import Fault
from pathway.phrases import shown

if TYPE_CHECKING:  # the solver is slow to load
    from pathway.proof import Proof, Report, SavedWitness

LONGEST = 86_400.0
"""Seconds in a day; the solver's own clock has no much larger number."""


def _seconds(_: click.Context, __: click.Parameter, value: float | None) -> float | None:
    if value is not None and not 0 < value <= LONGEST:  # what is no number is not in between either
        raise click.BadParameter(f"{value:g} is no time for a law; write seconds, more than 0 and at most {LONGEST:g}")
    return value


@click.command(epilog=examples("pathway check", "pathway check my/data --witnesses found --time-limit 60"))
@click.argument("folder", required=False)
@click.option(
    "--witnesses", default="broken-laws", show_default=True, metavar="FOLDER", help="Where scenarios that break a law go."
)
@click.option("--time-limit", type=float, callback=_seconds, metavar="SECONDS", help="For each law; 20 unless told.")
@json_option
def check(folder: str | None, witnesses: str, time_limit: float | None, as_json: bool) -> int:
    """Check the knowledge base; exit code 1 where it has a fault.

    FOLDER is a folder with knowledge, as data/ is; without it, the knowledge that comes with this program. Prints every fault
    with its file, its line and the nearest valid word. Proves every law over every scenario: of a broken one, prints the
    smallest scenario that breaks it and the rules that clash, and saves it as a file. A law that is not proved within the time
    limit is a fault too.
    """
    outcomes = inspected(None if folder is None else folder_named(folder), time_limit)
    proofs = proofs_in(outcomes)
    kept = _kept(proofs, witnesses, folder)
    if as_json:
        print_json(_as_data(outcomes, kept))
    else:
        print_lines(report(outcomes, _more(proofs, kept)))
    return FOUND if any(outcome.faults for outcome in outcomes) else 0


def _kept(proofs: Report | None, witnesses: str, folder: str | None) -> tuple[SavedWitness, ...]:
    """What breaks laws, saved; where that can't be done, a word on standard error, and what was found is printed all the same."""
    if proofs is None or proofs.holds:
        return ()
    from pathway import proof

    try:
        return proof.save_witnesses(proofs, Path(witnesses), folder)
    except (OSError, ValueError) as error:
        says = error.strerror if isinstance(error, OSError) and error.strerror else "no folder can have that name"
        click.echo(
            f"{shown(witnesses)}: what breaks a law can't be saved there ({says}); name another with --witnesses", err=True
        )
        return ()


def _more(proofs: Report | None, kept: Iterable[SavedWitness]) -> Mapping[Fault, list[str]]:
    """What is to be said of a broken law beside its line: the scenario, where it was saved, and what explains it."""
    found = {one.law: one for one in kept}
    broken = [proof for proof in proofs.proofs if proof.witness] if proofs else []
    return {proof.fault: _scenario(proof, found.get(proof.law)) for proof in broken if proof.fault}


def _scenario(proof: Proof, kept: SavedWitness | None) -> list[str]:
    from pathway.proof.report import describe_witness

    lines = list(describe_witness(proof.witness)) if proof.witness else []
    for file, command in zip(kept.files, kept.commands, strict=True) if kept else ():
        lines += [f"  saved as {file}; explain it with", f"    {command}"]
    return lines


def _as_data(outcomes: Iterable[Outcome], kept: Iterable[SavedWitness]) -> list[dict[str, Any]]:
    files = {one.law: one.model_dump(mode="json", include={"files", "commands"}) for one in kept}
    return [_outcome(outcome, files) for outcome in outcomes]


def _outcome(outcome: Outcome, files: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {"name": outcome.name, "checks": outcome.checks, "faults": [vars(one) for one in outcome.faults]}
    if outcome.report is None:
        return found
    proofs = outcome.report.model_dump(mode="json")
    none: dict[str, Any] = {"files": [], "commands": []}
    return found | proofs | {"proofs": [proof | files.get(proof["law"], none) for proof in proofs["proofs"]]}
