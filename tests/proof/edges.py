"""The edges of every rule: scenarios in which one answer alone makes it hold, or keeps it from holding.

They are found once, with the solver, and kept in `tests/golden/edges.txt`, one on a line, for people to read and for the engine
to be tried on: `rule + nice region=low_back` (it holds there; the answers not named are the usual ones), `-` where it doesn't.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any as Anything
from typing import assert_never

from pathway.conditions.tree import All, Any, AtLeast, Condition, Is, Leaf, Not, expanded
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge, unless
from pathway.knowledge.lint import readable
from pathway.proof.laws.claims import decided_symbols
from pathway.proof.symbolic.scenarios import Answers, SymbolicSpace
from pathway.proof.symbolic.witness import smallest_witness
from pathway.proof.symbolic.z3_solver import OutOfTime, within

YES, NO = All(()), Any(())


@dataclass(frozen=True)
class Edge:
    """A scenario on a rule's edge, and whether the rule holds there."""

    rule: str
    holds: bool
    guidance: str
    answers: tuple[tuple[str, str], ...]
    """Those that are not the usual ones."""

    def __str__(self) -> str:
        words = " ".join(f"{name}={answer}" for name, answer in self.answers)
        return f"{self.rule} {'+' if self.holds else '-'} {self.guidance} {words}".rstrip()

    def facts(self, knowledge: Knowledge) -> dict[str, Anything]:
        """Everything that is known in the scenario."""
        usual: Answers = {finding.id: finding.if_not_adverse for finding in knowledge.findings.values()}
        given = {name: int(answer) if knowledge.findings[name].whole else answer for name, answer in self.answers}
        return {**usual, **given, **defaults(knowledge), "guidance": self.guidance}


def edge_from(line: str) -> Edge:
    """The edge on one line."""
    rule, sign, guidance, *answers = line.split(" ")
    return Edge(rule, sign == "+", guidance, tuple((name, answer) for name, answer in (pair.split("=") for pair in answers)))


def conditions(knowledge: Knowledge) -> Mapping[str, Condition]:
    """Every condition that a result rests on, by name, definitions not written out, exceptions taken off."""
    exceptions: dict[str, list[Condition]] = {}
    for rule in knowledge.recommendations.values():
        for name in rule.overrides:
            exceptions.setdefault(name, []).append(Not(rule.when))
    found: dict[str, Condition] = {rule.id: All((rule.when, *exceptions.get(rule.id, ()))) for rule in knowledge.rules()}
    found |= {unless(flag.id): flag.unless_known for flag in knowledge.red_flags.values() if flag.unless_known is not None}
    found |= {f"definition-{name}": definition.when for name, definition in knowledge.definitions.items()}
    found |= {f"contradiction-{entry.id}": entry.when for entry in knowledge.contradictions}
    return found | {f"caution-{caution.options[0]}-{_slug(caution.text)}": caution.when for caution in knowledge.cautions}


def _slug(text: str) -> str:
    return "-".join("".join(c for c in word if c.isalpha()) for word in text.lower().split()[:9])


def edges(knowledge: Knowledge) -> Iterator[Edge]:
    """The edges of every condition, each once."""
    space = SymbolicSpace(knowledge)
    for name, condition in conditions(knowledge).items():
        found = (_edge(name, holds, wanted, space) for holds, wanted in _wanted(condition, knowledge))
        yield from dict.fromkeys(edge for edge in found if edge)


def _wanted(condition: Condition, knowledge: Knowledge) -> Iterator[tuple[bool, tuple[Condition, ...]]]:
    """For each leaf: that it alone makes the condition hold, by each of its answers, or keeps it from holding."""
    yield True, (condition,)
    for leaf, whole in _places(condition):
        yes, no = whole(YES), whole(NO)
        for answer in _each(leaf, knowledge):
            for holds in (True, False):
                yield holds, (condition if holds else Not(condition), Any((All((yes, Not(no))), All((no, Not(yes))))), answer)


def _each(leaf: Leaf, knowledge: Knowledge) -> Iterator[Condition]:
    """Each answer to what the leaf asks; of a number, the last before its bound and the first from it."""
    if isinstance(leaf, Is):
        yield from (Is(leaf.of, (answer,)) for answer in readable(knowledge).answers[leaf.of])
    elif isinstance(leaf.bound, str) and leaf.bound in knowledge.findings:
        yield from (leaf, Not(leaf))
    else:
        bound = leaf.bound if isinstance(leaf.bound, int) else defaults(knowledge)[leaf.bound]
        assert isinstance(bound, int), "loading refuses a bound that is no number"
        for low in (bound - 1, bound):
            yield All((AtLeast(leaf.of, low), Not(AtLeast(leaf.of, low + 1))))


def _places(condition: Condition) -> Iterator[tuple[Leaf, Anything]]:
    """Each leaf, and the whole condition with something else in its place."""
    match condition:
        case Is() | AtLeast():
            yield condition, lambda other: other
        case Not(what):
            for leaf, whole in _places(what):
                yield leaf, lambda other, whole=whole: Not(whole(other))
        case All(of) | Any(of):
            for number, part in enumerate(of):
                for leaf, whole in _places(part):
                    yield leaf, _within(type(condition), of, number, whole)
        case _:
            assert_never(condition)


def _within(kind: type[All] | type[Any], parts: tuple[Condition, ...], number: int, whole: Anything) -> Anything:
    return lambda other: kind((*parts[:number], whole(other), *parts[number + 1 :]))


def _edge(name: str, holds: bool, wanted: tuple[Condition, ...], space: SymbolicSpace) -> Edge | None:
    person, symbols = space.symbolic_case, decided_symbols(space.symbolic_case, "", space)
    hold = [symbols.read(expanded(condition, space.knowledge.written_out)).true for condition in wanted]
    about = [*person.well_formed(), *person.complete(), *hold]
    about += [] if name.startswith("contradiction-") else person.consistent()
    about += [space.has_setting(assumption, value) for assumption, value in defaults(space.knowledge).items()]
    try:
        found = smallest_witness([person], about, space, within(10.0))
    except OutOfTime:
        return None
    return (
        None
        if found is None
        else Edge(name, holds, found.guidance, tuple((one, str(found.people[0][one])) for one in found.unusual))
    )
