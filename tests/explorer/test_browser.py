"""The pages in a real browser: what axe-core finds, the theme, sharing, files, faults, and what is kept."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.explorer.axe import violations
from tests.explorer.conftest import ROOT, Opens, answer, link
from tests.explorer.serving import PATIENCE, free_port, serving

pytestmark = pytest.mark.browser


INK = {"light": "rgb(18, 37, 43)", "dark": "rgb(232, 240, 241)"}


# Every page, size and theme: test_axe_grid.py.
def test_axe_finds_nothing_on_a_light_desk_and_in_a_drawer(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    expect(page.locator(".explorer")).to_have_css("color", INK["light"])  # the theme is the device's
    assert violations(page) == []
    page.locator("#chip-tens").click()
    expect(page.get_by_role("dialog")).to_contain_text("All rules and their conditions")
    assert violations(page) == []


def test_axe_finds_nothing_on_a_dark_phone_with_a_red_flag_or_a_bad_link(opens: Opens) -> None:
    page = opens(link("courier-cauda-equina"), width=390, theme="dark")
    expect(page.locator(".explorer")).to_have_css("color", INK["dark"])
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    page.goto(page.url.split("?")[0] + "?s=nonsense")
    expect(page.locator("#message")).to_contain_text("This link can’t be used")
    assert violations(page) == []


def test_a_scenario_file_opens_and_a_bad_or_huge_one_is_refused(opens: Opens) -> None:
    page = opens()

    def upload(content: str) -> None:
        page.locator("#pick").click()
        page.locator("#file").set_input_files({"name": "mine.yaml", "mimeType": "text/yaml", "buffer": content.encode()})

    upload("answers: {region: nek}")
    expect(page.locator("#message")).to_contain_text("did you mean neck?")
    upload("x" * 300_000)
    expect(page.locator("#message")).to_contain_text("larger than 100 kB")
    upload("title: Mine\nanswers: {region: neck}")
    expect(page.locator("#a-region-neck")).to_be_checked()


def test_the_link_is_shared(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    page.locator("#share").click()
    expect(page.get_by_role("dialog")).to_contain_text("contains the answers")
    expect(page.locator("#link")).to_have_value(page.url)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the project, to break or to look into."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for name in ("app.py", "pathway", "explorer", "data", ".streamlit"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


@pytest.mark.soak
def test_a_fault_in_the_knowledge_shows_the_error_page(opens: Opens, copied: Path, tmp_path: Path) -> None:
    labels = copied / "data" / "labels.yaml"
    labels.write_text(labels.read_text(encoding="utf-8").replace("title: Applies", "titel: Applies"), encoding="utf-8")
    with serving(copied, tmp_path / "log") as address:
        page = opens("/", at=address)
        expect(page.get_by_role("heading", level=1)).to_have_text("The knowledge can’t be used")
        expect(page.get_by_role("main")).to_contain_text("data/labels.yaml:3")
        assert violations(page) == []


@pytest.mark.soak
def test_a_server_with_new_scripts_reloads_the_page(opens: Opens, copied: Path, tmp_path: Path) -> None:
    port, path = free_port(), link("driver-eight-weeks")
    with serving(copied, tmp_path / "before", port) as address:
        page = opens(path, at=address)
        page.evaluate("document.documentElement.dataset.old = ''")
    with (copied / "explorer" / "assets" / "instrument.js").open("a", encoding="utf-8") as script:
        script.write("// Another edition.\n")
    with serving(copied, tmp_path / "after", port):
        page.locator("#reading-nice").check()  # a tab asks the server nothing before something is done in it
        expect(page.locator("[data-old]")).to_have_count(0, timeout=PATIENCE * 1000)
        expect(page.locator(".explorer h1")).to_have_count(1, timeout=PATIENCE * 1000)
        page.locator("#reading-nice").check()
        expect(page.locator("#group-not_advised #row-tens")).to_have_count(1)
        page.close()


def test_no_answer_is_written_to_a_log_or_a_disk(opens: Opens, copied: Path, tmp_path: Path) -> None:
    path = link("driver-eight-weeks")
    token = path.split("=")[1]
    with serving(copied, tmp_path / "log") as address:
        page = opens(path, at=address)
        answer(page, "numbness", "present")
        expect(page).to_have_url(re.compile(r"^(?!.*" + re.escape(token) + ")"))
        assert page.request.get(f"{address}/print?s={token}").ok
    answers = token.split("_")[-2]  # the last visit, before the check value
    written = [tmp_path / "log", *(path for path in copied.rglob("*") if path.is_file() and path.suffix != ".pyc")]
    assert not [path for path in written if answers.encode() in path.read_bytes() or b"_p0_" in (tmp_path / "log").read_bytes()]


def test_a_drawer_has_the_focus_once_it_is_filled(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    for opener in ("#pick", "#open-tens", "#change-step"):
        page.locator(opener).click()
        expect(page.locator("dialog .drawer-in > div:not(.meaning)")).to_have_count(1)
        expect(page.locator("#drawer-title")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.wait_for_function("!history.state?.drawer")
