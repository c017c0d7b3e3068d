"""An earlier revision of the explorer, to be served beside today's by the same interpreter."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

REVISION = "04178b6"
"""The last revision whose page was drawn outside Streamlit's elements, by a script with its own queue."""
LINK = "from tests.explorer.conftest import link; print(link({!r}))"


def unpacked(repository: Path, folder: Path) -> Path | None:
    """Unpack the revision into a folder; None if this clone lacks it."""
    archive = subprocess.run(["git", "archive", REVISION], cwd=repository, capture_output=True, check=False)
    if archive.returncode:
        return None
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


def link(folder: Path, scenario: str) -> str:
    """Return the address of a bundled scenario, as that revision writes it."""
    words = [sys.executable, "-c", LINK.format(scenario)]
    return subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
