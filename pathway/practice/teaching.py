"""The files of `data/` that only practice reads, as checked models: how cases begin, how answers are drawn, the traps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import Field

from pathway.conditions.tree import ALWAYS, Condition, Is, leaves, variables
from pathway.errors import Fault, Unusable, collect_into, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Entry, FindingId, Id, Phrase, When, Words, duplicate_ids, unknown_names
from pathway.knowledge.vocabulary import READING, ROUTE, STEP, STEP_RULE
from pathway.model import FrozenModel
from pathway.yaml.document import read_part
from pathway.yaml.validation import validate_as

COMPUTED_NAMES = ("weeks",)
"""Names in braces that are no finding: the weeks since the visit before. Only a later visit has them."""
QUESTIONS_TO_ASK = 3
RESULT_VARIABLES = (READING, ROUTE, STEP, STEP_RULE)
"""What a trap's condition may read besides findings and definitions."""


class StorySentence(Phrase):
    """A sentence that a visit may begin with. Of the sentences of one `part`, only the first whose `when` holds is said."""

    part: Id
    when: When = ALWAYS
    tells: tuple[FindingId, ...] = ()

    @property
    def known_findings(self) -> frozenset[str]:
        """The findings whose answers this sentence gives away: those under `tells`, and those in braces."""
        return frozenset(self.tells) | self.names


class Presentation(FrozenModel):
    """`presentation.yaml`: how the first visit begins, and each later one."""

    opening: tuple[StorySentence, ...] = Field(min_length=1)
    later: tuple[StorySentence, ...] = ()


class Range(FrozenModel):
    """The least and the most that a drawn number can be."""

    least: int
    most: int


class Offer(Entry):
    """A finding that leaves these answers only where the visit before offered the option: where the option applied."""

    finding: FindingId
    leaves: tuple[FindingId, ...] = Field(min_length=1)
    option: Id


class LaterDraws(FrozenModel):
    """How a later visit of a new case is drawn: the weeks since the visit before, and the findings whose answers may change."""

    weeks: Range
    may_change: tuple[FindingId, ...] = Field(min_length=1)
    offered: tuple[Offer, ...] = ()


class Draws(FrozenModel):
    """`draws.yaml`: how the answers of a new case are drawn."""

    numbers: dict[FindingId, Range]
    mostly_usual: tuple[FindingId, ...] = ()
    later: LaterDraws


class Trap(Entry):
    """A kind of case that learners often get wrong. Each trap is a learning objective."""

    id: Id
    title: Words
    aim: Words
    option: Id
    guidance: FindingId | None = None
    """The reading that the case follows; left out, the first one."""
    when: When
    teaches: tuple[Id, ...] = Field(min_length=1)
    ask: tuple[Words, ...]
    """Three questions for a group."""


class LaterVisit(FrozenModel):
    """A later visit of a bundled case. Questions that are asked again and not named under `answers` are answered as before."""

    after: int
    course: str
    answers: dict[FindingId, str | int] = Field(default_factory=dict)


class CaseOverTime(Entry):
    """A bundled scenario continued over several visits."""

    id: Id
    scenario: Id
    title: Words
    about: Words
    later: tuple[LaterVisit, ...] = Field(min_length=1)


class Teaching(FrozenModel):
    """Everything in `data/` that only practice reads."""

    presentation: Presentation
    draws: Draws
    traps: dict[str, Trap]
    over_time: tuple[CaseOverTime, ...]


FILES: dict[str, Any] = {
    "presentation": Presentation,
    "draws": Draws,
    "traps": tuple[Trap, ...],
    "cases_over_time": tuple[CaseOverTime, ...],
}
"""The model of each file, by its name without `.yaml`."""


def load_teaching(knowledge: Knowledge, folder: Path | None = None) -> Teaching:
    """Return the files of practice in a folder, by default that of the knowledge. Raises Unusable with every fault."""
    files = _validated_files(folder or knowledge.folder)
    traps: tuple[Trap, ...] = files["traps"]
    teaching = Teaching.model_construct(
        presentation=files["presentation"],
        draws=files["draws"],
        traps={trap.id: trap for trap in traps},
        over_time=files["cases_over_time"],
    )
    if faults := sorted({*_faults(teaching, knowledge), *duplicate_ids(traps), *duplicate_ids(teaching.over_time)}):
        raise Unusable(faults)
    return teaching


def _validated_files(folder: Path) -> dict[str, Any]:
    files, faults = dict[str, Any](), list[Fault]()
    for name, model in FILES.items():
        with collect_into(faults):
            files[name] = validate_as(read_part(folder, f"{name}.yaml"), model)
    if faults:
        raise Unusable(faults)
    return files


def _file(name: str) -> str:
    return f"data/{name}.yaml"


def _faults(teaching: Teaching, knowledge: Knowledge) -> Iterator[Fault]:
    for sentence in teaching.presentation.opening:
        yield from _sentence_faults(sentence, knowledge, ())
    for sentence in teaching.presentation.later:
        yield from _sentence_faults(sentence, knowledge, COMPUTED_NAMES)
    yield from _draw_faults(teaching.draws, knowledge)
    for trap in teaching.traps.values():
        yield from _trap_faults(trap, knowledge)


def _sentence_faults(sentence: StorySentence, knowledge: Knowledge, computed: tuple[str, ...]) -> Iterator[Fault]:
    names = {*sentence.tells, *sentence.names, *variables(sentence.when)} - set(computed)
    yield from unknown_names(sentence, "finding", sorted(names), knowledge.findings)
    yield from _answer_faults(sentence, sentence.when, knowledge)
    for name in sentence.tells:
        if name not in {leaf.variable for leaf in leaves(sentence.when)}:
            yield sentence.fault(f"{sentence.id} tells {name}, but its `when` does not read it; test it there, or leave it out")


def _draw_faults(draws: Draws, knowledge: Knowledge) -> Iterator[Fault]:
    yield from _range_faults(draws, knowledge)
    if draws.later.weeks.least > draws.later.weeks.most:
        yield Fault(_file("draws"), None, "the range of weeks is empty; write the smaller number as least")
    for name in (*draws.mostly_usual, *draws.later.may_change):
        if name not in knowledge.findings:
            yield Fault(_file("draws"), None, f"there is no finding {name}; {suggestion(name, knowledge.findings)}")
    for offer in draws.later.offered:
        yield from _offer_faults(offer, knowledge)


def _range_faults(draws: Draws, knowledge: Knowledge) -> Iterator[Fault]:
    numbers = [finding.id for finding in knowledge.findings.values() if finding.whole]
    for name in numbers:
        if name not in draws.numbers:
            yield Fault(_file("draws"), None, f"needs a range for {name}")
    for name, limits in draws.numbers.items():
        if name not in numbers:
            yield Fault(_file("draws"), None, f"{name} is not a number that is asked for; {suggestion(name, numbers)}")
        elif limits.least > limits.most:
            yield Fault(_file("draws"), None, f"the range of {name} is empty; write the smaller number as least")


def _offer_faults(offer: Offer, knowledge: Knowledge) -> Iterator[Fault]:
    yield from unknown_names(offer, "finding", [offer.finding], knowledge.findings)
    yield from unknown_names(offer, "option", [offer.option], knowledge.options)
    yield from _answer_faults(offer, Is(offer.finding, offer.leaves), knowledge)


def _trap_faults(trap: Trap, knowledge: Knowledge) -> Iterator[Fault]:
    if len(trap.ask) != QUESTIONS_TO_ASK:
        yield trap.fault(f"{trap.id} needs {QUESTIONS_TO_ASK} questions under ask, and has {len(trap.ask)}")
    yield from unknown_names(trap, "option", [trap.option], knowledge.options)
    yield from unknown_names(trap, "reading", [trap.guidance] if trap.guidance else [], knowledge.readings)
    known = {rule.id for rule in knowledge.rules()} | {statement.id for statement in knowledge.ledger.statements}
    yield from unknown_names(trap, "rule or statement", trap.teaches, known)
    readable = {*knowledge.findings, *knowledge.definitions, *RESULT_VARIABLES}
    yield from unknown_names(trap, "finding", sorted({leaf.variable for leaf in leaves(trap.when)}), readable)
    yield from _answer_faults(trap, trap.when, knowledge)


def _answer_faults(entry: Entry, condition: Condition, knowledge: Knowledge) -> Iterator[Fault]:
    for leaf in leaves(condition):
        if not isinstance(leaf, Is):
            continue
        valid = _possible_answers(leaf.variable, knowledge)
        for answer in leaf.values:
            if valid and answer not in valid:
                yield entry.fault(f"{answer} is not an answer for {leaf.variable}; {suggestion(answer, valid)}")


def _possible_answers(variable: str, knowledge: Knowledge) -> tuple[str, ...]:
    if variable in knowledge.definitions:
        return ("present", "absent")
    if variable in knowledge.derived:
        return tuple(knowledge.derived[variable].answers)
    return tuple(knowledge.findings[variable].answers) if variable in knowledge.findings else ()
