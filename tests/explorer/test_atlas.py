"""The atlas and the boundary: every example that they open has the result that they name, and the address holds the query."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

import pathway
from explorer.links.address import codes, scenarios, state_from_link
from explorer.pages.atlas import columns, marks
from explorer.pages.atlas_query import AtlasQuery, query_from_address
from explorer.pages.explore.view import view_of
from pathway.phrases import percent
from pathway.proof import atlas as pathway_atlas
from pathway.scenarios.walk import State, new_walk
from tests.explorer.conftest import Opens, Theme
from tests.explorer.native import chart_inks, links, opened, ran, token, words

KNOWLEDGE = pathway.load()
USUAL = query_from_address("", KNOWLEDGE)
LINE = replace(USUAL, from_value="conservative", to_value="injection")
DRIVER = token("driver-eight-weeks")
EXAMPLE, PAIR = "Open an example with", "Open the pair that differs in"


def box(test: AppTest, label: str) -> int:
    """The place of the select box with this label."""
    return [found.label for found in test.selectbox].index(label)


def chosen(test: AppTest, label: str, value: object) -> AppTest:
    """The page once this is chosen."""
    test.selectbox[box(test, label)].set_value(value)
    return ran(test)


def result(link: str) -> pathway.Result:
    """What a link's scenario leads to."""
    state, message = state_from_link(link)
    assert not message
    return view_of(state).result


def examples(query: AtlasQuery) -> list[tuple[str, str]]:
    """What each percentage says, and the token of its example."""
    test, found = opened("atlas", a=query.encoded), list[tuple[str, str]]()
    for answers in test.selectbox[box(test, EXAMPLE)].options:
        found += [(label, parameters["s"]) for label, page, parameters in links(chosen(test, EXAMPLE, answers)) if not page]
    return found


def title(word: str) -> str:
    """A result in words, as in a sentence."""
    return KNOWLEDGE.label(word).title.lower()


@pytest.mark.parametrize("fixed", [pytest.param("ladder", marks=pytest.mark.soak), "all"])
def test_every_example_has_the_result_of_its_percentage(fixed: str) -> None:
    found = examples(replace(USUAL, fixed=fixed))
    assert len(found) > 20 and any("off the ladder" in label for label, _ in found) == (fixed == "all")
    for label, link in found:
        step = result(link).step
        assert f"{title(step) if step else 'off the ladder'}: " in label


def test_a_verdict_has_examples_too() -> None:
    found = examples(AtlasQuery("course", "cause", "laminectomy"))
    verdicts = {result(link).options["laminectomy"].verdict for _, link in found}
    assert verdicts >= {"applies", "not_indicated", "later"}
    assert all(f"{title(result(link).options['laminectomy'].verdict)}: " in label for label, link in found)


def test_the_table_and_the_map_have_the_same_numbers() -> None:
    view, counted = view_of(State()), pathway_atlas(KNOWLEDGE, "conservative_weeks", "pain_severity", "step", {})
    drawn = dict[tuple[str, str], list[str]]()
    for mark in marks(view, counted):
        down, _, value = str(mark["row"]).partition(": ")
        drawn.setdefault((down, str(mark["across"])), []).append(f"{mark['share']} {value}")
    rows = list(zip(*columns(view, counted).values(), strict=True))
    assert [(*answers, ", ".join(said)) for answers, said in drawn.items()] == [row for row in rows if row[2] != "Not possible"]
    assert len(drawn["Severe", "2-5 weeks"]) > 1


def test_the_words_beside_the_map_have_the_colour_of_the_page() -> None:
    assert chart_inks(opened("atlas")) == [{"currentColor"}]


LABELS = """() => [...document.querySelectorAll(".st-key-map .role-axis-label text")]
  .filter((label) => label.textContent.endsWith("week") || label.textContent.endsWith("weeks"))
  .map((label) => [label.textContent, getComputedStyle(label).opacity])"""
CONTRASTS = """() => {
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (...colours) => {
    for (const [colour, opacity] of colours) {
      pixel.globalAlpha = opacity;
      pixel.fillStyle = colour;
      pixel.fillRect(0, 0, 1, 1);
    }
    const [red, green, blue] = [...pixel.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const ratio = (one, other) => Math.max(one, other) / Math.min(one, other);
  const page = [getComputedStyle(document.querySelector(".stApp")).backgroundColor, 1];
  const ink = light([getComputedStyle(document.querySelector(".st-key-map .mark-text text")).fill, 1]);
  return [...document.querySelectorAll(".st-key-map .mark-rect path")].map((cell) => {
    const { fill, fillOpacity } = getComputedStyle(cell);
    const ground = light(page, [fill, Number(fillOpacity)]);
    return [Number(/portion: ([\\d.]+)/.exec(cell.ariaLabel)[1]), ratio(ground, light(page)), ratio(ground, ink)];
  });
}"""
"""For each cell of the map: its share, and how it contrasts with the page and with its own words."""


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_largest_share_stands_out_most_and_a_phone_shows_every_label(opens: Opens, theme: Theme) -> None:
    page = opens("/atlas", width=390, theme=theme)
    page.locator(".st-key-map .mark-text text").first.wait_for()
    weeks = ["0 weeks", "1 week", "2-5 weeks", "6 or more weeks"]
    assert page.evaluate(LABELS) == [[label, "1"] for label in weeks]
    shares, on_the_page, under_the_words = zip(*sorted(page.evaluate(CONTRASTS)), strict=True)
    assert shares[-1] > shares[0] and list(on_the_page) == sorted(on_the_page)
    assert min(under_the_words) >= 4.5


def test_boundary_pairs_differ_in_one_answer() -> None:
    test = opened("atlas", a=LINE.encoded)
    findings = test.selectbox[box(test, PAIR)].options
    for finding in findings:
        page, both = next((page, found) for label, page, found in links(chosen(test, PAIR, finding)) if label == "Compare both")
        first, second = (state_from_link(both[name])[0].answers for name in ("t", "s"))
        assert page == "compare" and sum(first[name] != second[name] for name in first) == 1
        assert [result(both[name]).step for name in ("t", "s")] == ["conservative", "injection"]
    assert len(findings) > 4


def test_like_the_current_one_keeps_its_other_answers() -> None:
    here = scenarios()["driver-eight-weeks"].answers
    test = opened("atlas", s=DRIVER, a=replace(USUAL, fixed="this").encoded)
    kept = {name: answer for name, answer in here.items() if name not in (USUAL.across, USUAL.down)}
    found = [state_from_link(parameters["s"])[0].answers for _, page, parameters in links(test) if not page]
    assert found and kept["region"] == "low_back"
    assert all(kept.items() <= dict(answers).items() for answers in found)


def test_a_choice_goes_into_the_address_and_back_changes_it() -> None:
    test = chosen(opened("atlas", s=DRIVER, utm_source="course"), "Across", "age")
    asked = replace(USUAL, across="age").encoded
    assert test.query_params == {"s": DRIVER, "utm_source": "course", "a": asked}
    del test.query_params["a"]
    assert ran(test).selectbox[box(test, "Across")].value == "conservative_weeks"
    assert "Conservative weeks from left to right" in words(test)


def test_another_result_drops_the_boundary_and_other_axes_keep_it() -> None:
    test = chosen(opened("atlas", a=LINE.encoded), "Down", "age")
    assert test.query_params["a"] == replace(LINE, down="age").encoded
    assert chosen(test, "Result", "route").query_params["a"] == replace(USUAL, down="age", subject="route").encoded


def test_choosing_both_results_shows_the_pairs() -> None:
    test = chosen(opened("atlas"), "From", "injection")
    assert PAIR not in [found.label for found in test.selectbox]
    assert PAIR in [found.label for found in chosen(test, "To", "surgery").selectbox]
    assert test.query_params["a"] == replace(USUAL, from_value="injection", to_value="surgery").encoded


def test_one_finding_cannot_be_on_both_axes() -> None:
    test = opened("atlas")
    across, down = (test.selectbox[box(test, label)].options for label in ("Across", "Down"))
    assert "Pain severity" not in across and "Pain severity" in down


def test_the_query_survives_the_address() -> None:
    assert query_from_address(LINE.encoded, KNOWLEDGE) == LINE


@pytest.mark.parametrize(
    "written",
    ["", "x", "age.age.step.all..", "age.<b>.step.all..", "age.course.nothing.all..", "age.course.step.some..", "." * 500],
)
def test_an_invalid_query_becomes_the_default(written: str) -> None:
    assert query_from_address(written, KNOWLEDGE) == USUAL


@pytest.mark.parametrize(
    ("results", "says"), [(("<b>", "surgery"), "there is no step"), (("surgery", "surgery"), "is given twice")]
)
def test_an_invalid_boundary_is_refused_and_the_counts_stay(results: tuple[str, str], says: str) -> None:
    test = opened("atlas", a=replace(USUAL, from_value=results[0], to_value=results[1]).encoded)
    assert says in words(test) and len(test.table) == 1


def test_changed_assumptions_are_shown_and_can_be_reset() -> None:
    varied = replace(new_walk(scenarios()["driver-eight-weeks"].answers), assumptions={"conservative-trial-weeks": 12})
    test = opened("atlas", s=codes().encode(varied))
    assert "conservative trial weeks 12, usually 6" in words(test)
    test.button[0].click()
    assert state_from_link(ran(test).query_params["s"])[0].assumptions == {} and not test.button


@pytest.mark.parametrize(
    ("count", "total", "says"), [(1, 1, "all"), (1, 1000, "under 1%"), (999, 1000, "over 99%"), (1, 3, "33%")]
)
def test_a_share_is_never_rounded_to_0_or_100_percent(count: int, total: int, says: str) -> None:
    assert percent(count, total) == says
