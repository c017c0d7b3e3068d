"""The explorer of another pathway, the bicycle: every page is shown, says nothing of the first pathway, and can be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from explorer.navigation import NATIVE
from pathway.links.link import LinkCodec
from pathway.scenarios.examples import scenario_files
from pathway.scenarios.scenario import scenario_from
from pathway.scenarios.walk import State
from pathway.scenarios.walk_file import state_of
from tests.explorer.axe import violations
from tests.explorer.conftest import ROOT, Opens, Theme, shown
from tests.explorer.native import opened, words
from tests.explorer.serving import serving
from tests.pathways import BICYCLE, pathway_named
from tests.test_every_pathway import OF_THE_FIRST

pytestmark = pytest.mark.usefixtures("query_made_once")

KNOWLEDGE = pathway_named("bicycle").knowledge


@pytest.fixture(autouse=True)
def bicycle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHWAY_DATA", str(BICYCLE))


def token(name: str) -> str:
    """The token of a scenario of the bicycle."""
    return LinkCodec(KNOWLEDGE).encode(state_of(scenario_from(scenario_files(BICYCLE)[name], KNOWLEDGE), KNOWLEDGE, State()))


@pytest.mark.parametrize("page", NATIVE)
def test_every_native_page_is_shown_and_says_nothing_of_the_first_pathway(page: str) -> None:
    page_text = words(opened(page))
    assert KNOWLEDGE.outline.title in page_text
    assert not OF_THE_FIRST.findall(page_text)


@pytest.mark.parametrize("name", ["courier-squeal", "tourist-lever", "nothing-asked"])
def test_explore_shows_a_step_a_red_flag_and_open_questions(name: str) -> None:
    markup = str(shown(token(name)))
    assert KNOWLEDGE.outline.title in markup
    assert not OF_THE_FIRST.findall(markup)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the explorer of the bicycle is served."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATHWAY_DATA", str(BICYCLE))
        with serving(ROOT, tmp_path_factory.mktemp("bicycle") / "log") as address:
            yield address


@pytest.mark.soak
@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["courier-squeal", "tourist-lever"])
def test_axe_finds_nothing_on_any_page(name: str, width: int, theme: Theme, served: str, opens: Opens) -> None:
    wrong = dict[str, list[str]]()
    for path in ("", *NATIVE, "print", "present"):
        page = opens(f"/{path}?s={token(name)}", width=width, theme=theme, at=served)
        (page.get_by_text("Show the verdicts of") if path == "population" else page.get_by_role("heading")).first.wait_for()
        wrong[path] = violations(page)
    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.browser
def test_a_link_of_another_pathway_says_in_the_browser_which_one_it_is_of(opens: Opens, address: str) -> None:
    page = opens(f"/?s={token('courier-squeal')}", at=address)
    expect(page.locator("#message")).to_contain_text(
        "it belongs to another pathway, about a bicycle that brakes badly; this one is"
    )


@pytest.mark.browser
@pytest.mark.soak
def test_the_pages_can_be_used_by_everyone(opens: Opens, tmp_path: Path) -> None:
    with serving(ROOT, tmp_path / "log") as address:
        page = opens(f"/?s={token('courier-squeal')}", at=address)
        expect(page.get_by_role("heading", name="Replace", exact=True)).to_be_visible()
        assert violations(page) == []
        page.get_by_text("The workshop’s handbook").first.click()
        expect(page.get_by_role("heading", name="Workshop", exact=True).first).to_be_visible()
        page.goto(f"{address}/atlas")
        expect(page.get_by_role("heading", name="Atlas")).to_be_visible()
        assert violations(page) == []
