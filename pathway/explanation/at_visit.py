"""Adds to a result what depends on the visit: answers carried forward, questions to ask again, and the one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Facts
from pathway.explanation.english import finding_words
from pathway.explanation.result import Carried, Result, VisitResult
from pathway.explanation.sentence import result_sentence
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.phrases import sentence_case
from pathway.scenarios.visits import KnownAnswers, RememberedAnswer


def at_visit(result: Result, known: tuple[KnownAnswers, ...], at: int, weeks: int, knowledge: Knowledge) -> Result:
    """The result for visit `at` (from 0), `weeks` after the first, with its place in the walk, its warnings and its sentence.

    A finding that led off the ladder when it was last asked is asked again first.
    """
    placed = _placed(result, known, at, weeks, knowledge)
    return placed.model_copy(update={"sentence": result_sentence(placed, known[at].answers, knowledge)})


def _placed(result: Result, known: tuple[KnownAnswers, ...], at: int, weeks: int, knowledge: Knowledge) -> Result:
    this_visit = known[at]
    if len(known) == 1:  # no earlier answer could have grown with time, or be contradicted
        return result
    warnings = (*result.warnings, *_limit_warnings(this_visit, knowledge), *_reversal_warnings(this_visit, knowledge))
    visit = VisitResult(
        number=at + 1, of=len(known), weeks=weeks,
        carried=tuple(_carried(name, answer) for name, answer in this_visit.carried.items()),
        ask_again=tuple(_carried(name, answer) for name, answer in this_visit.outdated.items()),
    )  # fmt: skip
    flagged = set(_flagged_before(this_visit, knowledge))
    ask_next = tuple(sorted(result.ask_next, key=lambda name: name not in flagged))
    return result.model_copy(update={"warnings": warnings, "visit": visit, "ask_next": ask_next})


def _carried(name: str, answer: RememberedAnswer) -> Carried:
    return Carried.model_construct(finding=name, answer=answer.answer, visit=answer.visit + 1, how=answer.how)


def _flagged_before(known: KnownAnswers, knowledge: Knowledge) -> Iterator[str]:
    """The findings to ask again whose last answer was a red flag."""
    last_answers = {name: remembered.answer for name, remembered in {**known.outdated, **known.current}.items()}
    facts: Facts = {**defaults(knowledge), **last_answers}
    for flag in knowledge.red_flags.values():
        if flag.finding in known.outdated and truth(knowledge.rule_conditions[flag.id], facts):
            yield flag.finding


def _reversal_warnings(known: KnownAnswers, knowledge: Knowledge) -> Iterator[str]:
    """A warning for each answer that contradicts an answer at an earlier visit."""
    for name, earlier in known.reversed.items():
        now, before = (finding_words(name, answer, knowledge) for answer in (known.current[name].answer, earlier.answer))
        finding = sentence_case(knowledge.findings[name].name)
        yield f"{finding}: {now} at visit {known.visit + 1}, yet {before} at visit {earlier.visit + 1}."


def _limit_warnings(known: KnownAnswers, knowledge: Knowledge) -> Iterator[str]:
    """A warning for each number of weeks or years that has reached its limit."""
    for name in known.stopped:
        finding = knowledge.findings[name]
        assert finding.whole, "only numbers are counted"
        most = f"{finding.whole.most} {finding.whole.unit}"
        yield f"{sentence_case(finding.name)}: not counted beyond {most}."
