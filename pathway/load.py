"""Reads `data/` into `Knowledge`: every file, every entry, and every fault at once, each with its file and line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from pathway import entries as k
from pathway.check import faults_in
from pathway.document import Document, read
from pathway.faults import Fault, Unusable, nearest, shown
from pathway.knowledge import Knowledge
from pathway.source import load_ledger


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    def fault(self, says: str) -> Fault: ...


N = TypeVar("N", bound=_Named)


class FindingsFile(k.Frozen):
    """`findings.yaml`."""

    groups: tuple[k.Group, ...]
    findings: tuple[k.Finding, ...]


class OptionsFile(k.Frozen):
    """A file in `options/`."""

    groups: tuple[k.OptionGroup, ...] = ()
    options: tuple[k.Option, ...] = ()
    recommendations: tuple[k.Recommendation, ...] = ()
    cautions: tuple[k.Caution, ...] = ()


def data_folder() -> Path:
    """Where the knowledge is: inside this package when installed, beside it in a checkout."""
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "data"


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
    "glossary": tuple[k.Term, ...],
}
"""The files of `data/` (less `.yaml`), and what each holds. Beside them: `options/`, `source/`, `scenarios/`."""


@cache
def load(folder: Path | None = None) -> Knowledge:
    """The knowledge in `folder` (by default the one that comes with this package), read once in a process.

    Raises Unusable with every fault.
    """
    reader = _Folder(folder or data_folder())
    tables = {name: reader.table(f"{name}.yaml", kind) for name, kind in TABLES.items()}
    options = [reader.table(f"options/{path.name}", OptionsFile) for path in sorted((reader.folder / "options").glob("*.yaml"))]
    ledger = reader.ledger()
    if reader.faults:
        raise Unusable(reader.faults)
    found = reader.joined(tables, options, ledger)
    if faults := reader.faults + faults_in(found):
        raise Unusable(faults)
    return found


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.digest = hashlib.sha256()

    def table(self, name: str, kind: Any) -> Any:
        """The entries of one file; None after a fault."""
        try:
            document = read(self.folder / name, f"data/{name}")
            self.digest.update(repr(document.value).encode())
            return validated(document, kind)
        except Unusable as error:
            self.faults += error.faults
            return None

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
            frame=tables["frame"],
            labels=tables["labels"],
            contradictions=tables["contradictions"],
            terms=self.by_id(tables["glossary"]),
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


def validated(document: Document, kind: Any) -> Any:
    """A document's value as `kind`, or Unusable with a fault for each thing that is wrong with it."""
    try:
        return TypeAdapter(kind).validate_python(document.value, context=document.file)
    except ValidationError as error:
        raise Unusable(_fault(document, detail, kind) for detail in error.errors(include_url=False)) from None


def _fault(document: Document, detail: ErrorDetails, kind: Any) -> Fault:
    place = (*detail["loc"], *detail.get("ctx", {}).get("place", ()))
    return document.fault(place, _says(detail, str(detail["loc"][-1]) if detail["loc"] else "the file", kind))


def _says(detail: ErrorDetails, key: str, kind: Any) -> str:
    match detail["type"]:
        case "missing":
            return f"needs {key}, which is not there"
        case "extra_forbidden":
            return (
                f"there is no key {key} here; {nearest(key, _keys_at(kind, detail['loc'][:-1]), 'the other entries of the file')}"
            )
        case "literal_error":
            words = re.findall("'([^']*)'", detail["ctx"]["expected"])
            return f"{key} can't be {shown(detail['input'])}; {nearest(detail['input'], words)}"
        case "string_pattern_mismatch":
            joint = "_" if "_" in detail["ctx"]["pattern"] else "-"
            return f"{shown(detail['input'])} is no id; write lower-case words joined by {joint}"
        case "tuple_type":
            return f"{key} is a list, each entry after a dash"
        case _:
            return f"{key}: {detail['msg']}".replace("Input should", "should")


def _keys_at(kind: Any, place: tuple[str | int, ...]) -> list[str]:
    """The keys that belong at a place of a file of this kind."""
    for part in place:
        inner = get_args(kind)
        fields = getattr(kind, "model_fields", {})
        found = [field for name, field in fields.items() if part in (name, field.alias)]
        kind = found[0].annotation if found else inner[0] if inner else kind
    fields = getattr(kind, "model_fields", {})
    return [field.alias or name for name, field in fields.items() if name not in ("file", "line")]
