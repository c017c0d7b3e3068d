"""A pathway that is still being written: an option without a rule for a case, or a wrong expectation. The explorer goes on."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from explorer.links.address import codes, scenarios
from explorer.navigation import NATIVE
from explorer.pages.explore.drawers import drawer_content
from explorer.pages.explore.layout import explore
from explorer.pages.explore.view import view_of
from explorer.paper.sheet import print_sheet
from explorer.present.deck import presentation
from explorer.server.lan_link import lan_link
from pathway.knowledge.loader import FOLDER
from pathway.scenarios.walk import new_walk
from tests.explorer.native import opened, words
from tests.pathways import BICYCLE

SAYS = (
    "No rule says anything about “Tighten the cable” and “Centre the brake” with these answers, so nothing is decided "
    "about them. For the author of this pathway: add a recommendation for tighten-cable and centre-brake that holds here, "
    "in bicycle/options/remedies.yaml."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bicycle without the rule that says why adjusting waits, and with an expectation that can't be met."""
    folder = Path(shutil.copytree(BICYCLE, tmp_path_factory.mktemp("gaps") / "bicycle"))
    remedies, expects = folder / "options" / "remedies.yaml", folder / "scenarios" / "courier-squeal.yaml"
    text = re.sub(r"(?ms)^  - id: adjusting-not-yet\n.*?(?=^  - id: |^cautions:)", "", remedies.read_text("utf-8"))
    remedies.write_text(text, "utf-8")
    expects.write_text(expects.read_text("utf-8").replace("route: step_by_step", "route: step_by_stepp"), "utf-8")
    return folder


@pytest.fixture(autouse=True)
def in_use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(folder))


def token(name: str) -> str:
    return codes().encode(new_walk(scenarios()[name].answers))


def test_explore_paper_and_slides_say_which_options_have_no_rule() -> None:
    view = view_of(new_walk(scenarios()["neighbour-rides-on"].answers))
    assert view.message == SAYS and view.result.step == "ride_on"
    assert SAYS in str(explore(view)) and SAYS in print_sheet(view)
    assert SAYS in presentation(view, lan_link(view.token, "http://127.0.0.1/"), "a.css", "a.js")
    for name in (*view.knowledge.options, "decided", "readings"):
        assert drawer_content(view, name)
    assert "A rule is missing" in str(drawer_content(view_of(view.state, pending_work="step"), "step"))


def test_a_case_that_every_rule_covers_says_nothing_of_it() -> None:
    assert view_of(new_walk(scenarios()["courier-squeal"].answers)).message == ""


@pytest.mark.parametrize("page", NATIVE)
def test_every_page_is_still_shown(page: str) -> None:
    page_text = words(opened(page, s=token("neighbour-rides-on")))
    assert SAYS in page_text and "can’t be" not in page_text


def test_practice_and_population_report_a_case_without_a_rule() -> None:
    missing = "No rule says anything about “Tighten the cable” in one of the cases here"
    assert missing in words(opened("practice", p="1.3", n="1"))
    assert missing in words(opened("population"))
