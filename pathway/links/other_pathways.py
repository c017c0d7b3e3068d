"""Names of the pathways that come with the program: a link of another pathway is refused with that pathway's name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pathway.errors import Unusable
from pathway.knowledge.loader import bundled_folder
from pathway.links.codes import mark_of
from pathway.yaml.document import read_part

OUTLINE = "pathway.yaml"


@cache
def names_by_mark() -> Mapping[str, str]:
    """Return the name of each pathway that comes with the program, by its mark. An installed program has only one."""
    return {mark: str(outline["name"]) for outline in _outlines() for mark in _marks(outline)}


def _outlines() -> Iterator[Mapping[str, Any]]:
    folder = bundled_folder()
    for place in (folder, *_examples(folder.parent / "examples")):
        with contextlib.suppress(Unusable):
            value = read_part(place, OUTLINE).value
            if isinstance(value, dict) and {"id", "name"} <= value.keys():
                yield value


def _examples(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob(f"*/{OUTLINE}"))


def _marks(outline: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the marks of a pathway's links. The empty mark stands for the pathway whose links name no pathway."""
    named = mark_of(str(outline["id"]))
    return (named, "") if outline.get("unnamed links") in (True, "yes") else (named,)
