"""The query that decides a table takes seconds to make: one process makes it, and the cache on disk keeps it for the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import load
from pathway.knowledge.template import TEMPLATE
from pathway.tables import sql_query
from pathway.tables.sql_query import Query

KNOWLEDGE = load(TEMPLATE)
Process = Callable[[Knowledge], str]


@pytest.fixture(scope="module")
def made() -> str:
    """The query as it is made, without a cache on disk."""
    return Query(KNOWLEDGE).sql()


@pytest.fixture
def another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Process:
    """Asks for the query as a new process does: all that it can know, it has from the cache on disk."""
    monkeypatch.setenv("PATHWAY_CACHE", str(tmp_path))

    def asks(knowledge: Knowledge) -> str:
        monkeypatch.setattr(sql_query, "CACHED_SQL", {})
        return Query(knowledge).sql()

    return asks


def test_a_stored_query_is_not_made_again(made: str, another_process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    assert another_process(KNOWLEDGE) == made
    monkeypatch.setattr(Query, "_make_sql", None)
    assert another_process(KNOWLEDGE) == made


def test_a_damaged_query_is_made_again(made: str, another_process: Process, tmp_path: Path) -> None:
    another_process(KNOWLEDGE)
    (stored,) = tmp_path.glob("query-*.json")
    stored.write_bytes(stored.read_bytes().replace(b"SELECT", b"SELECTED", 1))
    assert another_process(KNOWLEDGE) == made


def test_other_rules_have_another_query_even_under_the_same_hash(made: str, another_process: Process) -> None:
    another_process(KNOWLEDGE)
    tables = {name: getattr(KNOWLEDGE, name) for name in Knowledge.model_fields}
    fewer = dict(list(KNOWLEDGE.recommendations.items())[1:])
    changed = Knowledge.model_construct(**{**tables, "recommendations": fewer})
    assert changed.hash == KNOWLEDGE.hash
    assert another_process(changed) != made
