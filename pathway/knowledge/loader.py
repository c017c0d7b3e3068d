"""Reads `data/` into `Knowledge`: every file, every entry, and every fault at once, each with its file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pathway.errors import Fault, Unusable
from pathway.knowledge import models as k
from pathway.knowledge.base import Knowledge
from pathway.knowledge.lint import CHECKS, NEEDED, faults_in
from pathway.model import FrozenModel
from pathway.source import load_ledger
from pathway.yaml.document import Document, read
from pathway.yaml.lenient import validate_leniently
from pathway.yaml.validation import validate_as


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    def fault(self, says: str) -> Fault: ...


N = TypeVar("N", bound=_Named)


class FindingsFile(FrozenModel):
    """`findings.yaml`."""

    groups: tuple[k.Group, ...]
    findings: tuple[k.Finding, ...]


class OptionsFile(FrozenModel):
    """A file in `options/`."""

    groups: tuple[k.OptionGroup, ...] = ()
    options: tuple[k.Option, ...] = ()
    recommendations: tuple[k.Recommendation, ...] = ()
    cautions: tuple[k.Caution, ...] = ()


def data_folder() -> Path:
    """Where the knowledge is: inside this package when installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


TABLES: dict[str, Any] = {
    "frame": k.Frame,
    "labels": tuple[k.Label, ...],
    "derived": tuple[k.Derived, ...],
    "findings": FindingsFile,
    "definitions": tuple[k.Definition, ...],
    "assumptions": tuple[k.Assumption, ...],
    "sources": tuple[k.Source, ...],
    "red_flags": tuple[k.RedFlag, ...],
    "ladder": tuple[k.StepRule, ...],
    "contradictions": tuple[k.Contradiction, ...],
    "unlikely": tuple[k.Contradiction, ...],
    "glossary": tuple[k.Term, ...],
    "renamed": tuple[k.FormerId, ...],
}
"""The files of `data/` (less `.yaml`), and what each holds. Beside them: `options/`, `source/`, `scenarios/`."""


@cache
def load(folder: Path | None = None, earlier: bool = False) -> Knowledge:
    """The knowledge in `folder` (by default the one that comes with this package), read once in a process.

    `earlier`: it is of an earlier edition, which need not have what is wanted today beside its rules. Raises Unusable with
    every fault.
    """
    reader = _Folder(folder or data_folder(), validate_leniently if earlier else validate_as)
    tables = {name: reader.table(f"{name}.yaml", kind) for name, kind in TABLES.items()}
    options = [reader.table(f"options/{path.name}", OptionsFile) for path in sorted((reader.folder / "options").glob("*.yaml"))]
    ledger = reader.ledger()
    reader.what_time_does()
    if reader.faults:
        raise Unusable(reader.faults)
    found = reader.joined(tables, options, ledger)
    if faults := reader.faults + faults_in(found, NEEDED if earlier else CHECKS):
        raise Unusable(faults)
    return found


class _Folder:
    def __init__(self, folder: Path, as_models: Callable[[Document, Any], Any]) -> None:
        self.folder, self.as_models = folder, as_models
        self.faults: list[Fault] = []
        self.digest = hashlib.sha256()

    def table(self, name: str, kind: Any) -> Any:
        """The entries of one file; None after a fault."""
        try:
            document = read(self.folder / name, f"data/{name}")
            self.digest.update(repr(document.value).encode())
            return self.as_models(document, kind)
        except Unusable as error:
            self.faults += error.faults
            return None

    def what_time_does(self) -> None:
        """Counts `changes.yaml` in: by another edition of it a walk may end otherwise. Its entries are checked when used."""
        if (self.folder / "changes.yaml").exists():  # knowledge without it answers single visits
            self.table("changes.yaml", Any)

    def ledger(self) -> Any:
        try:
            ledger = load_ledger(self.folder / "source/page.yaml", "data/source/page.yaml")
            self.digest.update(ledger.model_dump_json().encode())
            return ledger
        except Unusable as error:
            self.faults += error.faults
            return None

    def joined(self, tables: dict[str, Any], options: list[OptionsFile], ledger: Any) -> Knowledge:
        findings = tables["findings"]
        return Knowledge.model_construct(
            hash=self.digest.hexdigest()[:12],
            folder=self.folder,
            frame=tables["frame"],
            labels=tables["labels"],
            contradictions=tables["contradictions"],
            unlikely=tables["unlikely"],
            terms=self.by_id(tables["glossary"]),
            renamed=tables["renamed"],
            groups=findings.groups,
            findings=self.by_id(findings.findings),
            step_rules=self.by_id(tables["ladder"]),
            option_groups=tuple(group for file in options for group in file.groups),
            options=self.by_id(option for file in options for option in file.options),
            recommendations=self.by_id(rule for file in options for rule in file.recommendations),
            cautions=tuple(caution for file in options for caution in file.cautions),
            ledger=ledger,
            derived=self.by_id(tables["derived"]),
            definitions=self.by_id(tables["definitions"]),
            assumptions=self.by_id(tables["assumptions"]),
            sources=self.by_id(tables["sources"]),
            red_flags=self.by_id(tables["red_flags"]),
        )

    def by_id(self, entries: Iterable[N]) -> dict[str, N]:
        found: dict[str, N] = {}
        for entry in entries:
            if entry.id in found:
                self.faults.append(entry.fault(f"the id {entry.id} stands twice; an id names one entry"))
            found[entry.id] = entry
        return found
