"""Everything is used, and in an order that works: findings, definitions, statements, levels, labels."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.check.naming import conditions, unknown_names
from pathway.check.support import used_statements
from pathway.condition import variables
from pathway.faults import Fault, nearest
from pathway.knowledge import (
    DERIVED,
    INJECTION,
    ROUTES,
    RULED_OUT,
    STEPS,
    VERDICTS,
    Finding,
    Knowledge,
    Ranked,
)
from pathway.patterns import TooLarge
from pathway.rules import compiled

BASES_AND_SURENESS = ("page", "guideline", "assumption", "primary", "secondary", "unchecked", "nice")


def _findings(knowledge: Knowledge) -> Iterator[Fault]:
    read = frozenset[str]().union(*(variables(condition) for _, condition in conditions(knowledge)))
    groups = {group.id for group in knowledge.groups}
    for finding in knowledge.findings.values():
        if finding.id not in read:
            yield finding.fault(f"no rule reads {finding.id}; use it or drop it")
        if finding.group not in groups:
            yield finding.fault(f"there is no group {finding.group}; {nearest(finding.group, groups)}")
        if bool(finding.answers) == bool(finding.whole):
            yield finding.fault(f"{finding.id} needs either answers or whole")
        yield from _not_adverse(finding)
    for name in sorted(set(knowledge.definitions) - read):
        yield knowledge.definitions[name].fault(f"no rule reads {name}; use it or drop it")


def _not_adverse(finding: Finding) -> Iterator[Fault]:
    value, valid = finding.if_not_adverse, finding.answers
    if valid and str(value) not in valid:
        yield finding.fault(f"if_not_adverse: {value} is no answer for {finding.id}; {nearest(value, valid)}")
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
    ruling_out = [rule for rule in knowledge.spoken_of.get(knowledge.frame.injection, ()) if rule.says in RULED_OUT]
    for rule in (*knowledge.red_flags.values(), *ruling_out):
        yield from _too_late(rule, {"route", "step", "step_rule", INJECTION}, knowledge)
    for step_rule in knowledge.step_rules.values():
        yield from _too_late(step_rule, {"step", "step_rule", "route"}, knowledge)


def _too_late(rule: Ranked, later: set[str], knowledge: Knowledge) -> Iterator[Fault]:
    for name in sorted(variables(knowledge.tests[rule.id]) & later):
        yield rule.fault(f"{rule.id} reads {name}, which is only known after it")


def _labels(knowledge: Knowledge) -> Iterator[Fault]:
    known = {label.id for label in knowledge.labels}
    for word in (*VERDICTS, *ROUTES, *STEPS, *BASES_AND_SURENESS):
        if word not in known:
            yield Fault("data/labels.yaml", None, f"needs words for {word}")


def too_large(knowledge: Knowledge) -> Iterator[Fault]:
    """Rules that the engine can't hold; only asked of knowledge that is otherwise sound."""
    rules = {rule.id: rule for rule in knowledge.rules()}
    for name, test in knowledge.tests.items():
        try:
            compiled({name: test}, DERIVED)
        except TooLarge:
            yield rules[name].fault(f"{name} tests too much at once for the engine; split it into two rules")


CHECKS = (_findings, _levels, _statements, _labels)
