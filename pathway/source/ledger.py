"""The ledger of a page: what each of its sentences says, in our words, and a fingerprint of the sentence itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError
from pydantic_core import ErrorDetails

from pathway.errors import Fault, Unusable, suggestion
from pathway.phrases import safe_excerpt
from pathway.source.sentences import WORD, Place
from pathway.yaml.document import Document, read

Kind = Literal["encoded", "context", "contradicted", "out_of_scope"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SHAPES = {
    "id": "must be small letters and digits, joined by hyphens",
    "section": "must be small letters and digits, joined by hyphens",
    "item": "must be heading, intro, closing or an item's mark, such as 4b",
    "fingerprint": "must be sixteen hexadecimal digits, in quotes",
}
WORDS = {
    "missing": "is missing",
    "string_type": "must be text; put it in quotes",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "tuple_type": "must be a list",
    "model_type": "must be a map of keys and values",
    "int_type": "must be a whole number",
    "greater_than_equal": "is too small",
}


class Statement(BaseModel):
    """One thing that a page says, paraphrased.

    `encoded`: a rule or option uses it. `context`: background. `contradicted`: not followed, because the page itself
    or cited guidance says otherwise. `out_of_scope`: nothing to do with treatment. `hedge` is the page's own word.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=WORD)
    place: Place
    says: str = Field(min_length=1)
    fingerprint: str = Field(pattern=r"^[0-9a-f]{16}$")
    kind: Kind
    hedge: str | None = Field(default=None, min_length=1)
    note: str | None = Field(default=None, min_length=1)


class Entry(NamedTuple):
    """A sentence of the page as the ledger knows it, and the statements it makes."""

    place: Place
    fingerprint: str
    statements: tuple[str, ...]


class Ledger(BaseModel):
    """Every statement of one page, in reading order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(pattern=WORD)
    title: str = Field(min_length=1)
    statements: tuple[Statement, ...] = Field(min_length=1)
    _lines: dict[str, int] = PrivateAttr(default_factory=dict)

    def line(self, statement: str) -> int | None:
        """The line of a statement in the file that was read; None where there was no file."""
        return self._lines.get(statement)

    @property
    def sections(self) -> tuple[str, ...]:
        """The page's sections, in order."""
        return tuple(dict.fromkeys(statement.place.section for statement in self.statements))

    @property
    def sentences(self) -> tuple[Entry, ...]:
        """The page's sentences, in order: the parts of one sentence are one entry."""
        return tuple(
            Entry(place, parts[0].fingerprint, tuple(part.id for part in parts))
            for place, parts in ((place, list(of)) for place, of in groupby(self.statements, lambda s: s.place.whole))
        )


MODELS: dict[int, type[BaseModel]] = {1: Ledger, 3: Statement}
"""The model that a key belongs to, by how deep the key stands; deeper still it is a place."""


def load_ledger(path: Path, name: str | None = None) -> Ledger:
    """The ledger in a file, called `name` in faults. Raises Unusable with every fault, each with its line."""
    document = read(path, name)
    faults = list(_repeated(document))
    try:
        ledger = Ledger.model_validate(document.value)
    except ValidationError as error:
        raise Unusable(sorted([*faults, *(_fault(document, detail) for detail in _details(error))])) from None
    if faults := faults + list(_ill_parted(document, ledger)):
        raise Unusable(sorted(faults))
    ledger._lines.update((one.id, document.line(("statements", number))) for number, one in enumerate(ledger.statements))
    return ledger


def _details(error: ValidationError) -> Iterator[ErrorDetails]:
    for detail in error.errors(include_url=False):
        if detail["type"] != "too_short" or not detail["input"]:  # pydantic calls a list of faulty entries too short
            yield detail


def _fault(document: Document, detail: ErrorDetails) -> Fault:
    place, problem = detail["loc"], detail["type"]
    key, value = _name(place), safe_excerpt(detail["input"])
    if problem == "extra_forbidden":
        return document.fault(place, f"{key} is not a key here; {suggestion(key, MODELS.get(len(place), Place).model_fields)}")
    if problem == "literal_error":
        return document.fault(place, f"{value} is not a kind of statement; {suggestion(value, KINDS)}")
    if problem == "string_pattern_mismatch":
        return document.fault(place, f"{key} {SHAPES.get(key, SHAPES['id'])}, not {value}")
    return document.fault(place, f"{key} {WORDS.get(problem, detail['msg'])}")


def _name(place: tuple[str | int, ...]) -> str:
    """What a fault calls the value at `place`."""
    key = place[-1] if place else "the file"
    return f"statement {key + 1}" if isinstance(key, int) else safe_excerpt(key)


def _repeated(document: Document) -> Iterator[Fault]:
    """Ids that stand twice, found even where other things are wrong."""
    statements: Any = document.value.get("statements") if isinstance(document.value, dict) else None
    first: dict[str, int] = {}
    for number, statement in enumerate(statements if isinstance(statements, list) else []):
        name = statement.get("id") if isinstance(statement, dict) else None
        if isinstance(name, str) and first.setdefault(name, number) != number:
            line = document.line(("statements", first[name], "id"))
            yield document.fault(("statements", number, "id"), f"the id {safe_excerpt(name)} stands already on line {line}")


def _ill_parted(document: Document, ledger: Ledger) -> Iterator[Fault]:
    """Sentences whose statements don't stand together, aren't numbered 1, 2, ..., or differ in fingerprint."""
    seen: set[Place] = set()
    number = 0
    for place, of in groupby(ledger.statements, lambda statement: statement.place.whole):
        parts = list(of)
        where = ("statements", number, "place")
        number += len(parts)
        if place in seen:
            yield document.fault(where, f"{place} stands already further up; its parts go together")
        seen.add(place)
        if [part.place.part for part in parts] != (list(range(1, len(parts) + 1)) if len(parts) > 1 else [None]):
            yield document.fault(where, f"the parts of {place} must be 1, 2, ...; a sentence of one part has none")
        if len({part.fingerprint for part in parts}) > 1:
            yield document.fault(where, f"the parts of {place} have different fingerprints; they are of one sentence")
