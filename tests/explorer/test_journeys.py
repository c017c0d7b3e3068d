"""Journeys in a real browser: what a person asks and answers, with mouse, keyboard and phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.explorer.conftest import Opens, answer, back, link

pytestmark = pytest.mark.browser


def test_a_red_flag_takes_over_and_back_undoes_it(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    answer(page, "saddle_numbness", "present")
    takeover = page.get_by_role("alert")
    expect(takeover).to_contain_text("Emergency")
    expect(takeover).to_contain_text("What to do")
    expect(takeover).to_be_in_viewport()
    expect(page.locator("#none-cauda-equina")).to_be_disabled()
    back(page)
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    expect(page.locator("#a-saddle_numbness-absent")).to_be_checked()
    page.go_forward()
    expect(takeover).to_be_visible()


def test_answers_faster_than_the_page_are_all_kept(opens: Opens) -> None:
    page = opens()
    wanted = ["bladder_or_bowel_change", "saddle_numbness", "cord_signs", "major_trauma", "suspected_cancer", "fragile_bones"]
    page.evaluate("names => names.forEach(name => document.getElementById(`a-${name}-absent`).click())", wanted)
    expect(page.locator(".strip")).to_contain_text("13 safety questions are open")
    for name in wanted:
        expect(page.locator(f"#a-{name}-absent")).to_be_checked()


def test_explore_can_be_used_by_keyboard_alone(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    page.locator("#chip-tens").focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="TENS")
    expect(drawer).to_contain_text("All rules and their conditions")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.locator("#chip-tens")).to_be_focused()
    page.locator("#reading-page").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#reading-nice")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".row", has=page.locator("#chip-tens"))).to_contain_text("Not advised")
    page.locator("#a-pain_severity-moderate").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#a-pain_severity-severe")).to_be_focused()


def test_a_drawer_has_its_name_before_it_is_filled(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    named = page.locator("button[data-open]:not(.option-row *)").evaluate_all("""all => all.map((one) => {
      one.click();
      const title = document.getElementById("drawer-title").textContent.trim();
      document.querySelector("dialog").close();
      return [one.dataset.open, title];
    })""")
    assert len(named) > 20 and [name for name, title in named if not title] == []


@pytest.mark.soak  # the focus goes on: test_first_visit.py
def test_asking_next_by_keyboard_keeps_the_place(opens: Opens) -> None:
    page = opens()
    page.locator("#ask-none-cauda-equina").focus()
    page.keyboard.press("Enter")
    title = page.locator("#ask-title")
    expect(title).to_have_text("Spinal cord, nerves, heart, lungs and blood vessels")
    expect(title).to_be_focused()


@pytest.mark.soak
def test_a_phone_shows_the_sentence_and_the_ladder_first(opens: Opens) -> None:
    page = opens(width=390, height=844)
    expect(page.locator(".strip")).to_be_in_viewport()
    expect(page.locator(".stairs li").last).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Share")).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    expect(page.get_by_role("button", name="Share")).to_be_in_viewport()


def test_a_phone_shows_the_result_before_long_lists(opens: Opens) -> None:
    page = opens(link("gardener-nothing-asked"), width=390, height=844)
    expect(page.locator(".step-card h2")).to_be_in_viewport()
    expect(page.locator("#questions > div")).to_be_hidden()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    page.locator("#questions > summary").click()
    answer(page, "suspected_vascular", "present")
    expect(page.locator("#takeover-title")).to_be_in_viewport()


def test_switching_guidance_shows_both_positions_and_keeps_the_focus_in_sight(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    row = page.locator("#row-tens")
    expect(row.locator(".verdict-line")).to_contain_text("Page: yes. NICE: do not offer.")
    expect(row.locator(".verdict-line .badge")).to_have_count(1)  # both in one, so in one size; no "applies" beside it
    page.locator("#open-tens").focus()
    page.evaluate("document.getElementById('reading-nice').click()")
    expect(page.locator("#group-not_advised #row-tens")).to_have_count(1)
    expect(page.locator("#group-not_advised > summary")).to_be_focused()


def test_a_bundled_scenario_then_start_over_and_clear(opens: Opens) -> None:
    page = opens()
    page.get_by_role("button", name="All cases").click()
    page.get_by_role("dialog").get_by_role("button", name="A driver whose leg pain persists").click()
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    page.get_by_role("button", name="Start over").click()
    expect(page.get_by_text("New scenario")).to_be_visible()
    expect(page.locator("#undo")).to_have_count(0)  # the case is still in the list
    answer(page, "region", "neck")
    expect(page).to_have_url(re.compile("s="))
    page.get_by_role("button", name="Clear everything").click()
    expect(page.locator(".strip")).to_contain_text("18 safety questions are open")
    expect(page.locator("#message")).to_contain_text("Close this tab too")
    expect(page).to_have_url(re.compile(r"^[^?]*$"))


def test_ones_own_answers_that_are_replaced_can_be_brought_back(opens: Opens) -> None:
    page = opens()
    answer(page, "region", "neck")
    for replaced_by in ("#case-driver-eight-weeks", "button[data-do=restart]"):
        page.locator(replaced_by).click()
        expect(page.locator("#message")).to_contain_text("The earlier answers were replaced.")
        page.locator("#undo").click()
        expect(page.locator("#a-region-neck")).to_be_checked()
        expect(page.locator("#undo")).to_have_count(0)


def test_an_empty_scenario_shows_the_introduction_and_cannot_be_pinned(opens: Opens) -> None:
    page = opens()
    expect(page.locator(".opening")).to_contain_text("our interpretation of the clinic’s page")
    expect(page.locator("#keep")).to_have_count(0)
    stood = page.locator("#status").bounding_box()
    page.get_by_role("button", name="Neck, not along a nerve").click()
    expect(page.locator("#keep")).to_be_visible()
    assert page.locator("#status").bounding_box() == stood


def test_a_bundled_scenario_has_no_introduction_and_points_to_the_print_button(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    expect(page.locator(".opening")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator(".on-paper")).to_be_visible()
    assert page.locator(".explorer").inner_text().strip() == page.locator(".on-paper").inner_text().strip()


@pytest.mark.soak
def test_an_assumption_is_changed_and_reset(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    field = page.locator("#v-conservative-trial-weeks")
    field.fill("12")
    field.press("Tab")
    expect(page.get_by_role("heading", level=2, name="Conservative care", exact=True)).to_be_visible()
    page.get_by_role("button", name="Reset to 6").click()
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    expect(field).to_have_value("6")


@pytest.mark.soak
def test_visits_are_added_and_each_can_be_reopened(opens: Opens) -> None:
    page = opens(link("gardener-first-days"))
    page.locator("#later-same").click()
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    expect(page.locator("#walk")).to_contain_text("Epidural steroid injection")
    at = page.url
    page.locator("#visit-0").click()
    expect(page.get_by_role("heading", level=2, name="Conservative care", exact=True)).to_be_visible()
    expect(page.locator("#visit-1")).to_be_visible()
    expect(page).not_to_have_url(at)  # it is written a moment after the paint
    back(page)
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    page.reload()
    expect(page.locator("#visit-1")).to_have_attribute("aria-current", "true")


def test_a_changed_scenario_keeps_its_name_without_layout_shift(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    place = "document.querySelector('.ladder-box').getBoundingClientRect().top"
    before = page.evaluate(place)
    answer(page, "numbness", "present")
    expect(page.locator(".scenario-title")).to_contain_text(
        "A driver whose leg pain persists after eight weeks of treatment, changed"
    )
    assert page.evaluate(place) == before
    page.get_by_role("button", name="Start over").click()
    expect(page.locator(".scenario-title")).to_have_text("New scenario")


@pytest.mark.soak
def test_a_message_about_a_file_stays_until_the_next_action(opens: Opens) -> None:
    page = opens()
    page.locator("#pick").click()
    expect(page.get_by_role("dialog")).to_contain_text("A gardener")
    page.locator("#file").set_input_files({"name": "a.yaml", "mimeType": "text/yaml", "buffer": b"answers: {region: nek}"})
    expect(page.locator("#message")).to_contain_text("did you mean neck?")
    page.locator("#how").click()
    expect(page.get_by_role("dialog")).to_contain_text("The route")
    page.keyboard.press("Escape")
    answer(page, "region", "neck")
    expect(page.locator("#message")).to_have_text("")


@pytest.mark.soak
@pytest.mark.parametrize("width", [1280, 390])
def test_a_link_to_a_place_far_below_reaches_it(opens: Opens, width: int) -> None:
    page = opens(link("driver-eight-weeks"), width=width)
    page.get_by_role("link", name="When to get help").click()
    page.evaluate("async () => { for (let left = 60; left; left--) await new Promise(requestAnimationFrame); }")
    expect(page.locator("#safety-net")).to_be_in_viewport()


@pytest.mark.soak  # each visit by itself: test_visits_and_pages.py
def test_five_visits_ask_again_and_never_lose_a_sign(opens: Opens) -> None:
    page = opens(link("gardener-first-days"))
    standing, again = page.locator("#status"), page.locator("#nothing-new-ask")
    page.locator("#later-same").click()
    expect(page.locator("#visit-1")).to_contain_text("6 weeks later: same")
    expect(standing).to_contain_text("Provisional")
    again.click()
    expect(standing.get_by_role("heading", level=2, name="Injection", exact=True)).to_be_visible()
    expect(again).to_have_count(0)
    page.locator("#later-worse").click()
    expect(page.locator("#visit-2")).to_contain_text("12 weeks after visit 1")
    expect(again).to_be_visible()
    answer(page, "saddle_numbness", "present")
    expect(standing).to_contain_text("Emergency")
    expect(page.locator(".visits > li").last.locator(".badge").first).to_have_text("Emergency")
    page.locator("#later-better").click()
    expect(standing).to_contain_text("Ask again: Saddle numbness, at visit 3: present.")
    expect(page.locator("#q-saddle_numbness")).to_contain_text("At visit 3: present. Ask again.")
    answer(page, "saddle_numbness", "absent")
    page.locator("#nothing-new-panel").click()
    expect(standing.get_by_role("heading", level=2, name="Conservative care", exact=True)).to_be_visible()
    page.locator("#mark-conservative_care-helped").click()
    page.locator("#later-better").click()
    page.locator("#nothing-new-ask").click()
    expect(standing.get_by_role("heading", level=2, name="Recovery", exact=True)).to_be_visible()
    expect(page.locator("#q-symptom_weeks")).to_contain_text("Answered at visit 1, with the weeks since then added")
    expect(page.locator("#a-symptom_weeks")).to_have_value("24")


def test_back_restores_an_answer_and_its_dependent_answers(opens: Opens) -> None:
    page = opens(link("retired-miner-old-foot-drop"))
    weeks = page.locator("#a-weakness_weeks").input_value()
    assert weeks
    answer(page, "weakness", "none")
    expect(page.locator("#a-weakness_weeks")).to_have_value("")
    answer(page, "weakness", "severe")
    expect(page.get_by_role("alert")).to_contain_text("Emergency")
    expect(page.locator("#a-weakness_weeks")).to_have_value("")
    back(page)
    back(page)
    expect(page.locator("#a-weakness-severe")).to_be_checked()
    expect(page.locator("#a-weakness_weeks")).to_have_value(weeks)
