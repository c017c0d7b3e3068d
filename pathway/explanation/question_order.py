"""The order of the questions: as in the knowledge base, except for groups that come first for a person like this."""

from __future__ import annotations

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Facts
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Group


def groups_in_order(knowledge: Knowledge, facts: Facts) -> tuple[Group, ...]:
    """The groups of questions: first those whose `first when` holds."""
    return tuple(sorted(knowledge.groups, key=lambda group: not _comes_first(group, knowledge, facts)))


def findings_in_order(knowledge: Knowledge, facts: Facts) -> tuple[str, ...]:
    """The findings, in the order of their groups."""
    groups = groups_in_order(knowledge, facts)
    return tuple(name for group in groups for name in knowledge.findings_by_group[group.id])


def _comes_first(group: Group, knowledge: Knowledge, facts: Facts) -> bool:
    condition = knowledge.first_conditions.get(group.id)
    return condition is not None and truth(condition, facts) is True
