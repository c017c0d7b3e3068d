"""The contract's laws, on many made-up people, complete and partial. The seeds are fixed: a failure can be run again."""

from __future__ import annotations

from collections import Counter
from itertools import product
from random import Random

import pytest

import pathway
from pathway.knowledge.assumptions import defaults
from tests.people import (
    AGES,
    KNOWLEDGE,
    OPERATED_ON,
    QUIET,
    TRIED,
    WEEKS,
    anyone,
    explained,
    partly,
    verdicts,
)

URGENCY = ("stepped_care", "other_pathway", "urgent", "emergency")
LADDER = ("recovery", "conservative", "injection", "surgery", None)
SEEDS = range(120)
READINGS = ("page", "nice")


def may_fall(answers: dict[str, str | int]) -> bool:
    """The one exception: severe weakness is an emergency until it is known to be long unchanged."""
    return answers.get("weakness") == "severe" and "weakness_weeks" not in answers


@pytest.mark.parametrize("seed", SEEDS)
def test_a_complete_scenario_has_nothing_undetermined(seed: int) -> None:
    found = explained(anyone(Random(seed)), READINGS[seed % 2])
    assert "undetermined" not in {found.route, found.step, *verdicts(found).values()}
    assert not found.provisional
    assert found.ask_next == ()
    assert (found.route_open, found.step_open) == (None, None)
    assert (found.step is None) == (found.route != "stepped_care")
    assert all(option.open is None and option.reasons for option in found.options.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_knowing_more_never_contradicts(seed: int) -> None:
    random = Random(seed)
    answers = anyone(random)
    less, more = explained(partly(answers, random), READINGS[seed % 2]), explained(answers, READINGS[seed % 2])
    if more.route not in (less.route, "stepped_care"):
        return  # a newly present flag, of which the next test speaks
    assert less.step in ("undetermined", more.step)
    for option, verdict in verdicts(more).items():
        assert less.options[option].verdict in ("undetermined", verdict)


@pytest.mark.parametrize("seed", SEEDS)
def test_answering_more_only_ever_raises_urgency(seed: int) -> None:
    random = Random(seed)
    answers = anyone(random)
    part = partly(answers, random)
    less, more = explained(part), explained(answers)
    if less.route != "undetermined" and not may_fall(part):
        assert URGENCY.index(more.route) >= URGENCY.index(less.route)
    if less.route != more.route:
        assert less.route_open is not None
        assert more.route in less.route_open.possible


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_open_leaves_no_possible_answer_out(seed: int) -> None:
    random = Random(seed)
    answers = anyone(random)
    less, more = explained(partly(answers, random)), explained(answers)
    if more.route not in (less.route, "stepped_care"):
        return
    if less.step == "undetermined":
        assert less.step_open is not None
        assert more.step in (*less.step_open.possible, None)
    for option, found in less.options.items():
        if found.open is not None:
            assert found.open.deciding
            assert more.options[option].verdict in found.open.possible


@pytest.mark.parametrize("seed", SEEDS)
def test_what_ask_next_leaves_out_changes_nothing(seed: int) -> None:
    random = Random(seed)
    answers = anyone(random)
    part = partly(answers, random)
    before = explained(part)
    beside = {name: answer for name, answer in answers.items() if name not in part and name not in before.ask_next}
    after = explained(part | beside)
    assert (after.route, after.step, verdicts(after)) == (before.route, before.step, verdicts(before))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_assumption_that_is_not_listed_changes_nothing(seed: int) -> None:
    random = Random(seed)
    answers = partly(anyone(random), random)
    before = explained(answers)
    name = random.choice([name for name in defaults(KNOWLEDGE) if name not in before.assumptions] or ["acute-weeks"])
    allowed = KNOWLEDGE.assumptions[name].allowed
    value = random.choice(allowed) if isinstance(allowed[0], str) else random.randint(int(allowed[0]), int(allowed[-1]))
    after = pathway.explain({"answers": answers}, assumptions={name: value})
    if name not in before.assumptions:
        assert (after.route, after.step, verdicts(after)) == (before.route, before.step, verdicts(before))


@pytest.mark.parametrize("seed", range(60))
def test_the_order_of_answers_changes_nothing(seed: int) -> None:
    random = Random(seed)
    answers = partly(anyone(random), random)
    assert explained(dict(reversed(answers.items()))) == explained(answers)


@pytest.mark.parametrize("seed", SEEDS)
def test_worsening_never_lowers_the_step(seed: int) -> None:
    answers = anyone(Random(seed))
    steps = [explained(answers | {"course": course}).step for course in ("improving", "persisting", "worsening")]
    assert [LADDER.index(step) for step in steps] == sorted(LADDER.index(step) for step in steps)


@pytest.mark.parametrize("seed", SEEDS)
def test_unknown_written_out_is_the_same_as_left_out(seed: int) -> None:
    random = Random(seed)
    answers = partly(anyone(random), random)
    written_out = {name: answers.get(name, "unknown") for name in KNOWLEDGE.findings}
    assert explained(written_out) == explained(answers)


def completions(answers: dict[str, str | int], names: tuple[str, ...]) -> list[dict[str, str | int]]:
    """The answers, with every way to fill in the named ones; numbers by where something changes."""
    valid = [_valid(name) for name in names]
    return [answers | dict(zip(names, values, strict=True)) for values in product(*valid)]


def _valid(name: str) -> tuple[str | int, ...]:
    finding = KNOWLEDGE.findings[name]
    if finding.answers:
        return tuple(finding.answers)
    return AGES if name == "age" else WEEKS


def test_what_open_lists_in_vain_is_counted() -> None:
    """Kleene's values may list too much, never too little. The counts are exact, so that a change is seen."""
    counts: Counter[str] = Counter()
    random = Random(1)
    for person in (QUIET, TRIED, OPERATED_ON, TRIED | {"conservative_care": "helped"}):
        for _ in range(6):
            names = tuple(random.sample(sorted(person), 2))
            part = {name: answer for name, answer in person.items() if name not in names}
            found = explained(part)
            reached = [explained(full) for full in completions(part, names)]
            for option, one in found.options.items():
                if one.open is not None:
                    seen = {result.options[option].verdict for result in reached}
                    assert seen <= {*one.open.possible, "on_hold"}
                    counts["listed"] += len(one.open.possible)
                    counts["in vain"] += len({*one.open.possible} - seen)
    assert counts == {"listed": 269, "in vain": 9}
