"""The ledger of a page: what each of its sentences says, paraphrased, and a fingerprint of the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import AfterValidator, Field, PrivateAttr

from pathway.errors import Fault, Unusable, collect_into
from pathway.model import FrozenModel
from pathway.phrases import safe_excerpt
from pathway.source.sentences import Place, Word
from pathway.yaml.document import Document, read
from pathway.yaml.validation import matching, validate_as

Kind = Literal["encoded", "context", "contradicted", "out_of_scope"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Fingerprint = Annotated[str, AfterValidator(matching(r"^[0-9a-f]{16}$", "must be sixteen hexadecimal digits, in quotes"))]


class Statement(FrozenModel):
    """One thing that the page says, paraphrased.

    `encoded`: a rule or option uses it. `context`: background. `contradicted`: not followed, because the page itself
    or cited guidance says otherwise. `out_of_scope`: not about treatment. `hedge` is the page's own word, such as "may".
    """

    id: Word
    place: Place
    says: str = Field(min_length=1)
    fingerprint: Fingerprint
    kind: Kind
    hedge: str | None = Field(default=None, min_length=1)
    note: str | None = Field(default=None, min_length=1)


class Entry(NamedTuple):
    """A sentence of the page: its place, its fingerprint, and the ids of its statements."""

    place: Place
    fingerprint: str
    statements: tuple[str, ...]


class Ledger(FrozenModel):
    """Every statement of one page, in reading order."""

    source: Word
    title: str = Field(min_length=1)
    statements: tuple[Statement, ...] = Field(min_length=1)
    _lines: dict[str, int] = PrivateAttr(default_factory=dict)

    def line(self, statement: str) -> int | None:
        """Return the line of a statement in its file; None where the ledger was not read from a file."""
        return self._lines.get(statement)

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The page's sections, in order."""
        return tuple(dict.fromkeys(statement.place.section for statement in self.statements))

    @cached_property
    def sentences(self) -> tuple[Entry, ...]:
        """The page's sentences, in order: the parts of one sentence are one entry."""
        return tuple(
            Entry(place, parts[0].fingerprint, tuple(part.id for part in parts))
            for place, parts in ((place, list(group)) for place, group in groupby(self.statements, lambda s: s.place.whole))
        )


def load_ledger(path: Path, name: str | None = None) -> Ledger:
    """Return the ledger in a file, called `name` in faults. Raises Unusable with every fault, each with its line."""
    return ledger_in(read(path, name))


def ledger_in(document: Document) -> Ledger:
    """Return the ledger in a document. Raises Unusable with every fault, each with its line."""
    faults = list(_repeated_ids(document))
    with collect_into(faults):
        ledger: Ledger = validate_as(document, Ledger)
        faults += _inconsistent_parts(document, ledger)
    if faults:
        raise Unusable(sorted(faults))
    ids = (statement.id for statement in ledger.statements)
    ledger._lines.update((name, document.line(("statements", number))) for number, name in enumerate(ids))
    return ledger


def _repeated_ids(document: Document) -> Iterator[Fault]:
    """Yield a fault for each repeated id, even where the file has other errors."""
    statements: Any = document.value.get("statements") if isinstance(document.value, dict) else None
    first: dict[str, int] = {}
    for number, statement in enumerate(statements if isinstance(statements, list) else []):
        name = statement.get("id") if isinstance(statement, dict) else None
        if isinstance(name, str) and first.setdefault(name, number) != number:
            line = document.line(("statements", first[name], "id"))
            yield document.fault(("statements", number, "id"), f"the id {safe_excerpt(name)} is already used on line {line}")


def _inconsistent_parts(document: Document, ledger: Ledger) -> Iterator[Fault]:
    """Yield faults for sentences whose parts are apart, are not numbered 1, 2, ..., or differ in fingerprint."""
    seen: set[Place] = set()
    number = 0
    for place, statements in groupby(ledger.statements, lambda statement: statement.place.whole):
        parts = list(statements)
        where = ("statements", number, "place")
        number += len(parts)
        if place in seen:
            yield document.fault(where, f"{place} is already further up; its parts go together")
        seen.add(place)
        if [part.place.part for part in parts] != (list(range(1, len(parts) + 1)) if len(parts) > 1 else [None]):
            yield document.fault(where, f"the parts of {place} must be 1, 2, ...; a sentence of one part has none")
        if len({part.fingerprint for part in parts}) > 1:
            yield document.fault(where, f"the parts of {place} have different fingerprints; they are of one sentence")
