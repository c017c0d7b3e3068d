"""The bundled scenarios: each has its expected route and steps, and together they cover every route, step and verdict."""

from __future__ import annotations

from collections import Counter

import pytest

import pathway
from pathway.knowledge.loader import data_folder
from pathway.knowledge.vocabulary import VERDICTS
from tests.people import KNOWLEDGE, ROUTES, STEPS, verdicts

FILES = sorted((data_folder() / "scenarios").glob("*.yaml"))
RESULTS = {(file.stem, guidance): pathway.explain(file, guidance) for file in FILES for guidance in ("page", "nice")}

EXPECTED = {
    "gardener-first-days": ("stepped_care", "conservative", "conservative"),
    "gardener-nothing-asked": ("undetermined", "undetermined", "undetermined"),
    "driver-eight-weeks": ("stepped_care", "injection", "conservative"),
    "teacher-severe-pain": ("stepped_care", "injection", "injection"),
    "cook-after-injection": ("stepped_care", "surgery", "surgery"),
    "walker-with-stenosis": ("stepped_care", "surgery", "surgery"),
    "tailor-narrow-foramen": ("stepped_care", "surgery", "surgery"),
    "baker-no-cause-yet": ("stepped_care", "surgery", "surgery"),
    "swimmer-recovered": ("stepped_care", "recovery", "recovery"),
    "swimmer-relapsed": ("stepped_care", "conservative", "conservative"),
    "courier-cauda-equina": ("emergency", None, None),
    "joiner-both-legs": ("emergency", None, None),
    "postwoman-foot-drop": ("emergency", None, None),
    "retired-miner-old-foot-drop": ("urgent", None, None),
    "librarian-past-cancer": ("urgent", None, None),
    "student-stiff-mornings": ("other_pathway", None, None),
    "pregnant-pharmacist": ("other_pathway", None, None),
    "cashier-weak-grip": ("emergency", None, None),
    "editor-arm-pain": ("stepped_care", "conservative", "conservative"),
    "cellist-mid-back": ("stepped_care", "conservative", "conservative"),
    "florist-back-pain-alone": ("stepped_care", "conservative", "conservative"),
    "potter-numb-shin": ("stepped_care", "conservative", "conservative"),
    "sailor-unfit": ("stepped_care", "conservative", "conservative"),
    "plumber-declined": ("stepped_care", "conservative", "conservative"),
    "weaver-unanswered-risk": ("stepped_care", "undetermined", "conservative"),
    "dancer-scan-differs": ("stepped_care", "conservative", "conservative"),
    "porter-relief-faded": ("stepped_care", "surgery", "surgery"),
    "runner-relief-faded": ("stepped_care", "injection", "conservative"),
    "roofer-both-legs-numb": ("emergency", None, None),
    "beekeeper-operation-declined": ("stepped_care", "conservative", "conservative"),
    "decorator-on-an-opioid": ("stepped_care", "conservative", "conservative"),
    "signwriter-drooping-eyelid": ("urgent", None, None),
}
"""For each name the route, the step by the page's guidance, and the step by NICE's."""


def test_every_bundled_scenario_is_in_the_table() -> None:
    assert {file.stem for file in FILES} == set(EXPECTED)
    assert len(FILES) >= 16


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_the_scenario_has_its_expected_route_and_steps(name: str, expected: tuple[str, str | None, str | None]) -> None:
    page, nice = RESULTS[name, "page"], RESULTS[name, "nice"]
    assert (page.route, page.step, nice.step) == expected
    assert page.title
    assert page.warnings == ()


def test_every_route_step_and_verdict_occurs() -> None:
    results = RESULTS.values()
    assert {result.route for result in results} == {*ROUTES, "undetermined"}
    assert {result.step for result in results} == {*STEPS, "undetermined", None}
    assert {verdict for result in results for verdict in verdicts(result).values()} == set(VERDICTS)


def test_every_option_applies_somewhere_but_ultrasound() -> None:
    applying = Counter(
        option for result in RESULTS.values() for option, verdict in verdicts(result).items() if verdict == "applies"
    )
    assert set(KNOWLEDGE.options) - set(applying) == {"therapeutic-ultrasound"}


def test_page_and_nice_give_different_verdicts_on_five_options() -> None:
    pairs = [(RESULTS[file.stem, "page"], RESULTS[file.stem, "nice"]) for file in FILES]
    differing = {o for page, nice in pairs for o in KNOWLEDGE.options if page.options[o].verdict != nice.options[o].verdict}
    assert {"tens", "spinal-traction", "soft-tissue-mobilisation", "epidural-steroid-injection"} <= differing
    assert "prescription-pain-medication" in differing
