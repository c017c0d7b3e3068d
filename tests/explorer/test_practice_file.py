"""The one file of a set, in a real browser without network: it works, axe finds nothing, and it tells what the rules tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from pathway.practice.commitment import Commitment
from pathway.practice.feedback_words import feedback_blocks
from pathway.practice.practice import the_practice
from pathway.practice.single_file import single_file
from pathway.practice.stage import Stage
from tests.explorer.axe import violations
from tests.people import PLACES

pytestmark = pytest.mark.browser

PRACTICE = the_practice()
CASES = PRACTICE.new_set(7, 3)
STAGES = [stage for case in CASES.cases for stage in PRACTICE.stages(case)]
KEY = PRACTICE.pathway.knowledge.options[STAGES[0].case.options[0]].name
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture
def page(browser: BrowserContext, tmp_path: Path) -> Iterator[Page]:
    """The file, opened on a phone without network."""
    assert browser.browser
    offline = browser.browser.new_context(offline=True, viewport={"width": 390, "height": 800})
    file = tmp_path / "practice.html"
    file.write_text(single_file(CASES, PRACTICE), encoding="utf-8")
    page = offline.new_page()
    requests = list[str]()
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: requests.append(str(error)))
    page.goto(file.as_uri())
    yield page
    assert requests == [file.as_uri()], "no outside request, and no error"
    offline.close()


def test_the_file_works_without_a_server_and_axe_finds_nothing_in_either_theme(page: Page) -> None:
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert violations(page) == []
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("status")).to_have_text("Choose a place on the pathway and both reasons first.")
    page.get_by_role("checkbox", name="Does the skin between the legs feel numb or odd?").check()
    page.get_by_role("button", name="Ask these").click()
    expect(page.get_by_role("row", name="Saddle numbness")).to_be_visible()
    for group in ("Where does the case belong?", "What decides that?", f"What decides that for {KEY}?"):
        page.get_by_role("group", name=group, exact=True).get_by_role("radio").first.check()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("heading", name="What this case teaches")).to_be_visible()
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Next case").click()
    expect(page.get_by_role("heading", level=2, name="Case 2 of 3")).to_be_focused()
    expect(page.get_by_role("button", name="Next visit")).to_have_count(0)  # it comes after the decision on this one


def random_play(stage: Stage, random: Random) -> tuple[dict[str, Any], Commitment, tuple[str, ...]]:
    """Any commitment after any questions: as the file has it, and as the rules have it."""
    asked = tuple(name for name in stage.askable if random.random() < random.choice((0.0, 0.2, 1.0)))
    place, reason, why = (random.randrange(len(each)) for each in (PLACES, stage.reasons, stage.option_reasons))
    ticks = [random.randrange(2) for _ in stage.case.options]
    applies = tuple(name for name, tick in zip(stage.case.options, ticks, strict=True) if tick)
    route, step = PLACES[place]
    rules = {"reason": stage.reasons[reason], "option_reason": stage.option_reasons[why]}
    commitment = Commitment(route=route, step=step, applies=applies, **rules)
    return {"place": place, "reason": reason, "why": why, "applies": ticks}, commitment, asked


def test_the_file_tells_of_every_choice_what_the_rules_tell(page: Page) -> None:
    random = Random(13)
    for at, stage in enumerate(STAGES):
        plays = [random_play(stage, random) for _ in range(30)]
        texts = page.evaluate(
            "([at, plays]) => plays.map(([play, asked]) => practice.blocks(practice.data.visits[at], play, asked))",
            [at, [(play, asked) for play, _, asked in plays]],
        )
        expected = [feedback_blocks(stage, commitment, asked) for _, commitment, asked in plays]
        assert texts == [[json.loads(block.model_dump_json()) for block in blocks] for blocks in expected]
