"""The atlas and the line between: what they show is so, in every example that they open."""

from __future__ import annotations

import re

import pytest

import pathway
from explorer.links.address import scenarios, state_from_link, view_of
from explorer.pages.atlas import WORK_NAME, atlas, percent
from explorer.pages.atlas_query import AtlasQuery, fixed_answers, query_from_address
from pathway.scenarios.walk import State, new_walk
from tests.explorer.test_explore_page import text

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


def test_every_example_has_the_result_of_its_percentage() -> None:
    shares = re.findall(r'href="\./\?s=([^"]*)"[^>]* class="share v-([^"]*)"', page(AtlasQuery(fixed="all")) + page(AtlasQuery()))
    assert len(shares) > 20
    for token, shape in shares:
        assert (result(token).step or "on_hold") == shape


def test_counts_on_the_ladder_have_no_scenario_off_it() -> None:
    assert "v-on_hold" in page(AtlasQuery(fixed="all")) and "v-on_hold" not in page(AtlasQuery())


def test_a_verdict_has_examples_too() -> None:
    shares = re.findall(r'href="\./\?s=([^"]*)"[^>]* class="share v-([^"]*)"', page(AtlasQuery("course", "cause", "laminectomy")))
    assert {shape for _, shape in shares} >= {"applies", "not_indicated", "later"}
    for token, shape in shares:
        assert result(token).options["laminectomy"].verdict == shape


def test_boundary_pairs_differ_in_one_answer() -> None:
    pairs = re.findall(r'href="\./compare\?s=([^&]*)&amp;t=([^"]*)"', page(LINE))
    assert len(pairs) > 3
    for other, one in pairs:
        answers = [state_from_link(token)[0].answers for token in (one, other)]
        assert sum(answers[0][name] != answers[1][name] for name in answers[0]) == 1
        assert [result(one).step, result(other).step] == ["conservative", "injection"]


def test_like_the_current_one_keeps_its_other_answers() -> None:
    driver = view_of(new_walk(scenarios()["driver-eight-weeks"].answers))
    kept = fixed_answers(driver, AtlasQuery(fixed="this"))
    assert kept["region"] == "low_back" and "conservative_weeks" not in kept and "pain_severity" not in kept


def test_the_page_says_while_it_is_counting() -> None:
    shown = atlas(view_of(State()), AtlasQuery()).assembled()
    assert f'data-wait="{WORK_NAME}"' in shown and "Counting" in text(shown)


def test_the_query_survives_the_address() -> None:
    assert query_from_address(LINE.encoded, KNOWLEDGE) == LINE


@pytest.mark.parametrize(
    "written",
    ["", "x", "age.age.step.all..", "age.<b>.step.all..", "age.course.nothing.all..", "age.course.step.some..", "." * 500],
)
def test_an_invalid_query_becomes_the_default(written: str) -> None:
    assert query_from_address(written, KNOWLEDGE) == AtlasQuery()


def test_an_invalid_boundary_is_refused() -> None:
    assert "there is no step" in text(page(AtlasQuery(from_value="<b>", to_value="surgery")))
    assert "is given twice" in text(page(AtlasQuery(from_value="surgery", to_value="surgery")))


@pytest.mark.parametrize(
    ("count", "total", "words"), [(1, 1, "all"), (1, 1000, "under 1 %"), (999, 1000, "over 99 %"), (1, 3, "33 %")]
)
def test_a_share_is_never_rounded_to_0_or_100_percent(count: int, total: int, words: str) -> None:
    assert percent(count, total) == words
