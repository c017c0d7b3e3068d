"""Everything that `pathway check` looks at, one inspection after the other, with how many checks each made."""

from __future__ import annotations

from collections.abc import Callable, Sized
from dataclasses import dataclass
from pathlib import Path

from pathway.bundled import scenario_document, scenario_files
from pathway.check import cited_assumptions, conditions, used_statements
from pathway.condition import leaves
from pathway.entries import Assumption, Caution, Recommendation, Supported
from pathway.faults import Fault, Unusable
from pathway.knowledge import Knowledge
from pathway.load import load
from pathway.scenario import scenario_in


@dataclass(frozen=True)
class Outcome:
    """What an inspection looked at, how many things it checked (entries, conditions, citations, laws), and every fault."""

    name: str
    looked_at: str
    checks: int
    faults: tuple[Fault, ...] = ()


def inspected(folder: Path | None = None) -> tuple[Outcome, ...]:
    """The outcome of every inspection; of the first alone where the knowledge can't be used."""
    try:
        knowledge = load(folder)
    except Unusable as error:
        return (Outcome("knowledge", "the knowledge base", 0, error.faults),)
    return tuple(inspect(knowledge, folder) for inspect in INSPECTIONS)


def the_knowledge(knowledge: Knowledge, _: Path | None) -> Outcome:
    """Loading looked at every entry and at every name in it, and refuses any fault."""
    rules = tuple(knowledge.rules())
    in_conditions = sum(1 for _, condition in conditions(knowledge) for _ in leaves(condition))
    supported: tuple[Supported | Assumption, ...] = (*rules, *knowledge.cautions, *knowledge.assumptions.values())
    speaking: tuple[Recommendation | Caution, ...] = (*knowledge.recommendations.values(), *knowledge.cautions)
    terms = knowledge.terms.values()
    named = sum(len(entry.cites) for entry in (*supported, *terms)) + sum(len(entry.options) for entry in speaking)
    uses = len(used_statements(knowledge)) + len(cited_assumptions(knowledge)) + len(knowledge.findings)
    uses += sum(len(term.words) for term in terms)
    made = entries(knowledge) + in_conditions + named + uses
    looked_at = f"{entries(knowledge)} entries ({len(rules)} rules), {len(knowledge.ledger.statements)} statements"
    return Outcome("knowledge", looked_at, made)


def entries(knowledge: Knowledge) -> int:
    """How many entries the knowledge base has, the page's statements not among them."""
    tables: tuple[Sized, ...] = (
        knowledge.labels, knowledge.derived, knowledge.groups, knowledge.findings, knowledge.definitions, knowledge.assumptions,
        knowledge.sources, knowledge.option_groups, knowledge.options, knowledge.cautions, knowledge.contradictions,
        knowledge.terms,
    )  # fmt: skip
    return sum(map(len, tables)) + len(tuple(knowledge.rules()))


def the_scenarios(knowledge: Knowledge, folder: Path | None) -> Outcome:
    """Each bundled scenario, answer by answer."""
    files, checks, faults = scenario_files(folder), 0, list[Fault]()
    for path in files.values():
        try:
            checks += len(scenario_in(scenario_document(path), knowledge).answers)
        except Unusable as error:
            faults += error.faults
    return Outcome("scenarios", f"{len(files)} scenarios", checks, tuple(faults))


def the_laws(knowledge: Knowledge, folder: Path | None) -> Outcome:
    """Every safety law, proved over every scenario."""
    from pathway.proof import inspecting  # only this inspection needs the solver, which is slow to load

    return inspecting.the_laws(knowledge, folder)


INSPECTIONS: tuple[Callable[[Knowledge, Path | None], Outcome], ...] = (the_knowledge, the_scenarios, the_laws)
"""In the order in which they are made."""


def report(outcomes: tuple[Outcome, ...]) -> list[str]:
    """Every fault, one a line, and how many; where there is none, one line that says what was looked at."""
    faults = [fault for outcome in outcomes for fault in outcome.faults]
    if faults:
        rest = [] if len(outcomes) > 1 else ["Scenarios and laws were not looked at: first the knowledge base must load."]
        return [*map(str, faults), f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}.", *rest]
    looked_at = ", ".join(outcome.looked_at for outcome in outcomes)
    return [f"{looked_at}: {sum(outcome.checks for outcome in outcomes):,} checks made, no fault found."]
