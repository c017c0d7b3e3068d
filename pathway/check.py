"""Cross-checks the knowledge: every name leads somewhere, everything is used, and every rule says what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pathway.condition import AtLeast, Condition, Is, leaves, variables
from pathway.faults import Fault, nearest
from pathway.knowledge import (
    DERIVED,
    INJECTION,
    ROUTES,
    RULED_OUT,
    STEPS,
    VERDICTS,
    Assumption,
    Caution,
    Cite,
    Entry,
    Finding,
    Knowledge,
    Ranked,
    Recommendation,
    Supported,
)
from pathway.rules import TooLarge, compiled

YES_OR_NO = ("present", "absent")


def faults_in(knowledge: Knowledge) -> list[Fault]:
    """Every fault of the knowledge as a whole, in reading order."""
    faults = [fault for check in CHECKS for fault in check(knowledge)]
    return sorted(dict.fromkeys(faults)) or sorted(_too_large(knowledge))


def conditions(knowledge: Knowledge) -> Iterator[tuple[Entry, Condition]]:
    """Every condition of the knowledge, with the entry it stands in."""
    tables: tuple[Iterable[Any], ...] = (
        knowledge.definitions.values(), knowledge.rules(), knowledge.cautions, knowledge.contradictions,
    )  # fmt: skip
    for entry in (entry for table in tables for entry in table):
        yield entry, entry.when
    for flag in knowledge.red_flags.values():
        if flag.unless_known is not None:
            yield flag, flag.unless_known


def _leaves(knowledge: Knowledge) -> Iterator[Fault]:
    answers, numbers = _answers(knowledge), _numbers(knowledge)
    for entry, condition in conditions(knowledge):
        for leaf in leaves(condition):
            if isinstance(leaf, AtLeast):
                yield from _number_faults(entry, leaf, numbers, knowledge)
            elif leaf.of not in answers:
                yield entry.fault(f"there is no finding {leaf.of}; {nearest(leaf.of, answers)}")
            else:
                yield from _answer_faults(entry, leaf, answers[leaf.of])


def _answer_faults(entry: Entry, leaf: Is, valid: tuple[str, ...]) -> Iterator[Fault]:
    for answer in leaf.among:
        if answer not in valid:
            yield entry.fault(f"{answer} is no answer for {leaf.of}; {nearest(answer, valid)}")
    if set(leaf.among) >= set(valid):
        yield entry.fault(f"{leaf.of} is asked for every answer that it has, so this is always so; drop it")


def _number_faults(entry: Entry, leaf: AtLeast, numbers: set[str], knowledge: Knowledge) -> Iterator[Fault]:
    bounds = numbers | {name for name, assumption in knowledge.assumptions.items() if isinstance(assumption.value, int)}
    if leaf.of not in numbers:
        yield entry.fault(f"there is no number {leaf.of}; {nearest(leaf.of, numbers)}")
    if isinstance(leaf.bound, str) and leaf.bound not in bounds:
        yield entry.fault(f"there is no assumption or number {leaf.bound}; {nearest(leaf.bound, bounds)}")


def _answers(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    found = {finding.id: tuple(finding.answers) for finding in knowledge.findings.values() if finding.answers}
    found |= {definition: YES_OR_NO for definition in knowledge.definitions}
    found |= {name: tuple(str(v) for v in a.allowed) for name, a in knowledge.assumptions.items() if isinstance(a.value, str)}
    return found | {name: tuple(derived.answers) for name, derived in knowledge.derived.items()}


def _numbers(knowledge: Knowledge) -> set[str]:
    return {finding.id for finding in knowledge.findings.values() if finding.whole}


def _derived(knowledge: Knowledge) -> Iterator[Fault]:
    expected = {**DERIVED, "step_rule": tuple(knowledge.step_rules)}
    for name, values in expected.items():
        entry = knowledge.derived.get(name)
        if entry is None:
            yield Fault("data/derived.yaml", None, f"needs words for {name}")
        elif set(entry.answers) != set(values):
            yield entry.fault(f"{name} needs words for exactly: {', '.join(values)}")


def _definitions(knowledge: Knowledge) -> Iterator[Fault]:
    seen: set[str] = set()
    for definition in knowledge.definitions.values():
        for name in sorted(variables(definition.when) & (set(knowledge.definitions) - seen)):
            yield definition.fault(f"reads {name}, which is defined further down or here; move {name} above it")
        seen.add(definition.id)


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


def _options(knowledge: Knowledge) -> Iterator[Fault]:
    spoken = {name for rule in knowledge.recommendations.values() for name in rule.options}
    groups = {group.id for group in knowledge.option_groups}
    for option in knowledge.options.values():
        if option.id not in spoken:
            yield option.fault(f"no recommendation speaks of {option.id}; write one")
        if option.group not in groups:
            yield option.fault(f"there is no group {option.group}; {nearest(option.group, groups)}")
        for position in option.positions:
            yield from _known(position, "source", [position.source], knowledge.sources)
    speaking: tuple[Recommendation | Caution, ...] = (*knowledge.recommendations.values(), *knowledge.cautions)
    for entry in speaking:
        yield from _known(entry, "option", entry.options, knowledge.options)
    yield from _known(knowledge.frame, "option", [knowledge.frame.injection, knowledge.frame.referral], knowledge.options)


def _known(entry: Entry, kind: str, names: Iterable[str], valid: Iterable[str]) -> Iterator[Fault]:
    words = list(valid)
    for name in names:
        if name not in words:
            yield entry.fault(f"there is no {kind} {name}; {nearest(name, words)}")


def _overrides(knowledge: Knowledge) -> Iterator[Fault]:
    for rule in knowledge.recommendations.values():
        yield from _known(rule, "recommendation", rule.overrides, knowledge.recommendations)
        for name in rule.overrides:
            other = knowledge.recommendations.get(name)
            if other and not set(rule.options) & set(other.options):
                yield rule.fault(f"overrides {name}, which speaks of none of its options, so it never could")
            if other and other.overrides:
                yield rule.fault(f"overrides {name}, which is an exception itself; say it in one rule")


def _levels(knowledge: Knowledge) -> Iterator[Fault]:
    ruling_out = [rule for rule in knowledge.spoken_of.get(knowledge.frame.injection, ()) if rule.says in RULED_OUT]
    for rule in (*knowledge.red_flags.values(), *ruling_out):
        yield from _too_late(rule, {"route", "step", "step_rule", INJECTION}, knowledge)
    for step_rule in knowledge.step_rules.values():
        yield from _too_late(step_rule, {"step", "step_rule", "route"}, knowledge)


def _too_late(rule: Ranked, later: set[str], knowledge: Knowledge) -> Iterator[Fault]:
    for name in sorted(variables(knowledge.tests[rule.id]) & later):
        yield rule.fault(f"{rule.id} reads {name}, which is only known after it")


def _rule_ids(knowledge: Knowledge) -> Iterator[Fault]:
    seen: set[str] = set()
    for rule in knowledge.rules():
        if rule.id in seen:
            yield rule.fault(f"the id {rule.id} stands twice; an id names one rule")
        seen.add(rule.id)


def _support(knowledge: Knowledge) -> Iterator[Fault]:
    statements = {statement.id for statement in knowledge.ledger.statements}
    for entry in (*knowledge.rules(), *knowledge.cautions):
        cited = {"page": any(c.statement for c in entry.cites), "guideline": any(c.source for c in entry.cites)}
        if not cited.get(entry.basis, entry.assumption is not None):
            needs = {"page": "a statement of the page", "guideline": "an outside source", "assumption": "a named assumption"}
            yield entry.fault(f"its basis is {entry.basis}, so it needs {needs[entry.basis]}")
        if entry.assumption:
            yield from _known(entry, "assumption", [entry.assumption], knowledge.assumptions)
    for citing in _citing(knowledge):
        yield from _cites(citing, citing.cites, knowledge, statements)
    yield from _cites(knowledge.frame, knowledge.frame.safety_net_cites, knowledge, statements)


def _citing(knowledge: Knowledge) -> Iterator[Supported | Assumption]:
    yield from (*knowledge.rules(), *knowledge.cautions)
    yield from knowledge.assumptions.values()


def _cites(entry: Entry, cites: Iterable[Cite], knowledge: Knowledge, statements: set[str]) -> Iterator[Fault]:
    for cite in cites:
        if cite.statement:
            yield from _known(entry, "statement", [cite.statement], statements)
        elif cite.source and cite.at and cite.checked:
            yield from _known(entry, "source", [cite.source], knowledge.sources)
        else:
            yield entry.fault("a citation is a statement, or a source with at and checked")


def _assumptions(knowledge: Knowledge) -> Iterator[Fault]:
    used = cited_assumptions(knowledge)
    for assumption in knowledge.assumptions.values():
        if assumption.id not in used:
            yield assumption.fault(f"no rule rests on {assumption.id}; use it or drop it")
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
    cites = [cite for entry in _citing(knowledge) for cite in entry.cites]
    return {c.statement for c in cites if c.statement} | {name for o in knowledge.options.values() for name in o.statements}


def _statements(knowledge: Knowledge) -> Iterator[Fault]:
    used = used_statements(knowledge)
    known = {statement.id for statement in knowledge.ledger.statements}
    for statement in knowledge.ledger.statements:
        if statement.kind == "encoded" and statement.id not in used:
            yield Fault("data/source/page.yaml", None, f"{statement.id} is encoded, yet no option or rule cites it")
    for option in knowledge.options.values():
        yield from _known(option, "statement", option.statements, known)


def _labels(knowledge: Knowledge) -> Iterator[Fault]:
    known = {label.id for label in knowledge.labels}
    for word in (*VERDICTS, *ROUTES, *STEPS, "page", "guideline", "assumption", "primary", "secondary", "unchecked", "nice"):
        if word not in known:
            yield Fault("data/labels.yaml", None, f"needs words for {word}")


def _too_large(knowledge: Knowledge) -> Iterator[Fault]:
    rules = {rule.id: rule for rule in knowledge.rules()}
    for name, test in knowledge.tests.items():
        try:
            compiled({name: test}, DERIVED)
        except TooLarge:
            yield rules[name].fault(f"{name} tests too much at once for the engine; split it into two rules")


CHECKS: tuple[Callable[[Knowledge], Iterable[Fault]], ...] = (
    _rule_ids, _leaves, _derived, _definitions, _findings, _options, _levels, _overrides, _support, _assumptions, _statements, _labels,
)  # fmt: skip
