"""Compares a set made by another edition of the rules with today's: which cases are answered differently, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathway.explanation.english import short_name_inside
from pathway.knowledge.base import Knowledge
from pathway.practice.case import Case

ANOTHER_EDITION = "This set was made with another edition of the rules ({}; now {}). {}"
AS_BEFORE = "All its cases are answered as before."
DIFFERENT = "Answered differently now: {}. The difference is shown after the decision."
NEW_QUESTIONS = "The rules have new questions. It is assumed that these cases answer them as usual: {}."


def edition_note(cases: Sequence[Case], knowledge_then: str, knowledge: Knowledge) -> Iterator[str]:
    """Yield what a learner may read before any decision: that the rules changed, and which cases are answered differently."""
    different = [str(at) for at, case in enumerate(cases, 1) if is_different(case, knowledge)]
    named = DIFFERENT.format(f"case {', '.join(different)}") if different else ""
    if knowledge_then not in ("", knowledge.hash):
        yield ANOTHER_EDITION.format(knowledge_then, knowledge.hash, named or AS_BEFORE)
    elif named:
        yield named
    if added := list(dict.fromkeys(name for case in cases for name in case.added)):
        yield NEW_QUESTIONS.format("; ".join(short_name_inside(name, knowledge) for name in added))


def is_different(case: Case, knowledge: Knowledge) -> bool:
    """Return whether a case is answered differently than when its set was made."""
    return any(line for number in range(1, case.visits + 1) for line in differences(case, number, knowledge))


def differences(case: Case, number: int, knowledge: Knowledge) -> Iterator[str]:
    """Yield each answer at a visit (from 1) that has changed since: `The first step became the second one.`."""
    then, now = case.answered[number - 1], case.current.answered[number - 1]
    if (then.route, then.step) != (now.route, now.step):
        was, is_now = (_label(visit.step or visit.route, knowledge) for visit in (then, now))
        yield f"{was} became {is_now}."
    for option, verdict in then.verdicts.items():
        if option in now.verdicts and now.verdicts[option] != verdict:
            was, is_now = (_label(word, knowledge) for word in (verdict, now.verdicts[option]))
            yield f"{knowledge.options[option].name}: {was} became {is_now}."


def _label(word: str, knowledge: Knowledge) -> str:
    return knowledge.label(word).title.lower() if word in knowledge.label_of else word
