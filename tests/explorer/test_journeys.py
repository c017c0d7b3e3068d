"""Journeys in a real browser: what a person sees and does, with mouse, keyboard and phone."""

from __future__ import annotations

import re
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
    answer(page, "injection", "not_tried")
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
    expect(page).to_have_url(re.compile("s="))
    page.get_by_role("button", name="Clear everything").click()
    expect(page.get_by_text("0 of 37 answered")).to_be_visible()
    expect(page).to_have_url(re.compile(r"^[^?]*$"))


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
    ink = {
        theme: opens(theme=theme).locator(".explorer").evaluate("one => getComputedStyle(one).color")
        for theme in ("light", "dark")
    }
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


def test_the_time_is_walked_and_every_visit_can_be_gone_back_to(opens: Opens) -> None:
    page = opens(link("gardener-first-days"))
    page.locator("#later-same").click()
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    expect(page.locator("#walk")).to_contain_text("Epidural steroid injection")
    page.locator("#visit-0").click()
    expect(page.get_by_role("heading", level=2, name="Conservative care", exact=True)).to_be_visible()
    expect(page.locator("#visit-1")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    page.reload()
    expect(page.locator("#visit-1")).to_have_attribute("aria-current", "true")


def test_every_page_keeps_the_scenario_and_axe_finds_nothing(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    pages = page.get_by_role("navigation", name="Pages")
    for name in ("Rules", "Source", "Compare"):
        pages.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        assert violations(page) == []
    page.get_by_role("combobox").select_option("gardener-first-days")
    page.get_by_role("button", name="Compare with it").click()
    expect(page.get_by_role("heading", name="A: A gardener")).to_be_visible()
    pages.get_by_role("link", name="Rules").click()
    page.get_by_role("searchbox").fill("tens-on-numb-skin")
    expect(page.locator("#found")).to_have_text("1 found")
    pages.get_by_role("link", name="Explore").click()
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()


def test_presenting_goes_forwards_and_back_by_keyboard(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    page.locator(".explorer h1").click()
    page.keyboard.press("p")
    expect(page.locator("#status")).to_be_visible()
    expect(page.locator(".ladder-box")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ladder-box")).to_be_visible()
    expect(page.locator("#status")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#status")).to_be_visible()
    expect(page.locator("#present")).to_be_focused()


def test_a_scenario_file_is_opened_and_a_bad_or_huge_one_is_refused_with_words(opens: Opens) -> None:
    page = opens()

    def upload(content: str) -> None:
        page.locator("#pick").click()
        page.locator("#file").set_input_files({"name": "mine.yaml", "mimeType": "text/yaml", "buffer": content.encode()})

    upload("answers: {region: nek}")
    expect(page.locator("#message")).to_contain_text("did you mean neck?")
    upload("x" * 3_000_000)
    expect(page.locator("#message")).to_contain_text("larger than 100 kB")
    upload("title: Mine\nanswers: {region: neck}")
    expect(page.locator("#a-region-neck")).to_be_checked()


def test_the_link_is_shared(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    page.locator("#share").click()
    expect(page.get_by_role("dialog")).to_contain_text("carries the answers")
    expect(page.locator("#link")).to_have_value(page.url)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the project, to break or to look into."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for name in ("app.py", "pathway", "explorer", "data", "static", ".streamlit"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


def test_a_fault_in_the_knowledge_is_a_calm_message(opens: Opens, copied: Path, tmp_path: Path) -> None:
    labels = copied / "data" / "labels.yaml"
    labels.write_text(labels.read_text(encoding="utf-8").replace("title: Applies", "titel: Applies"), encoding="utf-8")
    with serving(copied, tmp_path / "log") as address:
        page = opens("/", at=address)
        expect(page.get_by_role("heading", level=1)).to_have_text("The knowledge can’t be used")
        expect(page.get_by_role("main")).to_contain_text("data/labels.yaml:2")
        assert violations(page) == []


def test_no_answer_is_written_to_a_log_or_a_disk(opens: Opens, copied: Path, tmp_path: Path) -> None:
    path = link("driver-eight-weeks")
    token = path.split("=")[1]
    with serving(copied, tmp_path / "log") as address:
        page = opens(path, at=address)
        answer(page, "numbness", "present")
        expect(page).to_have_url(re.compile(r"^(?!.*" + re.escape(token) + ")"))
        assert page.request.get(f"{address}/print?s={token}").ok
    answers = token.split("~")[-1]
    written = [tmp_path / "log", *(one for one in copied.rglob("*") if one.is_file() and one.suffix != ".pyc")]
    assert not [one for one in written if answers.encode() in one.read_bytes() or b"~p~" in (tmp_path / "log").read_bytes()]
