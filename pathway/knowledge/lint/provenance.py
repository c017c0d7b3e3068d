"""Checks that every rule says what it rests on: a statement, an outside source with an address, none, or an assumption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathway.conditions.tree import variables
from pathway.errors import Fault
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import CitationRef, Citing, Entry, Position, Sourced, unknown_names

REQUIRED = {"page": "a statement of the page", "guideline": "an outside source", "assumption": "a named assumption"}
WITHOUT_ADDRESS = "{} has no address in data/sources.yaml, so only an entry whose basis is unsourced may cite it"


def _support(knowledge: Knowledge) -> Iterator[Fault]:
    statements = {statement.id for statement in knowledge.ledger.statements}
    for entry in (*knowledge.rules(), *knowledge.cautions):
        if not _has_required_citation(entry):
            yield entry.fault(f"its basis is {entry.basis}, so it needs {REQUIRED[entry.basis]}")
        if entry.assumption:
            yield from unknown_names(entry, "assumption", [entry.assumption], knowledge.assumptions)
    for citer, cites in everything_cited(knowledge):
        yield from _cites(citer, cites, knowledge, statements)


def _has_required_citation(entry: Sourced) -> bool:
    has = {
        "page": any(cite.statement for cite in entry.cites),
        "guideline": any(cite.source for cite in entry.cites),
        "unsourced": True,
        "assumption": entry.assumption is not None,
    }
    return has[entry.basis]


def entries_with_citations(knowledge: Knowledge) -> Iterator[Citing]:
    """Yield every rule, caution and assumption."""
    yield from (*knowledge.rules(), *knowledge.cautions)
    yield from knowledge.assumptions.values()


def everything_cited(knowledge: Knowledge) -> Iterator[tuple[Entry, tuple[CitationRef, ...]]]:
    """Yield every entry with its citations; terms, evidence and the frame included."""
    yield from ((entry, entry.cites) for entry in entries_with_citations(knowledge))
    yield from ((term, term.cites) for term in knowledge.terms.values())
    yield from ((evidence, evidence.cites) for evidence in knowledge.evidence.values())
    yield knowledge.frame, knowledge.frame.safety_net_cites
    yield knowledge.frame, knowledge.frame.limits_cites


def _cites(entry: Entry, cites: Iterable[CitationRef], knowledge: Knowledge, statements: set[str]) -> Iterator[Fault]:
    for cite in cites:
        if cite.statement and cite.source:
            yield entry.fault(f"a citation names {cite.statement} and {cite.source}; write one citation for each")
        elif cite.statement:
            yield from unknown_names(entry, "statement", [cite.statement], statements)
        elif cite.source and cite.at and cite.checked:
            yield from unknown_names(entry, "source", [cite.source], knowledge.sources)
        else:
            yield entry.fault("a citation is a statement, or a source with at and checked")


def _addressed(knowledge: Knowledge) -> Iterator[Fault]:
    for entry, cites in everything_cited(knowledge):
        named = [cite.source for cite in cites if cite.source]
        if getattr(entry, "basis", None) == "unsourced":
            yield from _unneeded_basis(entry, named, knowledge)
        else:
            yield from _missing_address(entry, named, knowledge)
    for option in knowledge.options.values():
        for position in option.positions:
            yield from _missing_address(position, [position.source], knowledge)


def _unneeded_basis(entry: Entry, named: Iterable[str], knowledge: Knowledge) -> Iterator[Fault]:
    for name in named:
        if name in knowledge.sources and knowledge.sources[name].address:
            yield entry.fault(f"its basis is unsourced, yet it cites {name}, which has an address; write guideline, or drop it")


def _missing_address(entry: Entry | Position, named: Iterable[str], knowledge: Knowledge) -> Iterator[Fault]:
    for name in named:
        if name in knowledge.sources and not knowledge.sources[name].address:
            yield entry.fault(WITHOUT_ADDRESS.format(name))


def _seen(knowledge: Knowledge) -> Iterator[Fault]:
    for source in knowledge.sources.values():
        if source.address and not source.seen_as:
            yield source.fault(f"{source.id} has an address, so it needs seen_as: primary, secondary or unchecked")


def _assumptions(knowledge: Knowledge) -> Iterator[Fault]:
    used = cited_assumptions(knowledge)
    for assumption in knowledge.assumptions.values():
        if assumption.id not in used:
            yield assumption.fault(f"no rule rests on {assumption.id}; use it or drop it")
        if isinstance(assumption.value, int) and not assumption.unit:
            yield assumption.fault(f"{assumption.id} is a number, so it needs a unit")
        if assumption.value is not None and not assumption.allows(assumption.value):
            yield assumption.fault(f"{assumption.id} is {assumption.value}, which its own allowed values leave out")


def cited_assumptions(knowledge: Knowledge) -> frozenset[str]:
    """Return the assumptions that a rule names or that its condition reads."""
    named = {entry.assumption for entry in (*knowledge.rules(), *knowledge.cautions) if entry.assumption}
    read = frozenset[str]().union(*(variables(condition) for _, condition in knowledge.conditions()))
    return frozenset(named) | (read & knowledge.assumptions.keys())


def used_statements(knowledge: Knowledge) -> set[str]:
    """Return the ids of the statements that an option, a rule or an assumption cites."""
    cites = [cite for entry in entries_with_citations(knowledge) for cite in entry.cites]
    return {c.statement for c in cites if c.statement} | {name for o in knowledge.options.values() for name in o.statements}


CHECKS = (_support, _assumptions, _addressed, _seen)
