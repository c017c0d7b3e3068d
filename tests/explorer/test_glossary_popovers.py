"""Terms of the glossary: each is a button at its first mention in a text, and what it means opens beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

import pathway
from explorer.instrument.component import ASSETS
from explorer.markup.html import Html, el
from explorer.pages.explore.glossary_popovers import glossary_popovers, with_glossary, with_popovers
from pathway.knowledge.lint.glossary import texts
from tests.explorer.axe import violations
from tests.explorer.conftest import Theme

KNOWLEDGE = pathway.load()
TEXTS = sorted(set(texts(KNOWLEDGE)))
STYLE = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in ("base.css", "terms.css"))


def terms_in(markup: str) -> list[tuple[str, str]]:
    """Of each button the term and the words that it shows."""
    return re.findall(r'popovertarget="term-([^"]+)">([^<]+)</button>', markup)


def test_text_around_and_in_a_term_is_escaped() -> None:
    assert with_glossary("<b>TENS</b> & 'more'").startswith("&lt;b&gt;<button")
    assert with_glossary("<b>TENS</b> & 'more'").endswith("</button>&lt;/b&gt; &amp; &#x27;more&#x27;")


def test_markup_is_left_as_it_is() -> None:
    assert with_glossary(el("p", "TENS")) == Html("<p>TENS</p>")


def test_the_longest_form_is_taken() -> None:
    assert terms_in(with_glossary("neurogenic claudication from central stenosis")) == [
        ("neurogenic-claudication", "neurogenic claudication"),
        ("stenosis", "central stenosis"),
    ]


def test_only_the_first_mention_of_a_term_is_a_button_in_whatever_form() -> None:
    assert terms_in(with_glossary("An NSAID. NSAIDs, TENS and anti-inflammatories.")) == [("nsaid", "NSAID"), ("tens", "TENS")]


@pytest.mark.parametrize("words", ["Tense muscles", "ladders and bladder", "anti-opioids", "opioids-free", "tens_risk", "", "<>"])
def test_a_term_inside_a_longer_word_is_not_marked(words: str) -> None:
    assert terms_in(with_glossary(words)) == []


@pytest.mark.parametrize("words", ["tens", "TENS.", "(TENS)", "TENS's", "‘TENS’", "before/TENS"])
def test_a_whole_word_is_a_term_in_any_case_and_beside_any_mark(words: str) -> None:
    assert [term for term, _ in terms_in(with_glossary(words))] == ["tens"]


def test_a_term_across_a_line_break_is_marked() -> None:
    assert terms_in(with_glossary("a disc\n  herniation")) == [("disc-herniation", "disc\n  herniation")]


def test_every_text_of_the_knowledge_keeps_its_words() -> None:
    assert len(TEXTS) > 500
    assert all(unescape(re.sub(r"<[^>]*>", "", with_glossary(text))) == text for text in TEXTS)


def test_no_term_stands_in_an_attribute_or_in_another_button() -> None:
    for text in TEXTS:
        markup = with_glossary(text)
        assert all(re.fullmatch(r'<button type="button" class="term" popovertarget="term-[a-z0-9-]+">|</button>', tag)
                   for tag in re.findall(r"<[^>]*>", markup)), text  # fmt: skip
        assert "<button" not in re.sub(r"<button[^>]*>[^<]*</button>", "", markup)


def test_every_term_has_one_popover_and_every_button_opens_one() -> None:
    ids = re.findall(r' id="(term-[^"]+)"', glossary_popovers())
    assert ids == [f"term-{name}" for name in KNOWLEDGE.terms]
    assert {f"term-{term}" for text in TEXTS for term, _ in terms_in(with_glossary(text))} == set(ids)


def test_a_popover_has_citations_with_evidence_levels() -> None:
    cited = [term for term in KNOWLEDGE.terms.values() if term.cites]
    assert cited
    sure = "|".join(KNOWLEDGE.label(word).title for word in ("primary", "secondary", "unchecked"))
    assert len(re.findall(rf"\(({sure})\)", glossary_popovers())) == sum(len(term.cites) for term in cited)


Shows = Callable[..., Page]


@pytest.fixture
def shows(browser: BrowserContext) -> Iterator[Shows]:
    """A small page with a text in it, in the explorer's style."""
    pages = list[Page]()

    def showing(width: int = 1280, theme: Theme = "light", drawer: bool = False) -> Page:
        page = browser.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 700})
        words = el("p", with_glossary("Care of a slipped disc, with spinal traction and, at the right edge, cauda equina signs."))
        held = el("dialog", with_popovers(words), aria_label="A drawer") if drawer else words
        main = el("main", el("h1", "Terms"), held, el("button", "After", type="button"), class_="explorer")
        body = Html(main.replace("</main>", f"{glossary_popovers()}</main>"))
        opens = '<script>document.querySelector("dialog")?.showModal()</script>'
        page.set_content(
            f'<!doctype html><html lang="en-GB" data-theme="{theme}"><title>Terms</title><style>{STYLE}'
            f"body {{ background: var(--bg); height: 200vh }}</style><body>{body}{opens}</html>"
        )
        return page

    yield showing
    for page in pages:
        page.close()


def inside(page: Page, meaning: Locator) -> bool:
    """Whether all of it is inside the window."""
    box, window = meaning.bounding_box(), page.viewport_size
    assert box and window
    return box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= window["width"] and box["y"] + box["height"] <= 700


@pytest.mark.browser
@pytest.mark.parametrize(
    ("key", "width", "theme"),
    [("Enter", 1280, "light"), pytest.param("Enter", 390, "light", marks=pytest.mark.soak), ("Space", 390, "dark")],
)
def test_a_key_opens_a_popover_and_escape_returns_the_focus(shows: Shows, key: str, width: int, theme: Theme) -> None:
    page = shows(width, theme)
    assert violations(page) == []
    for name in ("slipped disc", "traction", "cauda equina signs"):
        term, meaning = page.get_by_role("button", name=name), page.get_by_role("note")
        term.focus()
        page.keyboard.press(key)
        expect(meaning).to_be_visible()
        expect(meaning).to_be_focused()
        assert inside(page, meaning)
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(meaning).to_be_hidden()
        expect(term).to_be_focused()


@pytest.mark.browser
def test_a_click_closes_a_popover_and_tab_continues_after_the_term(shows: Shows) -> None:
    page = shows()
    term, meaning = page.get_by_role("button", name="cauda equina signs"), page.get_by_role("note")
    term.click()
    expect(meaning).to_contain_text("is an emergency")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="After")).to_be_focused()
    term.click()
    expect(meaning).to_be_hidden()
    term.click()
    expect(meaning).to_be_visible()
    page.get_by_role("heading").click()
    expect(meaning).to_be_hidden()


@pytest.mark.browser
def test_a_popover_moves_with_its_term(shows: Shows) -> None:
    page = shows()
    page.get_by_role("button", name="traction").click()
    meaning = page.get_by_role("note")
    before = meaning.bounding_box()
    page.evaluate("scrollTo(0, 20)")
    page.wait_for_function(
        "before => document.querySelector(':popover-open').getBoundingClientRect().y === before - 20", arg=before and before["y"]
    )


@pytest.mark.browser
def test_escape_closes_a_popover_before_its_drawer(shows: Shows) -> None:
    page = shows(390, drawer=True)
    drawer, meaning = page.get_by_role("dialog"), page.get_by_role("note")
    for _ in range(2):
        drawer.get_by_role("button", name="traction").press("Enter")
        expect(meaning).to_be_focused()
        assert inside(page, meaning)
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(meaning).to_be_hidden()
        expect(drawer).to_be_visible()
        expect(drawer.get_by_role("button", name="traction")).to_be_focused()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
