"""The bundled scenarios by name, and the document that an argument of a command names."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import data_folder
from pathway.phrases import safe_excerpt
from pathway.scenarios.expectations import EXPECTS
from pathway.scenarios.scenario import LARGEST, Scenario, scenario_in
from pathway.yaml.document import Document, decode_utf8, parse, printed_safely, read, yaml_files

STANDARD_INPUT = "-"


def scenario_files(folder: Path | None = None) -> dict[str, Path]:
    """Return the bundled scenarios' files by name."""
    return {path.stem: path for path in yaml_files((folder or data_folder()) / "scenarios")}


def bundled_scenarios(knowledge: Knowledge, folder: Path | None = None) -> Iterator[tuple[str, Scenario]]:
    """Yield each bundled scenario with its name. Raises Unusable at an invalid one.

    The expectations in a file are not read here: only `pathway check` reports a mistake in them.
    """
    for name, path in scenario_files(folder or knowledge.folder).items():
        yield name, scenario_in(_without_expectations(scenario_document(path)), knowledge)


def _without_expectations(document: Document) -> Document:
    value = document.value
    kept = {key: part for key, part in value.items() if key != EXPECTS} if isinstance(value, dict) else value
    return Document(document.file, kept, document.lines)


def scenario_document(path: Path) -> Document:
    """Read a bundled scenario; faults call it by its path in `data/`."""
    return printed_safely(read(path, f"data/scenarios/{path.name}", LARGEST))


def document_named(argument: str) -> Document:
    """Return the document that an argument names: a file, `-` for standard input, or a bundled scenario. Raises Unusable."""
    if argument == STANDARD_INPUT:
        return parse(text_of_standard_input(LARGEST), "standard input")
    if _is_there(argument) or not _is_bare(argument):
        return read(Path(argument), largest=LARGEST)
    files = scenario_files()
    if argument not in files:
        hint = suggestion(argument, files, "`pathway scenarios`", "name")
        says = f"there is no such file, and no bundled scenario of that name; {hint}"
        raise Unusable([Fault(safe_excerpt(argument), None, says)])
    return scenario_document(files[argument])


def text_of_standard_input(largest: int) -> str:
    """Return standard input as text. Raises Unusable with the reason."""
    if sys.stdin is None:
        raise Unusable([Fault("standard input", None, "is closed")])
    try:
        raw = sys.stdin.buffer.read(largest + 1)
    except (OSError, ValueError) as error:
        raise Unusable([Fault("standard input", None, f"can't be read: {error}")]) from None
    return decode_utf8(raw or b"", "standard input", largest)


def _is_bare(argument: str) -> bool:
    """Return whether it could name a bundled scenario: no folder, no extension."""
    return Path(argument).name == argument and not Path(argument).suffix


def _is_there(argument: str) -> bool:
    """Return whether a file of that name should be read. A folder counts only where no bundled scenario has its name."""
    path = Path(argument)
    try:
        return path.is_file() or (path.exists() and argument not in scenario_files())
    except OSError:  # not a possible file name
        return False
