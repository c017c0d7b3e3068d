"""The explorer of another pathway: every page is shown, and nothing of the first one is said."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from explorer.links.address import codes, scenarios
from explorer.pages.explore.drawers import drawer_content
from explorer.pages.explore.layout import explore
from explorer.pages.explore.view import View, view_of
from explorer.pages.knowledge_errors import knowledge_errors
from explorer.paper.sheet import print_sheet
from explorer.present.deck import presentation
from explorer.server.lan_link import lan_link
from pathway import Unusable
from pathway.knowledge.loader import FOLDER, load
from pathway.knowledge.template import TEMPLATE
from pathway.scenarios.walk import State, new_walk
from tests.explorer.native import opened, words
from tests.people import KNOWLEDGE

pytestmark = pytest.mark.usefixtures("query_made_once")

NATIVE = ["compare", "atlas", "population", "practice", "rules", "source", "sources", "about", "changed"]
FIRST = re.compile("NICE|NG59|[Cc]linic|[Nn]erve|[Ii]njection|[Ss]urgery|[Cc]onservative")
"""Words of the first pathway."""


@pytest.fixture(autouse=True)
def another(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small pathway that `pathway new` makes is the one in use."""
    monkeypatch.setenv(FOLDER, str(TEMPLATE))


def views() -> list[View]:
    """Nobody, each of its cases, and a second visit."""
    states = [State(), *(new_walk(case.answers) for case in scenarios().values())]
    return [view_of(state) for state in (*states, states[1].add_visit(6, "same", care=True))]


def shown(view: View) -> str:
    """Everything that Explore, its drawers, the sheet and the slides say."""
    drawers = [str(drawer_content(view, name)) for name in (*view.knowledge.options, "step", "decided", "readings")]
    slides = presentation(view, lan_link(view.token, "http://127.0.0.1/"), "a.css", "a.js")
    markup = " ".join([str(explore(view)), *drawers, print_sheet(view).partition("</style>")[2], slides])
    return re.sub("<[^>]+>", " ", markup)


def test_explore_paper_and_slides_say_nothing_of_the_first_pathway() -> None:
    assert [FIRST.findall(shown(view)) for view in views()] == [[]] * 4


@pytest.mark.parametrize("page", NATIVE)
def test_every_page_is_shown(page: str) -> None:
    content = words(opened(page, s=codes().encode(new_walk(scenarios()["dark-lamp"].answers))))
    assert "Lamp explorer" in content and "can’t be" not in content and not FIRST.findall(content)


@pytest.mark.parametrize("page", ["", "rules"])
def test_where_it_has_faults_its_own_folder_is_named(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(TEMPLATE, tmp_path / "my-lamp"))
    (folder / "labels.yaml").unlink()
    monkeypatch.setenv(FOLDER, str(folder))
    with pytest.raises(Unusable) as refused:
        load()
    content = words(opened(page)) if page else " ".join(knowledge_errors(refused.value.faults))
    assert "The knowledge in my-lamp/ has errors. `pathway check my-lamp` lists them all." in content
    assert "my-lamp/labels.yaml: there is no such file" in content and "data/" not in content and str(tmp_path) not in content


def test_a_pathway_without_red_flags_has_no_section_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tuple(rule for rule in load().rules() if rule.id == "battery-first")
    monkeypatch.setattr("explorer.pages.rules._sections", lambda _: [("Red flags", ()), ("The ladder", rules)])
    content = words(opened("rules"))
    assert "The ladder (1)" in content and "Red flags" not in content and "can’t be" not in content


def test_the_first_pathway_is_shown_again_once_it_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER)
    assert view_of(State()).knowledge is KNOWLEDGE
    assert "driver-eight-weeks" in scenarios()
