"""Spoils a rule base on purpose, in memory: what stands in `data/` stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pathway.conditions.tree import Condition
from pathway.conditions.yaml_syntax import condition_from
from pathway.knowledge.base import Knowledge

Spoil = Callable[[Knowledge], Knowledge]
RULES = ("red_flags", "step_rules", "recommendations", "definitions")


def changed(knowledge: Knowledge, **tables: Any) -> Knowledge:
    """The same knowledge with other tables; a plain copy would keep what was worked out from the old ones."""
    return Knowledge.model_construct(**{name: getattr(knowledge, name) for name in Knowledge.model_fields} | tables)


def table_of(knowledge: Knowledge, rule: str) -> str:
    """The table in which a rule or a definition stands."""
    return next(name for name in RULES if rule in getattr(knowledge, name))


def edit(rule: str, **fields: Any) -> Spoil:
    """The rule with other fields."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        name = table_of(knowledge, rule)
        table = getattr(knowledge, name)
        return changed(knowledge, **{name: {**table, rule: table[rule].model_copy(update=fields)}})

    return spoil


def drop(rule: str) -> Spoil:
    """Without the rule."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        name = table_of(knowledge, rule)
        return changed(knowledge, **{name: {key: entry for key, entry in getattr(knowledge, name).items() if key != rule}})

    return spoil


def twin(rule: str) -> Spoil:
    """The rule a second time, under another id."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        name = table_of(knowledge, rule)
        table = getattr(knowledge, name)
        return changed(knowledge, **{name: {**table, "twin": table[rule].model_copy(update={"id": "twin"})}})

    return spoil


def twice(table: str) -> Spoil:
    """With the first caution, or the first contradiction, a second time."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        entries = getattr(knowledge, table)
        return changed(knowledge, **{table: (*entries, entries[0].model_copy(update={"line": 9999}))})

    return spoil


def when(rule: str, condition: Mapping[str, Any]) -> Spoil:
    """The rule with another condition."""
    return edit(rule, when=condition_from(condition))


def without_part(rule: str, number: int) -> Spoil:
    """The rule without one part of its `all` or `any`."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        whole: Any = getattr(knowledge, table_of(knowledge, rule))[rule].when
        less: Condition = type(whole)(tuple(part for place, part in enumerate(whole.of) if place != number))
        return edit(rule, when=less)(knowledge)

    return spoil


def with_part(rule: str, condition: Mapping[str, Any]) -> Spoil:
    """The rule with one part more in its `all` or `any`."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        whole: Any = getattr(knowledge, table_of(knowledge, rule))[rule].when
        return edit(rule, when=type(whole)((*whole.of, condition_from(condition))))(knowledge)

    return spoil


def each(*spoils: Spoil) -> Spoil:
    """One after the other."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        for one in spoils:
            knowledge = one(knowledge)
        return knowledge

    return spoil
