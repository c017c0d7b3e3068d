"""The page as it is sent, for every bundled scenario: every field of a result is on it, or one click away, and escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

import pathway
from explorer.links.address import scenarios
from explorer.markup.html import Html, el, on_lines
from explorer.pages.explore import ask_next as asking
from explorer.pages.explore.drawers import drawer_content
from explorer.pages.explore.foundations import TRACE_DRAWER
from explorer.pages.explore.frame import scenario_section
from explorer.pages.explore.glossary_popovers import glossary_popovers
from explorer.pages.explore.ladder import ladder
from explorer.pages.explore.layout import explore
from explorer.pages.explore.verdicts import PROVISIONAL, SO_FAR, badge_of, badges_of, reading_markers
from explorer.pages.explore.view import NOT_ASKED, NOT_KNOWN, View, view_of
from explorer.paper.sheet import print_sheet
from pathway.links.link import LinkCodec
from pathway.scenarios.walk import State, new_walk
from tests.explorer.conftest import ROOT, shown
from tests.explorer.native import html, opened

KNOWLEDGE = pathway.load()


def text(markup: str) -> str:
    """The words in markup; a term that is explained stays in its sentence."""
    markup = re.sub(r'<button type="button" class="term"[^>]*>([^<]*)</button>', r"\1", markup)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def view(state: State) -> View:
    """A state, explained."""
    return view_of(state)


def sentences(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a result that is written for people, with its key."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from sentences(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from sentences(inner, key)
    elif isinstance(value, str) and key not in {
        "title",
        "verdict",
        "says",
        "route",
        "step",
        "checked",
        "basis",
        "finding",
        "guidance",
    }:
        yield key, value


DIFFER = ("driver-eight-weeks", "potter-numb-shin", "courier-cauda-equina")
"""Scenarios whose other reading is shown too; that of all the others in `make soak`."""
READ = [(name, "page") for name in scenarios()] + [
    pytest.param(name, "nice", marks=[] if name in DIFFER else pytest.mark.soak) for name in scenarios()
]


@pytest.mark.parametrize("state", [State(), new_walk(scenarios()["driver-eight-weeks"].answers)], ids=["nothing", "a case"])
def test_streamlit_shows_what_the_layout_makes(state: State) -> None:
    assert shown(state) == explore(view(state)).assembled()


@pytest.mark.parametrize(("name", "guidance"), READ)
def test_every_field_of_a_result_is_on_the_page(name: str, guidance: str) -> None:
    state = new_walk(scenarios()[name].answers, guidance)
    current = view(state)
    page = explore(current).assembled()
    drawers = [drawer_content(current, part) for part in (*current.result.options, TRACE_DRAWER)]
    words = text("".join([page, *drawers]))
    for key, value in sentences(current.result.model_dump(mode="json")):
        written = current.finding_label(value) if key in {"deciding", "ask_next", "open"} else value
        written = current.title(value) if key == "possible" else written
        if key not in {"statement", "ask_next", "possible"}:
            assert " ".join(written.split()) in words, (key, value)
    assert scenarios()[name].title in words
    assert all(badge_of(current, option).words in text(page) for option in current.result.options.values())
    assert all(contrast in text(page) for option in current.result.options.values() for contrast in option.contrasts)
    for finding in current.result.ask_next:
        assert f'href="#q-{finding}"' in page or f'data-finding="{finding}"' in page


def test_each_difference_of_the_readings_is_on_a_line_of_its_own() -> None:
    """On the chip, on paper and on the slide; on a badge of its own in the list."""
    current = view(new_walk({"nerve_pain": "one_side"}))
    name = next(name for name, option in current.result.options.items() if len(option.contrasts) > 1)
    lines = on_lines(current.result.options[name].contrasts)
    assert lines.count("<br>") == len(current.result.options[name].contrasts) - 1
    assert f'class="positions">{lines}<' in explore(current).assembled()
    assert lines in print_sheet(current)


@pytest.mark.parametrize("left", [1, 2])
def test_the_button_that_says_no_counts_the_questions_that_are_left(left: int) -> None:
    group = next(group for group in KNOWLEDGE.groups if group.is_safety_group)
    names = [finding.id for finding in KNOWLEDGE.findings.values() if finding.group == group.id]
    asked = {name: KNOWLEDGE.findings[name].benign_answer for name in names[left:]}
    card = text(asking.next_question(view(new_walk({"region": "low_back", "nerve_pain": "one_side"} | asked))))
    assert (str(group.none_of_these) in card, "one by one" in card) == (left > 1, left > 1)
    assert (asking.NO_TO_THE_LAST in card, "Or choose an answer:" in card) == (left == 1, left == 1)


def test_a_provisional_verdict_is_marked_as_provisional() -> None:
    page = shown(new_walk({"region": "low_back"}))
    assert "conservative care so far" in page.lower() and "Would apply (provisional)" in page
    assert not re.search(r'class="badge v-applies"', page)


def test_the_ultrasound_caveat_is_seen_without_a_click() -> None:
    caveat = KNOWLEDGE.recommendations["ultrasound-no-longer-advised"].because
    for state in (State(), *(new_walk(found.answers) for found in scenarios().values())):
        assert caveat in text(explore(view(state)).assembled().split('id="caveat"')[1].split("</section>")[0])


def test_every_question_starts_with_not_known() -> None:
    page = shown()
    for finding in KNOWLEDGE.findings.values():
        question = page.split(f'id="q-{finding.id}"')[1].split("</fieldset>")[0]
        assert NOT_ASKED in question or NOT_KNOWN in question
        chosen = re.findall(r'value="([^"]*)"[^>]* checked', question)
        assert chosen == ([] if finding.whole else [""])
    assert not re.search(r'id="none-[^"]*"[^>]* checked', page)


def test_a_condition_says_once_whether_it_is_met() -> None:
    shown = text(drawer_content(view(new_walk(scenarios()["driver-eight-weeks"].answers)), TRACE_DRAWER))
    assert 'Not met: "injection before surgery" is switched off (it is on)' in shown
    assert "Met: an injection is possible" in shown and "possible (possible)" not in shown


def test_a_red_flag_takes_over() -> None:
    page = shown(new_walk({"saddle_numbness": "present"}))
    assert 'role="alert"' in page and "The ladder is on hold" in page
    assert "What it may mean" in page and "What to do" in page
    assert page.index('id="takeover"') < page.index('id="ask"') < page.index('class="ladder')


def test_an_emergency_says_that_safety_questions_are_open() -> None:
    words = "Still ask the other safety questions"
    alone = view(new_walk({"saddle_numbness": "present"}))
    assert (
        not alone.result.ask_next
        and words in text(asking.next_question(alone))
        and "All questions that matter" not in text(asking.next_question(alone))
    )
    flags = [finding for group in alone.flag_groups for finding in alone.findings_of(group) if finding.answers]
    answered = {finding.id: finding.benign_answer for finding in flags}
    whole = view(new_walk({**answered, "saddle_numbness": "present"}))
    assert not whole.result.ask_next and words not in text(asking.next_question(whole))
    assert words not in text(asking.next_question(view(State())))


def test_the_page_says_where_sources_differ() -> None:
    page = shown(new_walk(scenarios()["joiner-both-legs"].answers))
    assert "Where sources differ" in page


def test_a_bad_link_shows_a_message_and_a_new_scenario() -> None:
    page = shown("2_<script>alert(1)</script>")
    assert "This link can’t be used" in page and "All cases" in page
    assert "<script" not in page


def test_an_old_link_says_that_the_result_may_differ() -> None:
    other = LinkCodec(KNOWLEDGE.model_copy(update={"hash": "0123456789ab"}))
    page = text(shown(other.encode(new_walk({"region": "neck"}))))
    assert "0123456789ab" in page and KNOWLEDGE.hash in page and "may differ" in page


def test_text_is_escaped() -> None:
    assert el("p", "<b>&", Html("<i></i>"), title='"') == '<p title="&quot;">&lt;b&gt;&amp;<i></i></p>'


def test_a_fault_in_the_knowledge_shows_the_error_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty() -> None:
        raise pathway.Unusable([pathway.Fault("data/labels.yaml", 3, "needs a <title>")])

    monkeypatch.setattr(pathway, "load", faulty)
    page = shown()
    assert "The knowledge can’t be used" in page and "data/labels.yaml:3: needs a &lt;title&gt;" in page
    assert "Traceback" not in page


def test_an_exception_shows_the_error_page_and_logs_only_its_place(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(f"{2 + 3} answers")

    monkeypatch.setattr("explorer.instrument.page.view_of", broken)
    page = shown()
    assert "This page can’t be shown" in page and "5 answers" not in page and "Start again" in page
    log = "\n".join(caplog.messages)
    assert "ZeroDivisionError" in log and "in broken" in log and "5 answers" not in log


def test_no_view_holds_a_clinical_word() -> None:
    """Words come from the knowledge: names of options and answers appear in no view."""
    words = {option.name.lower() for option in KNOWLEDGE.options.values()} | {"ultrasound", "cauda", "nsaid_", "herniation"}
    for path in Path(ROOT / "explorer").glob("*.py"):
        code = path.read_text(encoding="utf-8").lower()
        assert not [word for word in words if re.search(rf"\b{re.escape(word)}\b", code)], path.name


def test_the_button_beside_show_differences_says_what_it_stops() -> None:
    section = scenario_section(replace(view(new_walk({"region": "low_back"})), compare_link="saved"))
    assert section.index("Show differences") < section.index("Stop comparing</button>")


def test_a_verdict_that_is_not_firm_says_why_when_pointed_at() -> None:
    """So far: an answer could change it. Provisional: a safety question is unanswered."""
    page = explore(view(new_walk({"region": "low_back"}))).assembled()
    assert f'title="{SO_FAR}"' in page and f'title="{PROVISIONAL}"' in page
    assert "Would apply so far" in page and "Would apply (provisional)" in page
    firm = explore(view(new_walk(scenarios()["driver-eight-weeks"].answers))).assembled()
    assert PROVISIONAL not in firm


BOTH = "Page: yes. NICE: do not offer."


def test_where_the_page_and_nice_differ_both_are_said_and_nothing_applies_in_green() -> None:
    current = view(new_walk(scenarios()["driver-eight-weeks"].answers))
    rung = ladder(current)["rung-conservative"]
    row = next(part for part in rung.split('<div class="row ') if 'id="chip-tens"' in part)
    assert row.startswith("v-differs") and "Page and NICE differ" in row and BOTH in row
    assert [badge.words for badge in badges_of(current, current.result.options["tens"])] == [BOTH]


def test_under_nice_the_verdict_stands_beside_both_positions() -> None:
    current = view(new_walk(scenarios()["driver-eight-weeks"].answers, "nice"))
    verdict, positions = badges_of(current, current.result.options["tens"])
    assert (verdict.shape, positions.words) == ("not_advised", f"Changed. {BOTH}")


def test_a_verdict_is_marked_as_changed_only_where_nice_has_made_it() -> None:
    driver = dict(scenarios()["driver-eight-weeks"].answers)
    fragile = {**driver, "fragile_bones": "present"}
    made, not_made = view(new_walk(driver, "nice")), view(new_walk(fragile, "nice"))
    traction = made.result.options["spinal-traction"]
    assert traction.verdict == "not_advised" and reading_markers(made, traction)
    held = view(new_walk({**driver, "saddle_numbness": "present"}, "nice"))
    assert not reading_markers(held, held.result.options["tens"])
    for current in (made, not_made, held):
        for name, option in current.result.options.items():
            other = current.with_guidance("page").result.options[name].verdict
            assert option.verdict != other or not reading_markers(current, option), name


SOURCED = new_walk(scenarios()["driver-eight-weeks"].answers | {"recent_spinal_procedure": "present"})


def test_a_source_link_opens_on_click_without_a_referrer() -> None:
    found = view(SOURCED)
    markup = "".join(
        [
            explore(found).assembled(),
            drawer_content(found, "tens"),
            html(opened("sources")),
            glossary_popovers(),
            print_sheet(found),
        ]
    )
    links = re.findall(r'<a href="(https?://[^"]*)"([^>]*)>', markup)
    assert {address for address, _ in links} >= {source.address for source in KNOWLEDGE.sources.values() if source.address}
    assert all('target="_blank"' in rest and 'rel="noreferrer noopener"' in rest for _, rest in links)
    assert not re.search(r'(src|action|srcset|ping|data)="https?://', markup)


def test_an_unsourced_flag_is_marked_as_weaker_than_a_guideline() -> None:
    words = text(explore(view(SOURCED)).assembled())
    flag = words.partition("may be a bleed or an abscess.")[2]
    assert flag.index(KNOWLEDGE.label("unsourced").says) < flag.index("Unsourced")
    assert "[unsourced]" in text(print_sheet(view(SOURCED)))


def test_sources_that_differ_are_shown_for_rules_cautions_and_assumptions() -> None:
    found = view(new_walk(scenarios()["driver-eight-weeks"].answers, "nice"))
    assert "Where sources differ: Manchester says six weeks" in text(drawer_content(found, "specialist-assessment"))
    assert "Where sources differ: The NHS says to ask first" in text(drawer_content(found, "tens"))
    assert "Where sources differ: NICE says to consider an injection" in text(explore(found).assembled())
