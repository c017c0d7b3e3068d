"""Knowledge by name: a folder, or the `data/` of a git revision."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pathway.faults import Fault, Unusable, shown
from pathway.knowledge import Knowledge
from pathway.load import load


@contextmanager
def knowledge_named(name: str) -> Iterator[Knowledge]:
    """The knowledge in a folder or of a git revision. Raises Unusable, for its faults too."""
    if Path(name).is_dir():
        yield load(Path(name).resolve())
        return
    with TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(_archived(name))) as archive:
            archive.extractall(folder, filter="data")
        yield load(Path(folder) / "data")


def _archived(revision: str) -> bytes:
    command = ["git", "archive", "--format=tar", "--end-of-options", revision, "data"]
    try:
        return subprocess.run(command, check=True, capture_output=True).stdout
    except (OSError, ValueError, subprocess.CalledProcessError):
        says = "is neither a folder nor a revision of a git repository here that has data/"
        raise Unusable([Fault(shown(revision), None, says)]) from None
