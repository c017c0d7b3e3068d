"""Writes a file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from pathway.errors import Fault, Unusable


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file through a temporary one beside it. Raises Unusable with the reason; then nothing is changed."""
    data = content.encode() if isinstance(content, str) else content
    part = path.with_name(f".{path.name}.{os.getpid()}") if path.name else path
    try:
        part.write_bytes(data)
        part.replace(path)
    except (OSError, ValueError) as error:
        if part != path:
            part.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no file can have that name"
        raise Unusable([Fault(str(path), None, f"can't be written ({reason}); name another file")]) from None
