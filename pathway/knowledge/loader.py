"""Loads `data/` into `Knowledge`, and reports every fault at once, each with its file and line."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pathway import disk_cache
from pathway.errors import Fault, Unusable
from pathway.knowledge import models as k
from pathway.knowledge.base import Knowledge
from pathway.knowledge.json_values import from_json_values, to_json_values
from pathway.knowledge.outline import Outline
from pathway.knowledge.reviews import with_review_notices
from pathway.knowledge.shorthand import Shorthand
from pathway.model import FrozenModel
from pathway.source import ledger_in
from pathway.yaml.document import LARGEST, Document, read_part, yaml_files
from pathway.yaml.lenient import validate_leniently
from pathway.yaml.validation import validate_as

N = TypeVar("N", bound=k.WithId)


class FindingsFile(FrozenModel):
    """`findings.yaml`."""

    groups: tuple[k.Group, ...]
    findings: tuple[k.Finding, ...]


class OptionsFile(FrozenModel):
    """A file in `options/`."""

    groups: tuple[k.OptionGroup, ...] = ()
    sets: tuple[k.OptionSet, ...] = ()
    options: tuple[k.Option, ...] = ()
    recommendations: tuple[k.Recommendation, ...] = ()
    cautions: tuple[k.Caution, ...] = ()


FOLDER = "PATHWAY_DATA"
"""The environment variable that names the folder of the knowledge in use."""
_chosen: ContextVar[Path | None] = ContextVar("the folder of the knowledge in use", default=None)


def data_folder() -> Path:
    """Return the folder of the knowledge in use: the one chosen, the one that the environment names, or the bundled one."""
    named = os.environ.get(FOLDER)
    return _chosen.get() or (Path(named).absolute() if named else bundled_folder())


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Use the knowledge in a folder where none is named. This holds inside the block, and in no other thread."""
    before = _chosen.set(folder.absolute())
    try:
        yield
    finally:
        _chosen.reset(before)


@cache
def bundled_folder() -> Path:
    """Return the folder of the knowledge that comes with this package: inside it when installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


TABLES: dict[str, Any] = {
    "pathway": Outline,
    "frame": k.Frame,
    "labels": tuple[k.Label, ...],
    "findings": FindingsFile,
    "definitions": tuple[k.Definition, ...],
    "assumptions": tuple[k.Assumption, ...],
    "sources": tuple[k.Source, ...],
    "evidence": tuple[k.Evidence, ...],
    "red_flags": tuple[k.RedFlag, ...],
    "ladder": tuple[k.StepRule, ...],
    "contradictions": tuple[k.Contradiction, ...],
    "unlikely": tuple[k.Contradiction, ...],
    "glossary": tuple[k.Term, ...],
    "renamed": tuple[k.FormerId, ...],
    "sentence": tuple[k.Phrase, ...],
    "first_card": tuple[k.CardQuestion, ...],
    "themes": tuple[k.Theme, ...],
}
"""The model of each file in `data/` (names without `.yaml`). Beside them: `reviews.yaml`, `options/`, `source/`, `scenarios/`."""


def load(folder: Path | str | None = None, earlier: bool = False) -> Knowledge:
    """Load the knowledge in `folder` (default: the one in use), once in a process. Raises Unusable with every fault.

    `earlier`: the folder holds an earlier edition, so only the checks without which rules can't be evaluated apply.
    """
    return loaded(data_folder() if folder is None else Path(folder).absolute(), earlier)


@cache
def loaded(folder: Path, earlier: bool = False) -> Knowledge:
    """Load the knowledge in a folder once."""
    return _from_cache(folder) if disk_cache.is_on() and not earlier else _read_and_checked(folder, earlier)


def _from_cache(folder: Path) -> Knowledge:
    """Return the knowledge as an earlier process stored it after checking the same files; else read, check and store it."""
    key = disk_cache.key_of(_contents(folder))
    tables = disk_cache.stored("knowledge", key)
    if tables is not None:
        with contextlib.suppress(KeyError, TypeError, ValueError):
            return Knowledge.model_construct(folder=folder, **from_json_values(tables))
    knowledge = _read_and_checked(folder)
    if key == disk_cache.key_of(_contents(folder)):  # no file was changed while it was read
        with contextlib.suppress(TypeError):
            disk_cache.store("knowledge", key, _tables(knowledge))
    return knowledge


def _tables(knowledge: Knowledge) -> dict[str, Any]:
    return {name: to_json_values(getattr(knowledge, name)) for name in Knowledge.model_fields if name != "folder"}


def _contents(folder: Path) -> Iterator[bytes]:
    """Yield the name and the contents of every file that is read below; nothing of one that can't be read.

    Of the scenarios the names: the checks read no more of them.
    """
    yield from (os.fsencode(path.name) for path in yaml_files(folder / "scenarios"))
    for path in (*yaml_files(folder), *yaml_files(folder / "options"), folder / "source/page.yaml"):
        yield os.fsencode(path.relative_to(folder).as_posix())
        with contextlib.suppress(OSError), path.open("rb") as file:
            yield file.read(LARGEST + 1)


NO_PATHWAY = "has none of the files of a pathway; `pathway new FOLDER` makes a folder that has them"
MAY_BE_MISSING = frozenset({"evidence"})
"""The files of `TABLES` without which a folder is complete; an earlier edition had none of them."""


def _read_and_checked(folder: Path, earlier: bool = False) -> Knowledge:
    from pathway.knowledge.lint import CHECKS, NEEDED, faults_in  # not needed for knowledge that was checked before

    if not any((folder / f"{name}.yaml").exists() for name in TABLES):
        raise Unusable([Fault("data/", None, NO_PATHWAY)])
    reader = _FolderReader(folder, validate_leniently if earlier else validate_as)
    tables = {name: reader.table(f"{name}.yaml", model) for name, model in TABLES.items()}
    options = reader.options()
    ledger, reviews = reader.ledger(), reader.reviews()
    reader.hash_changes()
    if reader.faults:
        raise Unusable(reader.faults)
    knowledge = reader.knowledge(tables, options, ledger, reviews)
    if faults := reader.faults + faults_in(knowledge, NEEDED if earlier else CHECKS):
        raise Unusable(faults)
    return with_review_notices(knowledge)


class _FolderReader:
    def __init__(self, folder: Path, as_models: Callable[[Document, Any], Any]) -> None:
        self.folder, self.as_models = folder, as_models
        self.faults: list[Fault] = []
        self.digest = hashlib.sha256()

    def table(self, name: str, model: Any) -> Any:
        """Return the entries of one file; None after a fault, nothing where the file may be missing and is."""
        if Path(name).stem in MAY_BE_MISSING and not (self.folder / name).exists():
            return ()
        try:
            document = read_part(self.folder, name)
            self.digest.update(repr(document.value).encode())
            return self.as_models(document, model)
        except Unusable as error:
            self.faults += error.faults
            return None

    def options(self) -> list[Any]:
        """Return each file in `options/`; there has to be one."""
        paths = yaml_files(self.folder / "options")
        if not paths:
            self.faults.append(Fault("data/options", None, "there is no file in it; write the options into one, as options.yaml"))
        return [self.table(f"options/{path.name}", OptionsFile) for path in paths]

    def hash_changes(self) -> None:
        """Include `changes.yaml` in the hash, because it affects later visits. Its entries are checked when used."""
        if (self.folder / "changes.yaml").exists():  # knowledge without it can still explain single visits
            self.table("changes.yaml", Any)

    def reviews(self) -> Any:
        """Return the reviews; none where there is no such file. They are not part of the hash."""
        name = "reviews.yaml"
        if not (self.folder / name).exists():
            return ()
        try:
            return self.as_models(read_part(self.folder, name), tuple[k.Review, ...])
        except Unusable as error:
            self.faults += error.faults
            return None

    def ledger(self) -> Any:
        try:
            ledger = ledger_in(read_part(self.folder, "source/page.yaml"))
            self.digest.update(ledger.model_dump_json().encode())
            return ledger
        except Unusable as error:
            self.faults += error.faults
            return None

    def knowledge(self, tables: dict[str, Any], options: list[OptionsFile], ledger: Any, reviews: Any) -> Knowledge:
        findings = tables["findings"]
        every = self.by_id(option for file in options for option in file.options)
        sets = self.by_id(entry for file in options for entry in file.sets)
        evidence = self.by_id(tables["evidence"])
        short = Shorthand(every, sets, evidence)
        knowledge = Knowledge.model_construct(
            hash=self.digest.hexdigest()[:12],
            folder=self.folder,
            outline=short.outline(tables["pathway"]),
            frame=tables["frame"],
            labels=tables["labels"],
            contradictions=tables["contradictions"],
            unlikely=tables["unlikely"],
            terms=self.by_id(tables["glossary"]),
            renamed=tables["renamed"],
            sentence=self.by_id(tables["sentence"]),
            first_card=tables["first_card"],
            themes=tables["themes"],
            groups=findings.groups,
            findings=self.by_id(findings.findings),
            step_rules=self.by_id(map(short.entry, tables["ladder"])),
            option_groups=tuple(group for file in options for group in file.groups),
            options=every,
            option_sets=short.sets,
            evidence=evidence,
            recommendations=self.by_id(short.entry(rule) for file in options for rule in file.recommendations),
            cautions=tuple(short.entry(caution) for file in options for caution in file.cautions),
            ledger=ledger,
            reviews=reviews,
            definitions=self.by_id(tables["definitions"]),
            assumptions=self.by_id(map(short.entry, tables["assumptions"])),
            sources=self.by_id(tables["sources"]),
            red_flags=self.by_id(map(short.entry, tables["red_flags"])),
        )
        self.faults += [*short.faults, *short.unused()]
        return knowledge

    def by_id(self, entries: Iterable[N]) -> dict[str, N]:
        listed = tuple(entries)
        self.faults += k.duplicate_ids(listed)
        return {entry.id: entry for entry in listed}
