"""Keeps the scenarios that break laws as files that `pathway explain` and the explorer open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pathway.phrases import shown
from pathway.proof.report import Model, Proof, Report
from pathway.scenarios.scenario import LONGEST


class Kept(Model):
    """The scenarios of a broken law as files, and for each the command that explains it."""

    law: str
    files: tuple[str, ...]
    commands: tuple[str, ...]


def kept(report: Report, folder: Path, knowledge: str | None = None) -> tuple[Kept, ...]:
    """The scenarios of every broken law, saved in `folder`, which is made where one is broken. Raises OSError.

    `knowledge` is the folder whose laws were broken; None stands for the knowledge that comes with this package.
    """
    return tuple(_kept(proof, folder, knowledge) for proof in report.proofs if proof.witness)


def _kept(proof: Proof, folder: Path, knowledge: str | None) -> Kept:
    assert proof.witness, "only a law with a scenario is kept"
    files = tuple(str(path) for path in saved(proof, folder))
    return Kept(law=proof.law, files=files, commands=tuple(proof.witness.command(file, knowledge) for file in files))


def saved(proof: Proof, folder: Path) -> tuple[Path, ...]:
    """The scenario of a broken law in a file of the law's name; of a law about two, the first and the second. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {folder / name: text for name, text in _texts(proof)}
    for path, text in texts.items():
        _written(path, text)
    return tuple(texts)


def _texts(proof: Proof) -> Iterator[tuple[str, str]]:
    assert proof.witness, "only a broken law has a scenario"
    several = len(proof.witness.people) > 1
    for number, word in zip(range(len(proof.witness.people)), ("first", "second"), strict=False):
        name = f"{proof.law}-{word}.yaml" if several else f"{proof.law}.yaml"
        yield name, yaml(proof, number, name)


def yaml(proof: Proof, number: int, name: str) -> str:
    """One scenario of a broken law, as the text of a file of that name."""
    witness = proof.witness
    assert witness, "only a broken law has a scenario"
    of_two = f" This is number {number + 1} of the two that it compares." if len(witness.people) > 1 else ""
    about = f"Breaks the law {proof.law}: {proof.detail}.{of_two} Explain it with: {witness.command(name)}"
    lines = [f"title: {_quoted(shown(proof.says, LONGEST))}", f"about: {_quoted(shown(about, 10 * LONGEST))}"]
    answers = [f"  {finding}: {answer}" for finding, answer in witness.people[number].items()]
    return "\n".join([*lines, *(["answers:", *answers] if answers else ["answers: {}"])]) + "\n"


def _written(path: Path, text: str) -> None:
    """Writes the whole file or none of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
