"""Walks through time for property tests: any answers, any time in between, any answer taken back."""

from __future__ import annotations

from hypothesis import strategies as some

from pathway.knowledge.changes import TRENDS
from pathway.knowledge.models import Finding
from pathway.scenarios.walk import MOST_WEEKS, Answer, State, Visit
from tests.people import GUIDANCE, KNOWLEDGE, QUIET, TRIED

WORDS = some.text(some.characters(exclude_categories=["Cs"]), max_size=30)


def answers_of(finding: Finding) -> some.SearchStrategy[Answer]:
    """Any answer of a finding."""
    return some.sampled_from(sorted(finding.answers)) if finding.answers else some.integers(0, _most(finding))


def _most(finding: Finding) -> int:
    return finding.whole.most if finding.whole else 0


def few(taken_back: bool) -> some.SearchStrategy[dict[str, Answer | None]]:
    """A few answers; at a later visit some may be taken back."""
    back = [some.none()] if taken_back else []
    answers = [
        some.tuples(some.just(name), some.one_of(answers_of(finding), *back)) for name, finding in KNOWLEDGE.findings.items()
    ]
    return some.lists(some.one_of(answers), max_size=10).map(dict)


def first_visits() -> some.SearchStrategy[Visit]:
    """A first visit at which little was asked, or everything."""
    start = some.sampled_from([dict[str, Answer](), QUIET, TRIED])
    return some.builds(lambda known, more: Visit(new_answers=known | more), start, few(taken_back=False))


def walks(most: int = 5) -> some.SearchStrategy[State]:
    """A walk of up to `most` visits, looked at where it ends, with a reading, assumptions and words of its own."""
    later = some.builds(Visit, some.integers(0, MOST_WEEKS), some.sampled_from(TRENDS), few(taken_back=True))
    visits = some.tuples(first_visits(), some.lists(later, max_size=most - 1)).map(lambda parts: (parts[0], *parts[1]))
    varied = some.sampled_from([{}, {"surgery-weeks": 20}, {"injection-first": "no", "conservative-trial-weeks": 8}])
    return some.builds(
        lambda visits_, *rest: State(visits_, len(visits_) - 1, *rest), visits, some.sampled_from(GUIDANCE), varied, WORDS, WORDS
    )
