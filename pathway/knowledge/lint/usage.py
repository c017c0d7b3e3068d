"""Checks that everything is used, in an order that works: findings, definitions, statements, levels, labels."""

from __future__ import annotations

from collections.abc import Iterator, Set

from pathway.conditions.tree import expand_definitions, variables
from pathway.errors import Fault, suggestion
from pathway.knowledge.base import Knowledge, downgrade_id
from pathway.knowledge.lint.provenance import everything_cited, used_statements
from pathway.knowledge.models import Contradiction, Finding, Group, Rule, unknown_names
from pathway.knowledge.vocabulary import DERIVED, VERDICTS

BASES_AND_SURENESS = ("page", "guideline", "unsourced", "assumption", "primary", "secondary", "unchecked")


def _findings(knowledge: Knowledge) -> Iterator[Fault]:
    read = frozenset[str]().union(*(variables(condition) for _, condition in knowledge.conditions()))
    groups = {group.id for group in knowledge.groups}
    for finding in knowledge.findings.values():
        if finding.id not in read:
            yield finding.fault(f"no rule reads {finding.id}; use it or drop it")
        yield from unknown_names(finding, "group", [finding.group], groups)
        if bool(finding.answers) == bool(finding.whole):
            yield finding.fault(f"{finding.id} needs either answers or whole")
        yield from _benign_answer_faults(finding)
    for name in sorted(set(knowledge.definitions) - read):
        yield knowledge.definitions[name].fault(f"no rule reads {name}; use it or drop it")


def _benign_answer_faults(finding: Finding) -> Iterator[Fault]:
    value, valid = finding.benign_answer, finding.answers
    if valid and str(value) not in valid:
        yield finding.fault(f"if_not_adverse: {value} is not an answer for {finding.id}; {suggestion(value, valid)}")
    if finding.whole and not (isinstance(value, int) and 0 <= value <= finding.whole.most):
        yield finding.fault(f"if_not_adverse of {finding.id} is a whole number from 0 to {finding.whole.most}")


def _statements(knowledge: Knowledge) -> Iterator[Fault]:
    used = used_statements(knowledge)
    known = {statement.id for statement in knowledge.ledger.statements}
    for statement in knowledge.ledger.statements:
        if statement.kind == "encoded" and statement.id not in used:
            line = knowledge.ledger.line(statement.id)
            yield Fault("data/source/page.yaml", line, f"{statement.id} is encoded, yet no option or rule cites it")
    for option in knowledge.options.values():
        yield from unknown_names(option, "statement", option.statements, known)


def _levels(knowledge: Knowledge) -> Iterator[Fault]:
    later = {*DERIVED, *knowledge.gates}
    for flag in knowledge.red_flags.values():
        yield from _too_late(flag, variables(knowledge.rule_conditions[flag.id]), later)
    for gate, options in knowledge.gates.items():
        for name in dict.fromkeys(name for rules in options for name in rules):
            rule, why = knowledge.recommendations[name], f"it can close the gate {gate}: "
            yield from _too_late(rule, variables(knowledge.rule_conditions[name]), later, why)
    for flag in knowledge.red_flags.values():
        if flag.downgraded_by is not None:
            yield from _too_late(flag, variables(knowledge.rule_conditions[downgrade_id(flag.id)]), later)
    for step_rule in knowledge.step_rules.values():
        yield from _too_late(step_rule, variables(knowledge.rule_conditions[step_rule.id]), set(DERIVED))
    for entry in (*knowledge.contradictions, *knowledge.unlikely):
        yield from _too_late(entry, variables(expand_definitions(entry.when, knowledge.expanded_definitions)), later)
    for group in knowledge.groups:
        if group.first_when is not None:
            yield from _too_late(group, variables(expand_definitions(group.first_when, knowledge.expanded_definitions)), later)


def _too_late(entry: Rule | Contradiction | Group, read: Set[str], later: Set[str], why: str = "") -> Iterator[Fault]:
    """Yield a fault for each name that is worked out from the entry itself, so that it would go round in a circle."""
    for name in sorted(read & later):
        yield entry.fault(f"{entry.id} reads {name}, which is only known after it; {why}let it read findings or definitions")


def _labels(knowledge: Knowledge) -> Iterator[Fault]:
    known = {label.id for label in knowledge.labels}
    for word in (*VERDICTS, *BASES_AND_SURENESS):
        if word not in known:
            yield Fault("data/labels.yaml", None, f"needs words for {word}")


def _groups(knowledge: Knowledge) -> Iterator[Fault]:
    for group in knowledge.groups:
        if group.is_safety_group and not group.none_of_these:
            yield group.fault(f"{group.id} is asked before all else, so it needs none_of_these")
        if group.first_when is not None and not group.is_safety_group:
            yield group.fault(
                f"{group.id} is not asked before all else, so it can't come first among those that are; drop first when"
            )


def _sources(knowledge: Knowledge) -> Iterator[Fault]:
    used = {cite.source for _, cites in everything_cited(knowledge) for cite in cites} | {knowledge.ledger.source}
    used |= {position.source for option in knowledge.options.values() for position in option.positions}
    scoping = knowledge.findings.get(knowledge.outline.scope or "")
    scopes = scoping.answers if scoping else {}
    for source in knowledge.sources.values():
        if source.id not in used:
            yield source.fault(f"nothing cites {source.id}; use it or drop it")
        if source.scope and source.scope not in scopes:
            scope = knowledge.outline.scope or "the finding that scope names in data/pathway.yaml"
            yield source.fault(f"scope: {source.scope} is not an answer for {scope}; {suggestion(source.scope, scopes)}")
    if knowledge.ledger.source not in knowledge.sources:
        yield Fault("data/sources.yaml", None, f"needs the source {knowledge.ledger.source} of data/source/page.yaml")


NEEDED = (_levels,)
CHECKS = (*NEEDED, _findings, _statements, _labels, _groups, _sources)
