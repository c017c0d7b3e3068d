"""The row that a table must have for a scenario, from what `explain` says. Each run compares some rows with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathway.explanation.result import Open, Result, RuleTrace
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.tables.names import POSSIBLE, RULE
from pathway.tables.outcomes import OR, Outcomes, all_outcomes

Row = dict[str, str | None]


def expected_row(result: Result, knowledge: Knowledge) -> Row:
    """Return the columns of a result by name, as a table must have them. Gates are left out: a result doesn't show them."""
    return {
        name: value
        for outcomes in all_outcomes(knowledge)
        if outcomes.subject not in knowledge.gates
        for name, value in _subject(outcomes, result)
    }


def _subject(outcomes: Outcomes, result: Result) -> Iterator[tuple[str, str | None]]:
    value: str | None = result.route
    match outcomes.subject:
        case "route":
            open_, rule = result.route_open, next((flag.rule for flag in result.red_flags), None)
        case "step":
            value, open_, rule = result.step, result.step_open, _first_that_holds(result.trace.step)
        case option:
            entry = result.options[option]
            value, open_, rule = entry.verdict, entry.open, _first_that_holds(result.trace.options[option])
    yield outcomes.subject, value
    yield f"{outcomes.subject}{POSSIBLE}", _in_order(open_, outcomes)
    yield f"{outcomes.subject}{RULE}", None if value in (UNDETERMINED, None) else rule


def _first_that_holds(rules: Iterable[RuleTrace]) -> str | None:
    return next((rule.rule for rule in rules if rule.holds and rule.says != UNDETERMINED), None)


def _in_order(open_: Open | None, outcomes: Outcomes) -> str | None:
    return None if open_ is None else OR.join(value for value in outcomes.values if value in open_.possible)
