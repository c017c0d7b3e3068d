"""The bundled scenarios: each is answered as its file expects, and together they cover every route, step and verdict."""

from __future__ import annotations

from collections import Counter

import pytest

import pathway
from pathway.knowledge.loader import data_folder
from tests.people import KNOWLEDGE, verdicts

FILES = sorted((data_folder() / "scenarios").glob("*.yaml"))


@pytest.fixture(scope="module")
def results() -> dict[tuple[str, str], pathway.Result]:
    return {(file.stem, guidance): pathway.explain(file, guidance) for file in FILES for guidance in ("page", "nice")}


def test_every_option_applies_somewhere_but_ultrasound(results: dict[tuple[str, str], pathway.Result]) -> None:
    applying = Counter(
        option for result in results.values() for option, verdict in verdicts(result).items() if verdict == "applies"
    )
    assert set(KNOWLEDGE.options) - set(applying) == {"therapeutic-ultrasound"}


def test_page_and_nice_give_different_verdicts_on_five_options(results: dict[tuple[str, str], pathway.Result]) -> None:
    pairs = [(results[file.stem, "page"], results[file.stem, "nice"]) for file in FILES]
    differing = {o for page, nice in pairs for o in KNOWLEDGE.options if page.options[o].verdict != nice.options[o].verdict}
    assert {"tens", "spinal-traction", "soft-tissue-mobilisation", "epidural-steroid-injection"} <= differing
    assert "prescription-pain-medication" in differing
