"""A YAML document: its values, and the line of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pathway.errors import Fault, Unusable
from pathway.yaml.parser import KeyPath, parse_yaml

LARGEST = 1_000_000
"""Bytes of a file."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""A control character; tabs and ends of lines are none here."""
NO_CONTROL = "has a control character; write plain text"
NO_FILE = "there is no such file"
NO_PART = f"{NO_FILE}; `pathway new` makes a folder that has it, to copy it from"


@dataclass(frozen=True)
class Document:
    """The values of one file, and the line (from 1) of each."""

    file: str
    value: Any
    lines: Mapping[KeyPath, int] = field(repr=False)

    def line(self, path: KeyPath) -> int:
        """Return the line of the value at `path`, or of the closest parent that has one."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: KeyPath, says: str) -> Fault:
        """Return a fault at `path`; without a line where the values come from no file."""
        return Fault(self.file, self.line(path) if self.lines else None, says)


def read(path: Path, name: str | None = None, largest: int = LARGEST) -> Document:
    """Read and parse a file, which faults call `name`. Raises Unusable."""
    return parse(read_text(path, name or str(path), largest), name or str(path))


def read_part(folder: Path, name: str) -> Document:
    """Read and parse a file of a knowledge folder, which faults call by its path in `data/`. Raises Unusable."""
    return printed_safely(parse(read_text(folder / name, f"data/{name}", if_missing=NO_PART), f"data/{name}"))


def printed_safely(document: Document) -> Document:
    """Return the document. Raises Unusable with each text that would act on a terminal, and that no spreadsheet takes."""
    if faults := [document.fault(path, NO_CONTROL) for path, text in _texts(document.value, ()) if CONTROL.search(text)]:
        raise Unusable(faults)
    return document


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Yield each text in a value, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, key))


def yaml_files(folder: Path) -> list[Path]:
    """Return the YAML files in a folder, in order; not the hidden ones, which editors and copying leave behind."""
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))


def read_text(path: Path, name: str, largest: int = LARGEST, if_missing: str = NO_FILE) -> str:
    """Return a file's text (UTF-8). Raises Unusable with the reason."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(largest + 1)
    except (OSError, ValueError) as error:
        raise Unusable([Fault(name, None, why_unreadable(error, if_missing))]) from None
    return decode_utf8(raw, name, largest)


def why_unreadable(error: OSError | ValueError, if_missing: str = NO_FILE) -> str:
    """Return why a file could not be opened or read, and what to write where that helps."""
    match error:
        case FileNotFoundError():
            return if_missing
        case IsADirectoryError():
            return "is a folder; name a file in it"
        case _:
            return f"can't be read: {getattr(error, 'strerror', None) or error}"


def decode_utf8(raw: bytes, name: str, largest: int = LARGEST) -> str:
    """Decode bytes as UTF-8. Raises Unusable where they are too many or in another encoding."""
    if len(raw) > largest:
        raise Unusable([Fault(name, None, f"is larger than {largest // 1000} kB; such a file is not read")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Unusable([Fault(name, line, "is not UTF-8 text; save it as UTF-8")]) from None


def parse(text: str, name: str) -> Document:
    """Parse the single document in `text`. Raises Unusable."""
    return Document(name, *parse_yaml(text, name))
