"""Every rule says what it rests on: a statement, an outside source, or a named assumption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathway.check.naming import unknown_names
from pathway.check.reading import conditions
from pathway.condition import variables
from pathway.entries import Assumption, Cite, Entry, Supported
from pathway.faults import Fault
from pathway.knowledge import Knowledge

NEEDS = {"page": "a statement of the page", "guideline": "an outside source", "assumption": "a named assumption"}


def _support(knowledge: Knowledge) -> Iterator[Fault]:
    statements = {statement.id for statement in knowledge.ledger.statements}
    for entry in (*knowledge.rules(), *knowledge.cautions):
        cited = {"page": any(c.statement for c in entry.cites), "guideline": any(c.source for c in entry.cites)}
        if not cited.get(entry.basis, entry.assumption is not None):
            yield entry.fault(f"its basis is {entry.basis}, so it needs {NEEDS[entry.basis]}")
        if entry.assumption:
            yield from unknown_names(entry, "assumption", [entry.assumption], knowledge.assumptions)
    for citer in citing(knowledge):
        yield from _cites(citer, citer.cites, knowledge, statements)
    for term in knowledge.terms.values():
        yield from _cites(term, term.cites, knowledge, statements)
    yield from _cites(knowledge.frame, knowledge.frame.safety_net_cites, knowledge, statements)


def citing(knowledge: Knowledge) -> Iterator[Supported | Assumption]:
    """Every entry that cites what it rests on."""
    yield from (*knowledge.rules(), *knowledge.cautions)
    yield from knowledge.assumptions.values()


def _cites(entry: Entry, cites: Iterable[Cite], knowledge: Knowledge, statements: set[str]) -> Iterator[Fault]:
    for cite in cites:
        if cite.statement:
            yield from unknown_names(entry, "statement", [cite.statement], statements)
        elif cite.source and cite.at and cite.checked:
            yield from unknown_names(entry, "source", [cite.source], knowledge.sources)
        else:
            yield entry.fault("a citation is a statement, or a source with at and checked")


def _assumptions(knowledge: Knowledge) -> Iterator[Fault]:
    used = cited_assumptions(knowledge)
    for assumption in knowledge.assumptions.values():
        if assumption.id not in used:
            yield assumption.fault(f"no rule rests on {assumption.id}; use it or drop it")
        if isinstance(assumption.value, int) and not assumption.unit:
            yield assumption.fault(f"{assumption.id} is a number, so it needs a unit")
        if assumption.value is not None and not allows(assumption.allowed, assumption.value):
            yield assumption.fault(f"{assumption.id} is {assumption.value}, which its own allowed values leave out")


def cited_assumptions(knowledge: Knowledge) -> frozenset[str]:
    """The assumptions that a rule names or that its condition reads."""
    named = {entry.assumption for entry in (*knowledge.rules(), *knowledge.cautions) if entry.assumption}
    read = frozenset[str]().union(*(variables(condition) for _, condition in conditions(knowledge)))
    return frozenset(named) | (read & knowledge.assumptions.keys())


def allows(allowed: tuple[int | str, ...], value: int | str) -> bool:
    """Whether a value is one of the words allowed, or within the lowest and highest number."""
    match allowed:
        case (int() as lowest, int() as highest):
            return isinstance(value, int) and lowest <= value <= highest
        case _:
            return value in allowed


def used_statements(knowledge: Knowledge) -> set[str]:
    """The page's statements that an option, a rule or an assumption cites."""
    cites = [cite for entry in citing(knowledge) for cite in entry.cites]
    return {c.statement for c in cites if c.statement} | {name for o in knowledge.options.values() for name in o.statements}


CHECKS = (_support, _assumptions)
