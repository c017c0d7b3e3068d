"""What changed in the knowledge, for people: from `data/what_changed.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from pathway.errors import Fault, Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Day, Entry, Hash, Id, Words, unknown_names
from pathway.yaml.document import read, read_part, yaml_files
from pathway.yaml.validation import validate_as

FILE = "data/what_changed.yaml"
RECORDS = frozenset({"what_changed.yaml", "reviews.yaml", "about.yaml"})
"""Files about the knowledge that are not part of it."""


class KnowledgeChange(Entry):
    """The changes of a day, a sentence or two each; their reason and sources; and the bundled scenarios with another result."""

    on: Day
    what: tuple[Words, ...]
    why: Words
    sources: tuple[Id, ...] = ()
    scenarios: tuple[Id, ...] = ()
    hash: Hash | None = None
    """Of `data/` after the change; only the newest one needs it."""


def load_what_changed(knowledge: Knowledge) -> tuple[KnowledgeChange, ...]:
    """Return the changes, newest first. Raises Unusable with every fault."""
    entries: tuple[KnowledgeChange, ...] = validate_as(read_part(knowledge.folder, Path(FILE).name), tuple[KnowledgeChange, ...])
    if faults := list(_faults(entries, knowledge)):
        raise Unusable(faults)
    return entries


def _faults(entries: tuple[KnowledgeChange, ...], knowledge: Knowledge) -> Iterator[Fault]:
    bundled = [path.stem for path in yaml_files(knowledge.folder / "scenarios")]
    for entry in entries:
        yield from unknown_names(entry, "source", entry.sources, knowledge.sources)
        yield from unknown_names(entry, "scenario", entry.scenarios, bundled)
    for newer, older in pairwise(entries):
        if older.on > newer.on:
            yield older.fault(f"{older.on} comes after {newer.on}, which is above it; the newest is first")
    if entries and entries[0].hash is None:
        yield entries[0].fault("the newest change needs hash, that of data/ after it")


def content_hash(folder: Path) -> str:
    """Return 12 hex digits that change with what the files of a knowledge folder say; comments and the records don't count."""
    digest = sha256()
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if name not in RECORDS:
            digest.update(f"{name}\n{read(path, name).value!r}\n".encode())
    return digest.hexdigest()[:12]
