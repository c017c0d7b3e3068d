"""Each row of a table has the answer that one scenario gets: route, step, verdicts, open outcomes, and the deciding rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from random import Random
from typing import Any, NamedTuple

import pyarrow as pa
import pytest

import pathway
from benchmarks.scenarios import samples
from pathway.deciding.decide import Decider, Decision
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.inputs import validated_inputs
from pathway.tables.expected_row import expected_row
from pathway.tables.names import POSSIBLE_SUFFIX, RULE_SUFFIX, result_names
from pathway.tables.outcomes import OR, all_outcomes
from pathway.tables.sql_query import Query
from tests.people import GUIDANCE, KNOWLEDGE, anyone, partly

pytestmark = pytest.mark.usefixtures("query_made_once")

USUAL = defaults(KNOWLEDGE)
OUTCOMES = list(all_outcomes(KNOWLEDGE))
Row = dict[str, str | None]


class Case(NamedTuple):
    """Answers, a reading and the values of assumptions."""

    answers: Mapping[str, str | int]
    guidance: str
    assumptions: Mapping[str, str | int]


@cache
def query() -> Query:
    return Query(KNOWLEDGE)


def answers_of(cases: list[Case]) -> pa.Table:
    answers = [{**case.answers, **USUAL, **case.assumptions, "guidance": case.guidance} for case in cases]
    columns = {name: [row.get(name) for row in answers] for name in (*KNOWLEDGE.findings, *USUAL, "guidance")}
    return pa.table(columns, query().schema)


def rows_of(cases: list[Case]) -> list[Row]:
    return list(query().decide(answers_of(cases), {}).to_pylist())


def readings() -> Iterator[tuple[str, dict[str, str | int]]]:
    """Each guidance, with the usual assumptions and with each assumption at its ends."""
    for guidance in GUIDANCE:
        yield guidance, {}
        for name in USUAL:
            yield from ((guidance, {name: value}) for value in KNOWLEDGE.assumptions[name].allowed if value != USUAL[name])


def bundled(settings: list[tuple[str, dict[str, str | int]]]) -> list[Case]:
    """The visits of every bundled scenario in each of these readings."""
    cases = []
    for _, scenario in bundled_scenarios(KNOWLEDGE):
        for visit in range(1, max(1, len(scenario.visits)) + 1):
            answers = validated_inputs(scenario, None, None, KNOWLEDGE, visit).answers
            cases += [Case(answers, guidance, assumptions) for guidance, assumptions in settings]
    return cases


@pytest.fixture(scope="module")
def bundled_rows() -> list[tuple[Case, Row]]:
    """Every bundled scenario in each reading, with its row: one run of the query decides them all."""
    cases = bundled(list(readings()))
    return list(zip(cases, rows_of(cases), strict=True))


def test_every_bundled_scenario_is_as_explained_in_either_reading(bundled_rows: list[tuple[Case, Row]]) -> None:
    usual = [(case, row) for case, row in bundled_rows if not case.assumptions]
    assert {case.guidance for case, _ in usual} == set(GUIDANCE)
    for case, row in usual:
        expected = expected_row(pathway.explain({"answers": case.answers}, case.guidance), KNOWLEDGE)
        assert {name: row[name] for name in expected} == expected


def test_every_bundled_scenario_is_decided_alike_at_the_ends_of_every_assumption(bundled_rows: list[tuple[Case, Row]]) -> None:
    assert_alike(bundled_rows)


def random_cases(number: int, seed: int) -> list[Case]:
    random = Random(seed)
    spread = [Case(sample.answers, sample.guidance, varied(random)) for sample in samples(KNOWLEDGE, number // 2, seed)]
    people = [anyone(random) for _ in range(number // 2)]
    on_the_ladder = [partly(person, random) if random.random() < 0.5 else person for person in people]
    return [*spread, *(Case(person, random.choice(GUIDANCE), varied(random)) for person in on_the_ladder)]


def varied(random: Random) -> dict[str, str | int]:
    """Some assumption at one of its ends, in half of the cases."""
    name = random.choice(list(USUAL))
    return {name: random.choice(KNOWLEDGE.assumptions[name].allowed)} if random.random() < 0.5 else {}


@pytest.mark.parametrize("number", [600, pytest.param(100_000, marks=pytest.mark.soak)])
def test_random_scenarios_are_decided_alike(number: int) -> None:
    cases = random_cases(number, seed=15)
    seen = assert_alike(zip(cases, rows_of(cases), strict=True))
    assert seen["route"] == {"emergency", "urgent", "other_pathway", "stepped_care", UNDETERMINED}
    assert seen["step"] == {"recovery", "conservative", "injection", "surgery", UNDETERMINED, None}


def assert_alike(decided_rows: Iterable[tuple[Case, Row]]) -> dict[str, set[str | None]]:
    """Compares each row with the decision on its scenario; returns the values that were seen in each column."""
    seen: dict[str, set[str | None]] = {name: set() for name in result_names(KNOWLEDGE)}
    for case, row in decided_rows:
        expected = decided(case)
        assert {name: row[name] for name in expected} == expected, case
        for name, value in row.items():
            seen[name].add(value)
    return seen


def decided(case: Case) -> dict[str, str | None]:
    """The columns that the decision on a scenario gives. The possible routes, which explaining adds to, are judged elsewhere."""
    decision = decider().decide({**USUAL, **case.answers, **case.assumptions, "guidance": case.guidance}, compare=False)
    return dict(columns_of(decision))


@cache
def decider() -> Decider:
    return Decider(KNOWLEDGE)


def columns_of(decision: Decision) -> Iterator[tuple[str, str | None]]:
    yield "route", str(decision.facts["route"])
    for gate in KNOWLEDGE.gates:
        possible: Any = decision.facts[gate]
        yield gate, next(iter(possible)) if len(possible) == 1 else UNDETERMINED
    for outcomes in OUTCOMES:
        if outcomes.subject in ("step", *KNOWLEDGE.options):
            candidates = decision.step if outcomes.subject == "step" else decision.verdicts[outcomes.subject]
            if candidates is None:
                yield from ((f"step{end}", None) for end in ("", POSSIBLE_SUFFIX, RULE_SUFFIX))
                continue
            is_open = candidates.value == UNDETERMINED
            in_order = [value for value in outcomes.values if value in candidates.possible]
            holding = [rule for rule in candidates.considered if decision.truths[rule]]
            yield outcomes.subject, candidates.value
            yield f"{outcomes.subject}{POSSIBLE_SUFFIX}", OR.join(in_order) if is_open else None
            yield f"{outcomes.subject}{RULE_SUFFIX}", holding[0] if holding and not is_open else None
