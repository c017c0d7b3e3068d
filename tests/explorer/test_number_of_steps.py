"""Pathways with one step and with ten: each passes `check`, explains its cases, and has every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from explorer.links.address import codes, scenarios
from explorer.navigation import NATIVE
from explorer.pages.explore.layout import explore
from explorer.pages.explore.view import view_of
from explorer.paper.sheet import print_sheet
from explorer.present.deck import presentation
from explorer.server.lan_link import lan_link
from pathway.cli.inspections import inspect
from pathway.explanation.pathway import the_pathway
from pathway.knowledge.loader import FOLDER
from pathway.scenarios.walk import State, new_walk
from tests.explorer.axe import violations
from tests.explorer.conftest import ROOT, Opens
from tests.explorer.native import opened, words
from tests.explorer.serving import serving
from tests.steps import with_steps

ONE, TEN = 1, 10
pytestmark = pytest.mark.parametrize("steps", [ONE, TEN])


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    return {number: with_steps(number, tmp_path_factory.mktemp("steps") / "lamp") for number in (ONE, TEN)}


@pytest.fixture(autouse=True)
def folder(steps: int, folders: dict[int, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pathway in use."""
    monkeypatch.setenv(FOLDER, str(folders[steps]))
    return folders[steps]


def after(repairs: int, steps: int) -> State:
    """A lamp on which some of the repairs were tried."""
    tried = {f"tried_{at}": "done" if at <= repairs else "not_yet" for at in range(1, steps + 1)}
    return new_walk({"burning_smell": "absent", **tried})


def test_it_passes_every_check(folder: Path) -> None:
    assert [fault for outcome in inspect(folder) for fault in outcome.faults] == []


def test_each_step_is_reached_one_after_the_other(steps: int) -> None:
    reached = [the_pathway().explain({"answers": dict(after(tried, steps).answers)}).step for tried in range(steps)]
    assert reached == list(the_pathway().knowledge.steps)


def test_the_ladder_paper_and_slides_show_every_step(steps: int) -> None:
    view = view_of(after(steps // 2, steps))
    markup = str(explore(view))
    assert markup.count('class="rung-body"') == steps + 2  # the safety questions, and the options of no step
    assert markup.count(">Current step<") == 1
    assert f"Repair {steps // 2 + 1}" in print_sheet(view)
    assert f"Repair {steps // 2 + 1}" in presentation(view, lan_link(view.token, "http://127.0.0.1/"), "a.css", "a.js")


# The columns of ten steps take seconds to make.
@pytest.mark.parametrize("page", [page for page in NATIVE if page != "population"])
def test_every_page_is_shown(page: str) -> None:
    is_shown(page)


@pytest.mark.soak
def test_the_population_is_shown() -> None:
    is_shown("population")


def is_shown(page: str) -> None:
    page_text = words(opened(page, s=codes().encode(new_walk(scenarios()["first-step"].answers))))
    assert "Lamp explorer" in page_text and "can’t be" not in page_text


@pytest.mark.soak
@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_ladder_holds_on_a_screen_and_a_phone(width: int, steps: int, opens: Opens, tmp_path: Path) -> None:
    with serving(ROOT, tmp_path / "log") as address:
        page = opens(f"/?s={codes().encode(after(steps // 2, steps))}", width=width, at=address)
        expect(page.get_by_text("Current step", exact=True)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        assert violations(page) == []
