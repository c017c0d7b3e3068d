"""Facts about the person, for the slides: the answers, in words, that come before any result."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from explorer.pages.explore.view import View
from pathway.knowledge.models import Group

GROUPS_NAMED, FACTS_PER_GROUP = 3, 2
"""On the slide that asks for the step: facts from so many groups of questions, and so many from each group."""


def who(view: View) -> str:
    """The person in a line: the first facts, as they are at this visit."""
    texts = (fact for group in other_groups(view)[:GROUPS_NAMED] for fact in islice(facts(view, group), FACTS_PER_GROUP))
    return ". ".join(texts)


def facts(view: View, group: Group) -> Iterator[str]:
    """The answers to a group's questions: `Age: 38 years`."""
    for finding in view.findings_of(group):
        if (answer := view.answers.get(finding.id)) is not None:
            yield f"{view.finding_label(finding.id)}: {view.answer_words(finding.id, answer).lower()}"


def other_groups(view: View) -> list[Group]:
    """The groups of questions that are not about safety, in the order of the knowledge."""
    return [group for group in view.knowledge.groups if not group.is_safety_group]
