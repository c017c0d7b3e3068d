"""Every rule as data for programs, with its condition and its citations in words."""

from __future__ import annotations

from typing import Any

from pathway.conditions.tree import Condition
from pathway.explanation.english import condition_lines
from pathway.explanation.rule_texts import RuleTexts
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import RedFlag, Rule


def rules_as_data(knowledge: Knowledge) -> list[dict[str, Any]]:
    """Red flags, step rules and recommendations, in reading order."""
    texts = RuleTexts(knowledge)
    return [_rule(rule, knowledge, texts) for rule in knowledge.rules()]


def _rule(rule: Rule, knowledge: Knowledge, texts: RuleTexts) -> dict[str, Any]:
    def words(condition: Condition | None) -> list[str] | None:
        return None if condition is None else condition_lines(condition, knowledge, defaults(knowledge))

    plain = rule.model_dump(mode="json", by_alias=True, exclude={"when", "downgraded_by", "cites"})
    unless = {"unless_known": words(rule.downgraded_by)} if isinstance(rule, RedFlag) else {}
    citations = [citation.model_dump(mode="json") for citation in texts.citations(rule.cites)]
    return {**plain, "when": words(rule.when), **unless, "citations": citations}
