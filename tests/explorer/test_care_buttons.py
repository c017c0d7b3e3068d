"""Marking treatments at a visit: tried, helped, not helped, declined, or not known."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext

import pathway
from explorer.instrument.actions import apply
from explorer.instrument.component import ASSETS
from explorer.instrument.session import Session
from explorer.links.address import scenarios
from explorer.markup.html import Html, el
from explorer.markup.icons import sprite
from explorer.markup.parts import PageParts as Parts
from explorer.markup.parts import slot
from explorer.pages.explore.care_buttons import care_buttons
from explorer.pages.explore.view import view_of
from pathway.scenarios.walk import State, new_walk
from tests.explorer.axe import violations

KNOWLEDGE = pathway.load()
START = new_walk(scenarios()["driver-eight-weeks"].answers)
WALK = START.add_visit(6, "same", care=True).add_visit(6, "same", care=True)
TREATMENTS = ("Conservative care", "Exercise programme", "Injection", "Operation")
STYLE = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in ("base.css", "marks.css"))


class Button(NamedTuple):
    """A button as a person meets it, and the event that it tells."""

    id: str
    name: str
    classes: frozenset[str]
    pressed: bool
    event: dict[str, str]


def drawn(state: State) -> str:
    """The rows of a state, as the browser puts them together."""
    return Parts(slot("marks"), care_buttons(view_of(state))).assembled()


def buttons(state: State) -> list[Button]:
    """The buttons of a state."""
    return [_button(*found) for found in re.findall(r"<button([^>]*)>(.*?)</button>", drawn(state))]


def _button(attributes: str, inside: str) -> Button:
    of = {name: unescape(value) for name, value in re.findall(r' ([\w-]+)="([^"]*)"', attributes)}
    event = {name.removeprefix("data-"): value for name, value in of.items() if name.startswith("data-")}
    name = unescape(re.sub(r"<[^>]+>", "", inside))
    return Button(of["id"], name, frozenset(of["class"].split()), of["aria-pressed"] == "true", event)


def pressed(state: State) -> list[str]:
    """The names of the buttons that are pressed."""
    return [button.name for button in buttons(state) if button.pressed]


def marked(state: State, name: str) -> State:
    """After a press on the button of that name."""
    (button,) = (candidate for candidate in buttons(state) if candidate.name == name)
    return apply(state, button.event, Session())


def test_every_answer_of_every_treatment_has_a_button_and_the_weeks_have_none() -> None:
    asked = [finding for finding in KNOWLEDGE.findings.values() if finding.group == "care-so-far"]
    wanted = [(finding.id, answer) for finding in asked if finding.answers for answer in ("", *finding.answers)]
    assert [(button.event["finding"], button.event["value"]) for button in buttons(START)] == wanted
    assert {finding for finding, _ in wanted} == {"conservative_care", "exercise_programme", "injection", "operation"}


def test_each_button_names_treatment_and_answer() -> None:
    names = [button.name for button in buttons(START)]
    assert len(set(names)) == len(names)
    assert {"Injection: Not known", "Injection: Declined", "Injection: Not helpful"} <= set(names)
    assert all(name.startswith(tuple(f"{treatment}: " for treatment in TREATMENTS)) for name in names)


def test_one_button_of_each_treatment_is_pressed() -> None:
    assert pressed(State()) == [f"{treatment}: Not known" for treatment in TREATMENTS]
    assert len(pressed(START)) == len(TREATMENTS)


def test_not_known_comes_first_and_looks_different_from_every_answer() -> None:
    for button in buttons(State()):
        assert ("unknown" in button.classes) == button.name.endswith(": Not known")
    assert all(row.split("<button")[1].count('class="answer unknown') == 1 for row in drawn(START).split('class="mark"')[1:])


def test_the_chosen_button_has_a_tick_as_well_as_a_colour() -> None:
    declined = drawn(marked(START, "Injection: Declined"))
    assert re.search(r'id="mark-injection-declined"[^>]*><svg class="i i-true"', declined)
    assert not re.search(r'id="mark-injection-declined"[^>]*><svg', drawn(START))


@pytest.mark.parametrize("name", [button.name for button in buttons(START)])
def test_a_press_answers_at_the_current_visit_and_a_second_changes_nothing(name: str) -> None:
    once = marked(WALK, name)
    assert name in pressed(once)
    assert marked(once, name) == once
    assert once.visits[:-1] == WALK.visits[:-1]


def test_an_answer_can_be_set_back_to_not_known() -> None:
    known = marked(WALK, "Injection: Helpful with lasting relief")
    assert "injection" not in marked(known, "Injection: Not known").answers


def test_the_visit_is_named() -> None:
    assert "Care so far, at visit 3" in drawn(WALK)


def test_no_care_button_has_the_id_of_a_question() -> None:
    ids = re.findall(r' id="([^"]+)"', drawn(START))
    assert len(set(ids)) == len(ids)
    assert all(name == "marks" or name.startswith("mark-") for name in ids)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), pytest.param(390, "light", marks=pytest.mark.soak), (390, "dark")])
def test_axe_finds_nothing_and_nothing_is_cut(browser: BrowserContext, width: int, theme: str) -> None:
    page = browser.new_page()
    page.set_viewport_size({"width": width, "height": 700})
    shown = el("main", sprite(), el("h1", "A walk"), el("h2", "Visits"), drawn(WALK), class_="explorer")
    style = Html(f"<style>{STYLE} body {{ background: var(--bg) }}</style>")
    page.set_content(f'<!doctype html><html lang="en-GB" data-theme="{theme}"><title>A walk</title>{style}<body>{shown}</html>')
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
