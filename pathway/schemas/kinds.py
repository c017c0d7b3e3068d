"""The kinds of file in a knowledge folder: the name of each kind's schema, the model that reads it, and where its files are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pathway.errors import Fault, suggestion
from pathway.knowledge import loader
from pathway.knowledge.about import About
from pathway.knowledge.changes import Change
from pathway.knowledge.models import Review
from pathway.knowledge.what_changed import KnowledgeChange
from pathway.practice import teaching
from pathway.proof.laws.law import Law
from pathway.scenarios.scenario import ScenarioFile
from pathway.source.ledger import Ledger

FOLDER = "schemas"
"""In the knowledge folder; so the files can name their schemas by a relative path, and a copy of the folder has them too."""

IN_FOLDERS: dict[str, Any] = {"options": loader.OptionsFile, "scenarios": ScenarioFile, "source": Ledger}
"""The model of the files in each folder inside the knowledge folder."""

KINDS: dict[str, Any] = {
    **loader.TABLES,
    **teaching.FILES,
    **IN_FOLDERS,
    "about": About,
    "changes": tuple[Change, ...],
    "laws": tuple[Law, ...],
    "reviews": tuple[Review, ...],
    "what_changed": tuple[KnowledgeChange, ...],
}
"""The model of each kind of file, by the name of its schema: that of the file or of its folder."""


READ = (*(f"{name}.yaml" for name in KINDS if name not in IN_FOLDERS), "source/page.yaml")
"""The files that are read by their name, beside those in `options/` and `scenarios/`."""


def files_by_kind(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each YAML file of a knowledge folder that is of a known kind, with that kind."""
    for path in sorted(folder.rglob("*.yaml")):
        place = path.relative_to(folder)
        kind = place.stem if len(place.parts) == 1 else place.parts[0]
        if kind in KINDS:
            yield kind, path


def unread_files(folder: Path) -> Iterator[Fault]:
    """Yield a fault for each file that looks like a part of the knowledge, but is not read."""
    for inside in (".", *IN_FOLDERS):
        for path in sorted((folder / inside).glob("*.*")):
            if path.suffix.lower() in (".yaml", ".yml") and path.stem and not path.name.startswith("."):
                place = path.relative_to(folder)
                yield from (Fault(f"data/{place.as_posix()}", None, f"is not read; {says}") for says in _unread(place))


def _unread(place: Path) -> Iterator[str]:
    """Yield what to do with a file that is not read, by its place in the folder."""
    if place.suffix != ".yaml":
        yield f"name it {place.stem}.yaml, or move it out of the folder"
    elif place.parent == Path() and place.stem in IN_FOLDERS:
        yield f"move it into {place.stem}/"
    elif str(place.parent) not in ("options", "scenarios") and place.as_posix() not in READ:
        yield f"{suggestion(place.as_posix(), READ, 'the folder that `pathway new` makes')} Or move it out of the folder"


def first_line(kind: str, path: Path, folder: Path) -> str:
    """Return the comment at the top of a file of this kind: editors find its schema by it."""
    up = "../" * (len(path.relative_to(folder).parts) - 1)
    return f"# yaml-language-server: $schema={up}{FOLDER}/{kind}.json"
