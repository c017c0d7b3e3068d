"""The print sheet: its contents, its number of A4 sides, and type large enough to read."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from playwright.sync_api import BrowserContext, Page

import pathway
from explorer.links.address import codes, scenarios
from explorer.pages.explore.view import View, view_of
from explorer.paper.options import deciding_reasons
from explorer.paper.sheet import print_sheet
from pathway.scenarios.walk import State, Trend, new_walk
from tests.explorer.axe import violations
from tests.explorer.conftest import Opens, link
from tests.people import GUIDANCE, KNOWLEDGE

EVERY = [(name, guidance) for name in scenarios() for guidance in GUIDANCE]
USUAL = [("driver-eight-weeks", guidance) for guidance in GUIDANCE] + [(name, "page") for name in list(scenarios())[::2]]
"""Where page and NICE differ, and every other scenario; the rest are soak."""
SHEETS = re.compile(rb"/Type\s*/Page\b")  # Chromium leaves the objects of the sheets uncompressed
MOST_SIDES, WITH_MUCH_OPEN = 2, 3
SMALLEST = 8 / 72 * 96
"""Pixels of CSS: 8pt."""

SIZES = """() => [...document.querySelectorAll("body *")]
  .filter((one) => [...one.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize))"""


SIZE_OF = "(selector) => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"


class FirstOfDecember(date):
    """The day on which the sheet of a test is printed."""

    @classmethod
    def today(cls) -> FirstOfDecember:
        return cls(2026, 12, 1)


def words(view: View) -> str:
    """The text of the sheet."""
    return unescape(re.sub(r"<[^>]+>", "", print_sheet(view).partition("</style>")[2]))


def walked(visits: int, name: str = "gardener-first-days", asked: bool = True) -> State:
    """A walk that goes up the ladder and down again; at each visit what is asked again was `asked`, or not."""
    state, trends = new_walk(scenarios()[name].answers), list[Trend](["same", "worse", "better"])
    for number in range(visits - 1):
        state = state.add_visit(6, trends[number % 3], care=number == 0)
        state = state.answered_as_before() if asked else state
    return state


@pytest.mark.parametrize(
    ("name", "guidance"), [pytest.param(*case, marks=[] if case in USUAL else pytest.mark.soak) for case in EVERY]
)
def test_the_sheet_has_reasons_citations_assumptions_date_and_version(
    name: str, guidance: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.paper.basis.date", FirstOfDecember)
    view = view_of(new_walk(scenarios()[name].answers, guidance))
    text, result = words(view), view.result
    asked = [result.notice, result.knowledge.hash, result.knowledge.edition, "Printed 1 December 2026.", *result.safety_net]
    asked += [view.knowledge.assumptions[name].says for name in result.assumptions]
    for option, found in result.options.items():
        asked += [view.knowledge.options[option].name, *found.contrasts, *(note.text for note in found.notes)]
        asked += [
            part
            for reason in deciding_reasons(found)
            for part in (reason.because, *(citation.locator for citation in reason.citations))
        ]
    asked += [part for flag in result.red_flags for part in (flag.because, flag.do, flag.citations[0].locator)]
    assert [part for part in asked if part not in text] == []
    assert bool(result.red_flags) == (result.route in KNOWLEDGE.off_ladder)


def test_the_sheet_has_cautions_for_later_options_too() -> None:
    view = view_of(new_walk(scenarios()["driver-eight-weeks"].answers))
    text = words(view)
    for found in view.result.options.values():
        assert found.verdict not in ("applies", "later") or all(caution.text in text for caution in found.cautions)


def test_the_sheet_lists_unanswered_questions() -> None:
    text = words(view_of(new_walk(scenarios()["courier-cauda-equina"].answers)))
    assert "Not answered" in text and "Suspected cancer" in text.partition("Not answered")[2]


def test_the_visits_are_listed_with_when_trend_and_step() -> None:
    text = words(view_of(walked(4)))
    assert "The start: Conservative care" in text
    assert "Week 6, same: Injection" in text
    assert "Week 18, better: Conservative care (this sheet)" in text
    assert text.count("(this sheet)") == 1
    assert "Visits" not in words(view_of(walked(1)))


def test_the_sheet_names_carried_answers_and_repeated_questions() -> None:
    text = words(view_of(walked(3, "florist-back-pain-alone", asked=False)))
    assert "Answered at visit 1: age, region" in text and "with the weeks since then added: symptom weeks (now " in text
    flagged = words(
        view_of(new_walk({**scenarios()["driver-eight-weeks"].answers, "cord_signs": "present"}).add_visit(1, "same", True))
    )
    assert "Ask again: Cord signs, at visit 1: present." in flagged
    assert "Answered at visit" not in words(view_of(walked(1)))


def test_off_the_ladder_a_visit_is_listed_by_its_route() -> None:
    assert "The start: Emergency" in words(view_of(walked(2, "courier-cauda-equina")))


@pytest.mark.browser
def test_on_a_phone_a_heading_is_larger_than_the_text_below_it(opens: Opens) -> None:
    page = opens(f"/print{link('driver-eight-weeks')[1:]}", width=390, height=844)
    title, lead, heading, words = (page.evaluate(SIZE_OF, each) for each in ("h1", ".lead", "h2", ".option > p"))
    assert title > lead > words and title > heading > words


def sides(page: Page) -> int:
    """On how many sides Chromium prints the page."""
    return len(SHEETS.findall(page.pdf(format="A4", prefer_css_page_size=True)))


def fits(browser: BrowserContext, address: str, most: int = MOST_SIDES) -> None:
    """So many sides, 8pt at least, nothing for axe-core to find."""
    page = browser.new_page()
    try:
        page.goto(address)
        assert 1 <= sides(page) <= most
        assert min(page.evaluate(SIZES)) >= SMALLEST - 0.01
        assert violations(page) == []
    finally:
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "most"),
    [
        (link("driver-eight-weeks"), MOST_SIDES),
        pytest.param(link("courier-cauda-equina"), MOST_SIDES, marks=pytest.mark.soak),
        pytest.param(link("gardener-nothing-asked", "nice"), WITH_MUCH_OPEN, marks=pytest.mark.soak),
        pytest.param(f"/?s={codes().encode(walked(20))}", MOST_SIDES, marks=pytest.mark.soak),
        pytest.param(f"/?s={codes().encode(walked(20, asked=False))}", WITH_MUCH_OPEN, marks=pytest.mark.soak),
        (f"/?s={codes().encode(walked(20, 'driver-eight-weeks', asked=False))}", WITH_MUCH_OPEN),
        pytest.param(f"/?s={codes().encode(walked(20, 'courier-cauda-equina'))}", MOST_SIDES, marks=pytest.mark.soak),
    ],
    ids=["every option", "a red flag", "all open", "twenty visits", "none asked again", "all that is open", "an emergency"],
)
def test_the_sheet_fits_two_sides_or_three_with_many_open_questions(
    browser: BrowserContext, address: str, path: str, most: int
) -> None:
    fits(browser, f"{address}/print{path[1:]}", most)


@pytest.mark.browser
@pytest.mark.soak
@pytest.mark.parametrize(("name", "guidance"), EVERY)
def test_every_scenario_fits_its_sides(browser: BrowserContext, address: str, name: str, guidance: str) -> None:
    most = WITH_MUCH_OPEN if pathway.explain(scenarios()[name], guidance).provisional else MOST_SIDES
    fits(browser, f"{address}/print{link(name, guidance)[1:]}", most)
