"""Knowledge by name: a folder, or the `data/` of a git revision."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pathway.errors import Fault, Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import TABLES, load
from pathway.phrases import shown

FIRST = frozenset({
    "frame", "labels", "derived", "findings", "definitions", "assumptions", "sources", "red_flags", "ladder", "contradictions",
})  # fmt: skip
"""The files of the first edition. Without those that came later (less `.yaml`), two revisions are still compared."""


@contextmanager
def knowledge_named(name: str) -> Iterator[Knowledge]:
    """The knowledge in a folder or of a git revision. Raises Unusable, for its faults too: each says of which."""
    if Path(name).is_dir():
        yield _loaded(Path(name).resolve(), name)
        return
    with TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(_archived(name))) as archive:
            archive.extractall(folder, filter="data")
        _complete(Path(folder) / "data")
        yield _loaded(Path(folder) / "data", f"{name}:data", earlier=True)


def _loaded(folder: Path, name: str, earlier: bool = False) -> Knowledge:
    try:
        return load(folder, earlier)
    except Unusable as error:
        faults = (replace(fault, file=f"{name.rstrip('/')}/{fault.file.removeprefix('data/')}") for fault in error.faults)
        raise Unusable(faults) from None


def _complete(folder: Path) -> None:
    """Adds the files that an old revision could not have yet, and moves what stood elsewhere."""
    for name in TABLES.keys() - FIRST:
        if not (folder / f"{name}.yaml").exists():
            (folder / f"{name}.yaml").write_text("[]\n", encoding="utf-8")
    _move_the_gate(folder / "frame.yaml", folder / "derived.yaml")


def _move_the_gate(frame: Path, derived: Path) -> None:
    """The option on which the one gate rests stood in the frame once; since then each gate names its own options."""
    words = frame.read_text(encoding="utf-8") if frame.exists() and derived.exists() else ""
    if stood := re.search(r"(?m)^injection: (\S+)$", words):
        head = "- id: injection_possible\n"
        text = derived.read_text(encoding="utf-8").replace(head, f"{head}  possible while: [{stood[1]}]\n")
        derived.write_text(text, encoding="utf-8")


def _archived(revision: str) -> bytes:
    command = ["git", "archive", "--format=tar", "--end-of-options", revision, "data"]
    try:
        return subprocess.run(command, check=True, capture_output=True).stdout
    except (OSError, ValueError, subprocess.CalledProcessError):
        says = "is neither a folder nor a revision of a git repository here that has data/"
        raise Unusable([Fault(shown(revision), None, says)]) from None
