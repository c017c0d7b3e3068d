"""Keeps slow results in the user's cache folder. An entry can't be out of date, and each can be made again.

An entry is named by a hash of everything it was made from: the contents of the files or the knowledge, the source of this
program, and the versions of Python and of the libraries that made it. A change of any of these leads to another entry.

Entries are JSON, because reading JSON can't run code, as reading a pickle can. An entry that is damaged, or that another user
could have written, counts as missing. Each is written beside its place and then renamed, so processes don't see half of one.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pydantic

SWITCH = "PATHWAY_CACHE"
"""The environment variable that names another folder, or says `off`."""
OFF = ("off", "0", "no")
MAX_ENTRIES = 24
"""Older entries are removed: each edition of the knowledge leaves three or four."""
MAX_BYTES = 20_000_000
OTHERS_MAY_WRITE = 0o022
OUR_NAMES = tuple(f"*-{'[0-9a-f]' * 64}{end}" for end in (".json", ".*.part"))
"""The names of entries and of their parts: nobody else's file in the folder has such a name."""


def key_of(parts: Iterable[bytes]) -> str:
    """Return the key of an entry that is made from these parts by this version of the program."""
    digest = sha256(_program())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))  # "ab" + "c" is not "a" + "bc"
        digest.update(part)
    return digest.hexdigest()


def is_on() -> bool:
    """Return whether results are kept; where they are not, nobody needs to make a key or an entry."""
    return _folder() is not None


def stored(kind: str, key: str) -> Any:
    """Return the value of an entry; None if it is missing or can't be trusted."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        folder = _folder()
        if folder is not None:
            with (folder / f"{kind}-{key}.json").open("rb") as file:
                if _is_our_own(os.fstat(file.fileno())):
                    return _value(kind, key, file.read(MAX_BYTES))
    return None


def store(kind: str, key: str, value: Any) -> None:
    """Store a value that JSON can hold. Does nothing where the folder can't be written, or where the value is too large."""
    with contextlib.suppress(OSError, ValueError):
        text = json.dumps(value, separators=(",", ":")).encode()
        entry = _checksum(kind, key, text) + b"\n" + text
        if (folder := _folder()) is None or len(entry) > MAX_BYTES:
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_whole(folder / f"{kind}-{key}.json", entry)
        _remove_oldest(folder)


def _write_whole(path: Path, entry: bytes) -> None:
    """Write the entry or nothing. The name of the part is no other thread's; only its owner may read it."""
    with NamedTemporaryFile(dir=path.parent, prefix=f"{path.stem}.", suffix=".part", delete=False) as file:
        part = Path(file.name)
    try:
        part.write_bytes(entry)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _value(kind: str, key: str, raw: bytes) -> Any:
    checksum, _, text = raw.partition(b"\n")
    return json.loads(text) if checksum == _checksum(kind, key, text) else None


def _checksum(kind: str, key: str, text: bytes) -> bytes:
    return sha256(f"{kind} {key}\n".encode() + text).hexdigest().encode()


def _is_our_own(status: os.stat_result) -> bool:
    """Return whether only this user can have written the file. Windows has no such modes, but folders of each user's own."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & OTHERS_MAY_WRITE


def _remove_oldest(folder: Path) -> None:
    """Remove all but the newest entries, and what a killed process left. Other files in the folder stay."""
    dated = [(path.stat().st_mtime, path) for pattern in OUR_NAMES for path in folder.glob(pattern)]
    for _, path in sorted(dated, reverse=True)[MAX_ENTRIES:]:
        path.unlink(missing_ok=True)


def _folder() -> Path | None:
    """Return the folder of the entries; None where the cache is off, or where this user has no folder of their own."""
    named = os.environ.get(SWITCH, "")
    if named.lower() in OFF or not _program():
        return None
    if named:
        return Path(named)
    with contextlib.suppress(RuntimeError):  # a user without a home
        return _users_caches() / "pathway-explorer"
    return None


def _users_caches() -> Path:
    match sys.platform:
        case "darwin":
            return Path.home() / "Library/Caches"
        case "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
        case _:
            named = Path(os.environ.get("XDG_CACHE_HOME", ""))
            return named if named.is_absolute() else Path.home() / ".cache"  # as its specification says


@cache
def _program() -> bytes:
    """Return what identifies this version of the program; nothing where its source can't be read, as in an archive."""
    package = Path(__file__).parent
    digest = sha256(f"{sys.version} {pydantic.VERSION} {version('ruamel.yaml')}".encode())
    paths = sorted(path for path in package.rglob("*.py") if path.is_file())  # an editor may mark a file by a link to nowhere
    for path in paths:
        digest.update(os.fsencode(path.relative_to(package)) + b"\n" + sha256(path.read_bytes()).digest())
    return digest.digest() if paths else b""
