"""The inspections that `pathway check` runs, each with its number of checks and its faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pathway.cli.options import located
from pathway.conditions.tree import leaves
from pathway.deciding.decide import compile_levels
from pathway.deciding.precedence import Silent
from pathway.errors import Fault, Unusable, collect_into
from pathway.explanation.expectations import unmet_expectations
from pathway.explanation.pathway import Pathway
from pathway.knowledge.about import load_about
from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import load_changes
from pathway.knowledge.lint import cited_assumptions, used_statements
from pathway.knowledge.loader import load
from pathway.knowledge.models import Assumption, Caution, Recommendation, Sourced
from pathway.knowledge.reviews import review_warnings
from pathway.knowledge.what_changed import load_what_changed
from pathway.phrases import pluralise
from pathway.practice.teaching import load_teaching
from pathway.scenarios.examples import scenario_document, scenario_files
from pathway.scenarios.expectations import expectations_in
from pathway.scenarios.scenario import scenario_in
from pathway.schemas.kinds import unread_files
from pathway.yaml.document import Document

if TYPE_CHECKING:  # imports the solver, which is slow to load
    from pathway.proof import Report


@dataclass(frozen=True)
class Outcome:
    """The outcome of one inspection: its scope in words, its number of checks and its faults."""

    name: str
    scope: str
    checks: int
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    """What to look at; it makes no check fail."""
    report: Report | None = None
    """The proofs; only the inspection of the laws has them."""


def inspect(folder: Path | None, time_limit: float | None = None, today: date | None = None) -> tuple[Outcome, ...]:
    """The outcome of every inspection; only of the first where the knowledge base can't be loaded.

    `time_limit` is in seconds, for each law. `today` decides which reviews are overdue; without it, none is.
    """
    try:
        knowledge = load(folder)
    except Unusable as error:
        return (Outcome("knowledge", "the knowledge base", 0, error.faults),)
    outcomes = (
        inspect_knowledge(knowledge, today),
        inspect_scenarios(knowledge, folder),
        inspect_practice(knowledge),
        inspect_laws(knowledge, folder, time_limit),
    )
    return tuple(_each_fault_once(outcomes))


def _each_fault_once(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes, each without the faults of those before it: a fault that several inspections find is listed once."""
    seen = set[Fault]()
    for outcome in outcomes:
        yield replace(outcome, faults=tuple(fault for fault in dict.fromkeys(outcome.faults) if fault not in seen))
        seen.update(outcome.faults)


def inspect_knowledge(knowledge: Knowledge, today: date | None = None) -> Outcome:
    """The outcome of inspecting the entries. Loading checked them already, so this counts its checks and compiles the rules."""
    rules = tuple(knowledge.rules())
    in_conditions = sum(1 for _, condition in knowledge.conditions() for _ in leaves(condition))
    supported: tuple[Sourced | Assumption, ...] = (*rules, *knowledge.cautions, *knowledge.assumptions.values())
    speaking: tuple[Recommendation | Caution, ...] = (*knowledge.recommendations.values(), *knowledge.cautions)
    terms = knowledge.terms.values()
    named = sum(len(entry.cites) for entry in (*supported, *terms)) + sum(len(entry.options) for entry in speaking)
    uses = len(used_statements(knowledge)) + len(cited_assumptions(knowledge)) + len(knowledge.findings)
    uses += sum(len(term.words) for term in terms)
    checks = entries(knowledge) + in_conditions + named + uses
    with collect_into(faults := list[Fault]()):
        compile_levels(knowledge)
    with collect_into(faults):
        load_about(knowledge)
    with collect_into(faults):
        load_what_changed(knowledge)
    faults += unread_files(knowledge.folder)
    scope = f"{entries(knowledge)} entries ({len(rules)} rules), {len(knowledge.ledger.statements)} statements"
    return Outcome("knowledge", scope, checks, tuple(faults), tuple(review_warnings(knowledge, today)))


def entries(knowledge: Knowledge) -> int:
    """The number of entries of the knowledge base, without the page's statements."""
    tables: tuple[Sized, ...] = (
        knowledge.labels, knowledge.derived, knowledge.groups, knowledge.findings, knowledge.definitions, knowledge.assumptions,
        knowledge.sources, knowledge.option_groups, knowledge.options, knowledge.cautions, knowledge.contradictions,
        knowledge.terms, knowledge.renamed,
    )  # fmt: skip
    return sum(map(len, tables)) + len(tuple(knowledge.rules()))


def inspect_scenarios(knowledge: Knowledge, folder: Path | None) -> Outcome:
    """The outcome of inspecting every bundled scenario: each answer, and what its file expects of the result."""
    files, checks, faults, pathway = scenario_files(folder), 0, list[Fault](), Pathway(knowledge)
    for path in files.values():
        with collect_into(faults):
            document = scenario_document(path)
            checks += len(scenario_in(document, knowledge).answers) + len(expectations_in(document, knowledge))
            faults += _unmet(document, pathway)
    return Outcome("scenarios", f"{len(files)} scenarios", checks, tuple(faults))


def _unmet(document: Document, pathway: Pathway) -> Iterator[Fault]:
    """The expectations of a scenario file that are not met. An option that no rule covers comes first."""
    try:
        yield from unmet_expectations(document, pathway)
        pathway.explain(scenario_in(document, pathway.knowledge))
    except Silent as error:
        yield document.fault((), f"{error}; write a recommendation that holds in this case, in data/options/")


def inspect_practice(knowledge: Knowledge) -> Outcome:
    """The outcome of inspecting the files of practice: how cases begin, how answers are drawn, and the traps."""
    try:
        teaching = load_teaching(knowledge)
    except Unusable as error:
        return Outcome("practice", "the traps", 0, error.faults)
    sentences = (*teaching.presentation.opening, *teaching.presentation.later)
    traps = teaching.traps.values()
    conditions = (*(sentence.when for sentence in sentences), *(trap.when for trap in traps))
    in_conditions = sum(len(list(leaves(condition))) for condition in conditions)
    checks = len(sentences) + len(teaching.draws.numbers) + in_conditions + sum(len(trap.teaches) + 1 for trap in traps)
    return Outcome("practice", pluralise(len(teaching.traps), "trap"), checks)


def inspect_laws(knowledge: Knowledge, folder: Path | None = None, time_limit: float | None = None) -> Outcome:
    """The outcome of inspecting the laws, each proved over every scenario, and of the file that says how answers may change."""
    from pathway import proof  # only this inspection needs the solver

    try:
        laws, changes = proof.load_laws(knowledge, folder), load_changes(knowledge, folder)
    except Unusable as error:
        return Outcome("laws", "the laws", 0, error.faults)
    report = proof.prove(knowledge, laws, proof.TIME_LIMIT if time_limit is None else time_limit)
    return Outcome("laws", pluralise(len(laws), "law"), len(laws) + len(changes), report.faults, report=report)


def proofs_in(outcomes: tuple[Outcome, ...]) -> Report | None:
    """The proofs; None where no law was proved because of earlier faults."""
    return next((outcome.report for outcome in outcomes if outcome.report), None)


def report(
    outcomes: tuple[Outcome, ...], details: Mapping[Fault, Sequence[str]] | None = None, folder: str | None = None
) -> list[str]:
    """The lines of the report: the proofs, the warnings, then every fault with its details, or the scope of the checks."""
    proofs = proofs_in(outcomes)
    warnings = [f"Warning: {located(warning, folder)}" for outcome in outcomes for warning in outcome.warnings]
    return [*(proofs.summary() if proofs else ()), *warnings, *_faults_or_scope(outcomes, details or {}, folder)]


def _faults_or_scope(outcomes: tuple[Outcome, ...], details: Mapping[Fault, Sequence[str]], folder: str | None) -> list[str]:
    faults = [fault for outcome in outcomes for fault in outcome.faults]
    if faults:
        rest = [] if len(outcomes) > 1 else ["More is checked once these are mended, such as the scenarios and the laws."]
        lines = [line for fault in faults for line in (str(located(fault, folder)), *details.get(fault, ()))]
        return [*lines, f"{pluralise(len(faults), 'fault')}.", *rest]
    scope = ", ".join(outcome.scope for outcome in outcomes)
    return [f"{scope}: {sum(outcome.checks for outcome in outcomes):,} checks made, no fault found."]
