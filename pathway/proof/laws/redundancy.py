"""The check `needed`: finds rules, exceptions, cautions and contradictions that change nothing (see `rule_checks`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathway.knowledge.base import Knowledge, downgrade_id
from pathway.knowledge.models import Caution, Contradiction, Recommendation, RedFlag
from pathway.proof.laws.rule_search import RuleChecker, RuleDefect, flags_with_exception
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import SymbolicSpace

Statement = Caution | Contradiction


def redundant(checker: RuleChecker) -> Iterator[RuleDefect]:
    """Yield a defect for everything that changes nothing."""
    space = checker.space
    for rule in space.knowledge.step_rules:
        if not checker.satisfiable(space.symbolic_case.outcome.step_rule[rule]):
            yield RuleDefect(f"the ladder never reaches {rule}", (rule,))
    for flag in flags_with_exception(space.knowledge):
        if not checker.satisfiable(*_lowers_route(flag, space)):
            yield RuleDefect(f"the unless known of {flag.id} never lowers a route", (flag.id,))
    yield from _covered_rules(checker)
    yield from _redundant_exceptions(checker)
    yield from _covered_statements(checker)


def _covered_rules(checker: RuleChecker) -> Iterator[RuleDefect]:
    """Yield rules that hold only where another says the same for the same reason."""
    space, truths = checker.space, checker.space.symbolic_case.outcome.truths
    for name, duplicates in _duplicates(space.knowledge).items():
        others = (space.logic.negate(truths[duplicate].true) for duplicate in duplicates)
        if duplicates and not checker.satisfiable(truths[name].true, *others):
            yield RuleDefect(f"{name} adds nothing to {', '.join(duplicates)}", (name, *duplicates))


def _redundant_exceptions(checker: RuleChecker) -> Iterator[RuleDefect]:
    """Yield exceptions that override nothing, or nothing that another exception doesn't override."""
    space, rules = checker.space, checker.space.knowledge.recommendations
    for name, rule in rules.items():
        exceptions = {other.id: checker.read(other.when).true for other in rules.values() if name in other.overrides}
        for exception, holds in exceptions.items():
            others = [space.logic.negate(formula) for other, formula in exceptions.items() if other != exception]
            if not checker.satisfiable(checker.read(rule.when).true, holds, *others):
                yield RuleDefect(f"{exception} as an exception of {name} changes nothing", (exception, name))


def _covered_statements(checker: RuleChecker) -> Iterator[RuleDefect]:
    """Yield cautions and contradictions that hold only where another says the same."""
    space, knowledge = checker.space, checker.space.knowledge
    solver = space.logic.solver(*space.valid_settings(), *space.symbolic_case.well_formed())
    any_case = RuleChecker(space, solver, checker.until)
    for entry, others in (*_repeated(knowledge.cautions), *_repeated(knowledge.contradictions)):
        elsewhere = (space.logic.negate(any_case.read(other.when).true) for other in others)
        if not any_case.satisfiable(any_case.read(entry.when).true, *elsewhere):
            where = ", ".join(f"{other.file}:{other.line}" for other in others)
            yield RuleDefect(f"{entry.file}:{entry.line} adds nothing to {where}", ())


def _repeated(entries: Sequence[Statement]) -> Iterator[tuple[Statement, list[Statement]]]:
    """Yield each entry that others repeat for the same options, with those others."""
    for entry in entries:
        others = [
            other for other in entries if other is not entry and other.text == entry.text and _options(entry) <= _options(other)
        ]
        if others:
            yield entry, others


def _options(entry: Statement) -> set[str]:
    return set(entry.options) if isinstance(entry, Caution) else set()


def _lowers_route(flag: RedFlag, space: SymbolicSpace) -> tuple[Formula, ...]:
    outcome = space.symbolic_case.outcome
    routes = space.knowledge.routes
    lower = routes[routes.index(flag.says) + 1 :]
    lower_route = space.logic.any(outcome.route[route] for route in lower)
    return outcome.truths[flag.id].true, outcome.truths[downgrade_id(flag.id)].true, lower_route


def _duplicates(knowledge: Knowledge) -> dict[str, list[str]]:
    """Return, for each rule, the rules that say the same for the same reason of all its options."""
    rules: list[Recommendation | RedFlag] = [*knowledge.recommendations.values(), *knowledge.red_flags.values()]
    return {rule.id: [other.id for other in rules if other is not rule and _says_the_same(rule, other)] for rule in rules}


def _says_the_same(rule: Recommendation | RedFlag, other: Recommendation | RedFlag) -> bool:
    fields = ("says", "because", "basis", "cites", "assumption")
    if any(getattr(rule, field) != getattr(other, field) for field in fields):
        return False
    return getattr(rule, "finding", "") == getattr(other, "finding", "") and (
        set(getattr(rule, "options", ())) <= set(getattr(other, "options", ()))
    )
