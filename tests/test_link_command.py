"""The command `link`: a scenario as a link and back, notes about links that lost something, and links that are refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from pathway.cli.link import decoded_link
from pathway.cli.main import main
from pathway.errors import Unusable
from pathway.links.codes import code
from pathway.links.link import DecodedLink, LinkCodec, default_codec
from pathway.scenarios.examples import scenario_files
from pathway.scenarios.scenario import scenario_in
from pathway.scenarios.walk import State, new_walk
from pathway.scenarios.walk_file import as_yaml, scenario_of, state_of
from pathway.yaml.document import parse
from tests.people import KNOWLEDGE
from tests.states import TITLES, a_walk
from tests.walks import walks

WALK = """\
title: "A gardener whose leg pain got worse"
guidance: nice
assumptions:
  conservative-trial-weeks: 8
visits:
- answers:
    nerve_pain: one_side
    region: low_back
    symptom_weeks: 8
- after: 6
  course: worsening
  answers:
    injection: unknown
    saddle_numbness: absent
"""


def run(*words: str, text: str = "") -> Result:
    return CliRunner().invoke(main, ["link", *words], input=text)


def link_of(text: str, *words: str) -> str:
    result = run("-", *words, text=text)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.strip()


def held(query: str) -> str:
    result = run("--read", query)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def refused(*words: str) -> str:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.strip()


def file_and_back(state: State) -> State:
    """A state, written as a file and read again."""
    return state_of(scenario_in(parse(as_yaml(scenario_of(state, KNOWLEDGE)), "it.yaml"), KNOWLEDGE), KNOWLEDGE, State())


@given(walks())
def test_every_state_goes_through_link_and_file_and_comes_back_equal(state: State) -> None:
    opened = default_codec().decode(default_codec().encode_always(state)).state
    assert file_and_back(opened) == replace(state, about="")
    assert default_codec().decode(default_codec().encode_always(file_and_back(state))).state == replace(state, about="")


@pytest.mark.parametrize("title", sorted(set(TITLES)))
def test_any_title_goes_through_link_and_file(title: str) -> None:
    state = a_walk(Random(title))
    state = replace(state, current_visit=len(state.visits) - 1, title=title)
    assert file_and_back(default_codec().decode(default_codec().encode_always(state)).state) == state


def test_a_file_is_printed_as_a_link_and_the_link_as_the_file() -> None:
    assert held(link_of(WALK)) == WALK


@pytest.mark.parametrize("name", scenario_files())
def test_a_bundled_scenario_is_printed_as_the_link_that_opens_it(name: str) -> None:
    scenario = scenario_in(parse(scenario_files()[name].read_text("utf-8"), name), KNOWLEDGE)
    query = run(name).stdout.strip()
    assert query == f"?s={default_codec().encode_always(replace(new_walk(scenario.answers), title=scenario.title))}"


def test_arguments_win_over_the_file() -> None:
    said = held(link_of(WALK, "--guidance", "page", "--assume", "surgery-weeks=20"))
    assert "guidance: page\nassumptions:\n  conservative-trial-weeks: 8\n  surgery-weeks: 20\n" in said


def test_the_visit_that_is_looked_at_is_said_because_a_file_does_not_hold_it() -> None:
    result = run("--read", link_of(WALK, "--visit", "1"))
    assert result.stdout == WALK
    assert "This link opens visit 1 of 2, and a file can't say that; write --visit 1 to explain that visit." in result.stderr


FORMS = {
    "the query": "{}", "an address": "https://example.org/a/b{}", "one with other parameters": "https://example.org/{}&embed=true#options",
    "in mail": "<https://example.org/{}>.", "written in HTML": "https://example.org/?embed=true&amp;{}", "alone": None,
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_link_is_read_from(form: str | None) -> None:
    query = link_of(WALK)
    assert held(form.format(query.lstrip("?") if "&amp;" in form else query) if form else query[3:]) == WALK


def test_an_address_that_was_encoded_as_a_whole_is_read() -> None:
    address = f"https://example.org/{link_of(WALK)}"
    assert held(quote(address, safe="")) == held(quote(quote(address, safe=""), safe="")) == WALK


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("https://example.org/?t=abc", "it has no scenario; a scenario follows s=, as in ?s=2_..."),
        ("", "it is empty"),
        ("?s=", "it is empty"),
        ("?s=2_eb1b8eb3a1a8_p0_0s", "it was cut or altered on the way; copy it again, whole"),
        ("1~x~p", "a part of it is missing"),
        ("x" * 20_000, "it is too long"),
    ],
)
def test_a_link_that_can_not_be_used_is_refused_with_the_reason(query: str, says: str) -> None:
    assert refused("--read", query) == f"the link: can't be used: {says}"


def test_a_link_that_was_cut_is_refused() -> None:
    assert "cut or altered" in refused("--read", link_of(WALK)[:-6])


@given(st.text(st.characters()) | st.text("?&;=s%2_1~./#").map(lambda text: f"?s={text}"))
def test_any_text_is_opened_or_refused(text: str) -> None:
    with suppress(Unusable):
        assert isinstance(decoded_link(text), DecodedLink)


def test_a_file_or_a_link_is_needed() -> None:
    assert refused() == "Give a FILE to print its link, or --read 'QUERY' to print the scenario in a link."


def test_a_file_and_a_link_are_one_too_many() -> None:
    assert refused("mine.yaml", "--read", "?s=2") == "FILE prints a link, and --read reads one; write one or the other."


def test_a_file_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "it.yaml").write_text("answers: {age: old, regin: neck}", "utf-8")
    assert len(refused(str(tmp_path / "it.yaml")).splitlines()) == 2


def test_notes_about_an_old_link_go_to_standard_error() -> None:
    result = run("--read", f"1~8abf6d6ea930~p~~0~zzzab.{code('age', 3)}40")
    assert result.stdout == "answers:\n  age: 40\n"
    assert result.stderr.splitlines() == [
        f"This link was made with another version of the knowledge (8abf6d6ea930; now {KNOWLEDGE.hash}). The result may differ.",
        "This is an older kind of link. It can’t show whether it was cut or altered. Check the answers.",
        "This link is damaged, or the knowledge no longer has everything in it. Left out: one answer (code zzz).",
    ]


def test_a_link_by_other_knowledge_is_of_another_edition() -> None:
    other = LinkCodec(KNOWLEDGE.model_copy(update={"hash": "0123456789ab"}))
    assert "another version of the knowledge (0123456789ab;" in run("--read", other.encode(new_walk({"age": 40}))).stderr


def test_two_different_scenarios_in_one_address_are_refused_and_the_same_one_twice_is_not() -> None:
    driver, walk = link_of("answers: {region: neck}"), link_of(WALK)
    refused = run("--read", f"{driver}&{walk[1:]}")
    assert refused.exit_code == 2 and "names two different scenarios" in refused.stderr
    assert held(f"{walk}&{walk[1:]}") == held(walk)


@pytest.mark.parametrize("option", [("--guidance", "page"), ("--assume", "surgery-weeks=20"), ("--visit", "1")])
def test_options_for_a_file_are_refused_with_a_link(option: tuple[str, str]) -> None:
    refused = run("--read", link_of(WALK), *option)
    assert (refused.exit_code, refused.stdout) == (2, "") and "need a FILE" in refused.stderr
