"""A small pathway to begin with, whose comments teach: made in a new folder, whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pathway.errors import Fault, Unusable
from pathway.phrases import safe_excerpt

TEMPLATE = Path(__file__).parents[1] / "template"
ID = "id: my-pathway"
"""The line that names the pathway in links; each new one gets a name of its own."""


def make_pathway(folder: Path, complete: Callable[[Path], object]) -> None:
    """Make the folder with a small pathway in it, which `complete` adds to. Nothing is left of one that is not complete.

    Raises Unusable where the folder is there already, or can't be made.
    """
    name = safe_excerpt(folder, 200)
    if os.path.lexists(folder):
        raise Unusable([Fault(name, None, "is there already, and nothing was changed; name a folder that is not there yet")])
    part = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        shutil.copytree(TEMPLATE, part)
        _name(part / "pathway.yaml", folder.name)
        complete(part)
        part.rename(folder)
    except Unusable as error:
        raise Unusable(replace(fault, file=fault.file.replace(str(part), str(folder))) for fault in error.faults) from None
    except (OSError, ValueError) as error:
        raise Unusable([Fault(name, None, f"can't be made ({_reason(error)}); name a folder in one that is there")]) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, shutil.Error):  # of several files at once
        return "not every file could be written"
    return (isinstance(error, OSError) and error.strerror) or "no folder can have that name"


def _name(file: Path, folder: str) -> None:
    """Name the pathway after its folder, where that makes an id."""
    words = "-".join(re.findall("[a-z0-9]+", folder.lower())).lstrip("-0123456789")
    if words:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(ID, f"id: {words}", 1), encoding="utf-8")
