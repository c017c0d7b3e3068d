"""The row that a table must have for a scenario, from what `explain` says. Each run compares some rows with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathway.explanation.result import Open, Result, RuleTrace
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.tables.names import POSSIBLE_SUFFIX, RULE_SUFFIX
from pathway.tables.outcomes import OR, Outcomes, all_outcomes

Row = dict[str, str | None]


def expected_row(result: Result, knowledge: Knowledge) -> Row:
    """Return the columns of a result by name, as a table must have them. Gates are left out: a result doesn't show them."""
    return {
        name: value
        for outcomes in all_outcomes(knowledge)
        if outcomes.subject not in knowledge.gates
        for name, value in _columns(outcomes, result)
    }


def _columns(outcomes: Outcomes, result: Result) -> Iterator[tuple[str, str | None]]:
    """Yield the three columns of a subject: its value, the values still possible, and the rule that decides."""
    value: str | None
    match outcomes.subject:
        case "route":
            value, open_, rule = result.route, result.route_open, next((flag.rule for flag in result.red_flags), None)
        case "step":
            value, open_, rule = result.step, result.step_open, _deciding_rule(result.trace.step)
        case option:
            entry = result.options[option]
            value, open_, rule = entry.verdict, entry.open, _deciding_rule(result.trace.options[option])
    yield outcomes.subject, value
    yield f"{outcomes.subject}{POSSIBLE_SUFFIX}", _possible_words(open_, outcomes)
    yield f"{outcomes.subject}{RULE_SUFFIX}", None if value in (UNDETERMINED, None) else rule


def _deciding_rule(traces: Iterable[RuleTrace]) -> str | None:
    return next((trace.rule for trace in traces if trace.holds and trace.says != UNDETERMINED), None)


def _possible_words(open_: Open | None, outcomes: Outcomes) -> str | None:
    return None if open_ is None else OR.join(value for value in outcomes.values if value in open_.possible)
