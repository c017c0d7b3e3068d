"""Makes the schemas of a knowledge folder, and writes them into it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pathway.errors import Fault, Unusable
from pathway.knowledge.base import Knowledge
from pathway.schemas.generator import CONDITION, schema_of
from pathway.schemas.kinds import FOLDER, KINDS
from pathway.schemas.words import condition_schema, with_words
from pathway.whole_file import write_whole

SCENARIOS = "scenarios"


def schemas(knowledge: Knowledge | None) -> dict[str, str]:
    """Return the text of each schema by the name of its file; without knowledge its findings and options are left out."""
    schemas_by_kind: dict[str, dict[str, Any]] = {kind: schema_of(model) for kind, model in KINDS.items()}
    schemas_by_kind[CONDITION] = condition_schema(knowledge)
    if knowledge is not None:
        schemas_by_kind[SCENARIOS] = with_words(schemas_by_kind[SCENARIOS], knowledge)
    return {f"{kind}.json": json.dumps(schema, indent=1) + "\n" for kind, schema in sorted(schemas_by_kind.items())}


def write_schemas(knowledge: Knowledge | None, folder: Path) -> tuple[Path, ...]:
    """Write the schemas into a knowledge folder and return their paths. Raises Unusable where that can't be done."""
    target, texts = folder / FOLDER, schemas(knowledge)
    try:
        target.mkdir(exist_ok=True)
        for name, text in texts.items():
            write_whole(target / name, text.encode())
    except OSError as error:
        raise Unusable([Fault(str(target), None, f"can't be written: {error.strerror or error}")]) from None
    return tuple(target / name for name in texts)
