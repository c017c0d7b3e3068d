"""Checks the first card: each question sets findings that exist, to answers that they have, and none is asked twice."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.errors import Fault, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import CardAnswer, CardQuestion, Finding, unknown_names


def _first_card(knowledge: Knowledge) -> Iterator[Fault]:
    seen: set[str] = set()
    for question in knowledge.first_card:
        if (question.asks is None) != bool(question.answers):
            yield question.fault(f"{question.id} needs either asks or answers")
            continue
        for name in question.findings:
            if name in seen:
                yield question.fault(f"{name} is asked twice on the first card; ask it once")
            seen.add(name)
        yield from _finding_faults(question, knowledge)


def _finding_faults(question: CardQuestion, knowledge: Knowledge) -> Iterator[Fault]:
    if question.asks:
        yield from unknown_names(question, "finding", [question.asks], knowledge.findings)
    for answer in question.answers:
        yield from unknown_names(answer, "finding", answer.sets, knowledge.findings)
        for name, value in answer.sets.items():
            if name in knowledge.findings:
                yield from _value_faults(answer, knowledge.findings[name], value)
        for name in set(question.findings) - answer.sets.keys():
            yield answer.fault(f"says nothing of {name}, which another answer of {question.id} sets; set it too")


def _value_faults(answer: CardAnswer, finding: Finding, value: str | int) -> Iterator[Fault]:
    if finding.answers and value not in finding.answers:
        yield answer.fault(f"{value} is not an answer for {finding.id}; {suggestion(str(value), finding.answers)}")
    if finding.whole and not (isinstance(value, int) and 0 <= value <= finding.whole.most):
        yield answer.fault(f"{finding.id} is a whole number from 0 to {finding.whole.most}, not {value}")


CHECKS = (_first_card,)
