"""Plausible reasons to pick from: rules of the same option or level that were considered and did not decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256

from pathway.explanation.pathway import Pathway
from pathway.explanation.result import Result, RuleTrace
from pathway.practice.scoring import deciding_option_rules, deciding_rules

MOST = 4
"""Reasons of one option, of the red flags and of the steps."""


def place_reasons(result: Result, pathway: Pathway, refuted: Collection[str] = ()) -> tuple[str, ...]:
    """Return rules to pick from for the place: as many red flags and rules of the ladder, wherever the case belongs.

    `refuted`: rules that the story rules out. They would be silly reasons, so they come last.
    """
    deciding = deciding_rules(result)[:1]
    steps = result.trace.step or tuple(_not_considered(pathway.knowledge.step_rules))
    picked = (
        *_picked(result.trace.route, deciding_rules(result), deciding, result, pathway, refuted),
        *_picked(steps, (), deciding, result, pathway, refuted),
    )
    return _shuffled(picked, result)


def option_reasons(result: Result, option: str, pathway: Pathway, refuted: Collection[str] = ()) -> tuple[str, ...]:
    """Return rules to pick from for an option."""
    deciding = deciding_option_rules(result, option)
    return _shuffled(_picked(result.trace.options[option], deciding, deciding[:1], result, pathway, refuted), result)


def _picked(
    considered: Iterable[RuleTrace],
    deciding: tuple[str, ...],
    first_rules: tuple[str, ...],
    result: Result,
    pathway: Pathway,
    refuted: Collection[str],
) -> Iterator[str]:
    """Yield the rule that decides, if it is of this kind, and its nearest neighbours; each text once."""
    traces = list(considered)
    texts = pathway.rule_texts.reasons
    first = [trace for trace in traces if trace.rule in first_rules]
    others = [trace for trace in traces if trace.rule not in (*deciding, *first_rules)]
    rank = {trace.rule: (trace.rule in refuted, _distance(trace), _digest(trace.rule, result)) for trace in others}
    ranked = [*first, *sorted(others, key=lambda trace: rank[trace.rule])]
    by_text = {texts[trace.rule].because: trace.rule for trace in reversed(ranked)}  # of rules with one text the nearest stays
    yield from [trace.rule for trace in ranked if trace.rule in by_text.values()][:MOST]


def _distance(trace: RuleTrace) -> int:
    """Return how many conditions keep the rule from deciding; a rule that holds, yet decides nothing, is nearest."""
    return 0 if trace.holds else 1 + sum(1 for condition in trace.conditions if not condition.holds)


def _not_considered(rules: Iterable[str]) -> Iterator[RuleTrace]:
    """Yield the rules of the ladder off it, where none was considered."""
    return (RuleTrace(rule=rule, says="", holds=False, conditions=()) for rule in rules)


def _shuffled(rules: Iterable[str], result: Result) -> tuple[str, ...]:
    """Return the rules in an order that says nothing, the same on every Python."""
    return tuple(sorted(rules, key=lambda rule: _digest(rule, result)))


def _digest(rule: str, result: Result) -> str:
    return sha256(f"{result.title} {result.sentence} {rule}".encode()).hexdigest()
