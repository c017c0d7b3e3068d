"""Mutates the knowledge: each mutant has one small mistake that somebody could make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, assert_never

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Is, Not
from pathway.knowledge.base import Knowledge
from pathway.knowledge.lint import readable
from pathway.knowledge.models import Assumption, Entry, Recommendation, RedFlag, StepRule
from pathway.knowledge.vocabulary import VERDICTS
from tests.people import ROUTES, STEPS
from tests.proof.spoil import changed

SAYS: dict[type[Entry], tuple[str, ...]] = {RedFlag: ROUTES[:-1], StepRule: STEPS, Recommendation: VERDICTS}
TABLES = ("red_flags", "step_rules", "recommendations", "definitions", "cautions", "contradictions")


@dataclass(frozen=True)
class Mutant:
    """A mistake: where, what, and the knowledge that contains it."""

    where: str
    what: str
    knowledge: Knowledge

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def mutants(knowledge: Knowledge) -> Iterator[Mutant]:
    """Yield every mutant: a rule left out, a condition, verdict or value changed, or an option removed."""
    yield from _assumption_mutants(knowledge)
    for table in TABLES:
        entries = getattr(knowledge, table)
        for key, entry in entries.items() if isinstance(entries, dict) else enumerate(entries):
            if table != "definitions":
                yield Mutant(_name(entry), "left out", _with(knowledge, table, key, None))
            for field in ("when", "downgraded_by"):
                for what, condition in _changes(getattr(entry, field, None), knowledge):
                    mutated = entry.model_copy(update={field: condition})
                    yield Mutant(_name(entry), f"{field}: {what}", _with(knowledge, table, key, mutated))
            for what, fields in _other_fields(entry):
                yield Mutant(_name(entry), what, _with(knowledge, table, key, entry.model_copy(update=fields)))


def _other_fields(entry: Entry) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the fields of an entry without its exception, with another verdict, or with one option fewer."""
    if getattr(entry, "overrides", ()):
        yield "no exception", {"overrides": ()}
    says = getattr(entry, "says", None)
    among = next((words for model, words in SAYS.items() if isinstance(entry, model)), ())
    yield from ((f"says {word} for {says}", {"says": word}) for word in among if word != says)
    options = getattr(entry, "options", ())
    for option in options if len(options) > 1 else ():
        yield f"not of {option}", {"options": tuple(name for name in options if name != option)}


def _assumption_mutants(knowledge: Knowledge) -> Iterator[Mutant]:
    """Yield mutants of each assumption: its number moved by one, or another word."""
    for name, assumption in knowledge.assumptions.items():
        for value in _values(assumption):
            mutated = assumption.model_copy(update={"value": value})
            yield Mutant(name, f"{value} for {assumption.value}", _with(knowledge, "assumptions", name, mutated))


def _values(assumption: Assumption) -> Iterator[int | str]:
    if isinstance(assumption.value, int):
        lowest, highest = map(int, assumption.allowed)
        yield from (value for value in (assumption.value - 1, assumption.value + 1) if lowest <= value <= highest)
    elif isinstance(assumption.value, str):
        yield from (word for word in assumption.allowed if word != assumption.value)


def _name(entry: Entry) -> str:
    return str(getattr(entry, "id", f"caution at {entry.file}:{entry.line}"))


def _with(knowledge: Knowledge, table: str, key: Any, entry: Entry | None) -> Knowledge:
    old = getattr(knowledge, table)
    pairs = old.items() if isinstance(old, dict) else enumerate(old)
    new = [(name, entry if name == key else present) for name, present in pairs if name != key or entry is not None]
    return changed(knowledge, **{table: dict(new) if isinstance(old, dict) else tuple(present for _, present in new)})


def _changes(condition: Condition | None, knowledge: Knowledge) -> Iterator[tuple[str, Condition]]:
    match condition:
        case None:
            return
        case Is(variable, values):
            yield f"not {variable}", Not(condition)
            yield from _swapped(condition, knowledge)
            if len(values) > 1:
                fewer = ((value, tuple(v for v in values if v != value)) for value in values)
                yield from ((f"{variable} without {value}", Is(variable, rest)) for value, rest in fewer)
        case AtLeast(variable, bound):
            yield f"not {variable}", Not(condition)
            if isinstance(bound, int):
                yield from ((f"{variable} from {number}", AtLeast(variable, number)) for number in (bound - 1, bound + 1))
        case Not(part):
            yield "a not dropped", part
            yield from ((what, Not(mutated)) for what, mutated in _changes(part, knowledge))
        case AllOf(parts):
            yield from ((what, AllOf(mutated)) for what, mutated in _parts(parts, knowledge))
        case AnyOf(parts):
            yield from ((what, AnyOf(mutated)) for what, mutated in _parts(parts, knowledge))
        case _:
            assert_never(condition)


def _swapped(leaf: Is, knowledge: Knowledge) -> Iterator[tuple[str, Condition]]:
    rest = [word for word in readable(knowledge).answers[leaf.variable] if word not in leaf.values]
    if rest and len(rest) + len(leaf.values) > 2:  # with only two answers, a swap equals a not
        for word in leaf.values:
            yield (
                f"{leaf.variable} {rest[0]} for {word}",
                Is(leaf.variable, tuple(rest[0] if w == word else w for w in leaf.values)),
            )


def _parts(parts: tuple[Condition, ...], knowledge: Knowledge) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    for number, part in enumerate(parts):
        before, after = parts[:number], parts[number + 1 :]
        yield f"part {number + 1} dropped", (*before, *after)
        yield from ((f"part {number + 1}, {says}", (*before, other, *after)) for says, other in _changes(part, knowledge))
