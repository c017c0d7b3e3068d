"""Everything is used, and in an order that works: findings, definitions, statements, levels, labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from pathway.check.naming import unknown_names
from pathway.check.reading import conditions
from pathway.check.support import everything_cited, used_statements
from pathway.condition import expanded, variables
from pathway.decide import engines_of
from pathway.entries import Contradiction, Finding, Ranked
from pathway.faults import Fault, nearest
from pathway.knowledge import Knowledge, unless
from pathway.patterns import TooLarge
from pathway.vocabulary import DERIVED, INJECTION, ROUTES, RULED_OUT, STEPS, VERDICTS

BASES_AND_SURENESS = ("page", "guideline", "assumption", "primary", "secondary", "unchecked", "nice")


def _findings(knowledge: Knowledge) -> Iterator[Fault]:
    read = frozenset[str]().union(*(variables(condition) for _, condition in conditions(knowledge)))
    groups = {group.id for group in knowledge.groups}
    for finding in knowledge.findings.values():
        if finding.id not in read:
            yield finding.fault(f"no rule reads {finding.id}; use it or drop it")
        yield from unknown_names(finding, "group", [finding.group], groups)
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
        yield from _too_late(rule, variables(knowledge.tests[rule.id]), DERIVED.keys())
    for flag in knowledge.red_flags.values():
        if flag.unless_known is not None:
            yield from _too_late(flag, variables(knowledge.tests[unless(flag.id)]), DERIVED.keys())
    for step_rule in knowledge.step_rules.values():
        yield from _too_late(step_rule, variables(knowledge.tests[step_rule.id]), DERIVED.keys() - {INJECTION})
    for entry in knowledge.contradictions:
        yield from _too_late(entry, variables(expanded(entry.when, knowledge.written_out)), DERIVED.keys())


def _too_late(entry: Ranked | Contradiction, read: Set[str], later: Set[str]) -> Iterator[Fault]:
    for name in sorted(read & later):
        yield entry.fault(f"{entry.id} reads {name}, which is only known after it")


def _labels(knowledge: Knowledge) -> Iterator[Fault]:
    yield from _without_words(knowledge, (*VERDICTS, *ROUTES, *STEPS, *BASES_AND_SURENESS))


def _later_labels(knowledge: Knowledge) -> Iterator[Fault]:
    yield from _without_words(knowledge, ("unsourced",))


def _without_words(knowledge: Knowledge, words: Iterable[str]) -> Iterator[Fault]:
    known = {label.id for label in knowledge.labels}
    for word in words:
        if word not in known:
            yield Fault("data/labels.yaml", None, f"needs words for {word}")


def _groups(knowledge: Knowledge) -> Iterator[Fault]:
    for group in knowledge.groups:
        if group.flags and not group.none_of_these:
            yield group.fault(f"{group.id} is asked before all else, so it needs none_of_these")


def _sources(knowledge: Knowledge) -> Iterator[Fault]:
    used = {cite.source for _, cites in everything_cited(knowledge) for cite in cites} | {knowledge.ledger.source}
    used |= {position.source for option in knowledge.options.values() for position in option.positions}
    regions = knowledge.findings["region"].answers if "region" in knowledge.findings else {}
    for source in knowledge.sources.values():
        if source.id not in used:
            yield source.fault(f"nothing cites {source.id}; use it or drop it")
        if source.scope and source.scope not in regions:
            yield source.fault(f"scope: {source.scope} is no region; {nearest(source.scope, regions)}")
    if knowledge.ledger.source not in knowledge.sources:
        yield Fault("data/sources.yaml", None, f"needs the source {knowledge.ledger.source} of data/source/page.yaml")


def too_large(knowledge: Knowledge) -> Iterator[Fault]:
    """Rules that the engine can't hold; only asked of knowledge that is otherwise sound."""
    rules = {rule.id: rule for rule in knowledge.rules()}
    try:
        engines_of(knowledge)
    except TooLarge as error:
        for name in str(error).split(", "):
            flag = name.removesuffix("-unless-known")
            yield rules[flag].fault(f"{flag} tests too much at once for the engine; split it into two rules")


LATER = (_later_labels,)
"""Checks that came after the first revisions, which had no basis unsourced."""
CHECKS = (_findings, _levels, _statements, _labels, _groups, _sources, *LATER)
