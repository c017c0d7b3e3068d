"""The page shown if no rule covers an option: which option, and what the author should write."""

from __future__ import annotations

from collections.abc import Iterable

from pathway import Knowledge
from pathway.errors import in_folder
from pathway.phrases import all_of

RULE_MISSING = "A rule is missing"
NOTHING_DECIDED = "No rule says anything about {names} {where}, so nothing is decided about {it}."
WITH_THESE_ANSWERS, IN_A_CASE_HERE = "with these answers", "in one of the cases here"
WRITE = "For the author of this pathway: add a recommendation for {ids} that holds here, in {file}."


def missing_rules(options: Iterable[str], knowledge: Knowledge, where: str = WITH_THESE_ANSWERS) -> str:
    """The sentences about the options without a rule; empty if every option has one."""
    names = tuple(options)
    if not names:
        return ""
    named = all_of([f"“{knowledge.options[name].name}”" for name in names])
    first = in_folder(knowledge.options[names[0]].fault(""), knowledge.folder.name)
    says = NOTHING_DECIDED.format(names=named, where=where, it="it" if len(names) == 1 else "them")
    return f"{says} {WRITE.format(ids=all_of(names), file=first.file)}"
