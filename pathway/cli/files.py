"""Writes files whole or not at all; of several all or none."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pathway.errors import Fault, Unusable


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file through a temporary one beside it. Raises Unusable with the reason; then nothing is changed."""
    write_files({path: content})


def write_files(contents: Mapping[Path, str | bytes]) -> None:
    """Write every file or none: each beside its place, then all are put there. Raises Unusable with the reason."""
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}") if path.name else path for path in contents}
    try:
        for path, content in contents.items():
            _write_part(path, parts[path], content)
        for path, part in parts.items():
            _put(path, part)
    finally:
        for path, part in parts.items():
            if part != path:
                part.unlink(missing_ok=True)


def refuse_existing(paths: Sequence[Path], replace: bool) -> None:
    """Raise Unusable for files that are there already, unless these may be replaced; and for a file that is named twice."""
    faults = [
        Fault(str(path), None, "is named twice; give each file a name of its own")
        for path, times in Counter(map(Path.absolute, paths)).items()
        if times > 1
    ]
    faults += [Fault(str(path), None, "is a folder; name a file") for path in paths if path.is_dir()]
    if not replace:
        says = "is there already; name another file, or write --replace too"
        faults += [Fault(str(path), None, says) for path in paths if path.exists() and not path.is_dir()]
    if faults:
        raise Unusable(faults)


def _write_part(path: Path, part: Path, content: str | bytes) -> None:
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "Is a directory")
        part.write_bytes(content.encode() if isinstance(content, str) else content)
    except (OSError, ValueError) as error:
        raise _cannot_write(path, error) from None


def _put(path: Path, part: Path) -> None:
    try:
        part.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from None


def _cannot_write(path: Path, error: OSError | ValueError) -> Unusable:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "no file can have that name"
    return Unusable([Fault(str(path), None, f"can't be written ({reason}); name another file")])
