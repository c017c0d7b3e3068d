"""A result at one visit of a walk: what was carried there and from which visit, and what is asked again first."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Facts
from pathway.explanation.english import answer_words
from pathway.explanation.result import Carried, Result, VisitResult
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.phrases import sentence_case
from pathway.scenarios.visits import Held, Known


def at_visit(result: Result, known: tuple[Known, ...], at: int, weeks: int, knowledge: Knowledge) -> Result:
    """The result of the answers at a visit, `weeks` after the first, with what the visits before it add.

    What led off the ladder when it was last asked is asked again first. A number that is counted no further has its warning.
    """
    here = known[at]
    warnings = (*result.warnings, *_stopped(here, knowledge), *_reversed(here, knowledge))
    if len(known) == 1:
        return result.model_copy(update={"warnings": warnings})
    visit = VisitResult(
        number=at + 1, of=len(known), weeks=weeks,
        carried=tuple(_carried(name, one) for name, one in here.carried.items()),
        ask_again=tuple(_carried(name, one) for name, one in here.before.items()),
    )  # fmt: skip
    first = set(_flagged(here, knowledge))
    asked = tuple(sorted(result.ask_next, key=lambda name: name not in first))
    return result.model_copy(update={"warnings": warnings, "visit": visit, "ask_next": asked})


def _carried(name: str, held: Held) -> Carried:
    return Carried.model_construct(finding=name, answer=held.answer, visit=held.visit + 1, how=held.how)


def _flagged(known: Known, knowledge: Knowledge) -> Iterator[str]:
    """What is to be asked again and led off the ladder when it was last asked."""
    remembered = {name: one.answer for name, one in {**known.before, **known.held}.items()}
    facts: Facts = {**defaults(knowledge), **remembered}
    for flag in knowledge.red_flags.values():
        if flag.finding in known.before and truth(knowledge.tests[flag.id], facts):
            yield flag.finding


def _reversed(known: Known, knowledge: Knowledge) -> Iterator[str]:
    for name, earlier in known.reversed.items():
        now, before = (_in_words(name, answer, knowledge) for answer in (known.held[name].answer, earlier.answer))
        name_of_it = sentence_case(knowledge.findings[name].name)
        yield f"{name_of_it}: {now} at visit {known.visit + 1}, yet {before} at visit {earlier.visit + 1}."


def _in_words(name: str, answer: str | int, knowledge: Knowledge) -> str:
    whole = knowledge.findings[name].whole
    return f"{answer} {whole.unit}" if whole else answer_words(name, str(answer), knowledge)


def _stopped(known: Known, knowledge: Knowledge) -> Iterator[str]:
    for name in known.stopped:
        finding = knowledge.findings[name]
        assert finding.whole, "only numbers are counted"
        most = f"{finding.whole.most} {finding.whole.unit}"
        yield f"{sentence_case(finding.name)}: counted no further than {most}."
