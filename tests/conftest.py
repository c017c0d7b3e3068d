"""Golden files: what a command prints, kept in `tests/golden/` and compared; `--accept` rewrites them."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Generator, Iterator
from difflib import unified_diff
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from pathway.knowledge.base import Knowledge
from pathway.proof import Law, Report, prove
from pathway.yaml.document import Document
from pathway.yaml.parser import parse_yaml
from pathway.yaml.validation import validate_as
from tests.shared_cache import SHARED

GOLDEN = Path(__file__).parent / "golden"
MOST = 80
"""Lines of a difference that are shown."""
A_QUESTION = 0.01
"""Seconds that a question to the solver is taken to last; on an idle machine the longer ones take about two of these."""


# How busy the machine is fails no property: neither a slow example nor slow drawing of examples.
settings.register_profile("long", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Fewer examples than Hypothesis's hundred; `make soak` draws those.
settings.register_profile("project", settings.get_profile("long"), max_examples=40)
settings.load_profile("project")


# Tests, and the processes that they start, neither read nor fill the user's cache.
os.environ["PATHWAY_CACHE"] = "off"
# Tests start many processes, xdist's workers among them. If they may not keep compiled modules, each compiles everything again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files with what is printed now")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is loaded with the tests stays to the end: no collection of garbage looks through it, then or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="module")
def query_made_once() -> Iterator[None]:
    """The query that decides a table takes seconds to make: a process that finds it made does not make it again."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PATHWAY_CACHE", SHARED)
        yield


@pytest.fixture(autouse=True)
def solver_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time limits of the solver count its questions, not seconds: a busy machine then finds as much as an idle one."""
    ticks = count()
    monkeypatch.setattr("pathway.proof.symbolic.z3_solver.perf_counter", lambda: next(ticks) * A_QUESTION)


parsed_once = cache(parse_yaml)
VALID = dict[tuple[int, object], tuple[object, object]]()
"""By the id of a value and the model, what the value gives; with the value itself, so that its id is not reused."""


def validated_once(document: Document, model: Any) -> object:
    """The models that a value gives."""
    key = (id(document.value), model)
    if key not in VALID:
        VALID[key] = document.value, validate_as(document, model)
    return VALID[key][1]


@pytest.fixture
def unchanged_files_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has the same text in many copies of the knowledge is parsed and validated once in this process."""
    monkeypatch.setattr("pathway.yaml.document.parse_yaml", parsed_once)
    monkeypatch.setattr("pathway.knowledge.loader.validate_as", validated_once)
    monkeypatch.setattr("pathway.source.ledger.validate_as", validated_once)


REPORTS = dict[tuple[object, ...], Report]()


@pytest.fixture
def proved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves a rule base's laws once in this process, however many tests ask for it; only the proofs are shared."""

    def once(knowledge: Knowledge, laws: Collection[Law], time_limit: float) -> Report:
        key = (knowledge.hash, *map(repr, laws), time_limit)
        if key not in REPORTS:
            REPORTS[key] = prove(knowledge, laws, time_limit)
        return REPORTS[key]

    monkeypatch.setattr("pathway.proof.prove", once)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file of that name, or rewrites the file."""
    accept = request.config.getoption("--accept")

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if accept:
            path.write_text(text, encoding="utf-8")
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        if text != kept:
            lines = list(unified_diff(kept.splitlines(), text.splitlines(), f"golden/{name}", "printed now", lineterm=""))
            pytest.fail("\n".join([*lines[:MOST], "Read the difference; if it is meant: make accept"]), pytrace=False)

    return compare
