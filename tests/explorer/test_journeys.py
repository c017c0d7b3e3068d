"""Journeys in a real browser: what a person sees and does, with mouse, keyboard and phone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.explorer.conftest import ROOT, Opens, link, serving

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


def answer(page: Page, finding: str, value: str) -> None:
    """Answers a question in the list."""
    page.locator(f"#a-{finding}-{value}").check()


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong."""
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations")
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def test_from_the_first_visit_to_a_step(opens: Opens) -> None:
    page = opens()
    expect(page.get_by_role("heading", name="Conservative care, unless …")).to_be_visible()
    expect(page.get_by_text("Provisional:")).to_be_visible()
    ask = page.locator("#ask")
    for _ in range(5):
        title = ask.get_by_role("heading", level=2).inner_text()
        one = ask.locator("[data-do=none], [data-value=absent]").first
        one.click()
        expect(ask.get_by_role("heading", level=2)).not_to_have_text(title)
    for finding, value in {"pregnancy": "not_pregnant", "inflammatory_pattern": "absent", "other_explanation": "absent"}.items():
        answer(page, finding, value)
    answer(page, "region", "low_back")
    page.locator("#a-age").fill("45")
    page.locator("#a-age").press("Tab")
    answer(page, "nerve_pain", "one_side")
    answer(page, "numbness", "absent")
    answer(page, "course", "persisting")
    expect(page.get_by_text("Stepped care. No red flag")).to_be_visible()
    answer(page, "conservative_care", "not_started")
    expect(page.get_by_role("heading", level=2, name="Conservative care", exact=True)).to_be_visible()
    expect(page.locator(".rung[aria-current=step]")).to_contain_text("Stands here")


def test_a_red_flag_takes_over_and_back_undoes_it(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    answer(page, "saddle_numbness", "present")
    takeover = page.get_by_role("alert")
    expect(takeover).to_contain_text("Emergency")
    expect(takeover).to_contain_text("What to do")
    expect(takeover).to_be_in_viewport()
    expect(page.locator("#none-cauda-equina")).to_be_disabled()
    page.go_back()
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    expect(page.locator("#a-saddle_numbness-absent")).to_be_checked()
    page.go_forward()
    expect(takeover).to_be_visible()


def test_answers_given_faster_than_the_page_follows_are_all_kept(opens: Opens) -> None:
    page = opens()
    wanted = ["bladder_or_bowel_change", "saddle_numbness", "cord_signs", "major_trauma", "suspected_cancer", "fragile_bones"]
    page.evaluate("names => names.forEach(name => document.getElementById(`a-${name}-absent`).click())", wanted)
    expect(page.locator("#questions > summary")).to_contain_text(f"{len(wanted)} of")
    for name in wanted:
        expect(page.locator(f"#a-{name}-absent")).to_be_checked()


def test_keyboard_alone(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the result")).to_be_focused()
    page.locator("#chip-tens").focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="TENS")
    expect(drawer).to_contain_text("condition by condition")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.locator("#chip-tens")).to_be_focused()
    page.locator("#reading-page").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#reading-nice")).to_be_focused()
    expect(page.locator(".row", has=page.locator("#chip-tens"))).to_contain_text("Not advised")
    page.locator("#a-numbness-absent").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#a-numbness-present")).to_be_focused()


def test_asking_next_by_keyboard_keeps_the_place(opens: Opens) -> None:
    page = opens()
    page.locator("#ask-none-cauda-equina").focus()
    page.keyboard.press("Enter")
    title = page.locator("#ask-title")
    expect(title).to_have_text("Spinal cord and weakness")
    expect(title).to_be_focused()


def test_a_phone_shows_the_verdict_and_what_to_ask_before_any_long_list(opens: Opens) -> None:
    page = opens(width=390, height=844)
    expect(page.locator("#status")).to_be_in_viewport()
    expect(page.locator("#ask-title")).to_be_in_viewport()
    expect(page.locator("#questions > div")).to_be_hidden()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    page.locator("#questions > summary").click()
    answer(page, "suspected_vascular", "present")
    expect(page.locator("#takeover-title")).to_be_in_viewport()


def test_the_reading_is_switched_and_both_are_said(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    card = page.locator("#card-tens")
    expect(card.locator(".verdict-line")).to_contain_text("The page says yes, NICE says do not offer.")
    sizes = card.locator(".verdict-line .badge").evaluate_all("all => all.map(one => getComputedStyle(one).fontSize)")
    assert len(sizes) == 2 and len(set(sizes)) == 1
    page.locator("#reading-nice").check()
    expect(card.locator(".verdict-line")).to_have_text("Not advised")


def test_a_scenario_to_start_from_then_start_over_and_clear(opens: Opens) -> None:
    page = opens()
    page.get_by_role("button", name="Choose a scenario").click()
    page.get_by_role("button", name="A driver whose leg pain persists").click()
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    page.get_by_role("button", name="Start over").click()
    expect(page.get_by_text("A new scenario")).to_be_visible()
    answer(page, "region", "neck")
    expect(page).to_have_url(lambda url: "s=" in url)
    page.get_by_role("button", name="Clear everything").click()
    expect(page.get_by_text("0 of 37 answered")).to_be_visible()
    expect(page).to_have_url(lambda url: "s=" not in url)


def test_an_assumption_is_varied(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    field = page.locator("#v-conservative-trial-weeks")
    field.fill("12")
    field.press("Tab")
    expect(page.get_by_role("heading", level=2, name="Conservative care", exact=True)).to_be_visible()
    page.get_by_role("button", name="Back to 6").click()
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    expect(field).to_have_value("6")


def test_a_number_that_can_not_be_is_answered_with_words(opens: Opens) -> None:
    page = opens()
    page.locator("#a-age").fill("300")
    page.locator("#a-age").press("Tab")
    expect(page.locator("#message")).to_contain_text("from 0 to 120")


def test_the_theme_follows_the_device(opens: Opens) -> None:
    ink = {theme: opens(theme=theme).locator(".explorer").evaluate("one => getComputedStyle(one).color") for theme in ("light", "dark")}
    assert ink == {"light": "rgb(18, 37, 43)", "dark": "rgb(232, 240, 241)"}


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing(opens: Opens, width: int, theme: str) -> None:
    page = opens(link("driver-eight-weeks"), width=width, theme=theme)
    assert violations(page) == []
    page.locator("#chip-tens").click()
    expect(page.get_by_role("dialog")).to_contain_text("condition by condition")
    assert violations(page) == []
    page.goto(page.url.split("?")[0] + link("courier-cauda-equina")[1:])
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    page.goto(page.url.split("?")[0] + "?s=nonsense")
    expect(page.locator("#message")).to_contain_text("This link can’t be used")
    assert violations(page) == []


def test_a_fault_in_the_knowledge_is_a_calm_message_and_nothing_is_logged(opens: Opens, tmp_path: Path) -> None:
    for name in ("app.py", "pathway", "explorer", "data", "static", ".streamlit"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    labels = tmp_path / "data" / "labels.yaml"
    labels.write_text(labels.read_text(encoding="utf-8").replace("title: Applies", "titel: Applies"), encoding="utf-8")
    with serving(tmp_path) as address:
        page = opens("/", at=address)
        expect(page.get_by_role("heading", level=1)).to_have_text("The knowledge can’t be used")
        expect(page.get_by_role("main")).to_contain_text("data/labels.yaml:2")
        assert violations(page) == []
