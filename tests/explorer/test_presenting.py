"""For the wall: slides that say who the person is and what each visit changed, and links for what comes next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

import pathway
from explorer.links.address import codes, scenarios, state_from_link
from explorer.pages.explore.carried_answers import NOTHING_NEW
from explorer.pages.explore.view import view_of
from explorer.present.deck import presentation
from explorer.server.lan_link import LOCAL_ONLY, LanLink, lan_link
from pathway.scenarios.walk import MOST_VISITS, State, new_walk
from tests.explorer.axe import violations
from tests.explorer.conftest import Opens, Theme, link
from tests.explorer.test_every_device import WRAPPED
from tests.explorer.test_result_card import NONE_FITS, no_operation_fits
from tests.explorer.test_visits_and_pages import response
from tests.people import GUIDANCE, STEPS

KNOWLEDGE = pathway.load()
LAN = "http://192.168.1.20:8501/"
NOBODY = LanLink(None, None, LOCAL_ONLY)
NOT_HELPED: dict[str, str | int | None] = {"conservative_care": "not_helped", "injection": "not_helped"}


def scenario(name: str, guidance: str = "page") -> State:
    return new_walk(scenarios()[name].answers, guidance)


def to_surgery() -> State:
    """Three visits: conservative care, the injection, surgery."""
    walk = scenario("gardener-first-days").add_visit(6, "same", care=True).answered_as_before()
    return walk.add_visit(6, "worse", care=True).answered_as_before().answered(NOT_HELPED)


def flagged(state: State) -> State:
    """The same with a sign of cauda equina syndrome at the visit that is shown."""
    return state.answered({"saddle_numbness": "present"})


def twenty_visits() -> State:
    """The most visits, at each of which the safety questions were asked again."""
    state = to_surgery()
    while len(state.visits) < MOST_VISITS:
        state = state.add_visit(1, "same", care=True).answered_as_before()
    return state


@dataclass(frozen=True)
class Seen:
    """A slide as it is read: its number, its title, the place that opens it, its words and the links on it."""

    number: str
    title: str
    anchor: str
    words: str
    links: dict[str, str]


SLIDE = re.compile(r'<section id="slide-\d+"[^>]*aria-label="([^":]+): ([^"]*)"[^>]*>(.*?)</section>', re.DOTALL)
LINK = re.compile(r'<a href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


def text(html: str) -> str:
    """The words of some markup as they are read: each block apart, whatever else is marked in place."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(p|h\d|li|div)>", " ", html))).split())


def document(state: State, room: LanLink = NOBODY) -> str:
    return presentation(view_of(state), room, "present.css", "present.js")


def seen(html: str) -> list[Seen]:
    return list(map(_seen, SLIDE.findall(html)))


def _seen(found: tuple[str, str, str]) -> Seen:
    number, title, inside = found
    place = re.search(r'<h2 id="([^"]+)"', inside)
    links = {text(words): unescape(href) for href, words in LINK.findall(inside)}
    return Seen(number, unescape(title), place[1] if place else "", text(inside), links)


def slides(state: State, room: LanLink = NOBODY) -> list[Seen]:
    return seen(document(state, room))


def titles(state: State) -> list[str]:
    return [slide.title for slide in slides(state)]


def titled(state: State, start: str) -> Seen:
    return next(slide for slide in slides(state) if slide.title.startswith(start))


def followed(state: State, title: str, words: str) -> tuple[State, Seen]:
    """The state to which a link on a slide leads, and the slide at which it opens."""
    address, _, place = next(slide for slide in slides(state) if slide.title.startswith(title)).links[words].partition("#")
    found, message = state_from_link(address.removeprefix("./present?s="))
    assert not message
    return found, next(slide for slide in slides(found) if slide.anchor == place)


def test_the_next_visit_names_care_until_then_only_where_it_had_not_begun() -> None:
    assert "With conservative care until then. How did it go?" in titled(scenario("gardener-first-days"), "Next: visit 2").words
    assert "How did it go until then?" in titled(to_surgery(), "Next: visit 4").words


def test_the_slides_of_three_visits_come_in_order() -> None:
    assert titles(to_surgery()) == [
        "The person",
        "Visit 1: which step now?",
        "Visit 1: Conservative care",
        "Visit 2: which step now?",
        "Visit 2: Injection",
        "What was tried since?",
        "Visit 3: which step now?",
        "Visit 3: Surgery",
        "What applies now (1 of 2)",
        "What applies now (2 of 2)",
        "Surgery: each option and why",
        "What NICE says about these (1 of 3)",
        "What NICE says about these (2 of 3)",
        "What NICE says about these (3 of 3)",
        "Safety net",
        "Next: visit 4",
        *(f"If a sign appears ({number} of 5)" for number in range(1, 6)),
    ]


def test_each_slide_says_its_number_to_a_screen_reader() -> None:
    numbers = [slide.number for slide in slides(to_surgery())]
    assert numbers == [f"{number} of {len(numbers)}" for number in range(1, len(numbers) + 1)]


def test_the_first_slide_says_who_the_person_is_and_not_where_they_stand() -> None:
    words = slides(to_surgery())[0].words
    assert "Age: 45 years" in words and "Symptom weeks: 0 weeks" in words and "Pain severity: moderate" in words
    assert "Safety questions. All are answered with no." in words
    assert "step" not in words and "Surgery" not in words


def test_the_question_names_every_step_and_hides_the_answer() -> None:
    asked = titled(to_surgery(), "Visit 3: which")
    assert all(KNOWLEDGE.label(step).title in asked.words for step in STEPS)
    assert "Visit 3 of 3, 6 weeks later: worse. Week 12" in asked.words
    assert "Conservative care: not helpful; Injection: not helpful" in asked.words
    assert "Current step" not in asked.words and "Why" not in asked.words


def test_the_answer_says_why_what_was_before_and_what_changed() -> None:
    answer = titled(to_surgery(), "Visit 3: Surgery")
    assert "12 weeks: the surgery step" in answer.words
    assert "Why: The trial of conservative care did not settle it." in answer.words
    assert "Before: Injection." in answer.words
    assert (
        "NICE: consider it only in acute and severe sciatica becomes Not indicated. An injection has been tried and did not help."
        in answer.words
    )


def test_an_answer_names_its_references() -> None:
    answer = titled(to_surgery(), "Visit 3: Surgery").words
    assert "References: Our assumption: Stepped ladder; The clinic’s page: radiculopathy closing" in answer


def test_a_step_that_no_option_fits_has_that_as_its_headline() -> None:
    assert NONE_FITS in [slide.title for slide in seen(presentation(no_operation_fits(), NOBODY, "", ""))]


def test_each_operation_says_why_it_is_not_now() -> None:
    words = titled(to_surgery(), "Surgery: each option").words
    assert words.count("the cause is not established") == 3


def test_what_applies_says_where_nice_differs_in_the_same_type() -> None:
    words = [slide.words for slide in slides(scenario("driver-eight-weeks")) if slide.title.startswith("What applies now")]
    assert any("Spinal traction. Page: yes. NICE: do not offer." in said for said in words)


@pytest.mark.parametrize("guidance", GUIDANCE)
def test_the_position_of_nice_on_every_option_that_applies_is_shown(guidance: str) -> None:
    state = scenario("driver-eight-weeks", guidance)
    said = " ".join(slide.words for slide in slides(state) if slide.title.startswith("What NICE says"))
    for name, option in view_of(state).result.options.items():
        if option.verdict == "applies":
            assert KNOWLEDGE.options[name].name in said and all(note.text in said for note in option.notes)


@pytest.mark.parametrize(("guidance", "name"), [("page", "the clinic’s page"), ("nice", "NICE NG59")])
def test_notice_guidance_and_edition_are_on_the_page(guidance: str, name: str) -> None:
    words = text(document(scenario("driver-eight-weeks", guidance)))
    assert KNOWLEDGE.frame.in_short in words and f"Guidance: {name}. Edition {KNOWLEDGE.frame.edition}." in words


def test_a_changed_assumption_is_said_beside_each_answer() -> None:
    state = replace(to_surgery(), assumptions={"surgery-weeks": 20})
    said = [slide.title for slide in slides(state) if "Changed assumptions: surgery weeks 20" in slide.words]
    assert [title.removesuffix(" (1 of 2)") for title in said] == [
        "The person", "Visit 1: Conservative care", "Visit 2: Injection", "Visit 3: Conservative care",
    ]  # fmt: skip


def test_an_emergency_takes_over_its_visit() -> None:
    state = flagged(to_surgery())
    shown = slides(state)
    assert "Visit 3: which step now?" not in titles(state) and not any(slide.title.startswith("What applies") for slide in shown)
    emergency = next(slide for slide in shown if slide.title == "Emergency")
    assert emergency.anchor == "visit-3-answer"
    assert "Saddle numbness: present" in emergency.words and "What to do: Emergency assessment at once" in emergency.words
    assert "The ladder is on hold." in emergency.words


def test_every_slide_has_a_link_to_the_red_flag() -> None:
    head = document(flagged(to_surgery())).partition("<main>")[0]
    assert '<a href="#visit-3-answer" class="takeover r-triangle">' in head and "Visit 3: Emergency" in text(head)
    assert "takeover" not in document(to_surgery())


def test_open_safety_questions_are_asked_before_the_answer_and_make_it_provisional() -> None:
    state = to_surgery().add_visit(4, "worse", care=True)
    shown = titles(state)
    assert shown.index("Ask first: the safety questions (1 of 6)") < shown.index("Visit 4: which step now?")
    answer = titled(state, "Visit 4: Surgery (provisional)")
    assert "safety questions are open." in answer.words
    assert any(title.startswith("Would apply if no open question shows a red flag") for title in shown)


def test_one_link_confirms_that_nothing_is_new() -> None:
    state = to_surgery().add_visit(4, "worse", care=True)
    asked, at = followed(state, "Ask first", NOTHING_NEW)
    assert asked.answers == state.answered_as_before().answers
    assert at.title == "Visit 4: which step now?"


def test_an_earlier_visit_that_was_never_confirmed_can_be_confirmed_later() -> None:
    state = scenario("gardener-first-days").add_visit(6, "same", care=True).add_visit(6, "worse", care=True)
    asked, at = followed(state, "Visit 2: Injection (provisional)", NOTHING_NEW)
    assert at.title == "Visit 2: Injection" and asked.current_visit == 2


def test_links_alone_lead_to_surgery_in_three_visits() -> None:
    state = scenario("gardener-first-days")
    for title, words in (
        ("Next: visit 2", "6 weeks later: The same"),
        ("Ask first", NOTHING_NEW),
        ("Next: visit 3", "6 weeks later: Worse"),
        ("Ask first", NOTHING_NEW),
        ("What was tried since?", "Conservative care: Not helpful"),
        ("What was tried since?", "Injection: Not helpful"),
    ):
        state, _ = followed(state, title, words)
    assert "Visit 3: Surgery" in titles(state)


def test_an_earlier_sign_is_asked_about_again_by_name() -> None:
    state = flagged(to_surgery()).add_visit(1, "same", care=True)
    assert "Ask again: Saddle numbness, at visit 3: present." in titled(state, "Ask first").words


def test_a_group_of_open_questions_has_one_link_that_says_no_to_all() -> None:
    nothing_asked = scenario("gardener-nothing-asked")
    group = next(group for group in KNOWLEDGE.groups if group.is_safety_group)
    asked, at = followed(nothing_asked, "Ask first", f"{group.title}: {group.none_of_these}")
    assert {KNOWLEDGE.findings[name].group for name in asked.answers.keys() - nothing_asked.answers.keys()} == {group.id}
    assert at.title.startswith("Ask first: "), "the other groups are open"


def test_every_sign_of_every_safety_question_has_a_link() -> None:
    safety = {group.id for group in KNOWLEDGE.groups if group.is_safety_group}
    signs = [
        {finding.id: answer}
        for finding in KNOWLEDGE.findings.values()
        if finding.group in safety
        for answer in finding.answers
        if answer != finding.benign_answer
    ]
    state = to_surgery()
    leads = [href for slide in slides(state) if slide.title.startswith("If a sign") for href in slide.links.values()]
    tokens = [href.removeprefix("./present?s=").partition("#")[0] for href in leads]
    named = replace(state, title=scenarios()["gardener-first-days"].title)
    assert tokens == [codes().encode(named.answered(sign)) for sign in signs]


def test_a_sign_opens_the_emergency() -> None:
    found, at = followed(to_surgery(), "If a sign", "Saddle numbness")
    assert found.answers["saddle_numbness"] == "present" and at.title == "Emergency"


@pytest.mark.parametrize("trend", ["better", "same", "worse"])
def test_the_next_visit_opens_at_its_first_slide(trend: str) -> None:
    words = {"better": "Better", "same": "The same", "worse": "Worse"}[trend]
    found, at = followed(scenario("gardener-first-days"), "Next: visit 2", f"6 weeks later: {words}")
    assert [(visit.weeks, visit.trend) for visit in found.visits[1:]] == [(6, trend)]
    assert at.title.startswith("Ask first: ") and "Visit 2" in at.words


def test_a_changed_scenario_keeps_its_name() -> None:
    found, _ = followed(scenario("gardener-first-days"), "Next: visit 2", "6 weeks later: Worse")
    assert view_of(found).name == scenarios()["gardener-first-days"].title


def test_there_is_no_next_visit_after_the_last() -> None:
    assert not any(title.startswith("Next: ") for title in titles(twenty_visits()))


def test_treatments_tried_offer_only_answers_that_can_follow() -> None:
    tried = titled(to_surgery(), "What was tried since?")
    assert "Operation, now: not discussed" in tried.words and "Operation: Declined" in tried.links
    assert "Injection" not in tried.words, "an injection that did not help can't change"


def test_recording_a_treatment_stays_on_its_slide() -> None:
    found, at = followed(to_surgery(), "What was tried since?", "Operation: Declined")
    assert found.answers["operation"] == "declined" and at.title == "What was tried since?"


def test_the_code_leads_to_explore_with_the_same_scenario() -> None:
    token = codes().encode(to_surgery())
    room = slides(to_surgery(), lan_link(token, LAN))[-1]
    assert room.title == "For others in the room" and f"{LAN}?s={token}" in room.words


def test_without_an_address_for_others_there_is_no_code() -> None:
    assert "For others in the room" not in titles(to_surgery())


def test_a_scenario_without_answers_can_be_presented() -> None:
    assert titles(State())[0] == "The person" and "Nothing is known yet." in slides(State())[0].words


def test_the_route_answers_with_the_slides_and_is_not_stored() -> None:
    headers, page = response("/present", codes().encode(to_surgery()))
    assert headers["content-type"].startswith("text/html") and headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert seen(page)[0].title == "The person"


def test_the_route_names_a_style_and_a_script_that_are_served() -> None:
    page = response("/present", "")[1]
    for kind, path in re.findall(r'(href|src)="(explorer-assets/[^"]+)"', page):
        headers, words = response(f"/{path}", "")
        assert "immutable" in headers["cache-control"] and words, kind
    assert page.count('"explorer-assets/') == 2


def test_a_bad_link_says_so_on_the_first_slide() -> None:
    assert "This link can’t be used" in seen(response("/present", "1~<b>")[1])[0].words


def test_an_error_is_a_plain_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("explorer.server.responses.presentation", broken)
    assert response("/present", "")[1] == "This can’t be shown. Nothing was stored."


FITS = """() => {
  const page = document.documentElement, wrong = [];
  if (page.scrollHeight > page.clientHeight || page.scrollWidth > page.clientWidth) wrong.push("the page scrolls");
  const every = [...document.querySelectorAll(".slide")], before = every.filter((slide) => slide.matches(".is-shown"));
  for (const slide of every) slide.classList.add("is-shown"); // each as high as the window leaves it
  for (const slide of every) {
    const { ariaLabel: title, scrollHeight, clientHeight, scrollWidth, clientWidth } = slide;
    if (scrollHeight > clientHeight || scrollWidth > clientWidth) wrong.push(`${title} scrolls`);
    const said = [...slide.querySelectorAll(".body *")].filter((one) => !one.closest(".small, .differs, .room, .sr"));
    const smallest = Math.min(...said.map((one) => parseFloat(getComputedStyle(one).fontSize)));
    if (smallest < innerHeight / 30 - 0.1) wrong.push(`${title} has type of ${smallest} pixels`);
  }
  for (const slide of every) slide.classList.toggle("is-shown", before.includes(slide));
  return wrong;
}"""
"""What of a wall's slides can't be read at once: 24 pixels are the smallest on one of 720."""
STICKS_OUT = """() => {
  for (const slide of document.querySelectorAll(".slide")) slide.classList.add("is-shown");
  const out = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5);
  return out.map((one) => one.outerHTML.slice(0, 80));
}"""
LONG_TITLE = "A made-up person with a long story, as a file may bring one, who comes again and again"
FULL = {
    "all open": scenario("gardener-nothing-asked"),
    "two signs": scenario("courier-cauda-equina"),
    "most answers": scenario("walker-with-stenosis"),
    "each option refused": scenario("potter-numb-shin", "nice"),
    "three visits": to_surgery(),
    "asked again": to_surgery().add_visit(4, "worse", care=True),
    "a red flag": flagged(to_surgery()),
    "after a red flag": flagged(to_surgery()).add_visit(1, "same", care=True).answered({"saddle_numbness": "absent"}),
    "twenty visits": twenty_visits(),
    "assumptions": replace(
        to_surgery(), assumptions={"surgery-weeks": 20, "conservative-trial-weeks": 4, "injection-first": "no"}
    ),
    "a long title": replace(flagged(to_surgery()), title=LONG_TITLE),
    "NICE": replace(to_surgery(), guidance="nice"),
}


def presented(state: State) -> str:
    return f"/present?s={codes().encode(state)}"


@pytest.fixture(scope="module")
def wall(browser: BrowserContext) -> Iterator[Page]:
    """One page for all tests of the slides in a browser."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def shows(wall: Page, address: str) -> Callable[..., Page]:
    """Opens the slides of a state."""

    def showing(state: State, place: str = "", width: int = 1280, height: int = 720, theme: Theme = "light") -> Page:
        wall.set_viewport_size({"width": width, "height": height})
        wall.emulate_media(color_scheme=theme)
        wall.goto(f"{address}{presented(state)}{place}")
        expect(current(wall)).to_be_focused()
        return wall

    return showing


def current(page: Page) -> Locator:
    return page.locator(".slide.is-shown")


def at(page: Page, number: int) -> None:
    """The page shows the slide of this number, and has it in the address and the focus."""
    expect(current(page)).to_have_attribute("aria-label", re.compile(f"^{number} of "))
    expect(page).to_have_url(re.compile(f"#slide-{number}$"))
    expect(current(page)).to_be_focused()
    expect(page.locator(".slide:visible")).to_have_count(1)


FULLEST = {"all open", "asked again", "a long title"}
"""Those with the most on a slide."""


@pytest.mark.browser
@pytest.mark.parametrize("name", [pytest.param(name, marks=[] if name in FULLEST else pytest.mark.soak) for name in FULL])
def test_every_slide_fits_a_wall(shows: Callable[..., Page], name: str) -> None:
    page = shows(FULL[name])
    for width, height in ((1280, 720), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(FITS) == []


@pytest.mark.browser
@pytest.mark.soak
@pytest.mark.parametrize("name", scenarios())
def test_every_slide_of_every_scenario_and_of_three_visits_fits_a_wall(shows: Callable[..., Page], name: str) -> None:
    for guidance in GUIDANCE:
        state = scenario(name, guidance)
        later = state.add_visit(6, "same", care=True).answered_as_before().add_visit(6, "worse", care=True)
        for shown in (state, later, later.answered_as_before()):
            assert shows(shown).evaluate(FITS) == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [pytest.param(390, marks=pytest.mark.soak), 320])
def test_nothing_sticks_out_on_a_phone(shows: Callable[..., Page], width: int) -> None:
    for name in ("asked again", "a red flag", "a long title"):
        assert shows(FULL[name], width=width, height=700).evaluate(STICKS_OUT) == [], name


@pytest.mark.browser
@pytest.mark.parametrize("theme", [pytest.param("light", marks=pytest.mark.soak), "dark"])
def test_no_slide_has_anything_for_axe_to_find(shows: Callable[..., Page], theme: Theme) -> None:
    for name in ("asked again", "a red flag"):
        page = shows(FULL[name], theme=theme)
        assert violations(page) == []
        page.evaluate("document.documentElement.classList.remove('is-turned')")  # all slides at once
        assert violations(page) == []


@pytest.mark.browser
@pytest.mark.soak  # each key: below
def test_a_remote_reaches_every_slide_of_three_visits(shows: Callable[..., Page]) -> None:
    page = shows(to_surgery())
    total = page.locator(".slide").count()
    for number in range(2, total + 1):
        page.keyboard.press("PageDown")
        at(page, number)
    page.keyboard.press("PageDown")
    at(page, total)
    page.keyboard.press("PageUp")
    at(page, total - 1)


@pytest.mark.browser
def test_slides_turn_by_other_keys_and_by_a_click_on_a_translated_word(shows: Callable[..., Page]) -> None:
    page = shows(to_surgery())
    number = 1
    forward, back = ("PageDown", "ArrowRight", "Enter", "Space", "ArrowDown"), ("PageUp", "ArrowLeft", "ArrowUp", "Shift+Space")
    for key, by in {**dict.fromkeys(forward, 1), **dict.fromkeys(back, -1)}.items():
        page.keyboard.press(key)
        number += by
        at(page, number)
    page.keyboard.press("End")
    at(page, page.locator(".slide").count())
    page.keyboard.press("Home")
    at(page, 1)
    page.evaluate(WRAPPED.replace(".explorer", "body"))
    page.get_by_role("button", name="Next").locator("font font").click()
    expect(current(page)).to_have_attribute("aria-label", re.compile("^2 of "))


@pytest.mark.browser
def test_reload_and_back_keep_the_slide(shows: Callable[..., Page]) -> None:
    page = shows(to_surgery())
    every = titles(to_surgery())
    number = every.index("If a sign appears (1 of 5)") + 1
    page.keyboard.press("End")
    for _ in range(len(every) - number):
        page.keyboard.press("PageUp")
    page.reload()
    at(page, number)
    page.get_by_role("link", name="Saddle numbness").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Emergency")
    page.go_back()
    at(page, number)


@pytest.mark.browser
def test_a_link_on_a_slide_is_followed_by_the_keyboard(shows: Callable[..., Page]) -> None:
    page = shows(to_surgery(), "#next")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_contain_text("Ask first: ")
    expect(current(page)).to_be_focused()


@pytest.mark.browser
def test_explore_leads_to_the_slides_and_escape_back_with_the_scenario_as_it_is_now(opens: Opens) -> None:
    page = opens(link("gardener-first-days"))
    page.get_by_role("link", name="Present").click()
    at(page, 1)
    page.goto(f"{page.url.partition('#')[0]}#next")
    page.get_by_role("link", name="6 weeks later: The same").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Ask first: ")
    page.keyboard.press("Escape")
    expect(page.locator("#visit-1")).to_be_visible()
    expect(page.locator(".scenario-title")).to_have_text(scenarios()["gardener-first-days"].title)


@pytest.mark.browser
def test_without_javascript_the_slides_are_one_long_page(browser: BrowserContext, address: str) -> None:
    assert browser.browser
    context = browser.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{presented(to_surgery())}")
    total = page.locator(".slide").count()
    expect(page.locator(".slide:visible")).to_have_count(total)
    expect(page.get_by_role("button")).to_have_count(0)
    page.get_by_role("link", name="End").click()
    expect(page).to_have_url(re.compile(r"/\?s="))
    context.close()


@pytest.mark.browser
def test_printed_slides_are_black_on_white_in_either_theme(shows: Callable[..., Page]) -> None:
    page = shows(to_surgery(), theme="dark")
    page.emulate_media(media="print")
    expect(page.locator(".slide:visible")).to_have_count(page.locator(".slide").count())
    assert page.locator("html").evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="null")


@pytest.mark.browser
def test_chosen_and_main_links_have_edges_in_forced_colours(shows: Callable[..., Page]) -> None:
    page = shows(FULL["asked again"], "#visit-4")
    page.emulate_media(forced_colors="active")
    for name in (NOTHING_NEW, "Saddle numbness"):
        assert page.get_by_role("link", name=name).evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)") >= 1
    page.emulate_media(forced_colors="null")
