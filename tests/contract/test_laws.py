"""The contract's laws, checked on random people, complete and partial. The seeds are fixed, so failures can be repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache, wraps
from itertools import product
from random import Random

import pathway
from pathway.explanation.pathway import the_pathway
from pathway.knowledge.assumptions import Values, defaults
from tests.people import AGES, KNOWLEDGE, OPERATED_ON, QUIET, TRIED, WEEKS, anyone, explained, partly, verdicts

URGENCY = ("stepped_care", "other_pathway", "urgent", "emergency")
LADDER = ("recovery", "conservative", "injection", "surgery", None)
SEEDS = range(120)
READINGS = ("page", "nice")


def is_downgradable(answers: dict[str, str | int]) -> bool:
    """Whether an answer could lower the route: only severe weakness of unknown age can turn out to be less urgent."""
    return answers.get("weakness") == "severe" and "weakness_weeks" not in answers


Answers = dict[str, str | int]


@cache
def person(seed: int) -> Answers:
    """The complete answers of one person."""
    return anyone(Random(seed))


@cache
def part(seed: int) -> Answers:
    """Some of the answers of that person."""
    random = Random(seed)
    return partly(anyone(random), random)


def reading(seed: int) -> str:
    """The guidance for that person."""
    return READINGS[seed % 2]


@cache
def of_all(seed: int) -> pathway.Result:
    """The result of all answers."""
    return explained(person(seed), reading(seed))


@cache
def of_part(seed: int) -> pathway.Result:
    """The result of some of them."""
    return explained(part(seed), reading(seed))


Outcome = tuple[str, str | None, dict[str, str]]
"""Route, step and verdicts."""


def outcome_of(result: pathway.Result) -> Outcome:
    """What a result shows."""
    return result.route, result.step, verdicts(result)


def outcome(answers: Answers, guidance: str = "page", assumptions: Values | None = None) -> Outcome:
    """What is decided, without the reasons and the open questions, which take most of the time."""
    decision = the_pathway().decider.decide({**answers, **defaults(KNOWLEDGE), **(assumptions or {}), "guidance": guidance})
    chosen = {option: candidates.value for option, candidates in decision.verdicts.items()}
    return decision.decided_route, decision.step.value if decision.step else None, chosen


def test_the_result_shows_what_was_decided() -> None:
    assert all(outcome(person(seed), reading(seed)) == outcome_of(of_all(seed)) for seed in SEEDS)


def everyone(law: Callable[[int], None]) -> Callable[[], None]:
    """A law as one test on everybody, which tells of all for whom it fails. One test for each takes longer than the law does."""

    @wraps(law)
    def test() -> None:
        broken = []
        for seed in SEEDS:
            try:
                law(seed)
            except AssertionError as error:
                error.add_note(f"for the person of seed {seed}")
                broken.append(error)
        if broken:
            raise ExceptionGroup(law.__name__, broken)

    del test.__wrapped__  # or pytest would ask for a fixture `seed`
    return test


@everyone
def test_a_complete_scenario_has_nothing_undetermined(seed: int) -> None:
    result = of_all(seed)
    assert "undetermined" not in {result.route, result.step, *verdicts(result).values()}
    assert not result.provisional
    assert result.ask_next == ()
    assert (result.route_open, result.step_open) == (None, None)
    assert (result.step is None) == (result.route != "stepped_care")
    assert all(option.open is None and option.reasons for option in result.options.values())


@everyone
def test_more_answers_never_contradict_a_determined_value(seed: int) -> None:
    less, more = of_part(seed), of_all(seed)
    if more.route not in (less.route, "stepped_care"):
        return  # a newly present flag; see the next test
    assert less.step in ("undetermined", more.step)
    for option, verdict in verdicts(more).items():
        assert less.options[option].verdict in ("undetermined", verdict)


@everyone
def test_answering_more_only_ever_raises_urgency(seed: int) -> None:
    less, more = of_part(seed), of_all(seed)
    if less.route != "undetermined" and not is_downgradable(part(seed)):
        assert URGENCY.index(more.route) >= URGENCY.index(less.route)
    if less.route != more.route:
        assert less.route_open is not None
        assert more.route in less.route_open.possible


@everyone
def test_an_open_value_lists_every_value_that_more_answers_can_give(seed: int) -> None:
    less, more = of_part(seed), of_all(seed)
    if more.route not in (less.route, "stepped_care"):
        return
    if less.step == "undetermined":
        assert less.step_open is not None
        assert more.step in (*less.step_open.possible, None)
    for option, unsure in less.options.items():
        if unsure.open is not None:
            assert unsure.open.deciding
            assert more.options[option].verdict in unsure.open.possible


@everyone
def test_questions_that_ask_next_leaves_out_change_nothing(seed: int) -> None:
    before, known = of_part(seed), part(seed)
    beside = {name: answer for name, answer in person(seed).items() if name not in known and name not in before.ask_next}
    assert outcome(known | beside, reading(seed)) == outcome_of(before)


@everyone
def test_an_assumption_that_is_not_listed_changes_nothing(seed: int) -> None:
    random, before = Random(f"assumption {seed}"), of_part(seed)
    name = random.choice([name for name in defaults(KNOWLEDGE) if name not in before.assumptions] or ["acute-weeks"])
    allowed = KNOWLEDGE.assumptions[name].allowed
    value = random.choice(allowed) if isinstance(allowed[0], str) else random.randint(int(allowed[0]), int(allowed[-1]))
    if name not in before.assumptions:
        assert outcome(part(seed), reading(seed), {name: value}) == outcome_of(before)


@everyone
def test_the_order_of_answers_changes_nothing(seed: int) -> None:
    assert explained(dict(reversed(part(seed).items())), reading(seed)) == of_part(seed)


@everyone
def test_worsening_never_lowers_the_step(seed: int) -> None:
    answers = person(seed)
    steps = [outcome(answers | {"course": course}, reading(seed))[1] for course in ("improving", "persisting", "worsening")]
    assert [LADDER.index(step) for step in steps] == sorted(LADDER.index(step) for step in steps)


@everyone
def test_the_answer_unknown_equals_no_answer(seed: int) -> None:
    written_out = {name: part(seed).get(name, "unknown") for name in KNOWLEDGE.findings}
    assert explained(written_out, reading(seed)) == of_part(seed)


def completions(answers: dict[str, str | int], names: tuple[str, ...]) -> list[dict[str, str | int]]:
    """The answers completed in every way for these names; of numbers, only values around a threshold."""
    valid = [_valid(name) for name in names]
    return [answers | dict(zip(names, values, strict=True)) for values in product(*valid)]


def _valid(name: str) -> tuple[str | int, ...]:
    finding = KNOWLEDGE.findings[name]
    if finding.answers:
        return tuple(finding.answers)
    return AGES if name == "age" else WEEKS


def test_open_values_that_can_not_occur_are_rare() -> None:
    """Kleene's logic may list too much, never too little. The counts are exact, so that any change is noticed."""
    counts: Counter[str] = Counter()
    random = Random(1)
    for person in (QUIET, TRIED, OPERATED_ON, TRIED | {"conservative_care": "helped"}):
        for _ in range(6):
            names = tuple(random.sample(sorted(person), 2))
            part = {name: answer for name, answer in person.items() if name not in names}
            result = explained(part)
            reached = [outcome(full) for full in completions(part, names)]
            for option, unsure in result.options.items():
                if unsure.open is not None:
                    seen = {chosen[option] for _, _, chosen in reached}
                    assert seen <= {*unsure.open.possible, "on_hold"}
                    counts["listed"] += len(unsure.open.possible)
                    counts["impossible"] += len({*unsure.open.possible} - seen)
    assert counts == {"listed": 269, "impossible": 9}
