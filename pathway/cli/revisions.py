"""Loads the knowledge of a folder, or of a git revision of that folder."""

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

from pathway.errors import Fault, Unusable
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
    """The knowledge in a folder or of a git revision. Raises Unusable; each fault names the folder or the revision.

    A revision is of the folder that it is compared with: of `other` where that is one, else of the folder in use.
    """
    if Path(name).is_dir():
        yield _loaded(Path(name).resolve(), name)
        return
    now = Path(other) if Path(other or "?").is_dir() else data_folder()
    repository, inside = _place(name, now)
    with TemporaryDirectory() as temporary:
        with tarfile.open(fileobj=io.BytesIO(_archive(name, repository, inside))) as archive:
            archive.extractall(temporary, filter="data")
        folder = Path(temporary) / inside
        _fill_in_newer_files(folder, now)
        yield _loaded(folder, f"{name}:{inside}", earlier=True)


def _place(revision: str, folder: Path) -> tuple[Path, str]:
    """The git repository that a folder lies in, and the path of the folder inside it."""
    try:
        found = _git(folder.resolve(), "rev-parse", "--show-toplevel", "--show-prefix").decode()
    except (OSError, ValueError, subprocess.CalledProcessError):
        says = f"is neither a folder nor a git revision, because {safe_excerpt(folder)} is in no git repository"
        raise Unusable([Fault(safe_excerpt(revision), None, says)]) from None
    repository, _, inside = found.rstrip("\n").partition("\n")
    return Path(repository), inside.rstrip("/") or "."


def _git(folder: Path, *words: str) -> bytes:
    return subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True).stdout


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


def _archive(revision: str, repository: Path, inside: str) -> bytes:
    """The folder `inside` a repository, as it is in a revision, as a tar file."""
    try:
        return _git(repository, "archive", "--format=tar", "--end-of-options", revision, inside)
    except (OSError, ValueError, subprocess.CalledProcessError):
        says = f"is neither a folder nor a revision of the git repository {safe_excerpt(repository)} that has {inside}/"
        raise Unusable([Fault(safe_excerpt(revision), None, says)]) from None
