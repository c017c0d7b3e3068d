"""Breaks a copy of the rule base on purpose, in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pathway.conditions.tree import Condition
from pathway.conditions.yaml_syntax import condition_from
from pathway.knowledge.base import Knowledge

Spoil = Callable[[Knowledge], Knowledge]
RULES = ("red_flags", "step_rules", "recommendations", "definitions")


def changed(knowledge: Knowledge, **tables: Any) -> Knowledge:
    """Return the knowledge with other tables; a plain copy would keep the cached properties of the old ones."""
    return Knowledge.model_construct(**{name: getattr(knowledge, name) for name in Knowledge.model_fields} | tables)


def table_of(knowledge: Knowledge, rule: str) -> str:
    """Return the name of the table that holds a rule or a definition."""
    return next(name for name in RULES if rule in getattr(knowledge, name))


def edit(rule: str, **fields: Any) -> Spoil:
    """Return a function that sets fields of the rule."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        name = table_of(knowledge, rule)
        table = getattr(knowledge, name)
        return changed(knowledge, **{name: {**table, rule: table[rule].model_copy(update=fields)}})

    return spoil


def drop(rule: str) -> Spoil:
    """Return a function that removes the rule."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        name = table_of(knowledge, rule)
        return changed(knowledge, **{name: {key: entry for key, entry in getattr(knowledge, name).items() if key != rule}})

    return spoil


def twin(rule: str) -> Spoil:
    """Return a function that adds the rule a second time, under another id."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        name = table_of(knowledge, rule)
        table = getattr(knowledge, name)
        return changed(knowledge, **{name: {**table, "twin": table[rule].model_copy(update={"id": "twin"})}})

    return spoil


def twice(table: str) -> Spoil:
    """Return a function that repeats the first entry of `cautions` or `contradictions`."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        entries = getattr(knowledge, table)
        return changed(knowledge, **{table: (*entries, entries[0].model_copy(update={"line": 9999}))})

    return spoil


def when(rule: str, condition: Mapping[str, Any]) -> Spoil:
    """Return a function that replaces the rule's condition."""
    return edit(rule, when=condition_from(condition))


def without_part(rule: str, number: int) -> Spoil:
    """Return a function that removes one part of the rule's `all` or `any`."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        whole: Any = getattr(knowledge, table_of(knowledge, rule))[rule].when
        less: Condition = type(whole)(tuple(part for place, part in enumerate(whole.parts) if place != number))
        return edit(rule, when=less)(knowledge)

    return spoil


def with_part(rule: str, condition: Mapping[str, Any]) -> Spoil:
    """Return a function that adds a part to the rule's `all` or `any`."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        whole: Any = getattr(knowledge, table_of(knowledge, rule))[rule].when
        return edit(rule, when=type(whole)((*whole.parts, condition_from(condition))))(knowledge)

    return spoil


def each(*spoils: Spoil) -> Spoil:
    """Return a function that applies several in turn."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        for step in spoils:
            knowledge = step(knowledge)
        return knowledge

    return spoil
