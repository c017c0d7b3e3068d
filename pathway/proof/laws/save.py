"""Saves the scenarios that break laws as files that `pathway explain` and the explorer open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pathway.model import FrozenModel
from pathway.phrases import safe_excerpt
from pathway.proof.report import Proof, Report
from pathway.scenarios.scenario import LONGEST_ABOUT, LONGEST_TITLE
from pathway.whole_file import write_whole


class SavedWitness(FrozenModel):
    """The saved scenario files of a broken law, each with the `pathway explain` command for it."""

    law: str
    files: tuple[str, ...]
    commands: tuple[str, ...]


def save_witnesses(report: Report, folder: Path, knowledge: str | None = None) -> tuple[SavedWitness, ...]:
    """Save the scenarios of every broken law in `folder`, created only when a law is broken. Raises OSError.

    `knowledge` is the folder whose laws were broken; None means the bundled knowledge.
    """
    return tuple(_saved_witness(proof, folder, knowledge) for proof in report.proofs if proof.witness)


def _saved_witness(proof: Proof, folder: Path, knowledge: str | None) -> SavedWitness:
    assert proof.witness, "called only for a law with a witness"
    files = tuple(str(path) for path in save_witness(proof, folder))
    return SavedWitness(law=proof.law, files=files, commands=tuple(proof.witness.command(file, knowledge) for file in files))


def save_witness(proof: Proof, folder: Path) -> tuple[Path, ...]:
    """Save the one or two scenarios that break a law, in files named after it; return their paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {folder / name: text for name, text in _texts(proof)}
    for path, text in texts.items():
        write_whole(path, text.encode("utf-8"))
    return tuple(texts)


def _texts(proof: Proof) -> Iterator[tuple[str, str]]:
    assert proof.witness, "called only for a law with a witness"
    several = len(proof.witness.people) > 1
    for number in range(len(proof.witness.people)):
        name = f"{proof.law}-{('first', 'second')[number]}.yaml" if several else f"{proof.law}.yaml"
        yield name, witness_yaml(proof, number, name)


def witness_yaml(proof: Proof, number: int, name: str) -> str:
    """Return one scenario of a broken law as the text of a file called `name`."""
    witness = proof.witness
    assert witness, "called only for a law with a witness"
    of_two = f" This is scenario {number + 1} of the 2 that the law compares." if len(witness.people) > 1 else ""
    about = f"Breaks the law {proof.law}: {proof.detail}.{of_two} Explain it with: {witness.command(name)}"
    title, about = safe_excerpt(proof.says, LONGEST_TITLE), safe_excerpt(about, LONGEST_ABOUT)
    lines = [f"title: {_quoted(title)}", f"about: {_quoted(about)}"]
    answers = [f"  {finding}: {answer}" for finding, answer in witness.people[number].items()]
    return "\n".join([*lines, *(["answers:", *answers] if answers else ["answers: {}"])]) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
