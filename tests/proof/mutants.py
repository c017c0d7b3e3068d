"""Changes the knowledge one step at a time: each mutant is one small mistake that somebody could make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any as Anything
from typing import assert_never

from pathway.conditions.tree import All, Any, AtLeast, Condition, Is, Not
from pathway.knowledge.base import Knowledge
from pathway.knowledge.lint import readable
from pathway.knowledge.models import Assumption, Entry, Recommendation, RedFlag, StepRule
from pathway.knowledge.vocabulary import ROUTES, STEPS, VERDICTS
from tests.proof.spoil import changed

SAYS: dict[type[Entry], tuple[str, ...]] = {RedFlag: ROUTES[:-1], StepRule: STEPS, Recommendation: VERDICTS}
TABLES = ("red_flags", "step_rules", "recommendations", "definitions", "cautions", "contradictions")


@dataclass(frozen=True)
class Mutant:
    """One mistake: where, what, and the knowledge with it."""

    where: str
    what: str
    knowledge: Knowledge

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def mutants(knowledge: Knowledge) -> Iterator[Mutant]:
    """Every mutant: a rule left out, a condition changed in one place, another thing said, an option less, a value moved."""
    yield from _assumed(knowledge)
    for table in TABLES:
        entries = getattr(knowledge, table)
        for key, entry in entries.items() if isinstance(entries, dict) else enumerate(entries):
            if table != "definitions":
                yield Mutant(_name(entry), "left out", _with(knowledge, table, key, None))
            for field in ("when", "unless_known"):
                for what, condition in _changes(getattr(entry, field, None), knowledge):
                    found = entry.model_copy(update={field: condition})
                    yield Mutant(_name(entry), f"{field}: {what}", _with(knowledge, table, key, found))
            for what, fields in _otherwise(entry):
                yield Mutant(_name(entry), what, _with(knowledge, table, key, entry.model_copy(update=fields)))


def _otherwise(entry: Entry) -> Iterator[tuple[str, dict[str, Anything]]]:
    """The entry without its exception, with something else said, and of one option less."""
    if getattr(entry, "overrides", ()):
        yield "no exception", {"overrides": ()}
    says = getattr(entry, "says", None)
    among = next((words for kind, words in SAYS.items() if isinstance(entry, kind)), ())
    yield from ((f"says {word} for {says}", {"says": word}) for word in among if word != says)
    options = getattr(entry, "options", ())
    for option in options if len(options) > 1 else ():
        yield f"not of {option}", {"options": tuple(name for name in options if name != option)}


def _assumed(knowledge: Knowledge) -> Iterator[Mutant]:
    """Each assumption's value moved by one, or another word."""
    for name, assumption in knowledge.assumptions.items():
        for value in _values(assumption):
            found = assumption.model_copy(update={"value": value})
            yield Mutant(name, f"{value} for {assumption.value}", _with(knowledge, "assumptions", name, found))


def _values(assumption: Assumption) -> Iterator[int | str]:
    if isinstance(assumption.value, int):
        lowest, highest = map(int, assumption.allowed)
        yield from (value for value in (assumption.value - 1, assumption.value + 1) if lowest <= value <= highest)
    elif isinstance(assumption.value, str):
        yield from (word for word in assumption.allowed if word != assumption.value)


def _name(entry: Entry) -> str:
    return str(getattr(entry, "id", f"caution at {entry.file}:{entry.line}"))


def _with(knowledge: Knowledge, table: str, key: Anything, entry: Entry | None) -> Knowledge:
    old = getattr(knowledge, table)
    pairs = old.items() if isinstance(old, dict) else enumerate(old)
    new = [(name, entry if name == key else one) for name, one in pairs if name != key or entry is not None]
    return changed(knowledge, **{table: dict(new) if isinstance(old, dict) else tuple(one for _, one in new)})


def _changes(condition: Condition | None, knowledge: Knowledge) -> Iterator[tuple[str, Condition]]:
    match condition:
        case None:
            return
        case Is(of, among):
            yield f"not {of}", Not(condition)
            yield from _swapped(condition, knowledge)
            if len(among) > 1:
                yield from ((f"{of} without {word}", Is(of, tuple(w for w in among if w != word))) for word in among)
        case AtLeast(of, bound):
            yield f"not {of}", Not(condition)
            if isinstance(bound, int):
                yield from ((f"{of} from {number}", AtLeast(of, number)) for number in (bound - 1, bound + 1))
        case Not(what):
            yield "a not dropped", what
            yield from ((says, Not(part)) for says, part in _changes(what, knowledge))
        case All(of):
            yield from ((says, All(parts)) for says, parts in _parts(of, knowledge))
        case Any(of):
            yield from ((says, Any(parts)) for says, parts in _parts(of, knowledge))
        case _:
            assert_never(condition)


def _swapped(leaf: Is, knowledge: Knowledge) -> Iterator[tuple[str, Condition]]:
    rest = [word for word in readable(knowledge).answers[leaf.of] if word not in leaf.among]
    if rest and len(rest) + len(leaf.among) > 2:  # of two answers, another one is the same as a not
        for word in leaf.among:
            yield f"{leaf.of} {rest[0]} for {word}", Is(leaf.of, tuple(rest[0] if w == word else w for w in leaf.among))


def _parts(parts: tuple[Condition, ...], knowledge: Knowledge) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    for number, part in enumerate(parts):
        before, after = parts[:number], parts[number + 1 :]
        yield f"part {number + 1} dropped", (*before, *after)
        yield from ((f"part {number + 1}, {says}", (*before, other, *after)) for says, other in _changes(part, knowledge))
