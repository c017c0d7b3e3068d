"""Writes a file as a whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write the whole file or nothing, through a temporary file beside it. Raises OSError that names the file."""
    with written_beside(path) as part:
        part.write_bytes(content)


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give the name of a temporary file beside this one. It replaces this file at the end; after an error it is removed.

    Raises OSError that names this file, never the temporary one.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None
    finally:
        with suppress(OSError):  # nothing was written, as in a folder that does not exist
            part.unlink()
