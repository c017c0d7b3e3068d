"""The ledger of the page, and the account of a copy of it: on a small page of our own, and on the real one where it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from textwrap import fill

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pathway.cli.main import main
from pathway.source import Account, Ledger, account, describe, fingerprint, load_ledger, normalised, sentences
from pathway.source.alignment import align
from tests.pathways import BICYCLE

ROOT = Path(__file__).parents[1]
REAL_LEDGER = ROOT / "data" / "source" / "page.yaml"
REAL_PAGES = sorted((ROOT.parent / "shared" / "source").glob("*.txt"))
SECTIONS = ("shop", "wheels", "brakes")
MADE_UP = """Our shop
At the corner by the old mill
Wheel truing

Looking after wheels

A wheel that rubs is not safe to ride. Most riders can true one at home, and it’s a pleasant job. The steps are these:

  1. Getting ready:

a. Stand: A workshop stand holds the frame still.

b. Tools: A spoke key (any good one) may be enough. Do not use pliers!

     2. Truing:

a. Turn each nipple a quarter at a time. This includes the ones that look “fine”.

Brakes and what they are for

Brakes slow the bicycle, and they must never be oiled.

  1. Pads:

a. Worn pads don't grip, and the rim (or the disc) suffers for it.

Ride slowly at first. If the brake still rubs, ask a mechanic, who can see the whole machine.

Come back in spring.
"""
PLACES = [
    "shop, heading",
    "shop intro, sentence 1",
    "shop intro, sentence 2",
    "wheels, heading",
    "wheels intro, sentence 1",
    "wheels intro, sentence 2",
    "wheels intro, sentence 3",
    "wheels 1, label",
    "wheels 1a, label",
    "wheels 1a, sentence 1",
    "wheels 1b, label",
    "wheels 1b, sentence 1",
    "wheels 1b, sentence 2",
    "wheels 2, label",
    "wheels 2a, sentence 1",
    "wheels 2a, sentence 2",
    "brakes, heading",
    "brakes intro, sentence 1",
    "brakes 1, label",
    "brakes 1a, sentence 1",
    "brakes closing, sentence 1",
    "brakes closing, sentence 2",
    "brakes closing, sentence 3",
]
FOREIGN = "A stranger wrote this."


def ledger_of(text: str) -> Ledger:
    """A ledger with one encoded statement for each sentence of the text."""
    found = sentences(text, SECTIONS)
    statements = [
        {"id": f"s{n}", "place": s.place, "says": "...", "fingerprint": s.fingerprint, "kind": "encoded"}
        for n, s in enumerate(found)
    ]
    return Ledger.model_validate({"source": "made-up", "title": "A made-up page", "statements": statements})


def spans(text: str, ledger: Ledger) -> list[tuple[int, int]]:
    """Where each sentence begins and ends in a text whose lines are folded already."""
    found, end = [], 0
    for sentence in sentences(text, ledger.sections):
        start = text.index(sentence.text, end)
        end = start + len(sentence.text)
        found.append((start, end))
    return found


class Page:
    """A page to tamper with: its ledger, its text with each line folded, and its sentences' spans."""

    def __init__(self, text: str, ledger: Ledger) -> None:
        self.raw, self.ledger = text, ledger
        self.text = "\n".join(normalised(line) for line in text.splitlines())
        self.spans = spans(self.text, ledger)
        self.places = [entry.place for entry in ledger.sentences]

    def tampered(self, number: int, becomes: str) -> Account:
        start, end = self.spans[number]
        return self.account(self.text[:start] + becomes + self.text[end:])

    def account(self, text: str) -> Account:
        found = account(self.ledger, text, set())
        assert all(len(line) <= 80 for line in describe(found))
        assert Account.model_validate(found.model_dump(mode="json")) == found
        return found

    def sentence(self, number: int) -> str:
        start, end = self.spans[number]
        return self.text[start:end]

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return ((number, self.sentence(number)) for number in range(len(self.spans)))


def differences_of(found: Account) -> list[tuple[str, str | None]]:
    """Each difference in a word, and its place."""
    return [(difference.kind, str(difference.place) if difference.place else None) for difference in found.differences]


@pytest.fixture(scope="module", params=["made-up", "real"])
def page(request: pytest.FixtureRequest) -> Page:
    if request.param == "made-up":
        return Page(MADE_UP, ledger_of(MADE_UP))
    return real()


def real() -> Page:
    if not REAL_PAGES:
        pytest.skip("the real page is not kept in this project, and is not beside it")
    return Page(REAL_PAGES[0].read_text(encoding="utf-8"), load_ledger(REAL_LEDGER))


def test_every_sentence_heading_and_label_has_its_place() -> None:
    assert [str(sentence.place) for sentence in sentences(MADE_UP, SECTIONS)] == PLACES


def test_no_piece_of_text_is_left_out() -> None:
    assert " ".join(sentence.text for sentence in sentences(MADE_UP)) == normalised(MADE_UP)


def test_the_whole_page_is_accounted_for(page: Page) -> None:
    found = page.account(page.raw)
    assert not found.differs
    assert found.accounted == found.sentences == found.expected == len(page.ledger.sentences)
    named = [name for belonging in found.belonging for name in belonging.statements]
    assert named == [statement.id for statement in page.ledger.statements]
    assert found.checks >= 3 * found.expected - 1


LAYOUTS: dict[str, Callable[[str], str]] = {
    "lines end as in Windows": lambda text: text.replace("\n", "\r\n"),
    "lines end as on an old Mac": lambda text: text.replace("\n", "\r"),
    "lines have spaces at the end": lambda text: text.replace("\n", " \t\n"),
    "spaces are no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "spaces are doubled": lambda text: text.replace(" ", "  "),
    "blank lines are doubled": lambda text: text.replace("\n", "\n\n"),
    "blank lines are gone": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "there are blank lines around it": lambda text: f"\n\n{text}\n\n",
    "quotation marks are straight": lambda text: re.sub("[‘’]", "'", re.sub("[“”]", '"', text)),
    "quotation marks are curly": lambda text: text.replace("'", "’").replace('"', "“"),
    "lines are wrapped at 72": lambda text: wrapped(text, 72),
    "lines are wrapped at 30": lambda text: wrapped(text, 30),
    "each sentence has its line": lambda text: "\n".join(sentence.text for sentence in sentences(text)),
}


def wrapped(text: str, width: int) -> str:
    return "\n".join(fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.splitlines())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_white_space_and_the_form_of_quotation_marks_make_no_difference(page: Page, layout: str) -> None:
    assert differences_of(page.account(LAYOUTS[layout](page.raw))) == []


EVERY = pytest.mark.parametrize("step", [20, pytest.param(1, marks=pytest.mark.soak)])
"""Every twentieth word is tried; each of them takes many times as long."""


@EVERY
def test_a_word_changed_in_a_sentence_is_found(page: Page, step: int) -> None:
    for number, sentence in page:
        for word in list(re.finditer(r"\w+", sentence))[number % step :: step]:
            found = page.tampered(
                number, sentence[: word.start()] + ("99" if word[0].isdigit() else "Zebra") + sentence[word.end() :]
            )
            assert ("changed", str(page.places[number])) in differences_of(found)
            assert len(found.differences) == 1 or word.start() == 0  # a list mark that is lost takes its item with it


@EVERY
def test_a_word_dropped_from_a_sentence_is_found(page: Page, step: int) -> None:
    for number, sentence in page:
        for word in list(re.finditer(r"\w+ ", sentence))[number % step :: step]:
            assert page.tampered(number, sentence[: word.start()] + sentence[word.end() :]).differs


@pytest.mark.parametrize(
    ("was", "becomes", "place"),
    [
        ("is not safe", "is safe", "wheels intro, sentence 1"),
        ("Do not use", "Do use", "wheels 1b, sentence 2"),
        ("don't grip", "do grip", "brakes 1a, sentence 1"),
        ("must never be", "must be", "brakes intro, sentence 1"),
        ("can see", "may see", "brakes closing, sentence 2"),
        ("safe to ride.", "safe to ride!", "wheels intro, sentence 1"),
        ("b. Tools:", "c. Tools:", "wheels 1b, label"),
    ],
)
def test_a_not_that_is_dropped_or_a_hedge_that_is_swapped_is_found(was: str, becomes: str, place: str) -> None:
    found = account(ledger_of(MADE_UP), MADE_UP.replace(was, becomes), set())
    assert differences_of(found) == [("changed", place)]


def test_a_change_of_case_in_each_sentence_is_found(page: Page) -> None:
    for number, sentence in page:
        assert page.tampered(number, sentence.upper()).differs
        assert page.tampered(number, sentence[:-3] + sentence[-3:].swapcase()).differs


def test_each_sentence_that_is_cut_is_found(page: Page) -> None:
    for number, _ in page:
        assert differences_of(page.tampered(number, "")) == [("lost", str(page.places[number]))]


def test_each_sentence_that_is_said_twice_is_found(page: Page) -> None:
    for number, sentence in page:
        found = page.tampered(number, f"{sentence}\n{sentence}")
        assert differences_of(found) == [("added", str(page.places[number]))]
        assert found.accounted == found.expected


def test_a_foreign_sentence_is_found_at_each_place(page: Page) -> None:
    for number, sentence in page:
        found = page.tampered(number, f"{FOREIGN}\n{sentence}")
        assert differences_of(found) == [("added", None)]
        assert found.differences[0].text == FOREIGN
        assert found.differences[0].after == (page.places[number - 1] if number else None)


def test_neighbours_that_change_places_are_found(page: Page) -> None:
    for number, (start, _) in enumerate(page.spans[:-1]):
        middle, end = page.spans[number + 1]
        swapped = f"{page.text[middle:end]}\n{page.text[start:middle]}\n{page.text[end:]}"
        assert [kind for kind, _ in differences_of(page.account(page.text[:start] + swapped))] == ["moved"]


@pytest.mark.parametrize("target", [5, *(pytest.param(end, marks=pytest.mark.soak) for end in (0, -1))])
def test_each_sentence_moved_far_away_is_found(page: Page, target: int) -> None:
    for number, sentence in page:
        others = [other for at, other in page if at != number]
        others.insert(target % len(others), sentence)
        changed = others != [other for _, other in page]
        assert len(differences_of(page.account("\n".join(others)))) == changed


def test_several_differences_are_listed_one_by_one_in_reading_order() -> None:
    text = (
        MADE_UP.replace("A workshop stand", "A shop stand")
        .replace("Do not use pliers!", "")
        .replace("Ride slowly", f"{FOREIGN} Ride slowly")
    )
    moved = "Come back in spring."
    text = text.replace(moved, "").replace("Our shop", f"{moved}\nOur shop")
    assert differences_of(account(ledger_of(MADE_UP), text, set())) == [
        ("moved", "brakes closing, sentence 3"),
        ("changed", "wheels 1a, sentence 1"),
        ("lost", "wheels 1b, sentence 2"),
        ("added", None),
    ]


def test_a_page_that_says_something_twice_is_accounted_for_and_one_cut_is_found() -> None:
    twice = "Check it. Ride on. Check it. Stop."
    assert differences_of(account(ledger_of(twice), twice, set())) == []
    assert [kind for kind, _ in differences_of(account(ledger_of(twice), "Check it. Ride on. Stop.", set()))] == ["lost"]
    assert [kind for kind, _ in differences_of(account(ledger_of(twice), "Ride on. Check it. Stop.", set()))] == ["lost"]


def test_an_encoded_statement_that_nothing_uses_is_reported() -> None:
    found = account(ledger_of(MADE_UP), MADE_UP, {f"s{n}" for n in range(1, len(PLACES))})
    assert found.unused == ("s0",)
    assert not found.differs
    assert "1 encoded statement used by no rule or option: s0." in describe(found)


def test_the_account_is_reported_in_plain_lines() -> None:
    found = account(
        ledger_of(MADE_UP), MADE_UP.replace("A workshop stand", "A shop stand"), {f"s{n}" for n in range(len(PLACES))}
    )
    assert describe(found) == [
        "22 of 23 sentences accounted for; the page has 23.",
        "The page makes 23 statements: 23 encoded as rules or options.",
        "Every encoded statement is used by a rule or an option.",
        "90 checks made; 1 difference found.",
        "changed: wheels 1a, sentence 1",
        "  reads: A shop stand holds the frame still.",
        "  states: s9",
    ]


@pytest.mark.parametrize(
    "text", ["", "\n \n", "a.", "\x00\x1b[2J", "1. a. b.", "\ud800 Oh.", "x" * 5000, "A\n" * 6000, MADE_UP * 30]
)
def test_a_text_that_is_not_a_copy_is_reported_without_a_crash(text: str) -> None:
    found = account(ledger_of(MADE_UP), text, set())
    assert found.differs
    assert all(len(line) <= 80 and line.isprintable() for line in describe(found))
    assert len(describe(found)) < 120


@given(st.text(st.sampled_from("Aa1b. :!?'’“(\n\r\u00a0\t"), max_size=60))
def test_no_text_is_left_out_and_none_crashes(text: str) -> None:
    assert " ".join(sentence.text for sentence in sentences(text)) == normalised(text)
    describe(account(ledger_of(MADE_UP), text, set()))


@given(st.lists(st.sampled_from("abcdef"), max_size=8), st.lists(st.sampled_from("abcdefxyz"), max_size=8))
def test_every_sentence_of_both_is_reported_once_with_the_fewest_moves(first: list[str], second: list[str]) -> None:
    order = align(first, second, (range(len(first)), range(len(second))))
    pairs = order.same + order.moved + order.changed
    assert sorted([old for old, _ in pairs] + order.lost) == list(range(len(first)))
    assert sorted([new for _, new in pairs] + order.added) == list(range(len(second)))
    assert all(first[old] == second[new] for old, new in order.same + order.moved)
    assert all(second[new] not in first for _, new in order.changed)
    assert order.same == sorted(order.same) and [new for _, new in order.same] == sorted(new for _, new in order.same)
    assert len(order.same) == longest_common(first, second)


def longest_common(first: list[str], second: list[str]) -> int:
    if not first or not second:
        return 0
    if first[-1] == second[-1]:
        return 1 + longest_common(first[:-1], second[:-1])
    return max(longest_common(first[:-1], second), longest_common(first, second[:-1]))


def test_the_praise_of_ultrasound_is_contradicted_by_the_caveat_in_its_own_sentence() -> None:
    statements = {statement.id: statement for statement in load_ledger(REAL_LEDGER).statements}
    praise, caveat = statements["ultrasound-praise"], statements["ultrasound-caveat"]
    assert (praise.kind, caveat.kind) == ("contradicted", "encoded")
    assert (praise.place.whole, praise.place.part, caveat.place.part) == (caveat.place.whole, 1, 2)


def test_each_treatment_on_the_real_page_is_encoded() -> None:
    items = {}
    for (section, item), of in groupby(load_ledger(REAL_LEDGER).statements, lambda s: (s.place.section, s.place.item)):
        items[f"{section} {item}"] = {statement.kind for statement in of if statement.place.sentence}
    lettered = {item: kinds for item, kinds in items.items() if re.search(r"\d[a-z]$", item)}
    assert len(lettered) == 13 + 8
    assert all("encoded" in kinds for kinds in lettered.values())


def test_the_real_ledger_cites_each_sentence_by_its_right_place() -> None:
    page = real()
    assert page.places == [sentence.place for sentence in sentences(page.raw, page.ledger.sections)]


def test_each_hedge_is_the_real_page_s_own_word() -> None:
    page = real()
    words = {place: page.sentence(number) for number, place in enumerate(page.places)}
    for statement in page.ledger.statements:
        assert statement.hedge is None or re.search(rf"\b{statement.hedge}\b", words[statement.place.whole]), statement.id


def test_the_ledger_says_nothing_in_the_real_page_s_own_words() -> None:
    page = real()
    copied = runs(page.raw, 6)
    for statement in page.ledger.statements:
        assert not copied & (runs(statement.says, 6) | runs(statement.note or "", 6)), statement.id
    assert not runs(page.raw, 9) & runs(REAL_LEDGER.read_text(encoding="utf-8"), 9)


def runs(text: str, size: int) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def test_the_fingerprint_is_the_start_of_a_sha_256() -> None:
    assert fingerprint("  abc\n") == "ba7816bf8f01cfea"


def test_a_blank_ledger_accounts_for_every_sentence_once_its_page_is_named(tmp_path: Path) -> None:
    page = BICYCLE / "page.txt"
    result = CliRunner().invoke(main, ["source", str(page), "--blank"])
    assert result.exit_code == 0
    (tmp_path / "page.yaml").write_text(result.stdout, "utf-8")
    ledger = load_ledger(tmp_path / "page.yaml")
    filled_in = load_ledger(BICYCLE / "source" / "page.yaml")
    assert [statement.fingerprint for statement in ledger.statements] == [
        statement.fingerprint for statement in filled_in.statements
    ]
    assert not account(ledger, page.read_text("utf-8"), set()).differs
