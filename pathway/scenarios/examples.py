"""The scenarios that come with the knowledge, by name, and the document that a person names in a command."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import data_folder
from pathway.phrases import safe_excerpt
from pathway.scenarios.scenario import LARGEST, Scenario, scenario_in
from pathway.yaml.document import Document, decode_utf8, parse, read

STANDARD_INPUT = "-"


def scenario_files(folder: Path | None = None) -> dict[str, Path]:
    """The bundled scenarios' files, by name."""
    return {path.stem: path for path in sorted(((folder or data_folder()) / "scenarios").glob("*.yaml"))}


def bundled_scenarios(knowledge: Knowledge, folder: Path | None = None) -> Iterator[tuple[str, Scenario]]:
    """Each bundled scenario with its name. Raises Unusable at one that can't be used."""
    for name, path in scenario_files(folder).items():
        yield name, scenario_in(scenario_document(path), knowledge)


def scenario_document(path: Path) -> Document:
    """A bundled scenario's document; faults call it by its place in the knowledge."""
    return read(path, f"data/scenarios/{path.name}", LARGEST)


def document_named(given: str) -> Document:
    """The document that a person means: a file, `-` for standard input, or a bundled scenario. Raises Unusable."""
    if given == STANDARD_INPUT:
        return parse(text_of_standard_input(LARGEST), "standard input")
    if _is_there(given) or not _is_bare(given):
        return read(Path(given), largest=LARGEST)
    files = scenario_files()
    if given not in files:
        says = f"there is no such file, and no bundled scenario of that name; {suggestion(given, files, '`pathway scenarios`')}"
        raise Unusable([Fault(safe_excerpt(given), None, says)])
    return scenario_document(files[given])


def text_of_standard_input(largest: int) -> str:
    """What standard input holds, as text, or Unusable with the reason."""
    if sys.stdin is None:
        raise Unusable([Fault("standard input", None, "is closed")])
    try:
        raw = sys.stdin.buffer.read(largest + 1)
    except (OSError, ValueError) as error:
        raise Unusable([Fault("standard input", None, f"can't be read: {error}")]) from None
    return decode_utf8(raw or b"", "standard input", largest)


def _is_bare(given: str) -> bool:
    """Whether it could be the name of a bundled scenario: no path, no ending."""
    return Path(given).name == given and not Path(given).suffix


def _is_there(given: str) -> bool:
    """Whether a file of that name is to be read; a folder only where no bundled scenario is called so."""
    path = Path(given)
    try:
        return path.is_file() or (path.exists() and given not in scenario_files())
    except OSError:  # a name that no file can have
        return False
