"""A link: it restores everything, is never read as another scenario, survives chat programs, and says what it lost."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pathway
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import FormerId
from pathway.links.codes import code
from pathway.links.link import LONGEST_LINK, InvalidLink, LinkCodec, default_codec
from pathway.links.token import DIGITS, check
from pathway.scenarios.edits import checked
from pathway.scenarios.walk import MOST_VISITS, MOST_WEEKS, State, Visit, new_walk
from pathway.yaml.document import read
from tests.proof.spoil import changed
from tests.states import BUNDLED, TITLES, a_walk

KNOWLEDGE = pathway.load()
WHOLE = new_walk({finding.id: finding.benign_answer for finding in KNOWLEDGE.findings.values()})
WALK = State(
    visits=(
        Visit(new_answers={"region": "low_back", "symptom_weeks": 2}),
        Visit(6, "worse", {"injection": "declined", "region": None}),
    ),
    current_visit=1,
    guidance="nice",
    assumptions={"surgery-weeks": 20, "injection-first": "no"},
    title="Mrs Teaching Case 7",
)
RANDOMS = st.integers(0, 2**32).map(Random)
MADE = read(Path(__file__).parent / "links" / "form-1.yaml").value
"""Links that landed editions made."""
STRANGE = " \n~.)%!\u202e\u00e9é\u0660K"
"""Characters that may replace a letter of a link."""


def read_state(link: str) -> State:
    return default_codec().decode(link).state


# --- what it holds


@given(RANDOMS)
def test_a_link_restores_everything_but_what_the_scenario_is_about(random: Random) -> None:
    walk = a_walk(random)
    opened = default_codec().decode(default_codec().encode_always(replace(walk, about="Told at the desk.")))
    assert opened == type(opened)(walk, KNOWLEDGE.hash)


@given(RANDOMS)
def test_the_order_of_answers_changes_nothing(random: Random) -> None:
    walk = a_walk(random)
    turned = tuple(
        replace(visit, new_answers={name: visit.new_answers[name] for name in reversed(list(visit.new_answers))})
        for visit in walk.visits
    )
    assert default_codec().encode_always(replace(walk, visits=turned)) == default_codec().encode_always(walk)


@given(RANDOMS)
def test_a_link_holds_what_chat_programs_leave_alone_and_ends_in_a_letter_or_a_digit(random: Random) -> None:
    assert re.fullmatch("[0-9a-z]+([_-][0-9a-z]+)*", default_codec().encode_always(a_walk(random)))


def test_the_start_has_no_link() -> None:
    assert default_codec().encode(State()) == default_codec().encode(State(about="Told at the desk.")) == ""


def test_an_empty_state_can_be_encoded() -> None:
    assert read_state(default_codec().encode_always(State())) == State()


def test_a_complete_scenario_is_short_enough_for_a_picture_that_is_scanned() -> None:
    assert len(default_codec().encode(replace(WHOLE, title=BUNDLED[0]))) < 300


def test_an_answer_that_is_repeated_at_every_visit_is_in_the_link_once() -> None:
    walk = replace(WHOLE, title=BUNDLED[0])
    while len(walk.visits) < 12:
        walk = walk.add_visit(6, "worse", care=True).answered_as_before()
    assert any(visit.new_answers for visit in walk.visits[2:])
    assert read_state(default_codec().encode(walk)) == walk
    assert len(default_codec().encode(walk)) < 560


def test_a_visit_that_differs_in_one_answer_from_an_earlier_one_comes_back() -> None:
    own = {"saddle_numbness": "absent", "cord_signs": "absent", "numbness": None}
    other = {**own, "cord_signs": "present", "age": 40}
    walk = State(
        (Visit(), Visit(6, "same", own), Visit(6, "worse", other), Visit(1, "better", {"age": 40}), Visit(2, "same", own))
    )
    assert read_state(default_codec().encode(walk)) == walk


@pytest.mark.parametrize("title", TITLES[2:])
def test_a_title_comes_back(title: str) -> None:
    assert read_state(default_codec().encode(State(title=title))).title == title


@pytest.mark.parametrize("title", BUNDLED)
def test_the_title_of_a_scenario_that_comes_with_it_is_a_short_code(title: str) -> None:
    assert len(default_codec().encode(State(title=title))) - len(default_codec().encode_always(State())) == 5


def test_half_a_letter_in_a_title_becomes_a_question_mark() -> None:
    assert read_state(default_codec().encode(State(title="a\ud800"))).title == "a?"


def test_the_longest_walk_with_the_longest_title_fits_into_a_link() -> None:
    allowed = {assumption.id: assumption.allowed for assumption in KNOWLEDGE.assumptions.values() if assumption.value is not None}
    answers = {
        finding.id: finding.whole.most if finding.whole else next(iter(finding.answers))
        for finding in KNOWLEDGE.findings.values()
    }
    visits = (Visit(new_answers=answers), *[Visit(MOST_WEEKS, "worse", answers)] * (MOST_VISITS - 1))
    state = State(visits, MOST_VISITS - 1, "nice", {name: values[-1] for name, values in allowed.items()}, "🧗" * 300)
    assert read_state(default_codec().encode(state)) == state


def test_no_two_findings_answers_assumptions_or_scenarios_share_a_code() -> None:
    book = default_codec().book
    assert len(book.findings) == len(KNOWLEDGE.findings) + len(KNOWLEDGE.former_ids("finding"))
    assert len(book.assumptions) == len(KNOWLEDGE.assumptions) + len(KNOWLEDGE.former_ids("assumption"))
    assert len(book.scenarios) == len(book.titles) == len(set(book.titles.values()))
    for finding in book.findings.values():
        answers = KNOWLEDGE.findings[finding.present].answers if finding.present else {}
        assert len(book.answers(finding)) == len(answers) + len(KNOWLEDGE.former_ids("answer", finding.present))


def test_a_link_survives_other_words_and_another_order() -> None:
    findings = {
        name: finding.model_copy(update={"question": "Otherwise?", "answers": dict(reversed(finding.answers.items()))})
        for name, finding in reversed(KNOWLEDGE.findings.items())
    }
    other = LinkCodec(KNOWLEDGE.model_copy(update={"findings": findings}))
    assert other.decode(default_codec().encode(WHOLE)).state == WHOLE


# --- cut or altered


USUAL = 8
TWO_HUNDRED = [
    pytest.param(a_walk(Random(number), most=2), id=str(number), marks=[pytest.mark.soak] if number >= USUAL else [])
    for number in range(200)
]
"""Walks whose links are cut and altered at every place; all but the first in `make soak`."""


def refused_or_the_same(link: str, walk: State) -> bool:
    try:
        return read_state(link) == walk
    except InvalidLink:
        return True


@pytest.mark.parametrize("walk", TWO_HUNDRED)
def test_every_cut_is_refused(walk: State) -> None:
    link = default_codec().encode_always(walk)
    for length in range(1, len(link)):
        for cut in (link[:length], link[length:]):
            with pytest.raises(InvalidLink):
                default_codec().decode(cut)


@pytest.mark.parametrize("walk", TWO_HUNDRED)
def test_every_change_of_a_character_is_refused_or_opens_the_same(walk: State) -> None:
    link = default_codec().encode_always(walk)
    others = f"{DIGITS}-_{STRANGE}"
    random = Random(len(link))
    for place in range(len(link)):
        for other in random.sample(others, 2):
            assert refused_or_the_same(link[:place] + other + link[place + 1 :], walk)  # another one
        assert refused_or_the_same(link[:place] + random.choice(others) + link[place:], walk)  # one more
        assert refused_or_the_same(link[:place] + link[place + 1 :], walk)  # one less
        assert refused_or_the_same(
            link[:place] + link[place : place + 2][::-1] + link[place + 2 :], walk
        )  # two the other way round


def test_every_other_character_at_every_place_of_one_link_is_refused_or_opens_the_same() -> None:
    link = default_codec().encode(WALK)
    for place in range(len(link)):
        assert all(refused_or_the_same(link[:place] + other + link[place + 1 :], WALK) for other in f"{DIGITS}-_{STRANGE}")


@pytest.mark.parametrize("taken", [("-", 1), ("_", 2), ("_", 3)])
def test_an_entry_taken_out_of_the_middle_is_noticed(taken: tuple[str, int]) -> None:
    parts = default_codec().encode(WALK).split(taken[0])
    with pytest.raises(InvalidLink, match="cut or altered"):
        default_codec().decode(taken[0].join([*parts[: taken[1]], *parts[taken[1] + 1 :]]))


AROUND = {
    "a full stop": "{}.", "a comma": "{},", "a bracket": "({}).", "a tilde": "{}~", "angle brackets": "<{}>",
    "a quotation": "“{}”",    "white space": "  {} \n", "a line break of mail": None, "a zero-width space": "{}\u200b",
}  # fmt: skip


@pytest.mark.parametrize("form", AROUND.values(), ids=AROUND)
def test_characters_that_chat_and_mail_put_around_a_link_are_removed(form: str | None) -> None:
    link = default_codec().encode(WALK)
    assert read_state(form.format(link) if form else f"{link[:40]}\r\n  {link[40:]}") == WALK


def test_a_link_in_capitals_or_encoded_on_the_way_opens_the_same() -> None:
    link = default_codec().encode(WALK)
    once = "".join(f"%{ord(letter):02X}" for letter in link)
    assert read_state(link.upper()) == read_state(once) == read_state(quote(once)) == WALK


def signed(body: str) -> str:
    """A link that somebody made up, with a check value that is right."""
    return f"{body}_{check(body)}"


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("nonsense", "cut or altered"),
        ("3_7a884731dbf1_p0_0s_0000000", "cut or altered"),
        (signed("2_7a884731dbf1_q0_0s"), "cut or altered"),
        (signed("2_7a884731dbf1_p0"), "cut or altered"),
        (signed("2_7a884731dbf1_p0_0s-"), "cut or altered"),
        (signed("2_7a884731dbf1_p0_tzzzz_0s"), "cut or altered"),
        (signed(f"2_7a884731dbf1_p0_t{'z' * 1900}_0s"), "cut or altered"),
        (signed("2_7a884731dbf1_p0_0s-0"), "cut or altered"),
        (signed("2_7a884731dbf1_p0_0s_6w-1"), "cut or altered"),
        (signed("2_7a884731dbf1_p7_0s"), "visit in it is damaged"),
        (signed("2_7a884731dbf1_p0_0s_999w"), "visit in it is damaged"),
        (signed("2_7a884731dbf1_p0" + "_0s" * 21), "more than 20 visits"),
        ("1~x~p", "missing"),
        ("1~x~q~~0~", "damaged"),
        ("1~x~p~~7~", "damaged"),
        ("1~x~p~~٣~~1s~1s~1s", "damaged"),
        ("1~x~p~~0~~٣s", "visit"),
        ("1~x~p~~0~~9999w", "visit"),
        ("1~x~p~~0" + "~1s" * 30, "visits"),
        ("1~" + "x" * LONGEST_LINK, "long"),
    ],
)
def test_a_bad_link_says_what_is_wrong(link: str, says: str) -> None:
    with pytest.raises(InvalidLink, match=says):
        default_codec().decode(link)


OF_FORM_1 = st.text("0123456789abz_-~.%pnst ").map(lambda text: f"1~{text}")
OF_FORM_2 = st.text("0_-ptbsz9").map(lambda text: signed(f"2_{text}"))


@given(st.text() | OF_FORM_1 | OF_FORM_2)
def test_any_text_is_a_state_or_a_bad_link(text: str) -> None:
    with suppress(InvalidLink):
        assert isinstance(checked(read_state(text)), State)


# --- what the knowledge no longer has


def without(*findings: str) -> Knowledge:
    return changed(KNOWLEDGE, findings={name: finding for name, finding in KNOWLEDGE.findings.items() if name not in findings})


def renamed(*entries: dict[str, Any], **tables: Any) -> Knowledge:
    former = tuple(FormerId.model_validate({"file": "data/renamed.yaml", "line": 1, **entry}) for entry in entries)
    return changed(KNOWLEDGE, **tables, renamed=former)


def test_a_finding_that_is_no_longer_asked_is_left_out_and_the_rest_opens() -> None:
    opened = LinkCodec(without("fragile_bones")).decode(default_codec().encode(WHOLE))
    assert opened.state.visits[0].new_answers == {
        name: answer for name, answer in WHOLE.answers.items() if name != "fragile_bones"
    }
    assert opened.left_out == (
        f"The knowledge no longer has everything in this link. Left out: one answer (code {code('fragile_bones', 3)})."
    )


def test_a_finding_that_is_gone_is_named_with_the_reason() -> None:
    gone = {"kind": "finding", "former": "fragile_bones", "gone": "No rule read it."}
    knowledge = changed(renamed(gone), findings=without("fragile_bones").findings)
    assert LinkCodec(knowledge).decode(default_codec().encode(WHOLE)).dropped == ("fragile_bones (No rule read it.)",)


def test_an_answer_a_value_and_a_title_that_are_not_there_are_named() -> None:
    link = signed(f"2_7a884731dbf1_p0-{code('surgery-weeks', 3)}9999-zzz1_bzzz_0s-{code('region', 3)}zz-{code('age', 3)}121")
    opened = default_codec().decode(link)
    assert opened.state == State()
    assert opened.dropped == (
        "the answer for region (code zz)",
        "the answer for age (code 121)",
        "the value of surgery-weeks (9999)",
        "one assumption (code zzz)",
        "the title of a scenario that no longer comes with it",
    )


def test_a_long_list_of_dropped_answers_is_shortened() -> None:
    opened = LinkCodec(without(*list(KNOWLEDGE.findings)[:12])).decode(default_codec().encode(WHOLE))
    assert len(opened.dropped) == 12 and opened.left_out.endswith("and 7 more.")


def test_a_new_name_of_a_finding_loses_nothing() -> None:
    bones = KNOWLEDGE.findings["fragile_bones"].model_copy(update={"id": "severe_osteoporosis"})
    findings = {bones.id if name == "fragile_bones" else name: finding for name, finding in KNOWLEDGE.findings.items()} | {
        bones.id: bones
    }
    knowledge = renamed({"kind": "finding", "former": "fragile_bones", "present": bones.id}, findings=findings)
    opened = LinkCodec(knowledge).decode(default_codec().encode(WHOLE))
    own = opened.state.visits[0].new_answers
    assert not opened.dropped and len(own) == len(WHOLE.answers)
    assert own["severe_osteoporosis"] == WHOLE.answers["fragile_bones"]


def test_a_new_name_of_an_answer_or_an_assumption_loses_nothing() -> None:
    injection = KNOWLEDGE.findings["injection"]
    answers = {("refused" if word == "declined" else word): says for word, says in injection.answers.items()}
    weeks = KNOWLEDGE.assumptions["surgery-weeks"]
    knowledge = renamed(
        {"kind": "answer", "finding": "injection", "former": "declined", "present": "refused"},
        {"kind": "assumption", "former": "surgery-weeks", "present": "operation-weeks"},
        findings={**KNOWLEDGE.findings, "injection": injection.model_copy(update={"answers": answers})},
        assumptions={
            ("operation-weeks" if name == weeks.id else name): assumption for name, assumption in KNOWLEDGE.assumptions.items()
        },
    )
    state = LinkCodec(knowledge).decode(default_codec().encode(WALK)).state
    assert state.visits[1].new_answers["injection"] == "refused"
    assert state.assumptions == {"operation-weeks": 20, "injection-first": "no"}


# --- links of form 1


@pytest.mark.parametrize("made", MADE, ids=lambda made: made["name"])
def test_a_link_of_a_landed_edition_still_opens(made: dict[str, Any]) -> None:
    opened = default_codec().decode(made["link"])
    visits = tuple(Visit(weeks, trend, own) for weeks, trend, own in made["visits"])
    state = State(visits, made.get("at", 0), made.get("guidance", "page"), made.get("assumptions", {}))
    assert (opened.state, opened.edition, opened.dropped, opened.checked) == (state, made["edition"], (), False)


def test_an_edition_is_shown_and_can_not_turn_the_text_around() -> None:
    assert default_codec().decode("1~\u202eab\u20660\x00~p~~0~").edition == "ab0"


def test_the_rest_of_a_link_of_form_1_opens_too() -> None:
    opened = default_codec().decode(
        f"1~x~p~~0~zzzzz.{code('region', 3)}zz.{code('age', 3)}121.{code('numbness', 3)}-.{code('age', 3)}40"
    )
    assert opened.state == new_walk({"age": 40}) and len(opened.dropped) == 3
