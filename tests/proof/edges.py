"""The edges of every rule: scenarios whose single answer makes the rule hold, or keeps it from holding.

The solver finds them; `tests/golden/edges.txt` lists them for people to read and for the engine to be tested on. A line such as
`rule + nice region=low_back` means that the rule holds there (`-`: doesn't hold); answers not named are the usual ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Is, Leaf, Not, expand_definitions
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge, downgrade_id
from pathway.knowledge.lint import readable
from pathway.proof.laws.claims import decided_symbols
from pathway.proof.symbolic.scenarios import Answers, SymbolicSpace
from pathway.proof.symbolic.witness import smallest_witness
from pathway.proof.symbolic.z3_solver import OutOfTime, within

YES, NO = AllOf(()), AnyOf(())


@dataclass(frozen=True)
class Edge:
    """A scenario on a rule's edge, and whether the rule holds there."""

    rule: str
    holds: bool
    guidance: str
    answers: tuple[tuple[str, str], ...]
    """The answers that are not the usual ones."""

    def __str__(self) -> str:
        words = " ".join(f"{name}={answer}" for name, answer in self.answers)
        return f"{self.rule} {'+' if self.holds else '-'} {self.guidance} {words}".rstrip()

    def facts(self, knowledge: Knowledge) -> dict[str, Any]:
        """Return all facts of the scenario: answers, assumptions and guidance."""
        usual: Answers = {finding.id: finding.benign_answer for finding in knowledge.findings.values()}
        unusual = {name: int(answer) if knowledge.findings[name].whole else answer for name, answer in self.answers}
        return {**usual, **unusual, **defaults(knowledge), "guidance": self.guidance}


def edge_from(line: str) -> Edge:
    """Parse the edge on one line."""
    rule, sign, guidance, *answers = line.split(" ")
    return Edge(rule, sign == "+", guidance, tuple((name, answer) for name, answer in (pair.split("=") for pair in answers)))


def conditions(knowledge: Knowledge) -> Mapping[str, Condition]:
    """Return every condition that can affect a result, by name. Rules exclude their exceptions."""
    exceptions: dict[str, list[Condition]] = {}
    for rule in knowledge.recommendations.values():
        for name in rule.overrides:
            exceptions.setdefault(name, []).append(Not(rule.when))
    by_name: dict[str, Condition] = {rule.id: AllOf((rule.when, *exceptions.get(rule.id, ()))) for rule in knowledge.rules()}
    by_name |= {
        downgrade_id(flag.id): flag.downgraded_by for flag in knowledge.red_flags.values() if flag.downgraded_by is not None
    }
    by_name |= {f"definition-{name}": definition.when for name, definition in knowledge.definitions.items()}
    by_name |= {f"contradiction-{entry.id}": entry.when for entry in knowledge.contradictions}
    return by_name | {f"caution-{caution.options[0]}-{_slug(caution.text)}": caution.when for caution in knowledge.cautions}


def _slug(text: str) -> str:
    return "-".join("".join(c for c in word if c.isalpha()) for word in text.lower().split()[:9])


def edges(knowledge: Knowledge) -> Iterator[Edge]:
    """Yield the edges of every condition, each once."""
    space = SymbolicSpace(knowledge)
    for name, condition in conditions(knowledge).items():
        candidates = (_edge(name, holds, required, space) for holds, required in _required(condition, knowledge))
        yield from dict.fromkeys(edge for edge in candidates if edge)


def _required(condition: Condition, knowledge: Knowledge) -> Iterator[tuple[bool, tuple[Condition, ...]]]:
    """Yield the conditions of each edge, where one leaf alone decides, and whether the rule holds there."""
    yield True, (condition,)
    for leaf, whole in _places(condition):
        yes, no = whole(YES), whole(NO)
        for answer in _each(leaf, knowledge):
            for holds in (True, False):
                yield (
                    holds,
                    (condition if holds else Not(condition), AnyOf((AllOf((yes, Not(no))), AllOf((no, Not(yes))))), answer),
                )


def _each(leaf: Leaf, knowledge: Knowledge) -> Iterator[Condition]:
    """Yield each answer to the leaf's question; for a number, the last before the bound and the bound itself."""
    if isinstance(leaf, Is):
        yield from (Is(leaf.variable, (answer,)) for answer in readable(knowledge).answers[leaf.variable])
    elif isinstance(leaf.bound, str) and leaf.bound in knowledge.findings:
        yield from (leaf, Not(leaf))
    else:
        bound = leaf.bound if isinstance(leaf.bound, int) else defaults(knowledge)[leaf.bound]
        assert isinstance(bound, int), "loading refuses a bound that is no number"
        for low in (bound - 1, bound):
            yield AllOf((AtLeast(leaf.variable, low), Not(AtLeast(leaf.variable, low + 1))))


def _places(condition: Condition) -> Iterator[tuple[Leaf, Any]]:
    """Yield each leaf, with a function that returns the whole condition with something else in its place."""
    match condition:
        case Is() | AtLeast():
            yield condition, lambda other: other
        case Not(part):
            for leaf, whole in _places(part):
                yield leaf, lambda other, whole=whole: Not(whole(other))
        case AllOf(parts) | AnyOf(parts):
            for number, part in enumerate(parts):
                for leaf, whole in _places(part):
                    yield leaf, _within(type(condition), parts, number, whole)
        case _:
            assert_never(condition)


def _within(node: type[AllOf] | type[AnyOf], parts: tuple[Condition, ...], number: int, whole: Any) -> Any:
    return lambda other: node((*parts[:number], whole(other), *parts[number + 1 :]))


def _edge(name: str, holds: bool, required: tuple[Condition, ...], space: SymbolicSpace) -> Edge | None:
    case, symbols = space.symbolic_case, decided_symbols(space.symbolic_case, "", space)
    hold = [symbols.read(expand_definitions(condition, space.knowledge.expanded_definitions)).true for condition in required]
    about = [*case.well_formed(), *case.complete(), *hold]
    about += [] if name.startswith("contradiction-") else case.consistent()
    about += [space.has_setting(assumption, value) for assumption, value in defaults(space.knowledge).items()]
    try:
        witness = smallest_witness([case], about, space, within(10.0))
    except OutOfTime:
        return None
    if witness is None:
        return None
    answers = tuple((finding, str(witness.people[0][finding])) for finding in witness.unusual)
    return Edge(name, holds, witness.guidance, answers)
