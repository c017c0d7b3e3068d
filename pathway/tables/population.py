"""Many people at once: the place of each, who is undecided, and who would move under another reading or assumption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pathway.errors import Fault, Unusable
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding
from pathway.knowledge.vocabulary import READING, UNDETERMINED
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.scenario import Answers
from pathway.tables.decision import Settings
from pathway.tables.names import CONTRADICTIONS
from pathway.tables.sheets.answers import AnswerReader, answer_reader
from pathway.tables.sheets.readers import Sheet, open_sheet
from pathway.tables.sql_query import NUMBER, WORD, Query
from pathway.tables.table import SEPARATOR

MOST_ROWS = 200_000
CHANGED = 0.1
"""The chance that a made-up person's answer differs from the bundled scenario; it includes the chance of `UNKNOWN`."""
CHANGED_SAFETY = 0.022
"""The same for a safety question: there are so many of them that at a higher chance few people would stay on the ladder."""
UNKNOWN = 0.02
"""The chance that an answer is not known."""
MOST_CACHED = 8
"""Results that are kept for one population."""
UNDECIDED_SAMPLE = 400
"""The most undecided people that each question is tried for; more would only take time."""


@dataclass(frozen=True, eq=False)
class Population:
    """The answers of many people, without faults."""

    knowledge: Knowledge
    answers: pa.Table
    numbers: np.ndarray
    """The number of each person: of the row in the sheet, as a spreadsheet counts, or from 1 on."""
    faults: Mapping[str, int] = field(default_factory=dict)
    """The faults of the rows that were left out, each with the number of rows."""
    left_out: int = 0
    """How many rows have a fault."""
    _results: dict[tuple[object, ...], Any] = field(default_factory=dict, repr=False)
    """A cache of its own, so that the results go when these people do."""

    @property
    def size(self) -> int:
        """The number of people."""
        return int(self.answers.num_rows)

    def under(self, settings: Settings) -> Standing:
        """Return where everyone stands, with this guidance and these assumptions."""
        standing: Standing = self._cached(
            "under", settings, lambda: Standing(Query(self.knowledge).decide(self.answers, settings))
        )
        return standing

    def places_under(self, settings: Settings) -> np.ndarray:
        """Return each person's place, with this guidance and these assumptions. Quicker than `under`: it decides no verdict."""
        places: np.ndarray = self._cached("places", settings, lambda: Query(self.knowledge).places(self.answers, settings))
        return places

    def questions_that_decide(self, settings: Settings) -> dict[str, int]:
        """Return for each question how many undecided people its usual answer alone would decide; the most first.

        Counts among the first `UNDECIDED_SAMPLE` of them.
        """
        numbers: dict[str, int] = self._cached("questions", settings, lambda: _questions_that_decide(self, settings))
        return numbers

    def _cached(self, what: str, settings: Settings, work: Callable[[], Any]) -> Any:
        key = (what, *sorted(settings.items()))
        if key not in self._results:
            while len(self._results) >= MOST_CACHED:
                del self._results[next(iter(self._results))]
            self._results[key] = work()
        return self._results[key]

    def person(self, row: int) -> Answers:
        """Return the answers of one person."""
        (answers,) = self.answers.slice(row, 1).to_pylist()
        return {name: answer for name, answer in answers.items() if answer is not None}


@dataclass(frozen=True, eq=False)
class Standing:
    """The results of many people: a row for each, with the columns of `pathway.table`."""

    results: pa.Table

    @cached_property
    def places(self) -> np.ndarray:
        """Each person's place: the step, or off the ladder the route."""
        step, route = (self.results[name].cast(pa.string()) for name in ("step", "route"))
        return np.asarray(pc.coalesce(step, route).to_pylist())

    def counts(self, option: str) -> dict[tuple[str, str], int]:
        """Return how many stand at each place with each verdict of an option."""
        return dict(Counter(zip(self.places.tolist(), self.verdicts(option), strict=True)))

    def verdicts(self, option: str) -> list[str]:
        """Return each person's verdict of an option."""
        return list(self.results[option].to_pylist())

    def moves(self, later: np.ndarray) -> dict[tuple[str, str], list[int]]:
        """Return for each pair of places, the one here and the one in `later`, the rows of the people who have both."""
        places_now, now = np.unique(self.places, return_inverse=True)
        places_later, then = np.unique(later, return_inverse=True)
        pairs = now * len(places_later) + then  # one number for each pair of places
        return {
            (str(places_now[pair // len(places_later)]), str(places_later[pair % len(places_later)])): (
                np.flatnonzero(pairs == pair).tolist()
            )
            for pair in np.unique(pairs)
        }

    def differences(self, other: Standing, knowledge: Knowledge) -> dict[str, int]:
        """Return for each option how many people have another verdict there; the most first, options without any left out."""
        numbers = {option: self._count_different(other, option) for option in knowledge.options}
        return {option: number for option, number in sorted(numbers.items(), key=lambda pair: -pair[1]) if number}

    def _count_different(self, other: Standing, option: str) -> int:
        mine, others = (standing.results[option].cast(pa.string()) for standing in (self, other))
        return int(pc.sum(pc.not_equal(mine, others)).as_py() or 0)


def _questions_that_decide(population: Population, settings: Settings) -> dict[str, int]:
    knowledge, places = population.knowledge, population.under(settings).places
    undecided = population.answers.take(np.flatnonzero(places == UNDETERMINED)[:UNDECIDED_SAMPLE])
    if not undecided.num_rows:
        return {}
    variants = pa.concat_tables([_with_answer(undecided, finding) for finding in knowledge.findings.values()])
    decided = Query(knowledge).places(variants, settings) != UNDETERMINED
    numbers = decided.reshape(len(knowledge.findings), -1).sum(axis=1).tolist()
    ranked = sorted(zip(knowledge.findings, numbers, strict=True), key=lambda pair: -pair[1])
    return {finding: number for finding, number in ranked if number}


def _with_answer(answers: pa.Table, finding: Finding) -> pa.Table:
    """Return the table with the usual answer of a finding where none is known."""
    column = answers[finding.id]
    plain = column.cast(_array_type(finding))
    filled = pc.fill_null(plain, pa.scalar(finding.benign_answer, plain.type)).cast(column.type)
    return answers.set_column(answers.column_names.index(finding.id), finding.id, filled)


def made_up(knowledge: Knowledge, number: int, seed: int) -> Population:
    """Return made-up people: bundled scenarios with some answers changed. Nobody's answers contradict each other."""
    random = Random(seed)
    bundled = [scenario for _, scenario in bundled_scenarios(knowledge)]
    first_visits = [scenario.visits[0].answers if scenario.visits else scenario.answers for scenario in bundled]
    # Twice as many as asked for: some contradict themselves, and are left out.
    people = [_varied(random.choice(first_visits), knowledge, random) for _ in range(2 * number)]
    findings = knowledge.findings.values()
    columns = {finding.id: pa.array([person.get(finding.id) for person in people], _array_type(finding)) for finding in findings}
    population = _without_contradictions(knowledge, pa.table(columns).cast(_schema(knowledge)), np.arange(len(people)))
    return Population(knowledge, population.answers.slice(0, number), np.arange(1, number + 1))


def _array_type(finding: Finding) -> pa.DataType:
    return NUMBER if finding.whole else pa.string()


def _schema(knowledge: Knowledge) -> pa.Schema:
    return pa.schema([(finding.id, NUMBER if finding.whole else WORD) for finding in knowledge.findings.values()])


def _varied(answers: Answers, knowledge: Knowledge, random: Random) -> dict[str, Any]:
    """Return a person's answers: these, some of them dropped and some changed by chance."""
    person = dict(answers)
    for finding in knowledge.findings.values():
        chance = random.random()
        if chance < UNKNOWN:
            person.pop(finding.id, None)
        elif chance < (CHANGED_SAFETY if finding.id in knowledge.safety_findings else CHANGED) and finding.id in person:
            person[finding.id] = _drawn_answer(person[finding.id], finding, random)
    return person


def _drawn_answer(answer: str | int, finding: Finding, random: Random) -> str | int:
    """Return a drawn answer, which may be the same one: any word, or a number from half to about twice as large."""
    if finding.whole is None:
        return random.choice(list(finding.answers))
    return min(random.randint(int(answer) // 2, 2 * int(answer) + 2), finding.whole.most)


def _without_contradictions(
    knowledge: Knowledge,
    answers: pa.Table,
    numbers: np.ndarray,
    faulty: Mapping[int, object] | None = None,
    counts: Mapping[str, int] | None = None,
) -> Population:
    """Return the people whose answers have no fault and don't contradict each other.

    `numbers`: the number of each row. `faulty` has the places of the rows with a fault.
    """
    (results,) = Query(knowledge).stream([answers], {**defaults(knowledge), READING: knowledge.readings[0]})
    contradictions = results[CONTRADICTIONS]
    sound = contradictions.is_null().to_numpy().copy()
    sound[list(faulty or {})] = False
    faults = Counter(counts)
    for says in contradictions.drop_null().to_pylist():
        faults.update(says.split(SEPARATOR))
    return Population(knowledge, answers.filter(pa.array(sound)), numbers[sound], dict(faults.most_common()), int((~sound).sum()))


def population_in(name: str, data: bytes, knowledge: Knowledge) -> Population:
    """Return the people of a sheet, from its content. Raises Unusable."""
    sheet = open_sheet(Path(name), data)
    reader = answer_reader(sheet.headers, knowledge, name)
    answers, numbers, faulty = _all_rows(name, sheet, reader)
    return _without_contradictions(knowledge, answers, numbers, faulty, reader.counts)


def _all_rows(name: str, sheet: Sheet, reader: AnswerReader) -> tuple[pa.Table, np.ndarray, dict[int, object]]:
    """Return the answers and the number of every row, and what is wrong with the rows that have a fault. Raises Unusable."""
    batches, numbers, faulty, rows = list[pa.Table](), list[np.ndarray](), dict[int, object](), 0
    for batch in sheet.batches():
        answers, faults = reader.read(batch)
        batches.append(answers.cast(_schema(reader.knowledge)))
        numbers.append(batch.numbers)
        faulty |= {rows + row: says for row, says in faults.items()}
        rows += batch.size
        if rows > MOST_ROWS:
            says = f"has more than {MOST_ROWS:,} rows; `pathway table` takes any number"
            raise Unusable([Fault(name, None, says)])
    if not rows:
        raise Unusable([Fault(name, None, "has no rows below its headers")])
    return pa.concat_tables(batches).unify_dictionaries(), np.concatenate(numbers), faulty


def results_csv(population: Population, standing: Standing) -> str:
    """Return everyone's results as CSV, each with the person's number."""
    names = standing.results.column_names
    rows = zip(population.numbers.tolist(), standing.results.to_pylist(), strict=True)
    lines = (",".join([str(number), *(cell or "" for cell in row.values())]) for number, row in rows)
    return "\n".join([",".join(["row", *names]), *lines]) + "\n"
