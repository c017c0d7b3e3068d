"""The subjects of a question: the route, the step, or an option (its verdict). Their values, names and faults."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.errors import Fault, suggestion
from pathway.explanation.english import answer_words, name_of
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import OFF_LADDER, ROUTE, STEP, VERDICTS
from pathway.phrases import safe_excerpt


def possible_values(subject: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the values that a subject can have; empty if there is no such subject."""
    match subject:
        case "step":
            return (*knowledge.steps, OFF_LADDER)
        case "route":
            return knowledge.routes
        case option:
            return VERDICTS if option in knowledge.options else ()


def subject_faults(where: str, subject: str, knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault if there is no such subject."""
    if not possible_values(subject, knowledge):
        hint = suggestion(subject, (STEP, ROUTE, *knowledge.options), kind="name")
        yield Fault(where, None, f"there is no option {safe_excerpt(subject)}; {hint}")


def subject_name(subject: str, knowledge: Knowledge) -> str:
    """Return the subject's name as it stands in a sentence."""
    return knowledge.options[subject].name if subject in knowledge.options else name_of(subject, knowledge)


def value_words(subject: str, value: str, knowledge: Knowledge) -> str:
    """Return a value of the subject as it follows "is"."""
    if subject in knowledge.options:
        return knowledge.label(value).title.lower()
    return answer_words(subject, value, knowledge)
