"""A page in parts: each has one place, and whatever is sent, the browser holds the whole page afterwards."""

from __future__ import annotations

import re

import pytest

from explorer.links.address import scenarios
from explorer.markup.html import Html
from explorer.markup.parts import FRAME, PageParts, patch_message, single_part_page, slot
from explorer.pages.explore.layout import explore
from explorer.pages.explore.view import view_of
from pathway.scenarios.walk import State, new_walk
from tests.explorer.conftest import shown

STATES = [State(), *(new_walk(scenario.answers) for scenario in scenarios().values()), State(assumptions={"surgery-weeks": 20})]
STATES.append(STATES[1].add_visit(6, "same", care=True))
PLACES = re.compile('data-part="([^"]*)"')


@pytest.fixture(scope="module")
def explored() -> list[PageParts]:
    """The page of each of these states, with a drawer open."""
    return [explore(view_of(state)).with_part("drawer", Html("one")) for state in STATES]


def places_in(page: PageParts) -> list[str]:
    return [name for _, html in page.named for name in PLACES.findall(html)]


def test_the_page_is_shown_under_one_heading() -> None:
    assert len(re.findall("<h1[^>]*>(.*?)</h1>", shown())) == 1


def test_every_part_has_one_slot(explored: list[PageParts]) -> None:
    for page in explored:
        places = places_in(page)
        assert len(set(places)) == len(places) and set(page.parts) <= set(places)


def test_a_part_comes_after_the_part_with_its_slot(explored: list[PageParts]) -> None:
    for page in explored:
        told = [name for name, _ in page.named]
        for holder, html in page.named:
            assert all(told.index(inner) > told.index(holder) for inner in PLACES.findall(html) if inner in told)


def test_every_slot_is_used_by_some_page(explored: list[PageParts]) -> None:
    assert {place for page in explored for place in places_in(page)} == {name for page in explored for name in page.parts}


def test_every_patch_leaves_the_browser_with_the_whole_page(explored: list[PageParts]) -> None:
    held, before = dict[str, str](), explored[-1]
    held.update(patch_message(before, {}, 1, 0)["parts"])
    for number, page in enumerate(explored, 2):
        held.update(patch_message(page, before.fingerprints, number, number - 1)["parts"])
        parts = {name: Html(html) for name, html in held.items() if name != FRAME}
        assert PageParts(Html(held[FRAME]), parts).assembled() == page.assembled()
        before = page


def test_unchanged_parts_are_not_sent_and_removed_ones_are_emptied() -> None:
    before = PageParts(Html("frame"), {"same": Html("one"), "other": Html("two"), "gone": Html("three")})
    after = PageParts(Html("frame"), {"same": Html("one"), "other": Html("four")})
    assert patch_message(after, before.fingerprints, 3, 2) == {"number": 3, "base": 2, "parts": {"other": "four", "gone": ""}}
    assert patch_message(after, before.fingerprints, 3, 0)["parts"] == {"frame": "frame", "same": "one", "other": "four"}


def test_an_answer_sends_less_than_half_of_the_page_again() -> None:
    driver = new_walk(scenarios()["driver-eight-weeks"].answers)
    before, after = (explore(view_of(state)) for state in (driver, driver.answered({"age": 46})))
    sent = sum(map(len, after.changed_since(before.fingerprints).values()))
    assert 0 < sent < len(after.assembled()) / 2


def test_a_page_of_one_part() -> None:
    assert single_part_page(Html("<p>all</p>")).assembled() == str(slot("page")).replace("></", "><p>all</p></")
