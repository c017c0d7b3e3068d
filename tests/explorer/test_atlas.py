"""The atlas and the line between: what they show is so, in every example that they open."""

from __future__ import annotations

import re

import pytest

import pathway
from explorer.links.address import scenarios, state_from_link, view_of
from explorer.pages.atlas import WORK_NAME, atlas, percent
from explorer.pages.atlas_query import AtlasQuery, fixed_answers, query_from_address
from pathway.scenarios.walk import State, started
from tests.explorer.test_pages import text

KNOWLEDGE = pathway.load()
LINE = AtlasQuery(from_value="conservative", to_value="injection")


def page(asked: AtlasQuery, state: State | None = None) -> str:
    """The page, counted."""
    return atlas(view_of(state or State(), pending_work=WORK_NAME), asked).assembled()


def result(token: str) -> pathway.Result:
    """What a link's scenario leads to."""
    state, message = state_from_link(token)
    assert not message
    return view_of(state).result


def test_every_example_leads_where_its_share_says() -> None:
    shares = re.findall(r'href="\./\?s=([^"]*)"[^>]* class="share v-([^"]*)"', page(AtlasQuery(fixed="all")) + page(AtlasQuery()))
    assert len(shares) > 20
    for token, shape in shares:
        assert (result(token).step or "on_hold") == shape


def test_on_the_ladder_nobody_is_off_it() -> None:
    assert "v-on_hold" in page(AtlasQuery(fixed="all")) and "v-on_hold" not in page(AtlasQuery())


def test_a_verdict_has_examples_too() -> None:
    shares = re.findall(r'href="\./\?s=([^"]*)"[^>]* class="share v-([^"]*)"', page(AtlasQuery("course", "cause", "laminectomy")))
    assert {shape for _, shape in shares} >= {"applies", "not_indicated", "later"}
    for token, shape in shares:
        assert result(token).options["laminectomy"].verdict == shape


def test_the_two_sides_of_a_line_differ_in_one_answer() -> None:
    pairs = re.findall(r'href="\./compare\?s=([^&]*)&amp;t=([^"]*)"', page(LINE))
    assert len(pairs) > 3
    for other, one in pairs:
        answers = [state_from_link(token)[0].answers for token in (one, other)]
        assert sum(answers[0][name] != answers[1][name] for name in answers[0]) == 1
        assert [result(one).step, result(other).step] == ["conservative", "injection"]


def test_like_this_one_keeps_its_other_answers() -> None:
    driver = view_of(started(scenarios()["driver-eight-weeks"].answers))
    kept = fixed_answers(driver, AtlasQuery(fixed="this"))
    assert kept["region"] == "low_back" and "conservative_weeks" not in kept and "pain_severity" not in kept


def test_until_it_is_counted_the_page_says_so() -> None:
    shown = atlas(view_of(State()), AtlasQuery()).assembled()
    assert f'data-wait="{WORK_NAME}"' in shown and "Counting" in text(shown)


def test_a_question_stands_in_the_address() -> None:
    assert query_from_address(LINE.encoded, KNOWLEDGE) == LINE


@pytest.mark.parametrize(
    "written",
    ["", "x", "age.age.step.all..", "age.<b>.step.all..", "age.course.nothing.all..", "age.course.step.some..", "." * 500],
)
def test_what_can_not_be_asked_gives_way_to_the_usual_question(written: str) -> None:
    assert query_from_address(written, KNOWLEDGE) == AtlasQuery()


def test_a_line_of_words_that_are_none_is_refused_with_words() -> None:
    assert "there is no step" in text(page(AtlasQuery(from_value="<b>", to_value="surgery")))
    assert "two sides" in text(page(AtlasQuery(from_value="surgery", to_value="surgery")))


@pytest.mark.parametrize(
    ("count", "total", "words"), [(1, 1, "all"), (1, 1000, "under 1 %"), (999, 1000, "over 99 %"), (1, 3, "33 %")]
)
def test_a_share_is_never_shown_as_nothing_or_as_all(count: int, total: int, words: str) -> None:
    assert percent(count, total) == words
