"""Loads the knowledge of a folder, or of the folder in use as it was in a git revision."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pathway.cli.options import chosen_folder
from pathway.errors import DATA, Fault, Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import MAY_BE_MISSING, TABLES, data_folder, load
from pathway.phrases import safe_excerpt

FIRST_EDITION_FILES = frozenset({
    "frame", "labels", "findings", "definitions", "assumptions", "sources", "red_flags", "ladder", "contradictions",
})  # fmt: skip
"""Names (without `.yaml`) of the files that every edition has. A revision may lack the others, which were added later."""
PATHWAY_FILE = "pathway.yaml"


@contextmanager
def knowledge_named(name: str, other: str = "") -> Iterator[Knowledge]:
    """The knowledge in a folder or of a git revision. Raises Unusable; each fault names the folder or the revision."""
    if Path(name).is_dir():
        yield _loaded(Path(name).resolve(), name)
        return
    with TemporaryDirectory() as folder:
        now = other if Path(other or "?").is_dir() else chosen_folder() or DATA
        with tarfile.open(fileobj=io.BytesIO(_archive(name, now))) as archive:
            archive.extractall(folder, filter="data")
        _fill_in_newer_files(Path(folder), Path(now) if now == other else data_folder())
        yield _loaded(Path(folder), f"{name}:{now}", earlier=True)


def _loaded(folder: Path, name: str, earlier: bool = False) -> Knowledge:
    try:
        return load(folder, earlier)
    except Unusable as error:
        faults = (replace(fault, file=f"{name.rstrip('/')}/{fault.file.removeprefix('data/')}") for fault in error.faults)
        raise Unusable(faults) from None


def _fill_in_newer_files(folder: Path, now: Path) -> None:
    """Adds the files that an old revision doesn't have yet: empty, but for what the pathway is made of, which is today's."""
    if not (folder / PATHWAY_FILE).exists():
        shutil.copyfile(now / PATHWAY_FILE, folder / PATHWAY_FILE)
    for name in TABLES.keys() - FIRST_EDITION_FILES - MAY_BE_MISSING:
        if not (folder / f"{name}.yaml").exists():
            (folder / f"{name}.yaml").write_text("[]\n", encoding="utf-8")


def _archive(revision: str, folder: str) -> bytes:
    """The files of a revision as a tar file: of that folder alone, without its name."""
    command = ["git", "-C", folder, "archive", "--format=tar", "--end-of-options", revision]
    try:
        return subprocess.run(command, check=True, capture_output=True).stdout
    except (OSError, ValueError, subprocess.CalledProcessError):
        says = f"is neither a folder nor a git revision that has {safe_excerpt(folder)}"
        raise Unusable([Fault(safe_excerpt(revision), None, says)]) from None
