"""The pathways that come with this project, by name: tests that know neither run with each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pathway.explanation.pathway import Pathway, the_pathway
from pathway.knowledge.loader import data_folder, load

ROOT = Path(__file__).parents[1]
BICYCLE = ROOT / "examples" / "bicycle"
FOLDERS = {"data": data_folder(), "bicycle": BICYCLE}


@cache
def pathway_named(name: str) -> Pathway:
    """The pathway of that name, with its rules compiled once."""
    return the_pathway() if FOLDERS[name] == data_folder() else Pathway(load(FOLDERS[name]))
